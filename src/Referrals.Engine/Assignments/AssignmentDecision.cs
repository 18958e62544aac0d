namespace Referrals.Engine.Assignments;

/// <summary>What a decision on an assignment comes to.</summary>
public abstract record AssignmentDecision
{
    private AssignmentDecision() { }

    /// <summary>These events happen; none: it was already done.</summary>
    public sealed record Happens(IReadOnlyList<AssignmentEvent> Events) : AssignmentDecision;

    /// <summary>It can't be done; nothing changes.</summary>
    public sealed record Refused(AssignmentRefusal Refusal) : AssignmentDecision;

    /// <summary>A message came before the offer that it speaks of: it has to come again later; nothing changes.</summary>
    public sealed record TooEarly : AssignmentDecision;
}

/// <summary>Why something can't be done with an assignment: a stable code, the field at fault if there is one, and plain words.</summary>
/// <param name="Code">Stable code, such as <c>assignment-withdrawn</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Field">Path of the input at fault.</param>
public sealed record AssignmentRefusal(string Code, string Message, string? Field = null)
{
    /// <summary>There is no such assignment in this organisation.</summary>
    public static readonly AssignmentRefusal NotFound = new("assignment-not-found", "There is no such assignment.");

    /// <summary>The text has names, which the chain doesn't let stay.</summary>
    public static readonly AssignmentRefusal NamesNotKept = new("names-not-kept", "The agreement of this chain lets no names stay in texts.");

    /// <summary>The sender took it back.</summary>
    public static readonly AssignmentRefusal Withdrawn = new("assignment-withdrawn", "The sender has taken this assignment back.");

    /// <summary>It was declined.</summary>
    public static readonly AssignmentRefusal Declined = new("assignment-declined", "This assignment was declined.");

    /// <summary>It was completed.</summary>
    public static readonly AssignmentRefusal Completed = new("assignment-completed", "This assignment is completed.");

    /// <summary>It has to be accepted first.</summary>
    public static readonly AssignmentRefusal NotAccepted = new("assignment-not-accepted", "Accept the assignment first.");

    /// <summary>Work has begun, so it can only be completed.</summary>
    public static readonly AssignmentRefusal AlreadyStarted = new("assignment-already-started", "Work has begun; complete the assignment with an outcome instead.");

    /// <summary>Work has not begun.</summary>
    public static readonly AssignmentRefusal NotStarted = new("assignment-not-started", "Work on this assignment has not begun.");

    /// <summary>The time in which it can be taken back has passed.</summary>
    public static readonly AssignmentRefusal TooLateToUndo = new("too-late-to-undo", "It can't be taken back any more: the time for that has passed.");

    /// <summary>It was not done, or something else happened since.</summary>
    public static readonly AssignmentRefusal NothingToUndo = new("nothing-to-undo", "There is nothing to take back, or something else has happened since.");

    /// <summary>The person in charge is no sign-in name.</summary>
    public static readonly AssignmentRefusal AssigneeInvalid =
        new("assignee-invalid", "A sign-in name has 1 to 200 visible characters without spaces.", "assignee");

    /// <summary>The reason for declining is not one of the coded ones.</summary>
    public static readonly AssignmentRefusal ReasonUnknown = new("decline-reason-unknown", "This is not one of the reasons for declining.", "reason");

    /// <summary>The reason <c>other</c> needs words.</summary>
    public static readonly AssignmentRefusal NoteMissing = new("decline-note-missing", "The reason 'other' needs a note.", "note");

    /// <summary>The outcome is not one that the chain allows here.</summary>
    public static readonly AssignmentRefusal OutcomeNotAllowed = new("outcome-not-allowed", "The chain does not allow this outcome for the step.", "outcome");

    /// <summary>A question with this id has other words.</summary>
    public static readonly AssignmentRefusal QuestionTaken = new("question-taken", "A question with this id was already asked in other words.", "question");

    /// <summary>There is no such question.</summary>
    public static readonly AssignmentRefusal QuestionNotFound = new("question-not-found", "There is no such question.", "question");

    /// <summary>The offer is for a step that the chain does not have, or does not name this organisation for.</summary>
    public static readonly AssignmentRefusal OfferNotAgreed = new("offer-not-agreed", "The chain does not name this organisation for this step.");

    /// <summary>What was typed can't be a code: its check character is wrong.</summary>
    public static readonly AssignmentRefusal HandoverMistyped = new("handover-mistyped", "This can't be a code: a character is wrong or missing.", "code");

    /// <summary>The code is not that of this assignment; it was counted.</summary>
    public static readonly AssignmentRefusal HandoverWrong = new("handover-wrong", "This is not the code of this assignment.", "code");

    /// <summary>The code is that of no open assignment here.</summary>
    public static readonly AssignmentRefusal HandoverUnknown = new("handover-unknown", "No open assignment has this code.", "code");

    /// <summary>The sender made no code for this assignment, or none that has arrived.</summary>
    public static readonly AssignmentRefusal HandoverNone = new("handover-none", "The sender has made no code for this assignment.");

    /// <summary>The code's time has passed.</summary>
    public static readonly AssignmentRefusal HandoverExpired = new("handover-expired", "The time of the code has passed; the sender can make a new one.");

    /// <summary>The sender made the code worthless.</summary>
    public static readonly AssignmentRefusal HandoverRevoked = new("handover-revoked", "The sender has made the code worthless.");

    /// <summary>Too many wrong codes were typed.</summary>
    public static readonly AssignmentRefusal HandoverBlocked = new("handover-blocked", "Too many wrong codes were typed; the sender can make a new one.");

    /// <summary>Another code was redeemed for this assignment.</summary>
    public static readonly AssignmentRefusal HandoverUsed = new("handover-used", "A code was redeemed for this assignment already, and it was another one.", "code");

    /// <summary>The sender sealed no contact card for this assignment, or none that has arrived.</summary>
    public static readonly AssignmentRefusal CardNone = new("card-none", "The sender has sealed no contact card for this assignment.");

    /// <summary>Its time has passed.</summary>
    public static readonly AssignmentRefusal CardExpired = new("card-expired", "The contact card was not opened in time and is deleted.");

    /// <summary>The sender took it back, or the acceptance was.</summary>
    public static readonly AssignmentRefusal CardWithdrawn = new("card-withdrawn", "The contact card was taken back and is deleted.");

    /// <summary>It was opened already.</summary>
    public static readonly AssignmentRefusal CardOpened = new("card-opened", "The contact card was opened already and is deleted.");

    /// <summary>It went back unread.</summary>
    public static readonly AssignmentRefusal CardReturned = new("card-returned", "The contact card went back to the sender unread.");

    /// <summary>Browsers got it as often as they may.</summary>
    public static readonly AssignmentRefusal CardFetchedTooOften = new("card-fetched-too-often", "The contact card was fetched too often without being opened; ask the sender for a new one.");

    /// <summary>No browser got this card, so none can have opened it.</summary>
    public static readonly AssignmentRefusal CardNotFetched = new("card-not-fetched", "This is not the contact card that was fetched.", "issue");

    /// <summary>A fact is not one that the step returns, or its value is not allowed.</summary>
    public static AssignmentRefusal FactNotAllowed(string name) =>
        new("fact-not-allowed", "The step does not return this fact, or not with this value.", $"facts.{name}");
}

/// <summary>The coded reasons for declining.</summary>
public static class DeclineReasons
{
    /// <summary>Needs words.</summary>
    public const string Other = "other";

    /// <summary>Every code, in the order shown.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "no-capacity", "not-responsible", "target-group-mismatch", "information-missing",
        "already-served", "client-not-reached", "client-declined", Other,
    ];
}
