using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;
using Referrals.Engine.Tests.Referrals;

namespace Referrals.Engine.Tests.Assignments;

/// <summary>Sealed contact cards, at the partner.</summary>
public sealed class CardTests
{
    private static readonly DateTimeOffset Until = ReferralStory.Monday.AddDays(14);

    private static AssignmentCommand.ReceiveCard Card(int issue) => new(issue, "k0123456789abcdef0123456789abcdef", Until);

    private static AssignmentCommand.FetchCard Fetch(int nth) => new(nth);

    private static AssignmentStory Accepted() => AssignmentStory.On(TestChains.Step("childcare", "north")).Received().Given(new AssignmentCommand.Accept());

    private static AssignmentStory WithCard() => Accepted().Given(Card(1));

    [Fact]
    public void Opened_it_is_told_the_sender_once()
    {
        var story = WithCard().When(Fetch(1)).ThenEvents("CardFetched");
        var told = story.Known.Told;
        story.When(new AssignmentCommand.ConfirmCard(1)).ThenEvents("CardOpened");
        Assert.Equal((told + 1, story.Now), (story.Known.Told, story.Known.Card!.OpenedAt));
        story.When(new AssignmentCommand.ConfirmCard(1)).ThenNothing();
        story.When(Fetch(2)).ThenRefused(AssignmentRefusal.CardOpened);
    }

    [Fact]
    public void What_a_browser_could_not_open_is_not_lost_but_handed_out_five_times_at_most()
    {
        var story = WithCard();
        for (var nth = 1; nth <= SealedCard.MaxFetches; nth++)
        {
            story.When(Fetch(nth)).ThenEvents("CardFetched");
        }

        story.When(Fetch(SealedCard.MaxFetches + 1)).ThenRefused(AssignmentRefusal.CardFetchedTooOften);
        story.When(new AssignmentCommand.ReturnCard(1)).ThenEvents("CardReturned");
        story.When(new AssignmentCommand.ReturnCard(1)).ThenNothing();
        story.When(Fetch(9)).ThenRefused(AssignmentRefusal.CardReturned);
        story.Given(Card(2)).When(Fetch(1)).ThenEvents("CardFetched");
    }

    [Fact]
    public void Nobody_can_say_that_it_was_opened_who_never_had_it()
    {
        WithCard().When(new AssignmentCommand.ConfirmCard(1)).ThenRefused(AssignmentRefusal.CardNotFetched);
        WithCard().Given(Fetch(1)).When(new AssignmentCommand.ConfirmCard(2)).ThenRefused(AssignmentRefusal.CardNotFetched);
        WithCard().When(new AssignmentCommand.ReturnCard(2)).ThenRefused(AssignmentRefusal.CardNotFetched);
        Accepted().When(Fetch(1)).ThenRefused(AssignmentRefusal.CardNone);
    }

    [Fact]
    public void It_counts_until_its_time_and_while_the_assignment_is_accepted()
    {
        WithCard().At(Until).When(Fetch(1)).ThenRefused(AssignmentRefusal.CardExpired);
        WithCard().Given(new AssignmentCommand.UndoAcceptance()).When(Fetch(1)).ThenRefused(AssignmentRefusal.NotAccepted);
        WithCard().Given(new AssignmentCommand.UndoAcceptance()).Given(new AssignmentCommand.Accept()).When(Fetch(1)).ThenRefused(AssignmentRefusal.CardWithdrawn);
        WithCard().Given(new AssignmentCommand.ReceiveWithdrawal("rerouted")).When(Fetch(1)).ThenRefused(AssignmentRefusal.Withdrawn);
    }

    [Fact]
    public void A_newer_card_and_a_withdrawal_count_in_whatever_order_they_come()
    {
        WithCard().Given(Card(2)).When(Card(1)).ThenNothing();
        Accepted().Given(new AssignmentCommand.ReceiveCardWithdrawal(1)).When(Card(1)).ThenNothing();
        WithCard().Given(new AssignmentCommand.ReceiveCardWithdrawal(1)).When(Fetch(1)).ThenRefused(AssignmentRefusal.CardWithdrawn);
        WithCard().Given(Card(2)).Given(new AssignmentCommand.ReceiveCardWithdrawal(1)).When(Fetch(1)).ThenEvents("CardFetched");
    }

    [Fact]
    public void A_card_leaves_the_time_to_take_an_acceptance_back_alone_and_opening_it_ends_that()
    {
        Assert.NotNull(WithCard().Given(Fetch(1)).Known.Undoable);
        Assert.Null(WithCard().Given(Fetch(1)).Given(new AssignmentCommand.ConfirmCard(1)).Known.Undoable);
    }

    [Fact]
    public void Whatever_ends_the_assignment_or_the_card_deletes_its_ciphertext()
    {
        foreach (var (command, issue) in new (AssignmentCommand, int)[]
        {
            (new AssignmentCommand.ConfirmCard(1), 1), (new AssignmentCommand.ReturnCard(1), 1), (new AssignmentCommand.ReceiveCardWithdrawal(1), 1),
            (new AssignmentCommand.ReceiveWithdrawal("rerouted"), int.MaxValue), (new AssignmentCommand.ReceiveErasure("request"), int.MaxValue),
            (new AssignmentCommand.Decline("no-capacity"), int.MaxValue), (new AssignmentCommand.UndoAcceptance(), int.MaxValue),
        })
        {
            var story = WithCard().Given(Fetch(1));
            var chain = TestChains.Of(TestChains.Step("childcare", "north"));
            var happened = Assert.IsType<AssignmentDecision.Happens>(AssignmentDecider.Decide(command, story.Known, chain, story.Now)).Events;
            var rows = AssignmentBoard.Rows(happened.Aggregate(story.Known, AssignmentState.Evolve), chain, happened, story.Now).OfType<RowChange.DropCard>();
            Assert.Equal([(story.Known.Offer.Partner.Value, story.Known.Offer.Assignment.Value, issue)], rows.Select(r => (r.Tenant, r.Assignment, r.Issue)));
        }
    }
}
