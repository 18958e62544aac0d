using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Referrals.Engine;
using Referrals.Engine.History;

namespace Referrals.Api;

/// <summary>Whether the database answers and its schema is there.</summary>
internal sealed class DatabaseHealth(TenantDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.RunAsync(new OrganisationId("nobody"), "select 1 from @schema.api_answers limit 0", r => r.GetInt32(0), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("the database doesn't answer", exception);
        }
    }
}
