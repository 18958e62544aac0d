using MassTransit;
using MassTransit.Middleware;
using Microsoft.Extensions.Options;
using Referrals.Engine;
using Referrals.Engine.Network.Contracts;
using Referrals.Workers.Consumers;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Messaging;

/// <summary>
/// Declares and consumes one queue per organisation of the network. Organisations that are added while it runs get theirs at the next
/// look, or when something is sent to them from this process.
/// </summary>
public sealed class OrganisationEndpoints : SupervisedWorker
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(30);

    private readonly IBusControl _bus;
    private readonly OrganisationDirectory _directory;
    private readonly ConnectedQueues _queues;
    private readonly IncomingMessages _incoming;
    private readonly WorkersOptions _options;
    private readonly SemaphoreSlim _connecting = new(1);

    /// <summary>Connects nothing yet.</summary>
    public OrganisationEndpoints(
        IBusControl bus, OrganisationDirectory directory, ConnectedQueues queues, IncomingMessages incoming,
        IOptions<WorkersOptions> options, IHostApplicationLifetime lifetime, ILogger<OrganisationEndpoints> logger)
        : base(lifetime, logger)
    {
        (_bus, _directory, _queues, _incoming, _options) = (bus, directory, queues, incoming, options.Value);
        _queues.Look = ConnectNewAsync;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _connecting.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!_options.Consumes)
        {
            return;
        }

        while (true)
        {
            await ConnectNewAsync(ct);
            await Task.Delay(_options.DirectoryPoll, ct);
        }
    }

    private async Task ConnectNewAsync(CancellationToken ct)
    {
        var all = await _directory.AllAsync(ct);
        if (all.All(_queues.Contains))
        {
            return;
        }

        await _connecting.WaitAsync(ct);
        try
        {
            // All at once, since each waits for the broker.
            await Task.WhenAll(all.Where(o => !_queues.Contains(o)).Select(o => ConnectAsync(o, ct)));
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task ConnectAsync(OrganisationId organisation, CancellationToken ct)
    {
        var handle = _bus.ConnectReceiveEndpoint(ConnectedQueues.NameOf(organisation), endpoint => Configure(endpoint, organisation));
        try
        {
            await handle.Ready.WaitAsync(ReadyWithin, ct);
            _queues.Add(organisation);
            Logger.LogInformation("Consuming the queue of {Organisation}", organisation.Value);
        }
        catch
        {
            await handle.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private void Configure(IReceiveEndpointConfigurator endpoint, OrganisationId organisation)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.PublishFaults = false;
        endpoint.ConcurrentMessageLimit = _options.ConsumeConcurrency;
        endpoint.PrefetchCount = _options.ConsumeConcurrency * 2;
        endpoint.ConfigureError(pipe =>
        {
            pipe.UseFilter(new UnreadableFilter(_incoming, organisation));

            // Marks it as faulted, without which it would be taken for one that nobody wanted; sends no fault, see above.
            pipe.UseFilter(new GenerateFaultFilter());
            pipe.UseFilter(new ErrorTransportFilter());
        });
        (endpoint as IRabbitMqReceiveEndpointConfigurator)?.SetQuorumQueue();
        var partitioner = new Partitioner(_options.ConsumeConcurrency, new Murmur3UnsafeHashGenerator());
        foreach (var type in MessageTypes.All)
        {
            HandlerOf.Type(type).Add(endpoint, _incoming, organisation, partitioner);
        }
    }
}
