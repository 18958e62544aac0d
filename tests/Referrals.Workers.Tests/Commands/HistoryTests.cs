using Microsoft.Extensions.Configuration;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;
using Referrals.Workers.Commands.Demo;

namespace Referrals.Workers.Tests.Commands;

/// <summary>Histories of the demo network, in memory and in a database.</summary>
public sealed class HistoryTests(LocalPostgres postgres)
{
    [Fact]
    public async Task The_same_seed_gives_the_same_history_and_another_seed_another_one()
    {
        var ct = TestContext.Current.CancellationToken;

        var (first, _) = await MemoryHistory.OfAsync(2, 7, 150, ct);
        var (again, _) = await MemoryHistory.OfAsync(2, 7, 150, ct, lanes: 3);
        var (other, _) = await MemoryHistory.OfAsync(2, 8, 150, ct);

        Assert.Equal(first.Types, again.Types);
        Assert.Equal(Times(first), Times(again));
        Assert.NotEqual(first.Types, other.Types);
    }

    [Fact]
    public async Task Everything_is_in_the_log_in_virtual_time_and_folds_to_what_the_history_says()
    {
        var ct = TestContext.Current.CancellationToken;
        var (play, log) = await MemoryHistory.OfAsync(3, 5, 200, ct);
        var order = new HistoryOrder(3, 5, 200, MemoryHistory.Until);

        foreach (var life in play.Lives)
        {
            var events = await log.ReadStreamAsync(ReferralBoard.Stream(life.Arrival.Holder, life.Id), 0, ct);
            var state = ReferralState.Fold(events.Select(e => (ReferralEvent)e.Data));
            var row = await log.FindRowAsync(life.Arrival.Holder.Value, ReferralBoard.List, life.Id.Value, ct);

            Assert.Equal(life.State!.Ended, state!.Ended);
            Assert.Equal(ReferralBoard.StatusCode(ReferralBoard.Status(state, life.Next)), row!.Status);
            Assert.All(events, e => Assert.InRange(e.Context.At, order.From, order.Until.AddMinutes(1)));
            Assert.Equal(events.Select(e => e.Context.At).Order(), events.Select(e => e.Context.At));
            Assert.InRange(ReferralBoard.Read(row).ChangedAt, order.From, order.Until.AddMinutes(1));
        }

        Assert.InRange(play.Lives.Count(l => l.IsOpen), 20, 180);
        Assert.True((await log.CountByStatusAsync("projektagentur-heideland", Escalations.List, null, 100, ct)).GetValueOrDefault(Escalations.Handled) > 0);
        Assert.Contains(
            await log.ReadStreamAsync(OrganisationBoard.Stream(Staffing.Bottleneck), 0, ct),
            e => e.Data is OrganisationEvent.CapacityReported && e.Context.At > order.From && e.Context.At < order.Until);
        Assert.Empty(await log.TakeDueAsync(order.Until.AddHours(-1), TimeSpan.FromMinutes(1), 10, ct));
    }

    [Fact]
    public async Task Over_two_years_one_partner_becomes_the_bottleneck_and_the_new_version_is_quicker()
    {
        var (play, _) = await MemoryHistory.OfAsync(24, 1, 600, TestContext.Current.CancellationToken);
        var begins = play.Lives.SelectMany(l => l.State!.Offers.Values).Where(o => o.StartedAt is not null).ToList();
        var (lastQuarter, year) = (MemoryHistory.Until.AddMonths(-3), MemoryHistory.Until.AddMonths(-15));
        double Waiting(IEnumerable<Offer> offers) => Median(offers.Select(o => (o.StartedAt! - o.OfferedAt).Value.TotalDays));
        var bottleneck = begins.Where(o => o.Partner == Staffing.Bottleneck).ToList();
        var others = begins.Where(o => !o.Partner.Value.StartsWith("schuldnerberatung-", StringComparison.Ordinal)).ToList();

        Assert.True(Waiting(bottleneck.Where(o => o.StartedAt >= lastQuarter)) >= 2 * Waiting(bottleneck.Where(o => o.StartedAt < lastQuarter && o.StartedAt >= year)));
        Assert.True(Waiting(others.Where(o => o.StartedAt >= lastQuarter)) <= 1.5 * Waiting(others.Where(o => o.StartedAt < lastQuarter)));

        var chain = new ChainId("gesund-in-arbeit");
        double Throughput(int version) => Median(play.Lives
            .Where(l => l.Arrival.Chain == chain && l.Chain.Version == version && l.State!.Ended?.Reason == ClosingReason.Completed)
            .Select(l => (l.State!.Ended!.At - l.Arrival.At).TotalDays));

        Assert.True(Throughput(2) < 0.8 * Throughput(1), $"{Throughput(1)} days became {Throughput(2)}");
    }

    [Fact]
    public async Task At_its_end_some_are_behind_and_some_things_have_been_lying_for_long()
    {
        var (play, _) = await MemoryHistory.OfAsync(6, 1, 6 * HistoryOrder.PerMonth, TestContext.Current.CancellationToken);
        var now = MemoryHistory.Until;
        var open = play.Lives.Where(l => l.IsOpen).SelectMany(l => l.State!.Offers.Values).Where(o => o.IsOpen).ToList();
        DateTimeOffset? Missed(Offer o) => (o.AcknowledgedAt is null && o.AcceptedAt is null ? o.AcknowledgeBy : o.CompleteBy) is { } by && by < now ? by : null;
        var stuck = open.Where(o => Missed(o) is not null).ToList();

        Assert.InRange(stuck.Count, 40, 90);
        Assert.True(stuck.Count(o => o.Partner == Staffing.Bottleneck) >= 5);
        Assert.True(stuck.GroupBy(o => o.Partner).Count(g => g.Count() >= 5) >= 4, "enough lie at several partners to be told by partner");
        Assert.Contains(stuck, o => Missed(o) < now.AddDays(-60));
    }

    [Fact]
    public async Task Referrals_end_and_stop_in_every_way()
    {
        var (play, _) = await MemoryHistory.OfAsync(6, 3, 500, TestContext.Current.CancellationToken);

        Assert.Superset(
            new HashSet<string>
            {
                "referral_closed", "referral_withdrawn", "consent_withdrawn", "referral_reopened", "step_declined", "step_rerouted", "step_skipped", "step_reminded",
                "step_escalated", "step_paused", "step_asked", "step_answered", "offer_withdrawn", "caseworker_changed", "part_decided", "partner_chosen", "round_ended",
            },
            play.Types.Keys.ToHashSet());
        Assert.Contains(play.Lives.GroupBy(l => (l.Arrival.Holder, l.Arrival.Reference)), g => g.Count() > 1);
    }

    [Fact]
    public async Task A_history_is_played_once_into_a_database_and_leaves_nothing_to_send()
    {
        var ct = TestContext.Current.CancellationToken;
        var settings = new Dictionary<string, string?>
        {
            ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text,
            ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync("history", ct),
            ["Referrals:DemoFolder"] = Repository.Path("deploy", "demo"),
        };
        string[] command = ["demo", "history", "--months", "1", "--referrals", "60", "--seed", "4", "--until", "2026-06-30"];

        var first = await CommandRun.Of(settings, command);
        var second = await CommandRun.Of(settings, command);

        Assert.True(first.Status == 0, first.Text);
        Assert.Matches(@"referrals\s+│\s+60 ", first.Text);
        Assert.Matches(@"referrals/min\s+│\s+[1-9]", first.Text);
        Assert.Equal(1, second.Status);
        Assert.Contains("There are referrals in this database already", second.Text, StringComparison.Ordinal);

        var file = Path.Combine(Directory.CreateTempSubdirectory("own-history").FullName, "own.xes.gz");
        var export = await CommandRun.Of(settings, ["review", "export", "--own", "jobcenter-elbtal", "--from", "2026-05", "--to", "2026-06", "--format", "xes", "--out", file]);
        Assert.True(export.Status == 0, export.Text);
        Assert.Equal(0, (await CommandRun.Of(settings, ["review", "import", file, "--name", "own"])).Status);
        var early = await CommandRun.Of(settings, ["review", "export", "--own", "jobcenter-elbtal", "--from", "2025-01", "--to", "2025-02", "--format", "csv", "--out", file]);
        Assert.Equal(1, early.Status);
        Assert.Contains("No referral of these months", early.Text, StringComparison.Ordinal);

        await using var log = new PostgresEventLog(PostgresOptions.FromOwner(settings["ConnectionStrings:Owner"]!) with { MasterKeys = MasterKeys.FromText(TestMasterKeys.Text) }, EngineEvents.Codec);
        var end = (await log.ReadTenantTailAsync(StreamName.Network, null, 1, ct)).ReadTo;
        await using var relay = await log.FollowAsync(Referrals.Workers.Relay.RelayWorker.Follower, ct);
        Assert.True(relay.Position > 0 && relay.Position >= end - 1, $"{relay.Position} of {end}");
    }

    [Fact]
    public async Task A_history_that_was_ended_early_is_known_as_such()
    {
        var ct = TestContext.Current.CancellationToken;
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text,
            ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync("history_part", ct),
            ["Referrals:DemoFolder"] = Repository.Path("deploy", "demo"),
        }).Build();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var history = new DemoHistory(settings, new HistoryOrder(1, 4, 60, MemoryHistory.Until));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => history.RunAsync(
            progress =>
            {
                if (progress.Started > 10)
                {
                    enough.Cancel();
                }
            },
            enough.Token));

        Assert.True(await DemoHistory.WasEndedEarlyAsync(settings, ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => DemoCommand.PlayOnceAsync(settings, ct));
    }

    [Fact]
    public async Task No_history_is_played_while_the_product_runs()
    {
        var ct = TestContext.Current.CancellationToken;
        var settings = new Dictionary<string, string?>
        {
            ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text,
            ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync("history_busy", ct),
            ["Referrals:DemoFolder"] = Repository.Path("deploy", "demo"),
        };
        await new SchemaMigrator(PostgresOptions.FromOwner(settings["ConnectionStrings:Owner"]!)).ApplyAsync(ct);
        await using var log = new PostgresEventLog(PostgresOptions.FromOwner(settings["ConnectionStrings:Owner"]!) with { MasterKeys = MasterKeys.FromText(TestMasterKeys.Text) }, EngineEvents.Codec);
        await using var running = await log.FollowAsync(Referrals.Workers.Relay.RelayWorker.Follower, ct);

        var (status, text) = await CommandRun.Of(settings, "demo", "history", "--months", "1", "--referrals", "5");

        Assert.Equal(1, status);
        Assert.Contains("The product runs on this database", text, StringComparison.Ordinal);
    }

    private static List<(int, DateTimeOffset, DateTimeOffset?)> Times(HistoryPlay play) =>
        [.. play.Lives.Select(l => (l.Arrival.Index, l.LastAt, l.State?.Ended?.At))];

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
