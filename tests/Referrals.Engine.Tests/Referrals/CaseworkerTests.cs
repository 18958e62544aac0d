using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Choosing, rerouting, skipping, parts and reminders by hand.</summary>
public sealed class CaseworkerTests
{
    private static readonly Place Childcare = new("childcare");
    private static readonly OrganisationId North = new("north");
    private static readonly OrganisationId South = new("south");

    [Fact]
    public void Choose_records_the_choice_and_offers()
    {
        var story = ReferralStory.On(Step("childcare") with { Offer = OfferMode.Chosen }).Started();
        story.When(new ReferralCommand.ChoosePartner(Childcare, South)).ThenKinds(typeof(ReferralEvent.PartnerChosen), typeof(ReferralEvent.StepOffered));
        story.When(new ReferralCommand.ChoosePartner(Childcare, South)).ThenNothing();
        story.When(new ReferralCommand.ChoosePartner(Childcare, North)).ThenRefused(ReferralRefusal.StepWithPartner);
    }

    [Fact]
    public void Choose_in_a_wrong_state()
    {
        var story = ReferralStory.On(Step("childcare") with { Offer = OfferMode.Chosen }, Step("debts", "east"), Step("last")).Started();
        story.When(new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("east"))).ThenRefused(ReferralRefusal.PartnerNotAgreed)
            .When(new ReferralCommand.ChoosePartner(new Place("last"), North)).ThenRefused(ReferralRefusal.PlaceNotReached)
            .When(new ReferralCommand.ChoosePartner(new Place("nowhere"), North)).ThenRefused(ReferralRefusal.PlaceNotReached)
            .Given(new ReferralCommand.ChoosePartner(Childcare, North)).Completed(1)
            .When(new ReferralCommand.ChoosePartner(Childcare, South)).ThenRefused(ReferralRefusal.StepEnded);
    }

    [Fact]
    public void Reroute_takes_back_and_offers()
    {
        var story = ReferralStory.On(Step("childcare")).Started().Accepted(1).Heard(1, new PartnerSaid.Started());
        story.When(new ReferralCommand.Reroute(Childcare, South)).ThenKinds(typeof(ReferralEvent.StepRerouted), typeof(ReferralEvent.OfferWithdrawn), typeof(ReferralEvent.StepOffered))
            .ThenOpen("childcare south")
            .When(new ReferralCommand.Reroute(Childcare, South)).ThenNothing();
        // The partner had completed it meanwhile: the withdrawal wins.
        story.When(new ReferralCommand.Hear(ReferralStory.Nth(1), 5, story.Now, new PartnerSaid.Completed("helped", NoFacts))).ThenNothing().ThenOpen("childcare south");
    }

    [Fact]
    public void Reroute_in_a_wrong_state()
    {
        ReferralStory.On(Step("childcare"), Step("debts", "east")).Started()
            .When(new ReferralCommand.Reroute(Childcare, new OrganisationId("east"))).ThenRefused(ReferralRefusal.PartnerNotAgreed)
            .When(new ReferralCommand.Reroute(new Place("debts"), new OrganisationId("east"))).ThenRefused(ReferralRefusal.PlaceNotReached)
            .Completed(1)
            .When(new ReferralCommand.Reroute(Childcare, South)).ThenRefused(ReferralRefusal.StepEnded);
        ReferralStory.On(Step("childcare") with { Offer = OfferMode.Chosen }).Started()
            .When(new ReferralCommand.Reroute(Childcare, South)).ThenRefused(ReferralRefusal.StepNotWithPartner);
        ReferralStory.On(Step("childcare") with { Offer = OfferMode.FirstToAccept }).Started()
            .When(new ReferralCommand.Reroute(Childcare, South)).ThenRefused(ReferralRefusal.SamePartner);
    }

    [Fact]
    public void Reroute_among_first_to_accept_takes_all_back() =>
        ReferralStory.On(Step("childcare") with { Offer = OfferMode.FirstToAccept }).Started().Declined(3)
            .When(new ReferralCommand.Reroute(Childcare, new OrganisationId("west"))).ThenOpen("childcare west");

    [Fact]
    public void Reroute_without_a_consent_that_counts_waits_for_one() =>
        ReferralStory.On(Step("childcare")).Started(s => s with { Consent = Agreed with { Until = new DateOnly(2026, 9, 7) } })
            .At(ReferralStory.Monday.AddDays(1))
            .When(new ReferralCommand.Reroute(Childcare, South)).ThenKinds(typeof(ReferralEvent.StepRerouted), typeof(ReferralEvent.OfferWithdrawn), typeof(ReferralEvent.ConsentExpired)).ThenWaits("childcare", WaitingFor.Consent)
            .When(new ReferralCommand.Reroute(Childcare, South)).ThenNothing()
            .When(new ReferralCommand.Reroute(Childcare, North)).ThenRefused(ReferralRefusal.StepNotWithPartner)
            .Given(new ReferralCommand.RecordConsent(Agreed)).ThenOpen("childcare south");

    [Fact]
    public void Skip_takes_back_and_goes_on()
    {
        var story = ReferralStory.On(Step("childcare"), Step("debts", "east")).Started();
        story.When(new ReferralCommand.Skip(new Place("debts"))).ThenRefused(ReferralRefusal.PlaceNotReached);
        story.When(new ReferralCommand.Skip(Childcare)).ThenKinds(typeof(ReferralEvent.OfferWithdrawn), typeof(ReferralEvent.StepSkipped), typeof(ReferralEvent.StepOffered))
            .When(new ReferralCommand.Skip(Childcare)).ThenNothing()
            .Completed(2).ThenClosed(ClosingReason.Completed);
        ReferralStory.On(Step("childcare"), Step("debts", "east")).Started().Completed(1).When(new ReferralCommand.Skip(Childcare)).ThenRefused(ReferralRefusal.StepEnded);
    }

    [Fact]
    public void Skip_a_step_that_nobody_was_offered() =>
        ReferralStory.On(Step("childcare") with { Offer = OfferMode.Chosen }, Step("debts", "east")).Started()
            .When(new ReferralCommand.Skip(Childcare)).ThenOpen("debts east")
            .When(new ReferralCommand.Skip(Childcare)).ThenNothing()
            .When(new ReferralCommand.ChoosePartner(Childcare, North)).ThenRefused(ReferralRefusal.StepEnded);

    [Fact]
    public void A_part_waits_until_it_is_decided()
    {
        var story = ReferralStory.On(Optional("part", Step("childcare")), Step("debts", "east")).Started().ThenWaits("part", WaitingFor.Part);
        story.When(new ReferralCommand.DecidePart(new Place("other"), true)).ThenRefused(ReferralRefusal.PlaceNotReached)
            .When(new ReferralCommand.ChoosePartner(new Place("part"), North)).ThenRefused(ReferralRefusal.PlaceNotReached)
            .When(new ReferralCommand.DecidePart(new Place("part"), true)).ThenOpen("childcare north")
            .When(new ReferralCommand.DecidePart(new Place("part"), true)).ThenNothing()
            .When(new ReferralCommand.DecidePart(new Place("part"), false)).ThenRefused(ReferralRefusal.PartDecided);
    }

    [Fact]
    public void A_part_left_out_is_passed_over() =>
        ReferralStory.On(Optional("part", Step("childcare")), Step("debts", "east")).Started()
            .When(new ReferralCommand.DecidePart(new Place("part"), false)).ThenOpen("debts east");

    [Fact]
    public void A_part_decided_at_the_start_is_decided() =>
        ReferralStory.On(Optional("part", Step("childcare")), Step("debts", "east"))
            .Started(s => s with { Parts = new Dictionary<NodeId, bool> { [new("part")] = false } }).ThenOpen("debts east")
            .When(new ReferralCommand.DecidePart(new Place("part"), false)).ThenNothing()
            .When(new ReferralCommand.DecidePart(new Place("part"), true)).ThenRefused(ReferralRefusal.PartDecided);

    [Fact]
    public void Remind_once_an_hour_while_it_is_open()
    {
        var story = ReferralStory.On(Step("childcare", "north")).Started();
        story.When(new ReferralCommand.Remind(ReferralStory.Nth(1)))
            .Then(new ReferralEvent.StepReminded(ReferralStory.Nth(1), North, Reminder.ByCaseworker) { At = story.Now })
            .At(story.Now.AddMinutes(59)).When(new ReferralCommand.Remind(ReferralStory.Nth(1))).ThenNothing()
            .At(story.Now.AddMinutes(1)).When(new ReferralCommand.Remind(ReferralStory.Nth(1))).ThenKinds(typeof(ReferralEvent.StepReminded))
            .When(new ReferralCommand.Remind(ReferralStory.Nth(9))).ThenRefused(ReferralRefusal.AssignmentNotOpen)
            .Declined(1).When(new ReferralCommand.Remind(ReferralStory.Nth(1))).ThenRefused(ReferralRefusal.AssignmentNotOpen);
    }
}
