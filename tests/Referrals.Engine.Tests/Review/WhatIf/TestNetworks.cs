using Referrals.Engine.Chains;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Review.WhatIf;

/// <summary>Networks with known answers.</summary>
internal static class TestNetworks
{
    private static readonly Lazy<WorkingDays> Brandenburg = new(() => WorkingDays.For("BB"));

    public static WorkingDays Days => Brandenburg.Value;

    /// <summary>Where the histories of tests end.</summary>
    public static double Until { get; } = Days.Of(new DateOnly(2026, 7, 1));

    /// <summary>One step at one partner with so many places: a textbook queue.</summary>
    public static NetworkModel Queue(double perDay, int servers, Durations work) =>
        Of(TestChains.Of(TestChains.Step("work", "north")), perDay, new() { Work = work }, ("north", servers));

    /// <summary>A chain whose steps are all alike at all partners.</summary>
    public static NetworkModel Of(ChainVersion chain, double perDay, SiteModel everywhere, params (string Partner, int Servers)[] capacity) => new(
        Days,
        Until - 250,
        Until,
        [new(chain, [], ArrivalModel.Steady(perDay), chain.Steps().ToDictionary(s => s.Id.Value, _ => Step(everywhere)), PathModel.Unknown)],
        capacity.ToDictionary(c => new PoolKey(c.Partner, "childcare"), c => new Room(c.Servers)),
        []);

    public static StepModel Step(SiteModel everywhere) => new(new Dictionary<string, SiteModel>(), everywhere);
}
