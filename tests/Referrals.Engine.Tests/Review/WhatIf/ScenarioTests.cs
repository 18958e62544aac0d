using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Review.WhatIf;

public sealed class ScenarioTests
{
    private static readonly ChainVersion Chain = TestChains.Of(TestChains.Step("first", "north,south"), TestChains.Step("second", "west"), TestChains.Step("third", "east"));

    private static readonly NetworkModel Model = TestNetworks.Of(
        Chain, 1, new SiteModel { Work = Durations.LogNormal(5, 0.5), Acknowledge = Durations.Exponential(1.5) }, ("north", 4), ("south", 4), ("west", 7), ("east", 9));

    private static ChainId Id => Chain.Id;

    [Fact]
    public void Everything_that_makes_no_sense_is_told_with_its_place()
    {
        var faults = Faults(
            new Change.Capacity(new("north"), By: -4),
            new Change.Capacity(new("nobody"), Times: 2),
            new Change.Capacity(new("west"), Places: 3, By: 1),
            new Change.Arrivals(-1),
            new Change.Arrivals(2, new ChainId("other")),
            new Change.AgreedTimes(Id, new("fourth"), 3),
            new Change.Order(Id, new("all"), [new("first"), new("second")]),
            new Change.Together(Id, new("all"), [new("first"), new("third")]));

        Assert.Equal(
            [
                ("changes[0].by", "no-room"), ("changes[1].partner", "partner-unknown"), ("changes[2]", "one-of-three"), ("changes[3].times", "out-of-range"),
                ("changes[4].chain", "chain-unknown"), ("changes[5].step", "step-unknown"), ("changes[6].children", "not-the-same-parts"), ("changes[7].children", "not-neighbours"),
            ],
            faults.Select(f => (f.Path, f.Code)));
    }

    [Fact]
    public void A_scenario_without_changes_is_none() => Assert.Equal(["number-of-changes"], Faults().Select(f => f.Code));

    [Fact]
    public void What_the_chain_itself_does_not_allow_is_told_in_its_words()
    {
        var faults = Faults(new Change.AgreedTimes(Id, new("first"), 500), new Change.Partners(Id, new("second"), []));

        Assert.All(faults, f => Assert.StartsWith($"chains.{Id}.root", f.Path, StringComparison.Ordinal));
        Assert.True(faults.Count >= 2);
    }

    [Fact]
    public void A_step_without_a_history_is_refused() => Assert.Equal(
        ["no-history"], Faults(new Change.Version(TestChains.Of(TestChains.Step("new", "north")))).Select(f => f.Code));

    [Fact]
    public void Each_kind_of_change_changes_the_chain()
    {
        var chain = Apply(
            new Change.AgreedTimes(Id, new("first"), Acknowledge: 4, Complete: 20),
            new Change.Partners(Id, new("first"), [new("south"), new("new-partner")]),
            new Change.Offered(Id, new("first"), OfferMode.FirstToAccept),
            new Change.Order(Id, new("all"), [new("second"), new("first"), new("third")]),
            new Change.Together(Id, new("all"), [new("first"), new("third")])).Chains[0];
        var first = chain.Current.Step(new("first"));

        Assert.Equal((4, 20, OfferMode.FirstToAccept), (first.AcknowledgeWithin, first.CompleteWithin, first.Offer));
        Assert.Equal(["south", "new-partner"], first.Partners.Select(p => p.Value));
        Assert.Equal(["second", "all-at-once"], chain.Current.Root.Children().Select(c => c.Id.Value));
        Assert.True(chain.Current.Version > Chain.Version);
        Assert.Contains(Chain, chain.Earlier);
    }

    [Fact]
    public void A_partner_without_a_history_gets_the_usual_room() =>
        Assert.Equal(7, Apply(new Change.Partners(Id, new("first"), [new("new-partner")])).Capacity[new("new-partner", "childcare")].Places);

    [Fact]
    public void Doing_things_at_once_takes_less_time()
    {
        var row = Run(new Change.Together(Id, new("all"), [new("second"), new("third")]))[ResultScope.Network]!;

        Assert.True(row[Measure.ThroughputMedian]!.Difference!.Upper < -2, $"{row[Measure.ThroughputMedian]}");
    }

    [Fact]
    public void More_referrals_wait_longer()
    {
        var row = Run(new Change.Arrivals(1.3))[new ResultScope(null, null, "west", "childcare")]!;

        Assert.True(row[Measure.WaitingMean]!.Difference!.Lower > 0, $"{row[Measure.WaitingMean]}");
        Assert.True(row[Measure.Utilisation]!.Difference!.Lower > 0);
    }

    [Fact]
    public void More_time_to_acknowledge_lets_more_of_them_be_in_time()
    {
        var row = Run(new Change.AgreedTimes(Id, new("third"), Acknowledge: 6))[new ResultScope(Id.Value, "third", "east", null)]!;

        Assert.True(row[Measure.AcknowledgedInTime]!.Difference!.Lower > 0.1, $"{row[Measure.AcknowledgedInTime]}");
    }

    [Fact]
    public void A_scenario_is_read_as_it_was_written()
    {
        const string Json = """
            {"changes":[
              {"kind":"agreed-times","chain":"arbeit-mit-kind","step":"first","acknowledge":3},
              {"kind":"capacity","partner":"west","service":"childcare","by":2},
              {"kind":"partners","chain":"arbeit-mit-kind","step":"first","partners":["south","north"]},
              {"kind":"offer","chain":"arbeit-mit-kind","step":"first","mode":"first-to-accept"},
              {"kind":"order","chain":"arbeit-mit-kind","sequence":"all","children":["second","first","third"]},
              {"kind":"together","chain":"arbeit-mit-kind","sequence":"all","children":["first","third"]},
              {"kind":"arrivals","times":1.2}]}
            """;
        var scenario = JsonSerializer.Deserialize<Scenario>(Json, EventCodec.Json)!;

        Assert.Equal(Json.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), JsonSerializer.Serialize(scenario, EventCodec.Json));
        Assert.NotNull(Scenarios.Apply(Model, scenario).Model);
    }

    // A very generous bound, so that a machine on which ten builds run passes.
    [Fact]
    public void A_second_simulates_many_visits()
    {
        var busy = Model with { Chains = [Model.Chains[0] with { Arrivals = ArrivalModel.Steady(100) }], Capacity = new Dictionary<PoolKey, Room> { [new("west", "childcare")] = new(600) } };
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        var result = Simulator.Run(busy, null, new() { Replications = 4, Days = 500 }, null, TestContext.Current.CancellationToken);
        var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        TestContext.Current.SendDiagnosticMessage($"{result.Offers / seconds:N0} visits/s, {result.Offers:N0} in {seconds:F1} s");

        Assert.True(result.Offers / seconds > 2_000, $"{result.Offers / seconds:N0} visits/s");
    }

    private static IReadOnlyList<ScenarioFault> Faults(params Change[] changes) => Scenarios.Apply(Model, new(changes)).Faults;

    private static NetworkModel Apply(params Change[] changes)
    {
        var applied = Scenarios.Apply(Model, new(changes));
        Assert.Empty(applied.Faults);
        return applied.Model!;
    }

    private static WhatIfResult Run(params Change[] changes) => Simulator.Run(
        Model, Apply(changes), new() { Replications = 20, Days = 250, WarmUp = 100, GoesOn = false }, null, TestContext.Current.CancellationToken);
}
