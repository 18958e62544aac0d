using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Referrals;

/// <summary>What a caseworker, the clock or a partner's message asks of a referral.</summary>
public abstract record ReferralCommand
{
    private ReferralCommand() { }

    /// <summary>Start it on a version of a chain that is in force.</summary>
    public sealed record Start(
        ReferralId Referral,
        OrganisationId Holder,
        string ContentHash,
        string CaseReference,
        Consent Consent,
        IReadOnlyDictionary<string, FactValue> Facts,
        IReadOnlyDictionary<NodeId, OrganisationId> Partners,
        IReadOnlyDictionary<NodeId, bool> Parts,
        Note? Note = null,
        string? Caseworker = null,
        Release? Release = null) : ReferralCommand;

    /// <summary>Go on with it on another version of its chain.</summary>
    public sealed record MoveTo(AgreedChain Target) : ReferralCommand;

    /// <summary>Answer a partner's question.</summary>
    public sealed record Answer(QuestionId Question, Note Text) : ReferralCommand;

    /// <summary>Hand it to a colleague (sign-in name), or to nobody.</summary>
    public sealed record HandOver(string? To) : ReferralCommand;

    /// <summary>Choose the partner for a step that waits for it.</summary>
    public sealed record ChoosePartner(Place Place, OrganisationId Partner) : ReferralCommand;

    /// <summary>Move a step that is with a partner to another one.</summary>
    public sealed record Reroute(Place Place, OrganisationId Partner) : ReferralCommand;

    /// <summary>Leave a reached step out.</summary>
    public sealed record Skip(Place Place) : ReferralCommand;

    /// <summary>Include an optional part or leave it out.</summary>
    public sealed record DecidePart(Place Place, bool Included) : ReferralCommand;

    /// <summary>Remind the partner of an open assignment.</summary>
    public sealed record Remind(AssignmentId Assignment) : ReferralCommand;

    /// <summary>Make a code for the client to carry to the partner; an earlier one counts no more.</summary>
    public sealed record IssueHandover(AssignmentId Assignment, string Proof) : ReferralCommand;

    /// <summary>Make the code of an open assignment worthless.</summary>
    public sealed record RevokeHandover(AssignmentId Assignment) : ReferralCommand;

    /// <summary>
    /// A contact card was sealed to this key of the partner, to be opened until a time (UTC); an earlier one can't be opened any more. Both, and which card of the
    /// assignment it is, are bound to its ciphertext.
    /// </summary>
    public sealed record SealCard(AssignmentId Assignment, int Issue, string Key, DateTimeOffset Until) : ReferralCommand;

    /// <summary>Take the contact card of an open assignment back.</summary>
    public sealed record WithdrawCard(AssignmentId Assignment) : ReferralCommand;

    /// <summary>Record a new or wider consent.</summary>
    public sealed record RecordConsent(Consent Consent) : ReferralCommand;

    /// <summary>The client withdrew the consent, for these steps, or as a whole.</summary>
    public sealed record WithdrawConsent(IReadOnlyList<NodeId>? Steps = null) : ReferralCommand;

    /// <summary>Record that the client released from professional secrecy.</summary>
    public sealed record RecordRelease(Release Release) : ReferralCommand;

    /// <summary>The client withdrew the release, for these steps, or as a whole.</summary>
    public sealed record WithdrawRelease(IReadOnlyList<NodeId>? Steps = null) : ReferralCommand;

    /// <summary>Let these steps, which wait for a consent, go on without one.</summary>
    public sealed record OverrideConsent(IReadOnlyList<NodeId> Steps, LegalGround Ground, Note Reason) : ReferralCommand;

    /// <summary>Take the whole referral back.</summary>
    public sealed record Withdraw(string Reason) : ReferralCommand;

    /// <summary>Close it although the chain has not run to its end.</summary>
    public sealed record Close : ReferralCommand;

    /// <summary>Open it again to run the steps at these places once more.</summary>
    public sealed record Reopen(IReadOnlyList<Place> Again, Consent? Consent = null) : ReferralCommand;

    /// <summary>
    /// Erase its words and its case reference, here and at the partners. It has to be closed; a client's request closes it too.
    /// </summary>
    public sealed record Erase(ErasureReason Reason) : ReferralCommand;

    /// <summary>Time has passed: do what is due now.</summary>
    public sealed record PassTime : ReferralCommand;

    /// <summary>
    /// A partner's message. <paramref name="Number"/> counts the messages of one assignment from 1, so that a lost or overtaken one shows.
    /// </summary>
    public sealed record Hear(AssignmentId Assignment, int Number, DateTimeOffset At, PartnerSaid Said) : ReferralCommand;
}

/// <summary>What a partner did with an assignment, as its message says.</summary>
public abstract record PartnerSaid
{
    private PartnerSaid() { }

    /// <summary>The offer arrived.</summary>
    public sealed record Received : PartnerSaid;

    /// <summary>A person has seen it.</summary>
    public sealed record Acknowledged : PartnerSaid;

    /// <summary>Accepted.</summary>
    public sealed record Accepted : PartnerSaid;

    /// <summary>The acknowledgement was taken back.</summary>
    public sealed record AcknowledgementUndone : PartnerSaid;

    /// <summary>The acceptance was taken back.</summary>
    public sealed record AcceptanceUndone : PartnerSaid;

    /// <summary>Declined with a coded reason.</summary>
    public sealed record Declined(string Reason, Note? Note) : PartnerSaid;

    /// <summary>Asked something.</summary>
    public sealed record Asked(QuestionId Question, Note Text) : PartnerSaid;

    /// <summary>Work began.</summary>
    public sealed record Started : PartnerSaid;

    /// <summary>First contact with the client.</summary>
    public sealed record FirstContact : PartnerSaid;

    /// <summary>Work was interrupted.</summary>
    public sealed record Paused : PartnerSaid;

    /// <summary>Work goes on.</summary>
    public sealed record Resumed : PartnerSaid;

    /// <summary>Completed.</summary>
    public sealed record Completed(string Outcome, IReadOnlyDictionary<string, FactValue> Facts) : PartnerSaid;

    /// <summary>The client came with the code.</summary>
    public sealed record HandedOver : PartnerSaid;

    /// <summary>Too many wrong codes were typed; this one is blocked.</summary>
    public sealed record HandoverBlocked(int Issue) : PartnerSaid;

    /// <summary>The contact card was opened.</summary>
    public sealed record CardOpened(int Issue) : PartnerSaid;

    /// <summary>The contact card can't be opened.</summary>
    public sealed record CardReturned(int Issue) : PartnerSaid;
}
