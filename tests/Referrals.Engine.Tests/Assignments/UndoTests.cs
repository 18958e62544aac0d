using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.Tests.Referrals;
using Command = Referrals.Engine.Assignments.AssignmentCommand;

namespace Referrals.Engine.Tests.Assignments;

public sealed class UndoTests
{
    private static readonly ChainNode.Step Step = TestChains.Step("step", "north") with { AcknowledgeWithin = 3, CompleteWithin = 20 };

    private static AssignmentStory Arrived => AssignmentStory.On(Step).Received();

    [Fact]
    public void An_acknowledgement_is_taken_back_and_the_former_time_counts_again()
    {
        var story = Arrived.Given(new Command.Acknowledge());
        Assert.Equal(new Undoable(Undoing.Acknowledgement, story.Now), story.Known.Undoable);
        Assert.Equal(story.Now.AddMinutes(10), story.Known.UndoUntil(TimeSpan.FromMinutes(10)));

        story.At(story.Now.AddMinutes(10)).When(new Command.UndoAcknowledgement()).ThenEvents("AcknowledgementUndone");
        Assert.Equal((AssignmentStatus.Received, 3), (story.Known.Status, story.Known.Told));
        Assert.Equal(story.Known.Offer.AcknowledgeBy, story.Known.DueAt);
        Assert.Null(story.Known.UndoUntil(TimeSpan.FromMinutes(10)));
        story.When(new Command.UndoAcknowledgement()).ThenNothing();
        story.When(new Command.Acknowledge()).ThenEvents("Acknowledged");
    }

    [Fact]
    public void An_acceptance_by_one_click_is_taken_back_to_acknowledged_and_from_there_to_received()
    {
        var story = Arrived.Given(new Command.Accept());
        story.At(story.Now.AddMinutes(2)).When(new Command.UndoAcceptance()).ThenEvents("AcceptanceUndone");
        Assert.Equal((AssignmentStatus.Acknowledged, (DateTimeOffset?)null, (DateTimeOffset?)null), (story.Known.Status, story.Known.CompleteBy, story.Known.DueAt));
        story.When(new Command.UndoAcceptance()).ThenNothing();
        story.When(new Command.UndoAcknowledgement()).ThenEvents("AcknowledgementUndone");
        story.Given(new Command.Accept());
        Assert.Equal(AssignmentStatus.Accepted, story.Known.Status);
    }

    [Fact]
    public void After_the_time_it_is_too_late()
    {
        var story = Arrived.Given(new Command.Accept());
        story.At(story.Now.AddMinutes(10).AddTicks(1)).When(new Command.UndoAcceptance()).ThenRefused(AssignmentRefusal.TooLateToUndo);
        Arrived.Given(new Command.Acknowledge()).At(ReferralStory.Monday.AddHours(1)).When(new Command.UndoAcknowledgement())
            .ThenRefused(AssignmentRefusal.TooLateToUndo);
    }

    [Fact]
    public void How_long_is_an_argument()
    {
        var state = Arrived.Given(new Command.Accept()).Known;
        AssignmentDecision Undo(TimeSpan within) => AssignmentDecider.Decide(
            new Command.UndoAcceptance(), state, TestChains.Of(Step), ReferralStory.Monday.AddMinutes(30), within);
        Assert.IsType<AssignmentDecision.Happens>(Undo(TimeSpan.FromHours(1)));
        Assert.IsType<AssignmentDecision.Refused>(Undo(TimeSpan.FromMinutes(29)));
    }

    public static TheoryData<string> Afterwards => ["start", "contact", "ask"];

    [Theory]
    [MemberData(nameof(Afterwards))]
    public void What_happened_since_puts_an_end_to_it(string what)
    {
        Command since = what switch
        {
            "start" => new Command.Start(),
            "contact" => new Command.RecordFirstContact(),
            _ => new Command.Ask(new QuestionId(Guid.NewGuid()), TestChains.Note("Ab wann?")),
        };
        var story = Arrived.Given(new Command.Accept(), since);
        story.When(new Command.UndoAcceptance()).ThenRefused(AssignmentRefusal.NothingToUndo);
        story.When(new Command.UndoAcknowledgement()).ThenRefused(AssignmentRefusal.NothingToUndo);
    }

    [Fact]
    public void A_question_between_keeps_the_acknowledgement_but_not_the_acceptance()
    {
        var story = Arrived.Given(new Command.Acknowledge(), new Command.Ask(new QuestionId(Guid.NewGuid()), TestChains.Note("Ab wann?")), new Command.Accept());
        story.Given(new Command.UndoAcceptance());
        story.When(new Command.UndoAcknowledgement()).ThenRefused(AssignmentRefusal.NothingToUndo);
    }

    [Fact]
    public void What_ended_or_never_was_cannot_be_taken_back()
    {
        Arrived.When(new Command.UndoAcknowledgement()).ThenRefused(AssignmentRefusal.NothingToUndo);
        Arrived.Given(new Command.Acknowledge()).When(new Command.UndoAcceptance()).ThenRefused(AssignmentRefusal.NothingToUndo);
        Arrived.Given(new Command.Accept(), new Command.ReceiveWithdrawal("rerouted")).When(new Command.UndoAcceptance()).ThenRefused(AssignmentRefusal.Withdrawn);
        AssignmentStory.On(Step).When(new Command.UndoAcceptance()).ThenRefused(AssignmentRefusal.NotFound);
    }

    [Fact]
    public void A_reminder_and_a_new_person_in_charge_change_nothing_of_it() =>
        Arrived.Given(new Command.Accept(), new Command.ReceiveReminder("complete", ReferralStory.Monday), new Command.Assign("frau.muster"))
            .When(new Command.UndoAcceptance()).ThenEvents("AcceptanceUndone");

    [Fact]
    public void An_assignment_is_taken_over_given_on_and_released_without_telling_the_sender()
    {
        var story = Arrived.Given(new Command.Assign("frau.muster"));
        Assert.Equal(("frau.muster", 1), (story.Known.Assignee, story.Known.Told));
        story.When(new Command.Assign("frau.muster")).ThenNothing();
        story.Given(new Command.Assign("herr.muster"), new Command.Assign(null));
        Assert.Equal((null, 1, AssignmentStatus.Received), (story.Known.Assignee, story.Known.Told, story.Known.Status));
        story.When(new Command.Assign("Frau Muster")).ThenRefused(AssignmentRefusal.AssigneeInvalid);
        story.Given(new Command.Decline("no-capacity")).When(new Command.Assign("frau.muster")).ThenRefused(AssignmentRefusal.Declined);
    }
}
