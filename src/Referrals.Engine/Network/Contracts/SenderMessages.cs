using Referrals.Engine.Privacy;

namespace Referrals.Engine.Network.Contracts;

/// <summary>A step is offered to a partner under a random id, the only handle that the partner gets.</summary>
/// <param name="From">The organisation that offers.</param>
/// <param name="To">The partner.</param>
/// <param name="Assignment">Random for each offer.</param>
/// <param name="Chain">The agreed chain.</param>
/// <param name="ChainVersion">Its version, from 1.</param>
/// <param name="Step">The step of the chain.</param>
/// <param name="At">When it was offered (UTC).</param>
/// <param name="AcknowledgeBy">By when a person is to have seen it (UTC).</param>
/// <param name="Facts">The facts that the chain passes on, in the order of their names.</param>
/// <param name="Note">Words for the partner.</param>
public sealed record OfferV1(
    Code From,
    Code To,
    Guid Assignment,
    Code Chain,
    int ChainVersion,
    Code Step,
    DateTimeOffset At,
    DateTimeOffset AcknowledgeBy,
    IReadOnlyList<FactV1> Facts,
    Note? Note = null) : IMessageV1;

/// <summary>The answer to a partner's question.</summary>
public sealed record AnswerV1(Code From, Code To, Guid Assignment, Guid Question, DateTimeOffset At, Note Text) : IMessageV1;

/// <summary>A reminder; <paramref name="Reminder"/> says of what: <c>acknowledge</c>, <c>complete</c>, <c>by-caseworker</c>.</summary>
public sealed record ReminderV1(Code From, Code To, Guid Assignment, Code Reminder, DateTimeOffset At) : IMessageV1;

/// <summary>The offer or assignment is taken back, whatever the partner has done with it; <paramref name="Reason"/> says why.</summary>
public sealed record WithdrawalV1(Code From, Code To, Guid Assignment, Code Reason, DateTimeOffset At) : IMessageV1;

/// <summary>The sender erased its referral: what the partner wrote down and was told of this assignment is to be erased too. A code says why.</summary>
public sealed record ErasureV1(Code From, Code To, Guid Assignment, Code Reason, DateTimeOffset At) : IMessageV1;

/// <summary>
/// The sender made a code for the client to carry. The message holds its proof, never the code; <paramref name="Issue"/> counts the codes of the
/// assignment from 1, so that an overtaken one counts no more. It counts until <paramref name="Until"/>, the end of a day.
/// </summary>
public sealed record HandoverV1(Code From, Code To, Guid Assignment, int Issue, Code Proof, DateTimeOffset Until, DateTimeOffset At) : IMessageV1;

/// <summary>The sender made this code, and all before it, worthless.</summary>
public sealed record HandoverRevokedV1(Code From, Code To, Guid Assignment, int Issue, DateTimeOffset At) : IMessageV1;

/// <summary>
/// The sender sealed a contact card to the partner's key with this fingerprint; the card itself is in no message. <paramref name="Issue"/> counts the cards of the
/// assignment from 1, so that an overtaken one counts no more. It can be opened until <paramref name="Until"/>, the end of a day.
/// </summary>
public sealed record CardV1(Code From, Code To, Guid Assignment, int Issue, Code Key, DateTimeOffset Until, DateTimeOffset At) : IMessageV1;

/// <summary>The sender took this contact card, and all before it, back.</summary>
public sealed record CardWithdrawnV1(Code From, Code To, Guid Assignment, int Issue, DateTimeOffset At) : IMessageV1;

/// <summary>
/// Tells the coordinator of a chain that a partner missed an agreed time. Names no assignment: the coordinator learns where the
/// chain is stuck, not with which case.
/// </summary>
/// <param name="From">The organisation that holds the case.</param>
/// <param name="To">The coordinator.</param>
/// <param name="Escalation">Random for each escalation.</param>
/// <param name="Chain">The chain.</param>
/// <param name="ChainVersion">Its version, from 1.</param>
/// <param name="Step">The step.</param>
/// <param name="Partner">Who missed the time.</param>
/// <param name="Deadline">Which time: <c>acknowledge</c> or <c>complete</c>.</param>
/// <param name="MissedAt">When the time ended (UTC).</param>
/// <param name="At">When the escalation was due (UTC).</param>
public sealed record EscalationV1(
    Code From,
    Code To,
    Guid Escalation,
    Code Chain,
    int ChainVersion,
    Code Step,
    Code Partner,
    Code Deadline,
    DateTimeOffset MissedAt,
    DateTimeOffset At) : IMessageV1;

/// <summary>
/// Confirms from end to end that messages came to their end at the receiver: handled, or put among the dead letters. Technical; what
/// has no receipt is sent again. A receipt itself is not confirmed. One speaks for all that were handled within a moment.
/// </summary>
/// <param name="From">The receiver of the confirmed messages.</param>
/// <param name="To">Their sender.</param>
/// <param name="Messages">Ids of the confirmed messages.</param>
public sealed record ReceiptV1(Code From, Code To, IReadOnlyList<Guid> Messages) : IMessageV1;
