using Referrals.Engine.Chains;
using Referrals.Engine.Referrals.Moving;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>The preview of a move says what is agreed otherwise for that which lies ahead of this referral.</summary>
public sealed class MoveAheadTests
{
    private static readonly ChainNode.Step Childcare = Step("childcare", "north,south");
    private static readonly ChainNode.Step Debts = Step("debts", "east");

    [Fact]
    public void Terms_of_a_step_that_lies_ahead_are_told_with_the_consent_that_it_needs()
    {
        var story = ReferralStory.On(Childcare, Debts).Started();
        var changed = Debts with { Partners = [new("west")], CompleteWithin = 99, PassFacts = ["children"] };
        Assert.Equal(["partner", "partner", "complete-within", "pass-fact"], new MoveAhead(story.Known, story.Chain, story.Known, Of(Childcare, changed)).Terms(Engine.Chains.Comparing.ChainNames.Codes).Select(d => d.What));
        Assert.Equal(["terms-change debts", "terms-change debts", "terms-change debts", "terms-change debts", "needs-consent debts"], Seen(story, Childcare, changed));
        Assert.Contains("Schritt „debts“: west kommt als Partner dazu.", Preview(story, Childcare, changed).Changes.Select(c => c.Message.De));
        Assert.Equal(["terms-change debts"], Seen(story, Childcare, Debts with { CompleteWithin = 99 }));
        Assert.Equal(["terms-change debts", "needs-release debts"], Seen(story, Childcare, Debts with { Secrecy = true }));
    }

    [Fact]
    public void What_has_happened_or_is_with_a_partner_is_not_among_them()
    {
        Assert.Empty(Seen(ReferralStory.On(Childcare, Debts).Started(), Childcare with { CompleteWithin = 99 }, Debts));
        Assert.Empty(Seen(ReferralStory.On(Childcare, Debts).Started().Completed(1), Childcare with { CompleteWithin = 99 }, Debts));
    }

    [Fact]
    public void Another_end_of_a_repeat_counts_while_rounds_may_come()
    {
        ChainNode Rounds(int most) => Repeat("rounds", most, Ended("childcare", "helped"), Childcare);
        var story = ReferralStory.On(Rounds(3), Debts).Started();
        Assert.Equal(["terms-change rounds"], Seen(story, Rounds(4), Debts));
        Assert.Equal(["terms-change childcare"], Seen(story, Repeat("rounds", 3, Ended("childcare", "helped"), Childcare with { CompleteWithin = 99 }), Debts));
        Assert.Empty(Seen(story.Completed(1), Rounds(4), Debts));
    }

    private static VersionMove Preview(ReferralStory story, params ChainNode[] sequence)
    {
        var target = Of(sequence) with { Version = 4 };
        return VersionMove.Preview(story.Known, story.Chain, new AgreedChain(target, ChainJson.ContentHash(target), ChainStatus.InForce), story.Now);
    }

    private static IEnumerable<string> Seen(ReferralStory story, params ChainNode[] sequence) => Preview(story, sequence).Changes.Select(c => $"{c.Code} {c.Node}");
}
