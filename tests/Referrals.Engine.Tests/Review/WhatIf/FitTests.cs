using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Review.WhatIf;

public sealed class FitTests
{
    private const int Days = 500;

    private static readonly SiteModel Usual = new()
    {
        Acknowledge = Durations.Exponential(0.6),
        Decide = Durations.Exponential(0.4),
        Begin = Durations.LogNormal(0.7, 0.3),
        Work = Durations.LogNormal(9, 0.5),
        Declines = 0.1,
        NoCapacityWhenFull = 0.15,
        Outcomes = [("helped", 3), ("not-eligible", 1)],
    };

    private static readonly ChainVersion Chain = TestChains.Of(
        TestChains.Step("first", "north,south"),
        TestChains.Optional("maybe", TestChains.Step("extra", "east")),
        TestChains.Parallel(TestChains.Step("left", "west"), TestChains.Step("right", "south,north")));

    private static readonly NetworkModel Truth = WithPaths(TestNetworks.Of(Chain, 2, Usual, ("north", 20), ("south", 26), ("east", 30), ("west", 21)), 0.3);

    private static readonly Lazy<NetworkModel> Fitted = new(() => Fit(MadeHistory.Of(Truth, Days)));

    [Fact]
    public void Moments_and_working_days_are_the_same_time()
    {
        var clock = WorkingClock.For("BB");
        foreach (var at in new[] { TestNetworks.Until, TestNetworks.Until - 100.25, TestNetworks.Until + 37.5 })
        {
            Assert.Equal(at, TestNetworks.Days.Of(MadeHistory.Moment(at)), 4);
            Assert.Equal(100, clock.Between(MadeHistory.Moment(at - 100), MadeHistory.Moment(at)) / (double)Moments.Day, 4);
        }

        Assert.Equal(new DateOnly(2026, 7, 1), TestNetworks.Days.Date(TestNetworks.Until));
        Assert.Equal((int)TestNetworks.Days.Of(MadeHistory.Moment(TestNetworks.Until)), TestNetworks.Days.Of(new DateOnly(2026, 7, 1)));
    }

    [Fact]
    public void Arrivals_are_found_again()
    {
        var arrivals = Fitted.Value.Chains[0].Arrivals;

        Assert.Equal(2, arrivals.PerDay, 0.25);
        Assert.All(arrivals.Weekdays, w => Assert.InRange(w, 0.75, 1.25));
        Assert.InRange(arrivals.Crowding, 1, 1.25);
    }

    [Fact]
    public void Seasons_trend_and_crowding_are_found_again()
    {
        var busy = new ArrivalModel(8, [1.4, 1, 1, 1, 0.6], [1.3, 1, 1, 1, 1, 1, 0.7, 0.7, 1, 1.2, 1.1, 1], 2.5);
        var truth = TestNetworks.Queue(1, 200, Durations.Exponential(3));
        var table = MadeHistory.Of(truth with { Chains = [truth.Chains[0] with { Arrivals = busy }] }, 1000);
        var found = ModelFit.Fit(table, [truth.Chains[0].Current], MadeHistory.Moment(TestNetworks.Until - 1000), table.AsOf, TestContext.Current.CancellationToken)!.Chains[0].Arrivals;

        Assert.InRange(found.Weekdays[0], 1.25, 1.55);
        Assert.InRange(found.Weekdays[4], 0.5, 0.72);
        Assert.InRange(found.Months[6], 0.55, 0.85);
        Assert.InRange(found.Crowding, 1.8, 3.2);
        Assert.InRange(found.PerDay, 6.5, 9.5);
    }

    [Fact]
    public void How_partners_answer_and_work_is_found_again()
    {
        var step = Fitted.Value.Chains[0].Steps["left"];
        var site = step.At("west");

        Assert.Equal(Origin.Seen, site.Work.Origin);
        Assert.Equal(Usual.Work.Mean, site.Work.Mean, 0.8);
        Assert.Equal(Usual.Acknowledge.Mean, site.Acknowledge.Mean, 0.15);
        Assert.Equal(Usual.Begin.Mean, site.Begin.Mean, 0.15);
        Assert.Equal(0.1, site.Declines, 0.04);
        Assert.Equal(0.25, site.Outcomes.Single(o => o.Code == "not-eligible").Weight / site.Outcomes.Sum(o => o.Weight), 0.06);
        Assert.Equal(0.3, Fitted.Value.Chains[0].Paths.Parts["maybe"], 0.05);
        Assert.True(site.NoCapacityWhenFull > site.NoCapacityWhenFree);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(15)]
    public void Room_is_found_again_where_it_is_short(int servers)
    {
        var truth = TestNetworks.Queue(servers * 0.9 / 9, servers, Durations.LogNormal(8, 0.5));

        Assert.Equal(servers, Fit(MadeHistory.Of(truth, Days)).Capacity[new("north", "childcare")].Places);
    }

    [Fact]
    public void Where_there_is_room_for_everybody_none_is_short()
    {
        var truth = TestNetworks.Queue(0.8, int.MaxValue, Durations.LogNormal(8, 0.5));
        var fitted = Fit(MadeHistory.Of(truth, Days));
        var waiting = Simulator.Run(fitted, null, new() { Replications = 20 }, null, TestContext.Current.CancellationToken)[ResultScope.Network]![Measure.WaitingMean];

        Assert.InRange(waiting!.Baseline!.Mean, 0, 0.3);
    }

    [Fact]
    public void What_runs_where_the_history_ends_is_taken_over()
    {
        var open = Fitted.Value.Open;
        var inWork = open.SelectMany(o => o.Visits).Count(v => v.End == VisitEnd.Open && !double.IsNaN(v.Started));
        var first = Simulator.Run(Fitted.Value, null, new() { Replications = 20, Days = 1 }, null, TestContext.Current.CancellationToken);

        Assert.True(inWork > 20);
        Assert.Equal(inWork, first[ResultScope.Network]![Measure.InWork]!.Baseline!.Mean, 3.0);
    }

    [Fact]
    public void A_change_of_room_is_predicted_as_it_comes()
    {
        // What would happen with two places fewer at the busy step, told by the model that made the history and by the one fitted on it. With
        // three years of history: how much comes has to be known well, where a few more in a hundred make all the difference.
        var truth = Truth with { Capacity = new Dictionary<PoolKey, Room>(Truth.Capacity) { [new("west", "childcare")] = new(23) } };
        var scenario = new Scenario([new Change.Capacity(new("west"), By: -2)]);
        var settings = new SimulationSettings { Replications = 20, Days = 250, GoesOn = false, WarmUp = 250 };
        Estimate Difference(NetworkModel model) => Simulator.Run(model, Scenarios.Apply(model, scenario).Model, settings, null, TestContext.Current.CancellationToken)
            [new(null, null, "west", "childcare")]![Measure.WaitingMean]!.Difference!;
        var (happens, predicted) = (Difference(truth), Difference(Fit(MadeHistory.Of(truth, 750), 750)));

        Assert.True(happens.Lower > 0.02, $"{happens}");
        Assert.InRange(predicted.Mean, 0.4 * happens.Mean, 2.5 * happens.Mean);
    }

    [Fact]
    public void The_second_half_is_predicted_from_the_first()
    {
        var table = MadeHistory.Of(Truth, Days);
        foreach (var observed in new[] { true, false })
        {
            var result = Validation.Run(
                table, [Chain], MadeHistory.Moment(TestNetworks.Until - Days), MadeHistory.Moment(TestNetworks.Until - (Days / 2)), table.AsOf, observed,
                new() { Replications = 10 }, TestContext.Current.CancellationToken)!;
            double Wape(Measure measure) => result.Errors.Single(e => e.Measure == measure).Wape;

            Assert.InRange(Wape(Measure.Started), 0, 0.15);
            Assert.InRange(Wape(Measure.InWork), 0, 0.15);
            Assert.InRange(Wape(Measure.WaitingMedian), 0, 0.3);
            Assert.InRange(Wape(Measure.WaitingP90), 0, 0.4);
        }
    }

    [Fact]
    public void What_may_not_be_told_apart_is_not_looked_at()
    {
        var shown = MadeHistory.Of(Truth, 60);
        var hidden = MadeHistory.Of(Truth, 60, threshold: 1000);

        Assert.True(Fit(shown, 60).Chains[0].Steps["left"].Anywhere.Visits > 0);
        Assert.Equal(0, Fit(hidden, 60).Chains[0].Steps["left"].Anywhere.Visits);
        Assert.Empty(Fit(hidden, 60).Open);
    }

    [Fact]
    public void What_came_later_is_not_looked_at()
    {
        var middle = MadeHistory.Moment(TestNetworks.Until - 100);
        var all = MadeHistory.Of(Truth, 200);
        var early = MadeHistory.Of(Truth, 100, until: TestNetworks.Until - 100);

        Assert.True(Math.Abs(Fit(all, 200, middle).Capacity[new("west", "childcare")].Places - 21) <= 2);
        Assert.All(Fit(all, 200, middle).Open.SelectMany(o => o.Visits), v => Assert.True(v.Offered <= TestNetworks.Until - 100));
        Assert.Equal(TestNetworks.Until - 100, Fit(early, 100, middle).Until, 3);
    }

    private static NetworkModel Fit(ReviewTable table, int days = Days, uint? until = null) =>
        ModelFit.Fit(table, [table.Chains[0].Id == Chain.Id && table.Steps.Count > 1 ? Chain : TestNetworks.Queue(1, 1, Durations.None).Chains[0].Current],
            MadeHistory.Moment(TestNetworks.Until - days), until ?? table.AsOf, TestContext.Current.CancellationToken)!;

    private static NetworkModel WithPaths(NetworkModel model, double maybe) => model with
    {
        Chains = [model.Chains[0] with { Paths = PathModel.Unknown with { Parts = new Dictionary<string, double> { ["maybe"] = maybe } } }],
    };
}
