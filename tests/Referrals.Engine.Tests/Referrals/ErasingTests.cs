using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>When the words of a referral may be erased, and what can be done with it then.</summary>
public sealed class ErasingTests
{
    private static ReferralStory Ended() => ReferralStory.On(Step("childcare")).Started().Completed(1);

    [Theory]
    [InlineData(ErasureReason.Retention)]
    [InlineData(ErasureReason.Request)]
    [InlineData(ErasureReason.Error)]
    public void A_closed_one_is_erased_and_every_partner_told(ErasureReason reason)
    {
        var story = Ended().Given(new ReferralCommand.Erase(reason));

        Assert.Equal(reason, story.Known.Erased!.Reason);
        Assert.Equal(
            [("StepErased", reason), ("Erased", reason)],
            story.History.TakeLast(2).Select(e => (e.GetType().Name, e is ReferralEvent.StepErased s ? s.Reason : ((ReferralEvent.Erased)e).Reason)));
        Assert.Equal(SealedAttribute.ErasedText, story.Known.Start.CaseReference);
        story.When(new ReferralCommand.Erase(ErasureReason.Request)).ThenNothing();
    }

    [Fact]
    public void An_open_one_is_erased_only_when_the_client_asks_and_is_taken_back_first()
    {
        var story = ReferralStory.On(Step("childcare")).Started();
        story.When(new ReferralCommand.Erase(ErasureReason.Retention)).ThenRefused(ReferralRefusal.NotClosed);
        story.When(new ReferralCommand.Erase(ErasureReason.Error)).ThenRefused(ReferralRefusal.NotClosed);

        story.Given(new ReferralCommand.Erase(ErasureReason.Request));

        Assert.Equal(
            ["Withdrawn", "OfferWithdrawn", "Closed", "StepErased", "Erased"], story.History.TakeLast(5).Select(e => e.GetType().Name));
        Assert.Equal(ClosingReason.Withdrawn, story.Known.Ended!.Reason);
    }

    [Fact]
    public void Nobody_works_on_it_any_more()
    {
        var story = Ended().Given(new ReferralCommand.Erase(ErasureReason.Retention));

        ReferralCommand[] commands =
        [
            new ReferralCommand.Reopen([new Place("childcare")], Agreed), new ReferralCommand.Close(), new ReferralCommand.Withdraw("mistake"),
            new ReferralCommand.WithdrawConsent(), new ReferralCommand.HandOver("frau.muster"),
        ];
        Assert.All(commands, c => story.When(c).ThenRefused(ReferralRefusal.Erased));
    }

    [Fact]
    public void What_is_erased_says_so_and_compares_with_nothing_written()
    {
        Assert.True(Engine.Privacy.Note.Erased.IsErased);
        Assert.NotEqual(Engine.Privacy.Note.Erased, ((ScreenResult.Passed)NoteScreen.Screen(SealedAttribute.ErasedText)).Note);
        Assert.IsType<ScreenResult.Unusable>(NoteScreen.ScreenCaseReference(SealedAttribute.ErasedText));
    }
}
