using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Assignments;

/// <summary>What happened with an assignment, in the tenant of the organisation that was offered it.</summary>
public abstract partial record AssignmentEvent
{
    private AssignmentEvent() { }

    /// <summary>The assignment.</summary>
    public required AssignmentId Assignment { get; init; }

    /// <summary>The organisation that sent it.</summary>
    public required OrganisationId Sender { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// Counts what the sender is told about this assignment, from 1; 0 for what came from the sender itself and is not reported back.
    /// </summary>
    public int Number { get; init; }

    /// <summary>The offer arrived.</summary>
    public sealed record Received(
        OrganisationId Partner,
        ChainId Chain,
        int ChainVersion,
        NodeId Step,
        DateTimeOffset OfferedAt,
        DateTimeOffset AcknowledgeBy,
        IReadOnlyDictionary<string, FactValue> Facts,
        [property: Sealed] Note? Note = null) : AssignmentEvent;

    /// <summary>A person has seen it.</summary>
    public sealed record Acknowledged : AssignmentEvent;

    /// <summary>Accepted; to be completed by the time agreed.</summary>
    public sealed record Accepted(DateTimeOffset? CompleteBy = null) : AssignmentEvent;

    /// <summary>The acknowledgement was taken back: nobody has seen it.</summary>
    public sealed record AcknowledgementUndone : AssignmentEvent;

    /// <summary>The acceptance was taken back: it is acknowledged, as before.</summary>
    public sealed record AcceptanceUndone : AssignmentEvent;

    /// <summary>A person of the organisation looks after it from here on (sign-in name), or nobody. Never leaves the organisation.</summary>
    public sealed record Assigned(string? To = null) : AssignmentEvent;

    /// <summary>Declined with a coded reason, and words where the reason is <c>other</c>.</summary>
    public sealed record Declined(string Reason, [property: Sealed] Note? Note = null) : AssignmentEvent;

    /// <summary>A question to the sender.</summary>
    public sealed record Asked(QuestionId Question, [property: Sealed] Note Text) : AssignmentEvent;

    /// <summary>The sender's answer arrived.</summary>
    public sealed record AnswerReceived(QuestionId Question, [property: Sealed] Note Text) : AssignmentEvent;

    /// <summary>Work began.</summary>
    public sealed record Started : AssignmentEvent;

    /// <summary>First contact with the client.</summary>
    public sealed record FirstContactMade : AssignmentEvent;

    /// <summary>Work was interrupted.</summary>
    public sealed record Paused : AssignmentEvent;

    /// <summary>Work goes on.</summary>
    public sealed record Resumed : AssignmentEvent;

    /// <summary>
    /// Completed with the partner's own outcome code; <paramref name="Reported"/> is what the sender is told of it, with these facts.
    /// </summary>
    public sealed record Completed(string Outcome, string Reported, IReadOnlyDictionary<string, FactValue> Facts) : AssignmentEvent;

    /// <summary>The sender reminds; a code says of what.</summary>
    public sealed record Reminded(string Reminder) : AssignmentEvent;

    /// <summary>The sender took the assignment back, whatever had been done with it; a code says why.</summary>
    public sealed record WithdrawnBySender(string Reason) : AssignmentEvent;

    /// <summary>
    /// The sender erased its referral, so the words of this assignment were erased too: its key was destroyed with this event. A code says why.
    /// </summary>
    public sealed record Erased(string Reason) : AssignmentEvent;
}
