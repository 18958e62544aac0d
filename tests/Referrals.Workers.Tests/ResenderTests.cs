using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Referrals.Engine.History;
using Referrals.LocalServers;
using Referrals.Workers.Hosting;
using Referrals.Workers.Messaging;
using Referrals.Workers.Relay;

namespace Referrals.Workers.Tests;

public sealed class ResenderTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_that_found_no_broker_is_due_again_at_once_and_none_of_its_tries_is_used_up()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartReferralAsync(Ct);
        await OweReceiptAsync(network);
        var options = Options.Create(new WorkersOptions
        {
            Broker = new Uri("amqp://127.0.0.1:1"),
            Consume = false,
            Poll = TimeSpan.FromMilliseconds(10),
            ReceiptWithin = TimeSpan.FromHours(1),
        });

        // Without a bus every send fails as it does without a broker.
        var sender = new MessageSender(null!, new ConnectedQueues(options), options);
        using var host = Host.CreateEmptyApplicationBuilder(null).Build();
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        using var resender = new Resender(network.Log, sender, null!, TimeProvider.System, options, lifetime, NullLogger<Resender>.Instance);
        await resender.StartAsync(Ct);
        await host.StartAsync(Ct);

        await Wait.UntilAsync("a send failed", () => Task.FromResult(sender.IsDoubtful), Ct);
        await Wait.UntilAsync(
            "it is due", async () => await network.CountAsync("select count(*)::int from {0}.deliveries where tries = 0 and next_try_at <= now()", Ct) == 1, Ct);

        await resender.StopAsync(Ct);
        await host.StopAsync(Ct);
    }

    // What the relay does before it sends.
    private static async Task OweReceiptAsync(TestNetwork network)
    {
        await using var relay = await network.Log.FollowAsync(RelayWorker.Follower, Ct);
        var events = await relay.NextAsync(1000, Ct);
        var offer = events.Single(e => e.Data is Engine.Referrals.ReferralEvent.StepOffered);
        var put = new RowChange.PutDelivery(offer.Stream.Tenant, offer.Id, offer.Sequence, DateTimeOffset.UtcNow);
        await relay.AdvanceAsync(events[^1].Sequence, [put], Ct);
    }
}
