using System.Collections.Immutable;
using System.Diagnostics;
using Referrals.Engine.Chains;
using static Referrals.Engine.Assignments.AssignmentDecision;
using Command = Referrals.Engine.Assignments.AssignmentCommand;
using Event = Referrals.Engine.Assignments.AssignmentEvent;

namespace Referrals.Engine.Assignments;

/// <summary>
/// Decides what becomes of a command on an assignment. Pure: the same command on the same state at the same time gives the same
/// events, and deciding it a second time gives none. The sender's withdrawal wins over everything the partner did, so that
/// crossing messages end in the same state on both sides.
/// </summary>
public static class AssignmentDecider
{
    /// <summary>Decides a command.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="state">The assignment so far; null before the offer arrived.</param>
    /// <param name="chain">The version of the chain that the assignment belongs to.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="undoWithin">How long an acknowledgement or acceptance can be taken back; null: <see cref="AssignmentOptions.DefaultUndoWithin"/>.</param>
    public static AssignmentDecision Decide(
        Command command, AssignmentState? state, ChainVersion chain, DateTimeOffset now, TimeSpan? undoWithin = null) =>
        (command, state) switch
        {
            (Command.Receive { Note.Kept: not null }, null) when !chain.KeepsNames => new Refused(AssignmentRefusal.NamesNotKept),
            (Command.Receive receive, null) => Receive(receive, chain, now),
            (Command.Receive, _) => Nothing,
            (Command.ReceiveAnswer or Command.ReceiveReminder or Command.ReceiveWithdrawal or Command.ReceiveErasure
                or Command.ReceiveHandover or Command.ReceiveHandoverRevocation or Command.ReceiveCard or Command.ReceiveCardWithdrawal, null) => new TooEarly(),
            (_, null) => new Refused(AssignmentRefusal.NotFound),
            _ when !chain.KeepsNames && NoteOf(command)?.Kept is not null => new Refused(AssignmentRefusal.NamesNotKept),
            (Command.ReceiveAnswer answer, _) => ReceiveAnswer(answer, state, now),
            (Command.ReceiveReminder reminder, _) => ReceiveReminder(reminder, state),
            (Command.ReceiveWithdrawal withdrawal, _) => ReceiveWithdrawal(withdrawal, state, now),
            (Command.ReceiveErasure erasure, _) => ReceiveErasure(erasure, state, now),
            (Command.ReceiveHandover received, _) => Redeeming.Receive(received, state, now),
            (Command.ReceiveHandoverRevocation revoked, _) => Redeeming.ReceiveRevocation(revoked, state, now),
            (Command.Redeem redeem, _) => Redeeming.Redeem(redeem, state, now),
            (Command.ReceiveCard received, _) => CardOpening.Receive(received, state, now),
            (Command.ReceiveCardWithdrawal withdrawn, _) => CardOpening.ReceiveWithdrawal(withdrawn, state, now),
            (Command.FetchCard fetch, _) => CardOpening.Fetch(fetch, state, now),
            (Command.ConfirmCard opened, _) => CardOpening.Opened(opened, state, now),
            (Command.ReturnCard returned, _) => CardOpening.Return(returned, state, now),
            (Command.Acknowledge, _) => Acknowledge(state, now),
            (Command.Accept, _) => Accept(state, chain, now),
            (Command.UndoAcknowledgement, _) => Undone.Decide(Undoing.Acknowledgement, state, now, undoWithin),
            (Command.UndoAcceptance, _) => Undone.Decide(Undoing.Acceptance, state, now, undoWithin),
            (Command.Assign assign, _) => Assign(assign, state, now),
            (Command.Decline decline, _) => Decline(decline, state, now),
            (Command.Ask ask, _) => Ask(ask, state, now),
            (Command.Start, _) => Start(state, now),
            (Command.RecordFirstContact, _) => RecordFirstContact(state, now),
            (Command.Pause, _) => Pause(state, now),
            (Command.Resume, _) => Resume(state, now),
            (Command.Complete complete, _) => Complete(complete, state, chain, now),
            _ => throw new UnreachableException(),
        };

    private static readonly Happens Nothing = new([]);

    private static Privacy.Note? NoteOf(Command command) => command switch
    {
        Command.Decline decline => decline.Note,
        Command.Ask ask => ask.Text,
        Command.ReceiveAnswer answer => answer.Text,
        _ => null,
    };

    private static Happens Happens(params IReadOnlyList<Event> events) => new(events);

    // Pair assertion: the sender's side checked this too, but what comes over the wire is not taken on trust. A fact that is not to be
    // passed on is dropped, because the partner has no right to it.
    private static AssignmentDecision Receive(Command.Receive receive, ChainVersion chain, DateTimeOffset now)
    {
        if (chain.FindStep(receive.Step) is not { } step || !step.Partners.Contains(receive.Partner))
        {
            return new Refused(AssignmentRefusal.OfferNotAgreed);
        }

        var facts = receive.Facts
            .Where(f => step.PassFacts.Contains(f.Key) && chain.FindFact(f.Key) is { } declared && declared.Type.Allows(f.Value))
            .ToDictionary(f => f.Key, f => f.Value);
        return Happens(new Event.Received(
            receive.Partner, receive.Chain, receive.ChainVersion, receive.Step, receive.OfferedAt, receive.AcknowledgeBy, facts, receive.Note)
        {
            Assignment = receive.Assignment,
            Sender = receive.Sender,
            At = now,
            Number = 1,
        });
    }

    private static AssignmentDecision Acknowledge(AssignmentState state, DateTimeOffset now) => state.Status switch
    {
        AssignmentStatus.Received => Tells(state, now, Ack),
        AssignmentStatus.Acknowledged or AssignmentStatus.Accepted or AssignmentStatus.Started or AssignmentStatus.Paused => Nothing,
        _ => Ended(state),
    };

    private static AssignmentDecision Accept(AssignmentState state, ChainVersion chain, DateTimeOffset now)
    {
        var completeBy = chain.CompleteBy(state.Offer.Step, now);
        return state.Status switch
        {
            AssignmentStatus.Received => Tells(state, now, Ack, s => new Event.Accepted(completeBy) { Assignment = s.Assignment, Sender = s.Sender, At = s.At }),
            AssignmentStatus.Acknowledged => Tells(state, now, s => new Event.Accepted(completeBy) { Assignment = s.Assignment, Sender = s.Sender, At = s.At }),
            AssignmentStatus.Accepted or AssignmentStatus.Started or AssignmentStatus.Paused => Nothing,
            _ => Ended(state),
        };
    }

    // Internal: numbered 0, because the sender is not told.
    private static AssignmentDecision Assign(Command.Assign assign, AssignmentState state, DateTimeOffset now) =>
        assign.To is { } to && !Codes.IsSignInName(to) ? new Refused(AssignmentRefusal.AssigneeInvalid)
        : assign.To == state.Assignee ? Nothing
        : state.IsOpen ? Happens(new Event.Assigned(assign.To) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now })
        : Ended(state);

    private static AssignmentDecision Decline(Command.Decline decline, AssignmentState state, DateTimeOffset now)
    {
        if (!DeclineReasons.All.Contains(decline.Reason))
        {
            return new Refused(AssignmentRefusal.ReasonUnknown);
        }

        if (decline.Reason == DeclineReasons.Other && decline.Note is null)
        {
            return new Refused(AssignmentRefusal.NoteMissing);
        }

        return state.Status switch
        {
            AssignmentStatus.Received or AssignmentStatus.Acknowledged or AssignmentStatus.Accepted =>
                Tells(state, now, s => new Event.Declined(decline.Reason, decline.Note) { Assignment = s.Assignment, Sender = s.Sender, At = s.At }),
            AssignmentStatus.Started or AssignmentStatus.Paused => new Refused(AssignmentRefusal.AlreadyStarted),
            AssignmentStatus.Declined when state.Reason == decline.Reason => Nothing,
            _ => Ended(state),
        };
    }

    private static AssignmentDecision Ask(Command.Ask ask, AssignmentState state, DateTimeOffset now)
    {
        if (state.Questions.TryGetValue(ask.Question.Value, out var asked))
        {
            return asked.Text == ask.Text ? Nothing : new Refused(AssignmentRefusal.QuestionTaken);
        }

        return state.IsOpen
            ? Tells(state, now, s => new Event.Asked(ask.Question, ask.Text) { Assignment = s.Assignment, Sender = s.Sender, At = s.At })
            : Ended(state);
    }

    private static AssignmentDecision Start(AssignmentState state, DateTimeOffset now) => state.Status switch
    {
        AssignmentStatus.Received or AssignmentStatus.Acknowledged => new Refused(AssignmentRefusal.NotAccepted),
        AssignmentStatus.Accepted => Tells(state, now, Begin),
        AssignmentStatus.Started or AssignmentStatus.Paused => Nothing,
        _ => Ended(state),
    };

    private static AssignmentDecision RecordFirstContact(AssignmentState state, DateTimeOffset now) => state.Status switch
    {
        AssignmentStatus.Received or AssignmentStatus.Acknowledged => new Refused(AssignmentRefusal.NotAccepted),
        AssignmentStatus.Accepted or AssignmentStatus.Started or AssignmentStatus.Paused => state.FirstContactAt is not null
            ? Nothing
            : Tells(state, now, s => new Event.FirstContactMade { Assignment = s.Assignment, Sender = s.Sender, At = s.At }),
        _ => Ended(state),
    };

    private static AssignmentDecision Pause(AssignmentState state, DateTimeOffset now) => state.Status switch
    {
        AssignmentStatus.Received or AssignmentStatus.Acknowledged or AssignmentStatus.Accepted => new Refused(AssignmentRefusal.NotStarted),
        AssignmentStatus.Started => Tells(state, now, s => new Event.Paused { Assignment = s.Assignment, Sender = s.Sender, At = s.At }),
        AssignmentStatus.Paused => Nothing,
        _ => Ended(state),
    };

    private static AssignmentDecision Resume(AssignmentState state, DateTimeOffset now) => state.Status switch
    {
        AssignmentStatus.Received or AssignmentStatus.Acknowledged or AssignmentStatus.Accepted => new Refused(AssignmentRefusal.NotStarted),
        AssignmentStatus.Paused => Tells(state, now, Continue),
        AssignmentStatus.Started => Nothing,
        _ => Ended(state),
    };

    private static AssignmentDecision Complete(Command.Complete complete, AssignmentState state, ChainVersion chain, DateTimeOffset now)
    {
        var step = chain.Step(state.Offer.Step);
        if (!step.Outcomes.Contains(complete.Outcome))
        {
            return new Refused(AssignmentRefusal.OutcomeNotAllowed);
        }

        var wrong = complete.Facts.FirstOrDefault(f => !step.ReturnFacts.Contains(f.Key) || chain.FindFact(f.Key) is not { } fact || !fact.Type.Allows(f.Value));
        if (wrong.Key is not null)
        {
            return new Refused(AssignmentRefusal.FactNotAllowed(wrong.Key));
        }

        Event Done(Told s) => new Event.Completed(complete.Outcome, OutcomeCodes.Reported(complete.Outcome, step.Feedback), complete.Facts)
        {
            Assignment = s.Assignment,
            Sender = s.Sender,
            At = s.At,
        };

        return state.Status switch
        {
            AssignmentStatus.Received or AssignmentStatus.Acknowledged => new Refused(AssignmentRefusal.NotAccepted),
            AssignmentStatus.Accepted => Tells(state, now, Begin, Done),
            AssignmentStatus.Started => Tells(state, now, Done),
            AssignmentStatus.Paused => Tells(state, now, Continue, Done),
            AssignmentStatus.Completed when state.Outcome == complete.Outcome && HoldSame(state.Facts, complete.Facts) => Nothing,
            _ => Ended(state),
        };
    }

    private static bool HoldSame(ImmutableSortedDictionary<string, FactValue> one, IReadOnlyDictionary<string, FactValue> other) =>
        one.Count == other.Count && one.All(f => other.TryGetValue(f.Key, out var value) && value == f.Value);

    // An answer that crossed the end is kept, so that both sides know the same.
    private static AssignmentDecision ReceiveAnswer(Command.ReceiveAnswer answer, AssignmentState state, DateTimeOffset now) =>
        !state.Questions.TryGetValue(answer.Question.Value, out var asked) ? new Refused(AssignmentRefusal.QuestionNotFound)
        : asked.Answer is not null ? Nothing
        : Happens(new Event.AnswerReceived(answer.Question, answer.Text) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    private static Happens ReceiveReminder(Command.ReceiveReminder reminder, AssignmentState state) =>
        state.IsOpen && !state.Reminders.Contains(reminder.SentAt)
            ? Happens(new Event.Reminded(reminder.Reminder) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = reminder.SentAt })
            : Nothing;

    private static Happens ReceiveWithdrawal(Command.ReceiveWithdrawal withdrawal, AssignmentState state, DateTimeOffset now) =>
        state.Status == AssignmentStatus.Withdrawn
            ? Nothing
            : Happens(new Event.WithdrawnBySender(withdrawal.Reason) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    private static Happens ReceiveErasure(Command.ReceiveErasure erasure, AssignmentState state, DateTimeOffset now) =>
        state.ErasedAt is not null
            ? Nothing
            : Happens(new Event.Erased(erasure.Reason) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    internal static Refused Ended(AssignmentState state) => new(state.Status switch
    {
        AssignmentStatus.Completed => AssignmentRefusal.Completed,
        AssignmentStatus.Declined => AssignmentRefusal.Declined,
        AssignmentStatus.Withdrawn => AssignmentRefusal.Withdrawn,
        _ => throw new UnreachableException(),
    });

    private readonly record struct Told(AssignmentId Assignment, OrganisationId Sender, DateTimeOffset At);

    private static Event.Acknowledged Ack(Told s) => new() { Assignment = s.Assignment, Sender = s.Sender, At = s.At };

    private static Event.Started Begin(Told s) => new() { Assignment = s.Assignment, Sender = s.Sender, At = s.At };

    private static Event.Resumed Continue(Told s) => new() { Assignment = s.Assignment, Sender = s.Sender, At = s.At };

    // What the sender is told is numbered without gaps, so that it notices a message that was lost or overtaken.
    private static Happens Tells(AssignmentState state, DateTimeOffset now, params ReadOnlySpan<Func<Told, Event>> make)
    {
        var told = new Told(state.Offer.Assignment, state.Offer.Sender, now);
        var events = new Event[make.Length];
        for (var i = 0; i < make.Length; i++)
        {
            events[i] = make[i](told) with { Number = state.Told + 1 + i };
        }

        return new Happens(events);
    }
}
