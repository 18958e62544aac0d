using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Referrals.Engine.History;
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
            await log.QueryRowsAsync(new ListQuery(StreamName.Network, OrganisationDirectory.List) { Limit = 1 }, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, e.GetType().Name);
        }
    }
}

/// <summary>Whether messages get away. A process that stands by while another one relays is well.</summary>
internal sealed class RelayCheck(RelayState relay, MessageSender sender, IOptions<WorkersOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object> { ["leads"] = relay.Leads, ["waitingSeconds"] = relay.Waiting.TotalSeconds };
        var fault = !sender.IsClosed ? "the broker is away"
            : relay.Waiting > options.Value.MaxLag ? "events wait to be sent"
            : null;
        return Task.FromResult(fault is null
            ? HealthCheckResult.Healthy(data: data)
            : new HealthCheckResult(context.Registration.FailureStatus, fault, data: data));
    }
}

/// <summary>How many organisations' queues this process consumes.</summary>
internal sealed class QueuesCheck(ConnectedQueues queues, IOptions<WorkersOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy(options.Value.Consumes ? $"{queues.Count} queues" : "consumes none"));
}
