using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Assignments;

/// <summary>What a partner's people, or the sender's messages, ask of an assignment.</summary>
public abstract record AssignmentCommand
{
    private AssignmentCommand() { }

    /// <summary>The sender's offer arrived.</summary>
    public sealed record Receive(
        AssignmentId Assignment,
        OrganisationId Sender,
        OrganisationId Partner,
        ChainId Chain,
        int ChainVersion,
        NodeId Step,
        DateTimeOffset OfferedAt,
        DateTimeOffset AcknowledgeBy,
        IReadOnlyDictionary<string, FactValue> Facts,
        Note? Note = null) : AssignmentCommand;

    /// <summary>Confirm that a person has seen it.</summary>
    public sealed record Acknowledge : AssignmentCommand;

    /// <summary>Accept; acknowledges too.</summary>
    public sealed record Accept : AssignmentCommand;

    /// <summary>Take the acknowledgement back, within a short time.</summary>
    public sealed record UndoAcknowledgement : AssignmentCommand;

    /// <summary>Take the acceptance back, within a short time; it stays acknowledged.</summary>
    public sealed record UndoAcceptance : AssignmentCommand;

    /// <summary>Give it to a person of the organisation (sign-in name), or to nobody. The sender isn't told.</summary>
    public sealed record Assign(string? To) : AssignmentCommand;

    /// <summary>Decline with a coded reason; <c>other</c> needs words.</summary>
    public sealed record Decline(string Reason, Note? Note = null) : AssignmentCommand;

    /// <summary>Ask the sender something.</summary>
    public sealed record Ask(QuestionId Question, Note Text) : AssignmentCommand;

    /// <summary>The sender's answer arrived.</summary>
    public sealed record ReceiveAnswer(QuestionId Question, Note Text) : AssignmentCommand;

    /// <summary>Begin to work.</summary>
    public sealed record Start : AssignmentCommand;

    /// <summary>Record the first contact with the client.</summary>
    public sealed record RecordFirstContact : AssignmentCommand;

    /// <summary>Interrupt the work.</summary>
    public sealed record Pause : AssignmentCommand;

    /// <summary>Take the work up again.</summary>
    public sealed record Resume : AssignmentCommand;

    /// <summary>Complete with an outcome and facts that the chain allows.</summary>
    public sealed record Complete(string Outcome, IReadOnlyDictionary<string, FactValue> Facts) : AssignmentCommand;

    /// <summary>Redeem the code that a client brought, of which this is the proof.</summary>
    public sealed record Redeem(string Proof) : AssignmentCommand;

    /// <summary>The proof of a code arrived that the sender made for the client to carry.</summary>
    public sealed record ReceiveHandover(int Issue, string Proof, DateTimeOffset Until) : AssignmentCommand;

    /// <summary>The sender made this code, and all before it, worthless.</summary>
    public sealed record ReceiveHandoverRevocation(int Issue) : AssignmentCommand;

    /// <summary>Hand the sealed contact card out to a browser, for the n-th time, from 1.</summary>
    public sealed record FetchCard(int Nth) : AssignmentCommand;

    /// <summary>A browser could open the contact card.</summary>
    public sealed record ConfirmCard(int Issue) : AssignmentCommand;

    /// <summary>The contact card can't be opened here; the sender is told.</summary>
    public sealed record ReturnCard(int Issue) : AssignmentCommand;

    /// <summary>The sender sealed a contact card to a key of this organisation.</summary>
    public sealed record ReceiveCard(int Issue, string Key, DateTimeOffset Until) : AssignmentCommand;

    /// <summary>The sender took this contact card, and all before it, back.</summary>
    public sealed record ReceiveCardWithdrawal(int Issue) : AssignmentCommand;

    /// <summary>The sender's reminder arrived.</summary>
    public sealed record ReceiveReminder(string Reminder, DateTimeOffset SentAt) : AssignmentCommand;

    /// <summary>The sender took it back.</summary>
    public sealed record ReceiveWithdrawal(string Reason) : AssignmentCommand;

    /// <summary>The sender erased its referral; so must be what is here.</summary>
    public sealed record ReceiveErasure(string Reason) : AssignmentCommand;
}
