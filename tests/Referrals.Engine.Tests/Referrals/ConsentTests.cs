using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

public sealed class ConsentTests
{
    private static readonly Consent UntilMonday = Agreed with { Until = new DateOnly(2026, 9, 7) };

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
    public void After_it_expired_open_steps_go_on_and_new_ones_wait() =>
        ReferralStory.On(Step("childcare"), Step("debts", "east")).Started(s => s with { Consent = UntilMonday }).Accepted(1)
            .At(new DateTimeOffset(2026, 9, 7, 22, 0, 0, TimeSpan.Zero)).ThenOpen("childcare north")
            .Heard(1, new PartnerSaid.Completed("helped", NoFacts)).ThenOpen().ThenWaits("debts", WaitingFor.Consent).ThenWakes(null)
            .Given(new ReferralCommand.RecordConsent(Agreed)).ThenOpen("debts east");

    [Fact]
    public void A_partner_that_lets_the_time_pass_is_not_followed_by_another_without_consent() =>
        ReferralStory.On(Step("childcare")).Started(s => s with { Consent = UntilMonday })
            .At(new DateTimeOffset(2026, 9, 9, 22, 0, 0, TimeSpan.Zero))
            .When(new ReferralCommand.PassTime()).ThenKinds(typeof(ReferralEvent.OfferWithdrawn)).ThenOpen().ThenWaits("childcare", WaitingFor.Consent);

    [Fact]
    public void A_faulty_one_is_refused_with_every_fault() =>
        ReferralStory.On(Step("childcare")).Started()
            .When(new ReferralCommand.RecordConsent(new Consent(ConsentForm.Electronic, new DateOnly(2026, 9, 1), "x y", new DateOnly(2026, 9, 6), [new NodeId("nowhere")])))
            .ThenFaults("consent-expired consent.until", "consent-purpose-not-a-code consent.purpose", "step-unknown consent.steps");
}
