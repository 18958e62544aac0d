using System.Collections.Immutable;
using System.Diagnostics;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Assignments;

/// <summary>Where an assignment stands at the partner.</summary>
public enum AssignmentStatus
{
    /// <summary>Arrived, nobody has seen it.</summary>
    Received,

    /// <summary>Seen.</summary>
    Acknowledged,

    /// <summary>Accepted.</summary>
    Accepted,

    /// <summary>In work.</summary>
    Started,

    /// <summary>Interrupted.</summary>
    Paused,

    /// <summary>Ended with an outcome.</summary>
    Completed,

    /// <summary>Declined.</summary>
    Declined,

    /// <summary>Taken back by the sender.</summary>
    Withdrawn,
}

/// <summary>A question and its answer.</summary>
public sealed record AskedQuestion(Privacy.Note Text, DateTimeOffset AskedAt, Privacy.Note? Answer = null);

/// <summary>An assignment as the fold of its events.</summary>
public sealed record AssignmentState
{
    /// <summary>What was received.</summary>
    public required AssignmentEvent.Received Offer { get; init; }

    /// <summary>Where it stands.</summary>
    public AssignmentStatus Status { get; init; }

    /// <summary>By when it is to be completed, once accepted.</summary>
    public DateTimeOffset? CompleteBy { get; init; }

    /// <summary>When the first contact with the client was.</summary>
    public DateTimeOffset? FirstContactAt { get; init; }

    /// <summary>Outcome, once completed.</summary>
    public string? Outcome { get; init; }

    /// <summary>Facts found out, once completed.</summary>
    public ImmutableSortedDictionary<string, FactValue> Facts { get; init; } = ImmutableSortedDictionary<string, FactValue>.Empty;

    /// <summary>Reason, once declined or withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>Questions asked, with their answers.</summary>
    public ImmutableSortedDictionary<Guid, AskedQuestion> Questions { get; init; } = ImmutableSortedDictionary<Guid, AskedQuestion>.Empty;

    /// <summary>Reminders that came, by the time they were sent.</summary>
    public ImmutableSortedSet<DateTimeOffset> Reminders { get; init; } = [];

    /// <summary>Number of the last thing that the sender is told.</summary>
    public int Told { get; init; }

    /// <summary>Sign-in name of the person who looks after it, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary>When a person acknowledged it; null when nobody has, or it was taken back.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>When it was accepted; null when it was not, or that was taken back.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>What can be taken back, because nothing further has happened; for how long is <see cref="AssignmentOptions.UndoWithin"/>.</summary>
    public Undoable? Undoable { get; init; }

    /// <summary>What was taken back last, if nothing further has happened.</summary>
    public Undoing? Undone { get; init; }

    /// <summary>The newest code that the sender made for the client to carry; null: none has arrived.</summary>
    public ReceivedHandover? Handover { get; init; }

    /// <summary>The newest code that the sender made worthless, which may not have arrived; 0: none.</summary>
    public int HandoverRevoked { get; init; }

    /// <summary>The newest contact card that the sender sealed; null: none has arrived.</summary>
    public ReceivedCard? Card { get; init; }

    /// <summary>The newest contact card that the sender took back, which may not have arrived; 0: none.</summary>
    public int CardWithdrawn { get; init; }

    /// <summary>When its words were erased; null while they are there.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Until when (UTC) <see cref="Undoable"/> can be taken back; null when nothing can.</summary>
    public DateTimeOffset? UndoUntil(TimeSpan within) => Undoable?.At + within;

    /// <summary>Whether somebody still has to do something.</summary>
    public bool IsOpen => Status is not (AssignmentStatus.Completed or AssignmentStatus.Declined or AssignmentStatus.Withdrawn);

    /// <summary>Whether a question waits for an answer.</summary>
    public bool HasOpenQuestion => IsOpen && Questions.Values.Any(q => q.Answer is null);

    /// <summary>The next date by which the partner must act, or null.</summary>
    public DateTimeOffset? DueAt => Status switch
    {
        AssignmentStatus.Received => Offer.AcknowledgeBy,
        AssignmentStatus.Accepted or AssignmentStatus.Started or AssignmentStatus.Paused => CompleteBy,
        _ => null,
    };

    /// <summary>The state after one more event; null before the first.</summary>
    public static AssignmentState Evolve(AssignmentState? state, AssignmentEvent happened)
    {
        if (happened is AssignmentEvent.Received received)
        {
            return state is not null
                ? throw new InvalidOperationException("an assignment is received once")
                : new AssignmentState { Offer = received, Status = AssignmentStatus.Received, Told = received.Number };
        }

        var known = state ?? throw new InvalidOperationException($"an assignment begins with {nameof(AssignmentEvent.Received)}, not {happened.GetType().Name}");
        return Undo(Apply(known, happened), happened) with { Told = Math.Max(known.Told, happened.Number) };
    }

    /// <summary>The state after these events; null when there are none.</summary>
    public static AssignmentState? Fold(IEnumerable<AssignmentEvent> events) =>
        events.Aggregate((AssignmentState?)null, Evolve);

    // An acceptance and the acknowledgement before it can both be taken back, one after the other; anything else that the sender is told, and
    // its withdrawal, puts an end to it.
    private static AssignmentState Undo(AssignmentState after, AssignmentEvent happened) => happened switch
    {
        AssignmentEvent.Acknowledged e => after with { Undoable = new(Undoing.Acknowledgement, e.At), Undone = null },
        AssignmentEvent.Accepted e => after with { Undoable = new(Undoing.Acceptance, e.At), Undone = null },
        AssignmentEvent.AcceptanceUndone => after with
        {
            Undoable = after is { AcknowledgedAt: { } at, Questions.IsEmpty: true } ? new(Undoing.Acknowledgement, at) : null,
            Undone = Undoing.Acceptance,
        },
        AssignmentEvent.AcknowledgementUndone => after with { Undoable = null, Undone = Undoing.Acknowledgement },
        AssignmentEvent.AnswerReceived or AssignmentEvent.Reminded or AssignmentEvent.Assigned or AssignmentEvent.Erased
            or AssignmentEvent.HandoverReceived or AssignmentEvent.HandoverRevokedBySender or AssignmentEvent.HandoverTried
            or AssignmentEvent.CardReceived or AssignmentEvent.CardWithdrawnBySender or AssignmentEvent.CardFetched => after,
        _ => after with { Undoable = null, Undone = null },
    };

    private static AssignmentState Erase(AssignmentState state, DateTimeOffset at) => state with
    {
        ErasedAt = at,
        Offer = state.Offer with { Note = Gone(state.Offer.Note) },
        Questions = state.Questions.SetItems(state.Questions.Select(q => KeyValuePair.Create(
            q.Key, q.Value with { Text = Privacy.Note.Erased, Answer = Gone(q.Value.Answer) }))),
    };

    private static Privacy.Note? Gone(Privacy.Note? note) => note is null ? null : Privacy.Note.Erased;

    private static AssignmentState Apply(AssignmentState state, AssignmentEvent happened) => happened switch
    {
        AssignmentEvent.Acknowledged e => state with { Status = AssignmentStatus.Acknowledged, AcknowledgedAt = e.At },
        AssignmentEvent.Accepted e => state with { Status = AssignmentStatus.Accepted, CompleteBy = e.CompleteBy, AcceptedAt = e.At },
        AssignmentEvent.AcknowledgementUndone => state with { Status = AssignmentStatus.Received, AcknowledgedAt = null },
        AssignmentEvent.AcceptanceUndone => state with { Status = AssignmentStatus.Acknowledged, CompleteBy = null, AcceptedAt = null, Card = state.Card is { IsPending: true } card ? card with { IsDropped = true } : state.Card },
        AssignmentEvent.Assigned e => state with { Assignee = e.To },
        AssignmentEvent.Declined e => state with { Status = AssignmentStatus.Declined, Reason = e.Reason },
        AssignmentEvent.Asked e => state with { Questions = state.Questions.SetItem(e.Question.Value, new AskedQuestion(e.Text, e.At)) },
        AssignmentEvent.AnswerReceived e => state with
        {
            Questions = state.Questions.SetItem(e.Question.Value, state.Questions[e.Question.Value] with { Answer = e.Text }),
        },
        AssignmentEvent.Started or AssignmentEvent.Resumed => state with { Status = AssignmentStatus.Started },
        AssignmentEvent.FirstContactMade e => state with { FirstContactAt = e.At },
        AssignmentEvent.Paused => state with { Status = AssignmentStatus.Paused },
        AssignmentEvent.Completed e => state with { Status = AssignmentStatus.Completed, Outcome = e.Outcome, Facts = state.Facts.SetItems(e.Facts) },
        AssignmentEvent.Reminded e => state with { Reminders = state.Reminders.Add(e.At) },
        AssignmentEvent.WithdrawnBySender e => state with { Status = AssignmentStatus.Withdrawn, Reason = e.Reason },
        AssignmentEvent.Erased e => Erase(state, e.At),
        AssignmentEvent.HandoverReceived or AssignmentEvent.HandoverRevokedBySender or AssignmentEvent.HandoverTried or AssignmentEvent.HandoverBlocked
            or AssignmentEvent.HandoverRedeemed => Redeeming.Apply(state, happened),
        AssignmentEvent.CardReceived or AssignmentEvent.CardWithdrawnBySender or AssignmentEvent.CardFetched or AssignmentEvent.CardOpened or AssignmentEvent.CardReturned =>
            CardOpening.Apply(state, happened),
        _ => throw new UnreachableException(),
    };
}
