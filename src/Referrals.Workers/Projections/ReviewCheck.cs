using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Projections;

/// <summary>
/// Whether the review sees what happens. When it doesn't, the process is degraded and no worse: people work on without it. A process that
/// stands by while another one follows is well, and so is one that builds the first generation.
/// </summary>
internal sealed class ReviewCheck(ReviewProgress progress, IOptions<WorkersOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = progress.Now;
        var data = new Dictionary<string, object> { ["leads"] = now.Leads, ["position"] = now.Position, ["lagSeconds"] = now.Lag.TotalSeconds };
        if (now.Building is { } building)
        {
            (data["buildingPosition"], data["buildingAim"]) = (building.Position, building.Aim);
        }

        return Task.FromResult(now.Failing <= options.Value.MaxLag
            ? HealthCheckResult.Healthy(now.Building is null ? null : "the review is being built", data)
            : HealthCheckResult.Degraded("the review stands still", data: data));
    }
}
