using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Codes that clients carry, at the case holder.</summary>
public sealed class HandoverTests
{
    private static readonly OrganisationId North = new("north");

    private static ReferralStory Offered() => ReferralStory.On(Step("childcare", "north")).Started().Heard(1, new PartnerSaid.Received());

    private static ReferralCommand.IssueHandover Issue(int n) => new(ReferralStory.Nth(1), $"p{n:x48}");

    private static readonly ReferralCommand.RevokeHandover Revoke = new(ReferralStory.Nth(1));

    private static IssuedHandover CodeOf(ReferralStory story) => story.Known.Offers[ReferralStory.Nth(1)].Handover!;

    [Fact]
    public void A_code_counts_fourteen_days_to_the_end_of_the_last()
    {
        var until = new DateTimeOffset(2026, 9, 21, 22, 0, 0, TimeSpan.Zero);
        var story = Offered().When(Issue(1)).Then(new ReferralEvent.HandoverIssued(ReferralStory.Nth(1), North, 1, Issue(1).Proof, until) { At = ReferralStory.Monday });
        Assert.Equal(HandoverStatus.Issued, CodeOf(story).Status(until.AddTicks(-1)));
        Assert.Equal(HandoverStatus.Expired, CodeOf(story).Status(until));
    }

    [Fact]
    public void A_new_code_takes_the_place_of_the_old_one()
    {
        var story = Offered().Given(Issue(1)).Given(Revoke).When(Issue(2)).ThenKinds(typeof(ReferralEvent.HandoverIssued));
        Assert.Equal((2, HandoverStatus.Issued), (CodeOf(story).Issue, CodeOf(story).Status(story.Now)));
    }

    [Fact]
    public void The_sender_sees_that_the_client_came()
    {
        var story = Offered().Given(Issue(1)).When(new ReferralCommand.Hear(ReferralStory.Nth(1), 2, ReferralStory.Monday.AddHours(1), new PartnerSaid.HandedOver()));
        story.Then(new ReferralEvent.HandoverRedeemed(ReferralStory.Nth(1), 2) { At = ReferralStory.Monday.AddHours(1) });
        Assert.Equal(HandoverStatus.Redeemed, CodeOf(story).Status(story.Now));
        story.When(Issue(2)).ThenRefused(ReferralRefusal.HandoverRedeemed);
        story.When(Revoke).ThenRefused(ReferralRefusal.HandoverRedeemed);
    }

    [Fact]
    public void A_client_who_came_while_the_code_was_revoked_has_come() =>
        Assert.Equal(HandoverStatus.Redeemed, CodeOf(Offered().Given(Issue(1)).Given(Revoke).Heard(1, new PartnerSaid.HandedOver())).Status(ReferralStory.Monday));

    [Fact]
    public void What_blocked_an_older_code_leaves_the_new_one()
    {
        var story = Offered().Given(Issue(1)).Given(Issue(2)).Heard(1, new PartnerSaid.HandoverBlocked(1));
        Assert.Equal(HandoverStatus.Issued, CodeOf(story).Status(story.Now));
        Assert.Equal(HandoverStatus.Blocked, CodeOf(story.Heard(1, new PartnerSaid.HandoverBlocked(2))).Status(story.Now));
        story.When(Issue(3)).ThenKinds(typeof(ReferralEvent.HandoverIssued));
    }

    [Fact]
    public void A_partner_can_not_redeem_or_block_what_was_never_made()
    {
        var story = Offered();
        story.When(story.Message(1, new PartnerSaid.HandedOver())).ThenRefused(ReferralRefusal.MessageDoesNotFit);
        story.When(story.Message(1, new PartnerSaid.HandoverBlocked(1))).ThenRefused(ReferralRefusal.MessageDoesNotFit);
        story.Given(Issue(1)).When(story.Message(1, new PartnerSaid.HandoverBlocked(2))).ThenRefused(ReferralRefusal.MessageDoesNotFit);
    }

    [Fact]
    public void Only_an_open_offer_gets_a_code()
    {
        Offered().When(Issue(1) with { Assignment = ReferralStory.Nth(9) }).ThenRefused(ReferralRefusal.AssignmentNotOpen);
        Offered().When(Revoke).ThenRefused(ReferralRefusal.HandoverNotIssued);
        Offered().Given(Issue(1)).Given(Revoke).When(Revoke).ThenNothing();
        Offered().Given(new ReferralCommand.Close()).When(Issue(1)).ThenRefused(ReferralRefusal.Closed);
    }
}
