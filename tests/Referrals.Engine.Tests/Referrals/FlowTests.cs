using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Branching, joining, repeating.</summary>
public sealed class FlowTests
{
    [Fact]
    public void A_join_waits_for_all() =>
        ReferralStory.On(Parallel(Step("childcare"), Step("debts", "east"), Step("health")), Step("last")).Started()
            .ThenOpen("childcare north", "debts east", "health north")
            .Completed(3).Completed(1).ThenOpen("debts east")
            .Completed(2).ThenOpen("last north").Completed(4).ThenClosed(ClosingReason.Completed);

    [Fact]
    public void A_choice_takes_the_first_branch_that_holds()
    {
        var choice = Choice("which", null, new Branch(Children(3), Step("many")), new Branch(Children(1), Step("some")), new Branch(Children(0), Step("any")));
        var story = ReferralStory.On(choice, Step("last", "east"));
        story.Started(s => s with { Facts = new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2) } })
            .ThenKinds(typeof(ReferralEvent.Started), typeof(ReferralEvent.BranchTaken), typeof(ReferralEvent.StepOffered)).ThenOpen("some north");
        Assert.Equal(1, story.Known.Branches[new Place("which")]);
    }

    [Fact]
    public void A_choice_takes_otherwise_or_nothing()
    {
        var branch = new Branch(Children(3), Step("many"));
        ReferralStory.On(Choice("which", Step("else"), branch), Step("last", "east")).Started().ThenOpen("else north").Completed(1).ThenOpen("last east");
        var none = ReferralStory.On(Choice("which", null, branch), Step("last", "east")).Started().ThenOpen("last east");
        Assert.Null(none.Known.Branches[new Place("which")]);
    }

    [Fact]
    public void A_choice_is_made_once_although_facts_change()
    {
        var asks = Step("asks") with { ReturnFacts = ["children"] };
        var choice = Choice("which", Step("few"), new Branch(Children(1), Step("many", "south")));
        var story = ReferralStory.On(Parallel(asks, choice), Choice("again", null, new Branch(Children(1), Step("now", "west")))).Started().ThenOpen("asks north", "few north");
        story.Accepted(1).Heard(1, new PartnerSaid.Completed("helped", new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(3), ["works"] = new FactValue.YesNo(true) }))
            .Completed(2).ThenOpen("now west");
        Assert.DoesNotContain("works", story.Known.Facts.Keys);
    }

    [Fact]
    public void A_choice_asks_for_the_outcome_of_the_latest_run() =>
        ReferralStory.On(
                Repeat("rounds", 2, Never, Step("visit")),
                Choice("which", Step("else"), new Branch(Ended("visit", "helped"), Step("good", "east")))).Started()
            .Completed(1, "helped").Completed(2, "advice-given").ThenOpen("else north");

    [Fact]
    public void A_repeat_ends_when_its_condition_holds() =>
        ReferralStory.On(Repeat("rounds", 5, Ended("visit", "helped"), Step("visit"))).Started().ThenOpen("rounds.1/visit north")
            .Completed(1, "advice-given").ThenOpen("rounds.2/visit north").Completed(2).ThenClosed(ClosingReason.Completed);

    [Fact]
    public void A_repeat_ends_after_its_last_round() =>
        ReferralStory.On(Repeat("rounds", 2, Never, Step("visit"))).Started().Completed(1).Completed(2)
            .ThenKinds(typeof(ReferralEvent.StepCompleted), typeof(ReferralEvent.RoundEnded), typeof(ReferralEvent.Closed)).ThenClosed(ClosingReason.Completed);

    [Fact]
    public void Nested_rounds_have_places_of_their_own()
    {
        var inner = Repeat("inner", 2, Ended("visit", "helped"), new ChainNode.Sequence { Id = new NodeId("row"), Children = [Optional("part", Step("extra", "east")), Step("visit")] });
        ReferralStory.On(Repeat("outer", 2, Never, inner)).Started().ThenWaits("outer.1/inner.1/part", WaitingFor.Part)
            .Given(new ReferralCommand.DecidePart(new Place("outer.1/inner.1/part"), true)).ThenOpen("outer.1/inner.1/extra east")
            .Completed(1).Completed(2, "advice-given").ThenWaits("outer.1/inner.2/part", WaitingFor.Part)
            .Given(new ReferralCommand.DecidePart(new Place("outer.1/inner.2/part"), false)).ThenOpen("outer.1/inner.2/visit north")
            .Completed(3).ThenWaits("outer.2/inner.1/part", WaitingFor.Part)
            .Given(new ReferralCommand.DecidePart(new Place("outer.2/inner.1/part"), false)).Completed(4).ThenClosed(ClosingReason.Completed);
    }

    // Twenty rounds within twenty, four deep, would be 160,000 rounds of nothing.
    [Fact]
    public void Rounds_in_which_nothing_happens_are_not_repeated()
    {
        ChainNode node = Choice("which", null, new Branch(Children(5), Step("visit")));
        for (var depth = 1; depth <= 4; depth++)
        {
            node = Repeat($"r{depth}", 20, Never, node);
        }

        ReferralStory.On(node, Step("last")).Started().ThenOpen("last north");
    }
}
