using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>What can and can't be done with a referral that has ended, whyever it has.</summary>
public sealed class ClosedTests
{
    private static readonly Place Childcare = new("childcare");

    private static ReferralStory Ended(ClosingReason reason)
    {
        var story = ReferralStory.On(Step("childcare")).Started();
        return reason switch
        {
            ClosingReason.Completed => story.Completed(1),
            ClosingReason.ByCaseworker => story.Given(new ReferralCommand.Close()),
            ClosingReason.Withdrawn => story.Given(new ReferralCommand.Withdraw("client-moved")),
            _ => story.Given(new ReferralCommand.WithdrawConsent()),
        };
    }

    public static TheoryData<ClosingReason> Reasons => [.. Enum.GetValues<ClosingReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Steps_and_consent_can_not_be_changed_any_more(ClosingReason reason)
    {
        ReferralCommand[] commands =
        [
            new ReferralCommand.ChoosePartner(Childcare, new OrganisationId("south")), new ReferralCommand.Reroute(Childcare, new OrganisationId("south")),
            new ReferralCommand.Skip(Childcare), new ReferralCommand.DecidePart(Childcare, true), new ReferralCommand.Remind(ReferralStory.Nth(1)),
            new ReferralCommand.RecordConsent(Agreed),
        ];
        Assert.All(commands, c => Ended(reason).ThenClosed(reason).When(c).ThenRefused(ReferralRefusal.Closed));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Ending_it_again_in_the_same_way_records_nothing_and_in_another_is_refused(ClosingReason reason)
    {
        AssertEnd(reason, ClosingReason.ByCaseworker, new ReferralCommand.Close());
        AssertEnd(reason, ClosingReason.Withdrawn, new ReferralCommand.Withdraw("client-moved"));
    }

    private static void AssertEnd(ClosingReason reason, ClosingReason asked, ReferralCommand command)
    {
        var story = Ended(reason).When(command);
        _ = reason == asked ? story.ThenNothing() : story.ThenRefused(ReferralRefusal.Closed);
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_client_can_withdraw_the_consent_after_the_end(ClosingReason reason)
    {
        var story = Ended(reason);
        story.When(new ReferralCommand.WithdrawConsent());
        _ = reason == ClosingReason.ConsentWithdrawn ? story.ThenNothing() : story.Then(new ReferralEvent.ConsentWithdrawn { At = story.Now });
        story.ThenClosed(reason).When(new ReferralCommand.Reopen([Childcare])).ThenRefused(ReferralRefusal.ConsentMissing);
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public void A_partners_late_message_and_the_clock_change_nothing(ClosingReason reason) =>
        Ended(reason).ThenWakes(null)
            .When(new ReferralCommand.Hear(ReferralStory.Nth(1), 4, ReferralStory.Monday, new PartnerSaid.Started())).ThenNothing()
            .At(ReferralStory.Monday.AddYears(1)).When(new ReferralCommand.PassTime()).ThenNothing();

    [Fact]
    public void A_reason_is_a_code() =>
        ReferralStory.On(Step("childcare")).Started().When(new ReferralCommand.Withdraw("Frau Muster")).ThenRefused(ReferralRefusal.ReasonNotACode);

    [Fact]
    public void Taking_it_back_takes_every_open_offer_back()
    {
        var story = ReferralStory.On(Parallel(Step("childcare"), Step("debts", "east"))).Started().Accepted(1);
        story.When(new ReferralCommand.Withdraw("client-moved")).Then(
            new ReferralEvent.Withdrawn("client-moved") { At = story.Now },
            new ReferralEvent.OfferWithdrawn(ReferralStory.Nth(1), new OrganisationId("north"), WithdrawalReason.ReferralWithdrawn) { At = story.Now },
            new ReferralEvent.OfferWithdrawn(ReferralStory.Nth(2), new OrganisationId("east"), WithdrawalReason.ReferralWithdrawn) { At = story.Now },
            new ReferralEvent.Closed(ClosingReason.Withdrawn) { At = story.Now });
    }

    [Fact]
    public void Withdrawing_the_consent_stops_open_steps()
    {
        var story = ReferralStory.On(Step("childcare")).Started();
        story.When(new ReferralCommand.WithdrawConsent()).Then(
            new ReferralEvent.ConsentWithdrawn { At = story.Now },
            new ReferralEvent.OfferWithdrawn(ReferralStory.Nth(1), new OrganisationId("north"), WithdrawalReason.ConsentWithdrawn) { At = story.Now },
            new ReferralEvent.Closed(ClosingReason.ConsentWithdrawn) { At = story.Now });
    }

    [Fact]
    public void Closing_early_takes_open_offers_back()
    {
        var story = ReferralStory.On(Step("childcare"), Step("debts")).Started();
        story.When(new ReferralCommand.Close()).Then(
            new ReferralEvent.OfferWithdrawn(ReferralStory.Nth(1), new OrganisationId("north"), WithdrawalReason.ReferralClosed) { At = story.Now },
            new ReferralEvent.Closed(ClosingReason.ByCaseworker) { At = story.Now });
    }
}
