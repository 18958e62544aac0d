using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests;

[Collection(RabbitCollection.Name)]
public sealed class ChainEndToEndTests(LocalPostgres postgres, LocalRabbit rabbit)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_referral_runs_through_both_partners_and_closes_and_every_message_is_confirmed(bool overRabbit)
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartWorkersAsync(overRabbit ? rabbit.Uri : null, Ct);
        var ids = await network.StartReferralsAsync(5, Ct);

        await network.RunToEndAsync(ids, Ct);

        await Wait.UntilAsync("every message has its receipt", async () => await network.UnconfirmedAsync(Ct) == 0, Ct);
        Assert.Empty(await network.DeadLettersAsync(TestNetwork.Jobcenter, Ct));
        Assert.Empty(await network.DeadLettersAsync(TestNetwork.Childcare, Ct));
        Assert.Empty(await network.DeadLettersAsync(TestNetwork.Debt, Ct));
    }

    [Fact]
    public async Task The_trace_of_the_caseworkers_request_ends_where_another_organisation_begins()
    {
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartWorkersAsync(rabbit.Uri, Ct);
        using var listener = Traces.Listen();
        var id = await network.StartReferralAsync(Ct, $"00-{trace}-00f067aa0ba902b7-01");

        await Wait.UntilAsync("the offer is known to have arrived", async () =>
            (await network.Referrals.HistoryAsync(network.Own(TestNetwork.Jobcenter), id, Ct)).Any(e => e.Type == "step_received"), Ct);

        var sent = await network.Referrals.HistoryAsync(network.Own(TestNetwork.Jobcenter), id, Ct);
        var offer = sent.Select(e => e.Data).OfType<Engine.Referrals.ReferralEvent.StepOffered>().First();
        var received = await network.Assignments.HistoryAsync(network.Own(TestNetwork.Childcare), offer.Assignment, Ct);
        var traces = sent.Where(e => e.Type == "step_received").Concat(received).Select(e => e.Context.TraceParent).ToList();
        Assert.All(sent.Where(e => e.Type != "step_received"), e => Assert.Contains(trace, e.Context.TraceParent, StringComparison.Ordinal));
        Assert.All(traces, t => Assert.DoesNotContain(trace, Assert.IsType<string>(t), StringComparison.Ordinal));
        Assert.Equal(traces.Count, traces.Select(t => t!.Split('-')[1]).Distinct().Count());
    }

    [Fact]
    public async Task An_organisation_that_joins_while_the_workers_run_gets_its_queue()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartWorkersAsync(rabbit.Uri, Ct);
        var late = new OrganisationId("late");
        await network.AddOrganisationsAsync([late], Ct);

        await using var broker = await Broker.ConnectAsync(rabbit, Ct);
        await Wait.UntilAsync("the queue is there", () => broker.ExistsAsync(Messaging.ConnectedQueues.NameOf(network.Own(late)), Ct), Ct);
    }

    [Fact]
    public async Task A_broker_that_is_killed_and_loses_its_disk_costs_nothing_but_time()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartWorkersAsync(rabbit.Uri, Ct);

        await network.RunToEndAsync(await network.StartReferralsAsync(2, Ct), Ct);
        var before = await network.StartReferralsAsync(5, Ct);
        await rabbit.LoseAsync(Ct);
        var during = await network.StartReferralsAsync(5, Ct);

        await rabbit.StartAsync(Ct);

        // MassTransit waits up to 30 s between two tries to connect.
        await network.RunToEndAsync([.. before, .. during], Ct, TimeSpan.FromMinutes(5));
        await Wait.UntilAsync("every message has its receipt", async () => await network.UnconfirmedAsync(Ct) == 0, Ct);
    }

    [Fact]
    public async Task What_was_not_sent_when_the_process_ended_is_sent_at_the_next_start()
    {
        const int Many = 130;
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartReferralsAsync(Many, Ct);
        await using (var relay = await network.Log.FollowAsync(Workers.Relay.RelayWorker.Follower, Ct))
        {
            var offers = new List<RecordedEvent>();
            while (offers.Count < Many)
            {
                var events = await relay.NextAsync(1000, Ct);
                offers.AddRange(events.Where(e => e.Data is Engine.Referrals.ReferralEvent.StepOffered));
                await relay.AdvanceAsync(events[^1].Sequence, [], Ct);
            }

            var later = DateTimeOffset.UtcNow.AddHours(1);
            await relay.AdvanceAsync(
                relay.Position, [.. offers.Select(o => new RowChange.PutDelivery(o.Stream.Tenant, o.Id, o.Sequence, later))], Ct);
        }

        Assert.Equal(Many, await network.UnconfirmedAsync(Ct));
        await network.StartWorkersAsync(null, Ct);
        await Wait.UntilAsync("every message has its receipt", async () => await network.UnconfirmedAsync(Ct) == 0, Ct, TimeSpan.FromMinutes(1));
    }
}
