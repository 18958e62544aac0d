using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Review.WhatIf;

public sealed class WhatIfRunTests
{
    private static readonly ChainVersion Chain = TestChains.Of(TestChains.Step("first", "north,south"), TestChains.Step("second", "west"));

    private static readonly SiteModel Usual = new() { Acknowledge = Durations.Exponential(1), Work = Durations.LogNormal(9, 0.4), Outcomes = [("helped", 1)] };

    private static readonly Lazy<ReviewTable> Table = new(() => MadeHistory.Of(TestNetworks.Of(Chain, 1.5, Usual, ("north", 30), ("south", 30), ("west", 15)), 250, threshold: 5));

    private static readonly Lazy<WhatIfBasis> Basis = new(() => WhatIfBasis.Fit(Table.Value, [Chain], Ct)!);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static WhatIfQuestion Ask(params Change[] changes) => new(changes, []) { Replications = 10, Days = 60 };

    [Fact]
    public void The_same_question_has_the_same_answer_and_another_seed_another()
    {
        var question = Ask(new Change.Capacity(new("west"), "childcare", By: 4));
        var (first, second) = (WhatIfRun.Run(Basis.Value, question, [], null, Ct), WhatIfRun.Run(Basis.Value, question, [], null, Ct));
        Assert.Equal(Text(first), Text(second));
        Assert.NotEqual(Text(first), Text(WhatIfRun.Run(Basis.Value, question with { Seed = 2 }, [], null, Ct)));
        Assert.Equal(Moments.At(Table.Value.AsOf), first.AsOf);
        var waiting = first.Rows.Single(r => r.Scope == new ResultScope(null, null, "west", "childcare"))[Measure.WaitingMean]!;
        Assert.True(waiting.Difference!.Upper < 0, $"{waiting}");
    }

    [Fact]
    public void An_answer_is_read_as_it_was_written()
    {
        var answer = WhatIfRun.Run(Basis.Value, Ask(new Change.Arrivals(1.1)), [new(Measure.WaitingMedian, 3, 0.2, 0.1)], null, Ct);
        Assert.Equal(Text(answer), Text(JsonSerializer.Deserialize<WhatIfAnswer>(Text(answer), EventCodec.Json)!));
        Assert.All(answer.Rows.SelectMany(r => r.Measures), m => Assert.True(m.Baseline is null || m.Baseline.Lower <= m.Baseline.Mean + 1e-4));
    }

    [Fact]
    public void A_known_version_is_put_in_force_by_its_number_and_another_is_refused()
    {
        var faster = Chain with { Version = 5, Root = new ChainNode.Parallel { Id = new("both"), Children = Chain.Root.Children().ToList() } };

        // Room enough, else the queue at the slowest partner would decide whatever the order is.
        var table = MadeHistory.Of(TestNetworks.Of(Chain, 1.5, Usual, ("north", 60), ("south", 60), ("west", 60)), 250, threshold: 5);
        var basis = WhatIfBasis.Fit(table, [Chain], Ct)! with { Versions = new Dictionary<(ChainId, int), ChainVersion> { [(Chain.Id, 5)] = faster } };
        Assert.Empty(basis.Check(Ask(new Change.KnownVersion(Chain.Id, 5))));
        // Long enough that most of those who end have started on the new version.
        var chain = WhatIfRun.Run(basis, Ask(new Change.KnownVersion(Chain.Id, 5)) with { Days = 300 }, [], null, Ct).Rows.Single(r => r.Scope == new ResultScope(Chain.Id.Value, null, null, null));
        Assert.True(chain[Measure.ThroughputMedian]!.Difference!.Upper < 0, $"{chain[Measure.ThroughputMedian]}");
        Assert.Equal(["version-unknown", "chain-unknown"], basis.Check(Ask(new Change.KnownVersion(Chain.Id, 6), new Change.KnownVersion(new("none"), 1))).Select(f => f.Code));
    }

    [Fact]
    public void All_that_speaks_against_a_question_is_told() => Assert.Equal(
        ["changes[0].step", "replications", "chains[0]"],
        Basis.Value.Check(new([new Change.AgreedTimes(Chain.Id, new("none"), 3)], [new("none")]) { Replications = 1000 }).Select(f => f.Path));

    [Fact]
    public void A_short_history_is_nothing_to_rest_on() =>
        Assert.Null(WhatIfBasis.Fit(MadeHistory.Of(TestNetworks.Of(Chain, 2, Usual, ("north", 30), ("south", 30), ("west", 30)), 10), [Chain], Ct));

    [Fact]
    public void What_rests_on_fewer_visits_than_a_number_may_stand_for_is_not_told()
    {
        var step = Basis.Value.Model.Chains[0].Steps["first"];
        var few = step with { Sites = step.Sites.ToDictionary(s => s.Key, s => s.Key == "north" ? s.Value with { Visits = 4 } : s.Value) };
        var chain = Basis.Value.Model.Chains[0];
        var model = Basis.Value.Model with { Chains = [chain with { Steps = chain.Steps.ToDictionary(s => s.Key, s => s.Key == "first" ? few : s.Value) }] };
        var scopes = WhatIfRun.Run(Basis.Value with { Model = model }, Ask(new Change.Arrivals(1.1)), [], null, Ct).Rows.Select(r => r.Scope).ToList();
        Assert.DoesNotContain(scopes, s => s.Partner == "north");
        Assert.Contains(scopes, s => s is { Partner: "south", Step: "first" });
        Assert.Contains(scopes, s => s is { Partner: null, Step: "first" });
    }

    private static string Text(WhatIfAnswer answer) => JsonSerializer.Serialize(answer, EventCodec.Json);
}
