using System.Diagnostics;
using MassTransit;
using Referrals.Benchmarks.Measuring;

namespace Referrals.Benchmarks.Hop;

/// <summary>The floor: MassTransit as it comes, one publisher and one consumer over one quorum queue, and nothing else done.</summary>
internal sealed class BareMessaging : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IBusControl _bus;
    private Arrivals _arrivals = new();

    private BareMessaging(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker);
        rabbit.ReceiveEndpoint("bench-bare", endpoint =>
        {
            // As the organisations' queues have it.
            endpoint.SetQuorumQueue();
            endpoint.ConcurrentMessageLimit = 16;
            endpoint.PrefetchCount = 32;
            endpoint.Handler<BareMessage>(context =>
            {
                _arrivals.Arrived(context.Message.Id, Stopwatch.GetTimestamp());
                return Task.CompletedTask;
            });
        });
    });

    /// <summary>Connects and declares the queue.</summary>
    public static async Task<BareMessaging> StartAsync(Uri broker, CancellationToken ct)
    {
        var messaging = new BareMessaging(broker);
        await messaging._bus.StartAsync(ct);
        return messaging;
    }

    /// <summary>Publishes at a steady rate and waits until everything was consumed.</summary>
    public async Task<HopSample> SampleAsync(int perSecond, TimeSpan during, CancellationToken ct)
    {
        var arrivals = _arrivals = new Arrivals();
        await OpenLoop.RunAsync(
            perSecond,
            during,
            async (_, scheduled) =>
            {
                var message = new BareMessage(Guid.NewGuid(), DateTimeOffset.UtcNow, "jobcenter", "childcare", "work-with-child", 1, 2, true);
                arrivals.Add(message.Id, scheduled, Stopwatch.GetTimestamp());
                await _bus.Publish(message, ct);
            },
            ct);
        var backlog = arrivals.Missing;
        await arrivals.WaitAsync(Patience, ct);
        return arrivals.Measure(backlog);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _bus.StopAsync(CancellationToken.None);
}

/// <summary>About as much as an offer.</summary>
public sealed record BareMessage(Guid Id, DateTimeOffset At, string From, string To, string Chain, int ChainVersion, int Number, bool YesNo);
