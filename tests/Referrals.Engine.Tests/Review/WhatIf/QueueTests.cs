using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Tests.Review.WhatIf;

public sealed class QueueTests
{
    private static readonly ResultScope Desk = new(null, null, "north", "childcare");

    // Referrals start in office hours only, so that arrivals come in a third of the day: with work of many days that makes no difference.
    [Theory]
    [InlineData(1, 0.7, 10)]
    [InlineData(3, 0.8, 30)]
    [InlineData(8, 0.9, 40)]
    public void Waiting_is_what_Erlang_says(int servers, double load, double days)
    {
        var perDay = servers * load / days;
        var model = TestNetworks.Queue(perDay, servers, Durations.Exponential(days));
        var row = Run(model, null, new() { Replications = 200, Days = 1250, WarmUp = 1250, GoesOn = false })[Desk]!;
        var expected = ErlangC(servers, servers * load) * days / (servers * (1 - load));

        var waiting = row[Measure.Queue]!.Baseline!;
        var allowed = (waiting.Upper - waiting.Mean) + (0.03 * expected * perDay);
        Assert.InRange(waiting.Mean, (expected * perDay) - allowed, (expected * perDay) + allowed);
        Assert.Equal(load, row[Measure.Utilisation]!.Baseline!.Mean, 0.03);
    }

    [Fact]
    public void As_many_wait_as_come_times_how_long_they_wait()
    {
        var model = TestNetworks.Queue(2, 22, Durations.LogNormal(8, 0.6));
        var row = Run(model, null, new() { Replications = 40, Days = 1000, WarmUp = 250, GoesOn = false })[Desk]!;

        Assert.Equal(row[Measure.Started]!.Baseline!.Mean / 1000 * row[Measure.WaitingMean]!.Baseline!.Mean, row[Measure.Waiting]!.Baseline!.Mean, 0.02);
        Assert.True(row[Measure.Waiting]!.Baseline!.Mean > 0.01);
    }

    [Fact]
    public void The_same_seed_gives_the_same_result_and_another_one_another()
    {
        var model = TestNetworks.Queue(2, 20, Durations.LogNormal(8, 0.6));
        string Of(int seed) => string.Join('\n', Run(model, model, new() { Replications = 3, Seed = seed }).Rows.SelectMany(r => r.Measures));

        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Fact]
    public void Two_variants_that_are_alike_do_not_differ_at_all()
    {
        var model = TestNetworks.Queue(2, 20, Durations.LogNormal(8, 0.6));

        Assert.All(Run(model, model with { }, new() { Replications = 5 }).Rows.SelectMany(r => r.Measures).Where(m => m.Difference is not null),
            m => Assert.Equal((0, 0, 0), (m.Difference!.Mean, m.Difference.Lower, m.Difference.Upper)));
    }

    [Fact]
    public void More_room_never_makes_anybody_wait_longer()
    {
        for (var servers = 15; servers < 22; servers++)
        {
            var (model, more) = (TestNetworks.Queue(2, servers, Durations.LogNormal(8, 0.6)), TestNetworks.Queue(2, servers + 1, Durations.LogNormal(8, 0.6)));
            var row = Run(model, more, new() { Replications = 10, Days = 250, GoesOn = false })[Desk]!;

            Assert.True(row[Measure.WaitingMean]!.Difference!.Upper <= 0, $"{servers} places");
            Assert.True(row[Measure.WaitingP90]!.Difference!.Mean <= 0, $"{servers} places");
        }
    }

    [Fact]
    public void The_difference_is_known_better_than_the_two_that_it_is_made_of()
    {
        var (model, more) = (TestNetworks.Queue(2, 19, Durations.LogNormal(8, 0.6)), TestNetworks.Queue(2, 20, Durations.LogNormal(8, 0.6)));
        var waiting = Run(model, more, new() { Replications = 30, Days = 250, GoesOn = false })[Desk]![Measure.WaitingMean]!;

        Assert.True(waiting.Difference!.Upper - waiting.Difference.Lower < 0.8 * (waiting.Baseline!.Upper - waiting.Baseline.Lower));
    }

    // Of 60 intervals about three miss the true value; more than ten would be a one in a thousand.
    [Fact]
    public void Intervals_hold_the_true_value_as_often_as_they_say()
    {
        const double perDay = 1.5;
        var model = TestNetworks.Queue(perDay, 40, Durations.Exponential(10));
        var missed = Enumerable.Range(1, 60).Count(seed =>
        {
            var inWork = Run(model, null, new() { Replications = 10, Days = 100, WarmUp = 100, GoesOn = false, Seed = seed })[Desk]![Measure.InWork]!.Baseline!;
            return perDay * 10 < inWork.Lower || perDay * 10 > inWork.Upper;
        });

        Assert.InRange(missed, 0, 10);
    }

    [Fact]
    public void What_would_take_too_long_is_refused()
    {
        var model = TestNetworks.Queue(500, 1, Durations.Always(1));

        Assert.Equal(["too-much"], Simulator.Check(model, model, new() { Replications = 200, Days = 1250 }).Select(f => f.Code));
        Assert.Equal(["replications", "days", "warmUp"], Simulator.Check(model, null, new() { Replications = 0, Days = 0, WarmUp = -1 }).Select(f => f.Path));
        Assert.Throws<ArgumentException>(() => Run(model, null, new() { Days = 0 }));
    }

    [Fact]
    public void A_run_tells_how_far_it_is_and_stops_when_told()
    {
        var (told, stop) = (new List<double>(), new CancellationTokenSource());
        var model = TestNetworks.Queue(2, 20, Durations.Always(8));

        Assert.Throws<OperationCanceledException>(() => Simulator.Run(model, null, new() { Replications = 10 }, new Told(share =>
        {
            told.Add(share);
            if (told.Count == 4)
            {
                stop.Cancel();
            }
        }), stop.Token));
        Assert.Equal([0.1, 0.2, 0.3, 0.4], told);
    }

    private static WhatIfResult Run(NetworkModel model, NetworkModel? scenario, SimulationSettings settings) =>
        Simulator.Run(model, scenario, settings, null, TestContext.Current.CancellationToken);

    private static double ErlangC(int servers, double offered)
    {
        var (sum, term) = (0.0, 1.0);
        for (var i = 0; i < servers; i++)
        {
            sum += term;
            term *= offered / (i + 1);
        }

        var full = term * servers / (servers - offered);
        return full / (sum + full);
    }

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
