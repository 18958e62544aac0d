using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>A partner takes an acknowledgement or acceptance back, and a colleague takes the referral over.</summary>
public sealed class UndoneTests
{
    private static readonly PartnerSaid AcceptanceUndone = new PartnerSaid.AcceptanceUndone();

    [Fact]
    public void The_offer_goes_back_to_what_it_was_with_its_former_times()
    {
        var story = ReferralStory.On(Step("childcare", "north")).Started().Accepted(1);
        story.When(story.Message(1, AcceptanceUndone)).Then(new Event.StepAcceptanceUndone(ReferralStory.Nth(1), 4) { At = story.Now });
        var offer = story.Known.Offers[ReferralStory.Nth(1)];
        Assert.Equal((OfferStatus.Acknowledged, null, null, null), (offer.Status, offer.AcceptedAt, offer.CompleteBy, offer.DueAt));

        story.When(story.Message(1, new PartnerSaid.AcknowledgementUndone())).ThenKinds(typeof(Event.StepAcknowledgementUndone));
        offer = story.Known.Offers[ReferralStory.Nth(1)];
        Assert.Equal((OfferStatus.Received, (DateTimeOffset?)null, offer.AcknowledgeBy), (offer.Status, offer.AcknowledgedAt, offer.DueAt));
        story.Heard(1, new PartnerSaid.Acknowledged(), new PartnerSaid.Accepted(), new PartnerSaid.Completed("helped", NoFacts)).ThenClosed(ClosingReason.Completed);
    }

    [Fact]
    public void When_the_time_for_acknowledging_passed_meanwhile_the_next_partner_is_asked()
    {
        var story = ReferralStory.On(Step("childcare", "north,south")).Started().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Acknowledged());
        story.At(story.Known.Offers[ReferralStory.Nth(1)].AcknowledgeBy.AddMinutes(1));
        story.When(story.Message(1, new PartnerSaid.AcknowledgementUndone()))
            .ThenKinds(typeof(Event.StepAcknowledgementUndone), typeof(Event.OfferWithdrawn), typeof(Event.StepOffered)).ThenOpen("childcare south");
    }

    [Fact]
    public void Of_several_that_were_asked_the_others_stay_withdrawn_and_a_later_decline_comes_back_to_the_caseworker()
    {
        var story = ReferralStory.On(Step("childcare", "north,south") with { Offer = OfferMode.FirstToAccept }).Started().Accepted(1).ThenOpen("childcare north");
        story.Heard(1, AcceptanceUndone).ThenOpen("childcare north");
        Assert.Equal(OfferStatus.Withdrawn, story.Known.Offers[ReferralStory.Nth(2)].Status);
        story.Heard(1, new PartnerSaid.Declined("no-capacity", null)).ThenOpen().ThenWaits("childcare", WaitingFor.Partner);
    }

    [Fact]
    public void Of_several_that_were_asked_a_later_decline_skips_the_step_where_that_was_agreed() =>
        ReferralStory.On(Step("childcare", "north,south") with { Offer = OfferMode.FirstToAccept, OnDecline = DeclinePath.Skip }).Started()
            .Accepted(1).Heard(1, AcceptanceUndone, new PartnerSaid.Declined("no-capacity", null)).ThenClosed(ClosingReason.Completed);

    [Fact]
    public void In_order_a_later_decline_goes_to_the_next_partner() =>
        ReferralStory.On(Step("childcare", "north,south")).Started()
            .Accepted(1).Heard(1, AcceptanceUndone, new PartnerSaid.Declined("no-capacity", null)).ThenOpen("childcare south");

    [Fact]
    public void The_time_for_completing_counts_anew_with_the_next_acceptance()
    {
        var story = ReferralStory.On(Step("childcare", "north") with { EscalateAfter = 1, RemindBefore = 1 }).Started().Accepted(1).Heard(1, AcceptanceUndone);
        story.At(ReferralStory.Monday.AddDays(7)).Heard(1, new PartnerSaid.Accepted());
        var by = story.Known.Offers[ReferralStory.Nth(1)].CompleteBy!.Value;
        Assert.Equal(story.Chain.CompleteBy(new NodeId("childcare"), story.Now), by);
        story.At(by.AddHours(-1)).When(new ReferralCommand.PassTime()).ThenKinds(typeof(Event.StepReminded));
    }

    [Fact]
    public void Who_starts_looks_after_it_until_a_colleague_does()
    {
        var story = ReferralStory.On(Step("childcare", "north")).Started(s => s with { Caseworker = "frau.muster" });
        Assert.Equal("frau.muster", story.Known.Caseworker);
        story.When(new ReferralCommand.HandOver("herr.muster")).Then(new Event.CaseworkerChanged("herr.muster") { At = story.Now });
        story.When(new ReferralCommand.HandOver("herr.muster")).ThenNothing();
        story.When(new ReferralCommand.HandOver("")).ThenRefused(ReferralRefusal.AssigneeInvalid);
        story.Given(new ReferralCommand.HandOver(null));
        Assert.Null(story.Known.Caseworker);
        story.Given(new ReferralCommand.Close()).When(new ReferralCommand.HandOver("frau.muster")).ThenRefused(ReferralRefusal.Closed);
    }
}
