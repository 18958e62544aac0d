using Referrals.Engine.Chains;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Review.WhatIf;

/// <summary>A partner accepts only so many more than it has places for: who is offered the same gets the others.</summary>
public sealed class BacklogTests
{
    private const int Places = 4;
    private static readonly PoolKey North = new("north", "childcare");
    private static readonly ChainVersion Chain = TestChains.Of(TestChains.Step("work", "north,south") with { Offer = OfferMode.FirstToAccept });
    private static readonly SiteModel Quick = new() { Acknowledge = Durations.Exponential(0.2), Decide = Durations.Exponential(0.2), Work = Durations.LogNormal(8, 0.4) };
    private static readonly SiteModel Slow = Quick with { Acknowledge = Durations.LogNormal(3, 0.2) };

    [Fact]
    public void Who_accepts_all_keeps_all_waiting()
    {
        var rows = Run(Network(new Room(Places)));

        Assert.True(Of(rows, "south", Measure.Started) < 0.1 * Of(rows, "north", Measure.Offered));
        Assert.True(Of(rows, "north", Measure.WaitingMedian) > 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Who_has_no_room_leaves_it_to_others(int backlog)
    {
        var rows = Run(Network(new Room(Places, Backlog: backlog)));

        // Four places of eight days finish one in two days; of two that come in that time the other partner gets the rest.
        Assert.Equal(0.5, Of(rows, "north", Measure.Started) / (Of(rows, "north", Measure.Started) + Of(rows, "south", Measure.Started)), 0.06);
        Assert.True(Of(rows, "south", Measure.WaitingMedian) < 4);

        // Those accepted beyond the places wait for as many beginnings as there are before them; before that, nobody waits longer than the other one takes.
        Assert.InRange(Of(rows, "north", Measure.WaitingP90), 2, 4.5 + (backlog * 2.5));
        Assert.Equal(Places, Of(rows, "north", Measure.InWork), 0.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void How_many_it_accepts_is_found_again(int backlog)
    {
        var truth = Network(new Room(Places, Backlog: backlog));
        var fitted = ModelFit.Fit(MadeHistory.Of(truth, 500), [Chain], MadeHistory.Moment(TestNetworks.Until - 500), MadeHistory.Moment(TestNetworks.Until), TestContext.Current.CancellationToken)!;

        Assert.Equal(new Room(Places, 0, backlog), fitted.Capacity[North] with { Turnover = 0 });

        // Nor does it matter to who always had room that this was not known.
        var (happens, predicted) = (Run(truth), Run(fitted));
        Assert.Equal(Of(happens, "south", Measure.WaitingMedian), Of(predicted, "south", Measure.WaitingMedian), 0.5);
        Assert.Equal(Of(happens, "south", Measure.InWork), Of(predicted, "south", Measure.InWork), 0.8);
    }

    private static NetworkModel Network(Room north) => TestNetworks.Of(Chain, 1, Quick) with
    {
        Chains = [TestNetworks.Of(Chain, 1, Quick).Chains[0] with { Steps = new Dictionary<string, StepModel> { ["work"] = new(new Dictionary<string, SiteModel> { ["south"] = Slow }, Quick) } }],
        Capacity = new Dictionary<PoolKey, Room> { [North] = north },
    };

    private static WhatIfResult Run(NetworkModel model) => Simulator.Run(
        model, null, new() { Replications = 10, Days = 250, WarmUp = 250, GoesOn = false }, null, TestContext.Current.CancellationToken);

    private static double Of(WhatIfResult rows, string partner, Measure measure) => rows[new(null, null, partner, "childcare")]![measure]!.Baseline!.Mean;
}
