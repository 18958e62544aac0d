using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

public sealed class ConsentTests
{
    private static readonly Consent UntilMonday = Agreed with { Until = new DateOnly(2026, 9, 7) };
    private static readonly DateTimeOffset Midnight = new(2026, 9, 7, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_step_not_covered_waits_until_it_is()
    {
        var story = ReferralStory.On(Step("childcare"), Step("debts", "east")).Started(s => s with { Consent = Agreed with { Steps = [new NodeId("childcare")] } });
        story.Completed(1).ThenOpen().ThenWaits("debts", WaitingFor.Consent);
        Assert.Equal(ReferralStatus.NeedsDecision, ReferralBoard.Status(story.Known, story.Next));
        story.When(new ReferralCommand.RecordConsent(Agreed)).ThenKinds(typeof(ReferralEvent.ConsentRecorded), typeof(ReferralEvent.StepOffered)).ThenOpen("debts east");
        story.When(new ReferralCommand.RecordConsent(Agreed with { })).ThenNothing();
    }

    [Fact]
    public void The_same_covered_steps_are_the_same_consent() =>
        ReferralStory.On(Step("childcare")).Started(s => s with { Consent = Agreed with { Steps = [new NodeId("childcare")] } })
            .When(new ReferralCommand.RecordConsent(Agreed with { Steps = [new NodeId("childcare")] })).ThenNothing()
            .When(new ReferralCommand.RecordConsent(Agreed with { Steps = [] })).ThenKinds(typeof(ReferralEvent.ConsentRecorded));

    [Fact]
    public void It_counts_to_the_end_of_its_last_day_in_local_time() =>
        ReferralStory.On(Step("childcare"), Step("debts", "east")).Started(s => s with { Consent = UntilMonday }).Accepted(1)
            .At(new DateTimeOffset(2026, 9, 7, 21, 59, 59, TimeSpan.Zero)).Heard(1, new PartnerSaid.Completed("helped", NoFacts)).ThenOpen("debts east");

    [Fact]
    public void After_its_last_day_open_steps_stop_and_wait_for_a_new_one() =>
        ReferralStory.On(Step("childcare"), Step("debts", "east")).Started(s => s with { Consent = UntilMonday }).Accepted(1).ThenWakes(Midnight)
            .At(Midnight).When(new ReferralCommand.PassTime()).Then(
                new ReferralEvent.ConsentExpired(new DateOnly(2026, 9, 7)) { At = Midnight },
                new ReferralEvent.OfferWithdrawn(ReferralStory.Nth(1), new OrganisationId("north"), WithdrawalReason.ConsentExpired) { At = Midnight })
            .ThenOpen().ThenWaits("childcare", WaitingFor.Consent).ThenWakes(null)
            .When(new ReferralCommand.PassTime()).ThenNothing()
            .Given(new ReferralCommand.RecordConsent(Agreed)).ThenOpen("childcare north").Completed(2).ThenOpen("debts east");

    [Fact]
    public void What_stopped_goes_back_to_the_partners_that_had_it()
    {
        var story = ReferralStory.On(Step("childcare") with { Offer = OfferMode.FirstToAccept }).Started(s => s with { Consent = UntilMonday });
        story.Declined(2).At(Midnight).Given(new ReferralCommand.PassTime()).ThenOpen().ThenWaits("childcare", WaitingFor.Consent)
            .Given(new ReferralCommand.RecordConsent(Agreed)).ThenOpen("childcare north", "childcare west");
    }

    [Fact]
    public void After_its_last_day_the_last_step_may_still_end_the_referral() =>
        ReferralStory.On(Step("childcare")).Started(s => s with { Consent = UntilMonday }).Accepted(1)
            .At(Midnight).Heard(1, new PartnerSaid.Completed("helped", NoFacts)).ThenClosed(ClosingReason.Completed).ThenWakes(null)
            .When(new ReferralCommand.PassTime()).ThenNothing();

    [Fact]
    public void Its_end_is_told_once_a_week_before()
    {
        var until = new DateOnly(2026, 9, 21);
        var told = new DateTimeOffset(2026, 9, 13, 22, 0, 0, TimeSpan.Zero);
        var story = ReferralStory.On(Step("childcare")).Started(s => s with { Consent = Agreed with { Until = until } }).Accepted(1);
        story.At(told.AddTicks(-1)).When(new ReferralCommand.PassTime()).ThenNothing().ThenWakes(told)
            .At(told).When(new ReferralCommand.PassTime()).Then(new ReferralEvent.ConsentEnding(until) { At = told })
            .When(new ReferralCommand.PassTime()).ThenNothing().ThenWakes(new DateTimeOffset(2026, 9, 21, 22, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void It_is_withdrawn_for_some_steps_and_the_others_go_on()
    {
        var story = ReferralStory.On(Parallel(Step("childcare"), Step("debts", "east"))).Started();
        var withdraw = new ReferralCommand.WithdrawConsent([new NodeId("debts")]);
        story.When(withdraw).Then(
                new ReferralEvent.ConsentNarrowed([new NodeId("debts")], Agreed with { Steps = [new NodeId("childcare")] }) { At = story.Now },
                new ReferralEvent.OfferWithdrawn(ReferralStory.Nth(2), new OrganisationId("east"), WithdrawalReason.ConsentWithdrawn) { At = story.Now })
            .ThenOpen("childcare north").ThenWaits("debts", WaitingFor.Consent)
            .When(withdraw).ThenNothing()
            .When(new ReferralCommand.WithdrawConsent([])).ThenRefused(ReferralRefusal.StepsMissing)
            .When(new ReferralCommand.WithdrawConsent([new NodeId("nowhere")])).ThenRefused(ReferralRefusal.StepUnknown)
            .When(new ReferralCommand.WithdrawConsent([new NodeId("childcare")])).ThenClosed(ClosingReason.ConsentWithdrawn);
        Assert.Null(story.Known.Consent);
    }

    [Fact]
    public void A_step_goes_on_without_it_only_with_a_ground_and_a_reason_and_no_other_does()
    {
        var none = Agreed with { Steps = [] };
        var over = new ReferralCommand.OverrideConsent([new NodeId("childcare")], LegalGround.ChildWelfare, Note("Kind ist ohne Aufsicht."));
        var story = ReferralStory.On(Parallel(Step("childcare"), Step("debts", "east"))).Started(s => s with { Consent = none });
        story.ThenOpen().When(over).ThenKinds(typeof(ReferralEvent.ConsentOverridden), typeof(ReferralEvent.StepOffered)).ThenOpen("childcare north")
            .ThenWaits("debts", WaitingFor.Consent)
            .When(over).ThenNothing()
            .When(over with { Steps = [] }).ThenRefused(ReferralRefusal.StepsMissing)
            .When(over with { Steps = [new NodeId("nowhere")] }).ThenRefused(ReferralRefusal.StepUnknown);
        ReferralStory.On(Step("childcare"), Step("debts", "east")).Started().When(over).ThenRefused(ReferralRefusal.ConsentNotAwaited);
    }

    [Fact]
    public void What_goes_on_by_law_stops_neither_at_its_end_nor_when_it_is_withdrawn()
    {
        var some = UntilMonday with { Steps = [new NodeId("debts")] };
        var story = ReferralStory.On(Parallel(Step("childcare"), Step("debts", "east"))).Started(s => s with { Consent = some })
            .Given(new ReferralCommand.OverrideConsent([new NodeId("childcare")], LegalGround.LegalDuty, Note("Pflicht zur Meldung.")));
        story.At(Midnight).Given(new ReferralCommand.PassTime()).ThenOpen("childcare north")
            .When(new ReferralCommand.WithdrawConsent()).ThenKinds(typeof(ReferralEvent.ConsentWithdrawn)).ThenOpen("childcare north")
            .Completed(2).ThenWaits("debts", WaitingFor.Consent)
            .When(new ReferralCommand.WithdrawConsent()).ThenClosed(ClosingReason.ConsentWithdrawn);
    }

    [Fact]
    public void A_faulty_one_is_refused_with_every_fault() =>
        ReferralStory.On(Step("childcare")).Started()
            .When(new ReferralCommand.RecordConsent(new Consent(ConsentForm.Electronic, new DateOnly(2026, 9, 1), "x y", new DateOnly(2026, 9, 6), [new NodeId("nowhere")])))
            .ThenFaults("consent-expired consent.until", "consent-purpose-not-a-code consent.purpose", "step-unknown consent.steps");
}
