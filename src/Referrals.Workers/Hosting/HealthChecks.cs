using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Referrals.Engine.History;
using Referrals.Engine.Network.Organisations;
using Referrals.Workers.Messaging;
using Referrals.Workers.Relay;

namespace Referrals.Workers.Hosting;

/// <summary>Whether the database answers.</summary>
internal sealed class DatabaseCheck(IEventLog log) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await log.QueryRowsAsync(new ListQuery(StreamName.Network, OrganisationBoard.List) { Limit = 1 }, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, e.GetType().Name);
        }
    }
}

/// <summary>
/// Whether messages get away. A process that stands by while another one relays is well. MassTransit adds a check of its own that tells
/// whether the broker is there.
/// </summary>
internal sealed class RelayCheck(RelayState relay, IOptions<WorkersOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object> { ["leads"] = relay.Leads, ["waitingSeconds"] = relay.Waiting.TotalSeconds };
        return Task.FromResult(relay.Waiting <= options.Value.MaxLag
            ? HealthCheckResult.Healthy(data: data)
            : new HealthCheckResult(context.Registration.FailureStatus, "events wait to be sent", data: data));
    }
}

/// <summary>How many organisations' queues this process consumes.</summary>
internal sealed class QueuesCheck(ConnectedQueues queues, IOptions<WorkersOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(options.Value.Consumes ? $"{queues.Count} queues" : "consumes none"));
}
