using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>Sealed contact cards, at the case holder.</summary>
public sealed class CardTests
{
    private const string Key = "k0123456789abcdef0123456789abcdef";
    private static readonly DateTimeOffset Until = new(2026, 9, 21, 22, 0, 0, TimeSpan.Zero);

    private static ReferralStory Accepted() =>
        ReferralStory.On(Step("childcare", "north")).Started().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Acknowledged(), new PartnerSaid.Accepted());

    private static ReferralCommand.SealCard Seal(int issue) => new(ReferralStory.Nth(1), issue, Key, Until);

    private static readonly ReferralCommand.WithdrawCard Withdraw = new(ReferralStory.Nth(1));

    private static IssuedCard CardOf(ReferralStory story) => story.Known.Offers[ReferralStory.Nth(1)].Card!;

    [Fact]
    public void A_card_is_recorded_without_what_it_says_and_counts_fourteen_days()
    {
        var story = Accepted().When(Seal(1)).Then(new ReferralEvent.CardSealed(ReferralStory.Nth(1), new OrganisationId("north"), 1, Key, Until) { At = ReferralStory.Monday });
        Assert.Equal(CardStatus.Sealed, CardOf(story).Status(Until.AddTicks(-1)));
        Assert.Equal(CardStatus.Expired, CardOf(story).Status(Until));
    }

    [Fact]
    public void Only_a_partner_that_has_accepted_gets_one()
    {
        var offered = ReferralStory.On(Step("childcare", "north")).Started().Heard(1, new PartnerSaid.Received(), new PartnerSaid.Acknowledged());
        offered.When(Seal(1)).ThenRefused(ReferralRefusal.CardNotAccepted);
        Accepted().When(Seal(1) with { Assignment = ReferralStory.Nth(9) }).ThenRefused(ReferralRefusal.AssignmentNotOpen);
        Accepted().Given(new ReferralCommand.Close()).When(Seal(1)).ThenRefused(ReferralRefusal.Closed);
    }

    [Fact]
    public void Number_and_last_day_which_are_bound_to_the_ciphertext_have_to_fit()
    {
        Accepted().When(Seal(2)).ThenRefused(ReferralRefusal.CardOutdated);
        Accepted().Given(Seal(1)).When(Seal(1)).ThenNothing();
        Accepted().Given(Seal(1)).Given(Withdraw).When(Seal(1)).ThenRefused(ReferralRefusal.CardOutdated);
        Accepted().When(Seal(1) with { Until = Until.AddDays(1) }).ThenRefused(ReferralRefusal.CardOutdated);
        Accepted().Given(Seal(1)).When(Seal(2)).ThenKinds(typeof(ReferralEvent.CardSealed));
    }

    [Fact]
    public void Its_time_ends_by_itself()
    {
        var story = Accepted().Given(Seal(1));
        story.At(Until).When(new ReferralCommand.PassTime()).Then(new ReferralEvent.CardExpired(ReferralStory.Nth(1), 1) { At = Until });
        Assert.Equal(CardStatus.Expired, CardOf(story).Status(story.Now));
    }

    [Fact]
    public void The_sender_sees_that_it_was_opened_or_came_back()
    {
        var opened = Accepted().Given(Seal(1)).Heard(1, new PartnerSaid.CardOpened(1));
        Assert.Equal(CardStatus.Opened, CardOf(opened).Status(opened.Now));
        opened.When(Withdraw).ThenRefused(ReferralRefusal.CardOpened);
        opened.When(Seal(2)).ThenKinds(typeof(ReferralEvent.CardSealed));
        var returned = Accepted().Given(Seal(1)).Heard(1, new PartnerSaid.CardReturned(1));
        Assert.Equal(CardStatus.Returned, CardOf(returned).Status(returned.Now));
        Assert.Equal(CardStatus.Sealed, CardOf(Accepted().Given(Seal(1)).Given(Seal(2)).Heard(1, new PartnerSaid.CardOpened(1))).Status(ReferralStory.Monday));
        Accepted().When(Accepted().Message(1, new PartnerSaid.CardOpened(1))).ThenRefused(ReferralRefusal.MessageDoesNotFit);
    }

    [Fact]
    public void It_can_be_taken_back_once()
    {
        Accepted().When(Withdraw).ThenRefused(ReferralRefusal.CardNotSealed);
        Accepted().Given(Seal(1)).When(Withdraw).ThenKinds(typeof(ReferralEvent.CardWithdrawn));
        Accepted().Given(Seal(1)).Given(Withdraw).When(Withdraw).ThenNothing();
        Assert.Equal(CardStatus.Opened, CardOf(Accepted().Given(Seal(1)).Given(Withdraw).Heard(1, new PartnerSaid.CardOpened(1))).Status(ReferralStory.Monday));
    }

    [Fact]
    public void Without_a_consent_that_covers_the_step_none_is_sealed()
    {
        var story = Accepted().Given(new ReferralCommand.WithdrawConsent());
        story.When(Seal(1)).ThenRefused(ReferralRefusal.Closed);
    }

    [Fact]
    public void Whatever_ends_the_step_or_the_card_deletes_its_ciphertext()
    {
        foreach (var (command, issue) in new (ReferralCommand, int)[]
        {
            (Withdraw, 1), (new ReferralCommand.WithdrawConsent(), int.MaxValue), (new ReferralCommand.Close(), int.MaxValue),
            (new ReferralCommand.Erase(ErasureReason.Request), int.MaxValue), (new ReferralCommand.Skip(new Place("childcare")), int.MaxValue),
        })
        {
            var story = Accepted().Given(Seal(1));
            var decision = ReferralDecider.Decide(command, story.Known, story.Chain, story.Now, Guid.NewGuid, new HashSet<OrganisationId>());
            var happened = Assert.IsType<ReferralDecision.Happens>(decision).Events;
            var state = happened.Aggregate(story.Known, ReferralState.Evolve);
            var rows = ReferralBoard.Rows(story.Known, state, new FlowResult([], [], null), happened, story.Now).OfType<RowChange.DropCard>().ToList();
            Assert.Equal((story.Known.Start.Holder.Value, ReferralStory.Nth(1).Value, issue), rows.Select(r => (r.Tenant, r.Assignment, r.Issue)).MaxBy(r => r.Issue));
        }
    }
}
