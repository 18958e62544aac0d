using Referrals.Engine.Privacy;

namespace Referrals.Engine.Network.Contracts;

/// <summary>The offer arrived at the partner.</summary>
public sealed record ReceivedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>A person at the partner has seen the offer.</summary>
public sealed record AcknowledgedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>The partner accepted.</summary>
public sealed record AcceptedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>The partner took the acknowledgement back, within the short time that it has for that.</summary>
public sealed record AcknowledgementUndoneV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>The partner took the acceptance back, within the short time that it has for that.</summary>
public sealed record AcceptanceUndoneV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>The partner declined with a coded reason, and words where the reason is <c>other</c>.</summary>
public sealed record DeclinedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At, Code Reason, Note? Note = null)
    : IPartnerMessageV1;

/// <summary>The partner asks something.</summary>
public sealed record QuestionV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At, Guid Question, Note Text)
    : IPartnerMessageV1;

/// <summary>The partner began to work.</summary>
public sealed record StartedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>The partner and the client met or spoke for the first time.</summary>
public sealed record FirstContactV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>The partner interrupted its work.</summary>
public sealed record PausedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>The partner took its work up again.</summary>
public sealed record ResumedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>The partner completed the step; outcome and facts as far as the chain's feedback allows.</summary>
public sealed record CompletedV1(
    Code From, Code To, Guid Assignment, int Number, DateTimeOffset At, Code Outcome, IReadOnlyList<FactV1> Facts) : IPartnerMessageV1;

/// <summary>The client came to the partner with the code.</summary>
public sealed record HandedOverV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At) : IPartnerMessageV1;

/// <summary>Too many wrong codes were typed at the partner; this one, counted from 1, is blocked.</summary>
public sealed record HandoverBlockedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At, int Issue) : IPartnerMessageV1;

/// <summary>The contact card, counted from 1, was opened at the partner.</summary>
public sealed record CardOpenedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At, int Issue) : IPartnerMessageV1;

/// <summary>The contact card, counted from 1, can't be opened at the partner.</summary>
public sealed record CardReturnedV1(Code From, Code To, Guid Assignment, int Number, DateTimeOffset At, int Issue) : IPartnerMessageV1;
