using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using static Referrals.Engine.Tests.Referrals.TestChains;
using Command = Referrals.Engine.Assignments.AssignmentCommand;
using Event = Referrals.Engine.Assignments.AssignmentEvent;
using Refusal = Referrals.Engine.Assignments.AssignmentRefusal;

namespace Referrals.Engine.Tests.Assignments;

public sealed class AssignmentDeciderTests
{
    private static readonly QuestionId Question = new(Guid.Parse("22222222-2222-4222-8222-222222222222"));
    private static readonly Command.Ask Ask = new(Question, Note("Ab wann?"));
    private static readonly Command.Complete Complete = new("helped", NoFacts);
    private static readonly Command.Decline Decline = new("no-capacity");

    private static Command[] People { get; } =
    [
        new Command.Acknowledge(), new Command.Accept(), Decline, Ask, new Command.Start(), new Command.RecordFirstContact(), new Command.Pause(), new Command.Resume(), Complete,
    ];

    private static AssignmentStory In(AssignmentStatus status)
    {
        var story = AssignmentStory.On(Step("childcare")).Received();
        return status switch
        {
            AssignmentStatus.Received => story,
            AssignmentStatus.Acknowledged => story.Given(new Command.Acknowledge()),
            AssignmentStatus.Accepted => story.Given(new Command.Accept()),
            AssignmentStatus.Started => story.Given(new Command.Accept(), new Command.Start()),
            AssignmentStatus.Paused => story.Given(new Command.Accept(), new Command.Start(), new Command.Pause()),
            AssignmentStatus.Completed => story.Given(new Command.Accept(), Complete),
            AssignmentStatus.Declined => story.Given(Decline),
            _ => story.Given(new Command.ReceiveWithdrawal("rerouted")),
        };
    }

    // Per command: the events that happen, nothing (-), or the code of the refusal.
    [Theory]
    [InlineData(AssignmentStatus.Received, "Acknowledged", "Acknowledged+Accepted", "Declined", "Asked", "assignment-not-accepted", "assignment-not-accepted", "assignment-not-started", "assignment-not-started", "assignment-not-accepted")]
    [InlineData(AssignmentStatus.Acknowledged, "-", "Accepted", "Declined", "Asked", "assignment-not-accepted", "assignment-not-accepted", "assignment-not-started", "assignment-not-started", "assignment-not-accepted")]
    [InlineData(AssignmentStatus.Accepted, "-", "-", "Declined", "Asked", "Started", "FirstContactMade", "assignment-not-started", "assignment-not-started", "Started+Completed")]
    [InlineData(AssignmentStatus.Started, "-", "-", "assignment-already-started", "Asked", "-", "FirstContactMade", "Paused", "-", "Completed")]
    [InlineData(AssignmentStatus.Paused, "-", "-", "assignment-already-started", "Asked", "-", "FirstContactMade", "-", "Resumed", "Resumed+Completed")]
    [InlineData(AssignmentStatus.Completed, "assignment-completed", "assignment-completed", "assignment-completed", "assignment-completed", "assignment-completed", "assignment-completed", "assignment-completed", "assignment-completed", "-")]
    [InlineData(AssignmentStatus.Declined, "assignment-declined", "assignment-declined", "-", "assignment-declined", "assignment-declined", "assignment-declined", "assignment-declined", "assignment-declined", "assignment-declined")]
    [InlineData(AssignmentStatus.Withdrawn, "assignment-withdrawn", "assignment-withdrawn", "assignment-withdrawn", "assignment-withdrawn", "assignment-withdrawn", "assignment-withdrawn", "assignment-withdrawn", "assignment-withdrawn", "assignment-withdrawn")]
    public void Every_command_in_every_state(AssignmentStatus status, params string[] expected)
    {
        foreach (var (command, result) in People.Zip(expected))
        {
            var story = In(status);
            Assert.Equal(status, story.Known.Status);
            Assert.Equal(result, story.When(command).Result);
        }
    }

    [Fact]
    public void Nothing_is_there_before_the_offer()
    {
        Assert.All(People, c => AssignmentStory.On(Step("childcare")).When(c).ThenRefused(Refusal.NotFound));
        Command[] sender = [new Command.ReceiveAnswer(Question, Note("x")), new Command.ReceiveReminder("acknowledge", default), new Command.ReceiveWithdrawal("rerouted")];
        Assert.All(sender, c => AssignmentStory.On(Step("childcare")).When(c).ThenTooEarly());
    }

    [Fact]
    public void The_offer_is_received_once()
    {
        var story = AssignmentStory.On(Step("childcare") with { PassFacts = ["children"] });
        var facts = new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2), ["works"] = new FactValue.YesNo(true), ["shoes"] = new FactValue.Number(1) };
        var receive = story.Receive() with { Facts = facts, Note = Note("Bitte bald") };
        story.When(receive).Then(
            new Event.Received(
                receive.Partner, receive.Chain, 3, receive.Step, receive.OfferedAt, receive.AcknowledgeBy,
                new Dictionary<string, FactValue> { ["children"] = new FactValue.Number(2) }, Note("Bitte bald"))
            { Assignment = AssignmentStory.Id, Sender = Holder, At = story.Now, Number = 1 });
        story.When(receive with { Note = null }).ThenNothing();
    }

    [Fact]
    public void An_offer_that_the_chain_does_not_agree_on_is_refused()
    {
        var story = AssignmentStory.On(Step("childcare"));
        story.When(story.Receive() with { Partner = new OrganisationId("east") }).ThenRefused(Refusal.OfferNotAgreed)
            .When(story.Receive() with { Step = new NodeId("debts") }).ThenRefused(Refusal.OfferNotAgreed);
    }

    [Fact]
    public void Declining_takes_an_agreed_reason_and_words_for_another() =>
        In(AssignmentStatus.Received)
            .When(new Command.Decline("no-time")).ThenRefused(Refusal.ReasonUnknown)
            .When(new Command.Decline(DeclineReasons.Other)).ThenRefused(Refusal.NoteMissing)
            .When(new Command.Decline(DeclineReasons.Other, Note("Umzug des Hauses"))).ThenEvents("Declined")
            .When(new Command.Decline("no-capacity")).ThenRefused(Refusal.Declined);

    [Fact]
    public void Completing_takes_what_the_chain_allows()
    {
        var story = AssignmentStory.On(Step("childcare") with { ReturnFacts = ["children"] }).Received().Given(new Command.Accept());
        story.When(new Command.Complete("placed", NoFacts)).ThenRefused(Refusal.OutcomeNotAllowed)
            .When(Facts("works", new FactValue.YesNo(true))).ThenRefused(Refusal.FactNotAllowed("works"))
            .When(Facts("children", new FactValue.Number(13))).ThenRefused(Refusal.FactNotAllowed("children"))
            .When(Facts("children", new FactValue.Number(3))).ThenEvents("Started+Completed")
            .When(Facts("children", new FactValue.Number(3))).ThenNothing()
            .When(Facts("children", new FactValue.Number(2))).ThenRefused(Refusal.Completed)
            .When(new Command.Complete("advice-given", NoFacts)).ThenRefused(Refusal.Completed);

        static Command.Complete Facts(string name, FactValue value) => new("helped", new Dictionary<string, FactValue> { [name] = value });
    }

    [Theory]
    [InlineData(Feedback.OutcomeAndFacts, "helped", "helped")]
    [InlineData(Feedback.TookPlace, "helped", OutcomeCodes.TookPlace)]
    [InlineData(Feedback.TookPlace, "not-eligible", "not-eligible")]
    public void The_sender_is_told_what_the_feedback_allows(Feedback feedback, string outcome, string reported)
    {
        var story = AssignmentStory.On(Step("childcare") with { Feedback = feedback }).Received().Given(new Command.Accept(), new Command.Start());
        story.When(new Command.Complete(outcome, NoFacts)).Then(
            new Event.Completed(outcome, reported, NoFacts) { Assignment = AssignmentStory.Id, Sender = Holder, At = story.Now, Number = 5 });
    }

    [Fact]
    public void A_question_and_its_answer()
    {
        var story = In(AssignmentStatus.Acknowledged).Given(Ask);
        Assert.True(story.Known.HasOpenQuestion);
        story.When(Ask with { Text = Note("Bis wann?") }).ThenRefused(Refusal.QuestionTaken)
            .When(new Command.ReceiveAnswer(new QuestionId(Guid.Empty), Note("x"))).ThenRefused(Refusal.QuestionNotFound)
            .When(new Command.ReceiveAnswer(Question, Note("Ab Oktober."))).ThenEvents("AnswerReceived")
            .When(new Command.ReceiveAnswer(Question, Note("Ab November."))).ThenNothing();
        Assert.False(story.Known.HasOpenQuestion);
    }

    [Fact]
    public void An_answer_that_crossed_the_end_is_kept() =>
        In(AssignmentStatus.Acknowledged).Given(Ask, Decline).When(new Command.ReceiveAnswer(Question, Note("Ab Oktober."))).ThenEvents("AnswerReceived");

    [Fact]
    public void A_reminder_counts_once_and_only_while_it_is_open()
    {
        var reminder = new Command.ReceiveReminder("acknowledge", new DateTimeOffset(2026, 9, 8, 6, 0, 0, TimeSpan.Zero));
        In(AssignmentStatus.Received).When(reminder).ThenEvents("Reminded").When(reminder).ThenNothing()
            .When(reminder with { SentAt = reminder.SentAt.AddDays(1) }).ThenEvents("Reminded");
        In(AssignmentStatus.Declined).When(reminder).ThenNothing();
    }

    [Theory]
    [InlineData(AssignmentStatus.Received)]
    [InlineData(AssignmentStatus.Acknowledged)]
    [InlineData(AssignmentStatus.Accepted)]
    [InlineData(AssignmentStatus.Started)]
    [InlineData(AssignmentStatus.Paused)]
    [InlineData(AssignmentStatus.Completed)]
    [InlineData(AssignmentStatus.Declined)]
    public void The_senders_withdrawal_wins_over_everything(AssignmentStatus status)
    {
        var story = In(status).When(new Command.ReceiveWithdrawal("referral-withdrawn")).ThenEvents("WithdrawnBySender");
        Assert.Equal((AssignmentStatus.Withdrawn, "referral-withdrawn", (DateTimeOffset?)null), (story.Known.Status, story.Known.Reason, story.Known.DueAt));
        story.When(new Command.ReceiveWithdrawal("rerouted")).ThenNothing();
    }

    [Fact]
    public void People_see_the_date_by_which_they_must_act()
    {
        var story = In(AssignmentStatus.Received);
        Assert.Equal(story.Known.Offer.AcknowledgeBy, story.Known.DueAt);
        Assert.Null(In(AssignmentStatus.Acknowledged).Known.DueAt);
        var completeBy = new DateTimeOffset(2026, 9, 21, 22, 0, 0, TimeSpan.Zero);
        AssignmentStatus[] working = [AssignmentStatus.Accepted, AssignmentStatus.Started, AssignmentStatus.Paused];
        Assert.All(working, s => Assert.Equal(completeBy, In(s).Known.DueAt));
        AssignmentStatus[] over = [AssignmentStatus.Completed, AssignmentStatus.Declined, AssignmentStatus.Withdrawn];
        Assert.All(over, s => Assert.Null(In(s).Known.DueAt));
    }
}
