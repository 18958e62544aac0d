using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

public sealed class ReleaseTests
{
    private static readonly NodeId Debts = new("debts");
    private static readonly Release Given = new(ConsentForm.Written, new DateOnly(2026, 9, 1), null, [Debts]);
    private static readonly DateTimeOffset Midnight = new(2026, 9, 7, 22, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_step_with_secrecy_waits_for_a_release_and_the_consent_is_none() =>
        Story().Started().ThenOpen("childcare north").ThenWaits("debts", WaitingFor.Release)
            .When(new ReferralCommand.RecordRelease(Given)).ThenKinds(typeof(ReferralEvent.ReleaseRecorded), typeof(ReferralEvent.StepOffered)).ThenOpen("childcare north", "debts east")
            .When(new ReferralCommand.RecordRelease(Given with { })).ThenNothing();

    [Fact]
    public void A_release_is_no_consent() =>
        Story().Started(s => s with { Consent = Agreed with { Steps = [new NodeId("childcare")] }, Release = Given }).ThenOpen("childcare north").ThenWaits("debts", WaitingFor.Consent);

    [Fact]
    public void Its_withdrawal_stops_the_steps_that_need_it_and_nothing_else()
    {
        var story = Story().Started(s => s with { Release = Given }).Accepted(2);
        story.When(new ReferralCommand.WithdrawRelease()).Then(
                new ReferralEvent.ReleaseWithdrawn([Debts]) { At = story.Now },
                new ReferralEvent.OfferWithdrawn(ReferralStory.Nth(2), new OrganisationId("east"), WithdrawalReason.ReleaseWithdrawn) { At = story.Now })
            .ThenOpen("childcare north").ThenWaits("debts", WaitingFor.Release)
            .When(new ReferralCommand.WithdrawRelease()).ThenNothing()
            .When(new ReferralCommand.WithdrawRelease([])).ThenRefused(ReferralRefusal.StepsMissing)
            .When(new ReferralCommand.WithdrawRelease([new NodeId("nowhere")])).ThenRefused(ReferralRefusal.StepUnknown)
            .Given(new ReferralCommand.RecordRelease(Given)).ThenOpen("childcare north", "debts east");
    }

    [Fact]
    public void After_its_last_day_the_steps_that_need_it_stop() =>
        Story().Started(s => s with { Release = Given with { Until = new DateOnly(2026, 9, 7) } }).ThenWakes(Midnight)
            .At(Midnight).When(new ReferralCommand.PassTime()).ThenKinds(typeof(ReferralEvent.ReleaseExpired), typeof(ReferralEvent.OfferWithdrawn))
            .ThenOpen("childcare north").ThenWaits("debts", WaitingFor.Release)
            .When(new ReferralCommand.PassTime()).ThenNothing();

    [Fact]
    public void A_faulty_one_is_refused_with_every_fault()
    {
        var wrong = new Release(ConsentForm.Written, new DateOnly(2027, 1, 1), new DateOnly(2026, 1, 1), [new NodeId("childcare")]);
        Story().Started().When(new ReferralCommand.RecordRelease(wrong))
            .ThenFaults("release-in-future release.given", "release-expired release.until", "step-without-secrecy release.steps")
            .When(new ReferralCommand.RecordRelease(Given with { Steps = [] })).ThenFaults("steps-missing release.steps");
        Story().When(Start(s => s with { Release = wrong with { Given = new DateOnly(2026, 9, 1), Until = null } })).ThenFaults("step-without-secrecy release.steps");
    }

    [Fact]
    public void A_step_without_secrecy_has_the_content_that_it_always_had()
    {
        var chain = Of(Step("childcare"));
        Assert.DoesNotContain("secrecy", ChainJson.Write(chain), StringComparison.Ordinal);
        Assert.Equal(ChainJson.ContentHash(chain), ChainJson.ContentHash(ChainJson.Read(ChainJson.Write(chain).Replace("\"service\"", "\"secrecy\": false, \"service\"", StringComparison.Ordinal)).Chain!));
        Assert.NotEqual(ChainJson.ContentHash(chain), ChainJson.ContentHash(Of(Step("childcare") with { Secrecy = true })));
    }

    private static ReferralStory Story() => ReferralStory.On(Parallel(Step("childcare"), Step("debts", "east") with { Secrecy = true }));
}
