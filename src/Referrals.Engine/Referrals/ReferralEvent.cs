using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Referrals;

/// <summary>
/// What happened in a referral, in the tenant of the organisation that holds the case. Times are UTC; what a partner did carries
/// the partner's time, when it became known here is the time stamp of the log.
/// </summary>
public abstract partial record ReferralEvent
{
    private ReferralEvent() { }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A caseworker started the referral with the client's consent; pins the chain's version and content.</summary>
    public sealed record Started(
        ReferralId Referral,
        OrganisationId Holder,
        ChainId Chain,
        int ChainVersion,
        string ContentHash,
        [property: Sealed] string CaseReference,
        Consent Consent,
        IReadOnlyDictionary<string, FactValue> Facts,
        IReadOnlyDictionary<NodeId, OrganisationId> Partners,
        IReadOnlyDictionary<NodeId, bool> Parts,
        [property: Sealed] Note? Note = null,
        string? Caseworker = null,
        Release? Release = null) : ReferralEvent;

    /// <summary>
    /// It runs on another version of its chain from here on. What is with a partner stays as it was offered; <paramref name="Left"/> are the places
    /// reached that the new version doesn't have, <paramref name="Branches"/> the numbers of the branches taken as the new version counts them,
    /// <paramref name="CompleteWithin"/> the working days agreed for offers that wait to be accepted, where the new version says otherwise,
    /// <paramref name="Consent"/> what the consent still covers, <paramref name="Release"/> what the release from secrecy does, where that is less than before.
    /// </summary>
    public sealed record MovedToVersion(
        int From,
        int To,
        string ContentHash,
        IReadOnlyList<Place> Left,
        IReadOnlyDictionary<Place, int?> Branches,
        IReadOnlyDictionary<AssignmentId, int?> CompleteWithin,
        Consent? Consent = null,
        Release? Release = null) : ReferralEvent;

    /// <summary>A colleague looks after it from here on (sign-in name), or nobody.</summary>
    public sealed record CaseworkerChanged(string? To = null) : ReferralEvent;

    /// <summary>A choice was reached and took a branch, counted from 0, otherwise after the last; null: none of them and no otherwise.</summary>
    public sealed record BranchTaken(Place Place, int? Branch = null) : ReferralEvent;

    /// <summary>A round of a repeated part ended: another one follows, or not.</summary>
    public sealed record RoundEnded(Place Place, int Round, bool Again) : ReferralEvent;

    /// <summary>A caseworker included an optional part or left it out.</summary>
    public sealed record PartDecided(Place Place, bool Included) : ReferralEvent;

    /// <summary>A caseworker chose the partner that a step is offered to next.</summary>
    public sealed record PartnerChosen(Place Place, OrganisationId Partner) : ReferralEvent;

    /// <summary>A step was offered to a partner under a random id.</summary>
    public sealed record StepOffered(
        Place Place,
        NodeId Step,
        AssignmentId Assignment,
        OrganisationId Partner,
        OrganisationId Holder,
        ChainId Chain,
        int ChainVersion,
        DateTimeOffset AcknowledgeBy,
        IReadOnlyDictionary<string, FactValue> Facts,
        [property: Sealed] Note? Note = null) : ReferralEvent;

    /// <summary>The offer arrived at the partner.</summary>
    public sealed record StepReceived(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>A person at the partner has seen the offer.</summary>
    public sealed record StepAcknowledged(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>The partner accepted.</summary>
    public sealed record StepAccepted(AssignmentId Assignment, int Number, DateTimeOffset? CompleteBy = null) : ReferralEvent;

    /// <summary>The partner took the acknowledgement back: nobody has seen the offer.</summary>
    public sealed record StepAcknowledgementUndone(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>The partner took the acceptance back: the offer stands as before it.</summary>
    public sealed record StepAcceptanceUndone(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>The partner declined, with a coded reason.</summary>
    public sealed record StepDeclined(AssignmentId Assignment, int Number, string Reason, [property: Sealed] Note? Note = null) : ReferralEvent;

    /// <summary>The partner asked something.</summary>
    public sealed record StepAsked(AssignmentId Assignment, int Number, QuestionId Question, [property: Sealed] Note Text) : ReferralEvent;

    /// <summary>A caseworker answered a partner's question.</summary>
    public sealed record StepAnswered(AssignmentId Assignment, OrganisationId Partner, QuestionId Question, [property: Sealed] Note Text) : ReferralEvent;

    /// <summary>The partner began to work.</summary>
    public sealed record StepStarted(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>The partner and the client met or spoke for the first time.</summary>
    public sealed record FirstContactMade(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>The partner interrupted its work.</summary>
    public sealed record StepPaused(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>The partner took its work up again.</summary>
    public sealed record StepResumed(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>The partner completed the step; outcome and facts as far as the chain's feedback allows.</summary>
    public sealed record StepCompleted(
        AssignmentId Assignment, int Number, string Outcome, IReadOnlyDictionary<string, FactValue> Facts) : ReferralEvent;

    /// <summary>The partner was reminded, by the agreed rule or by a caseworker.</summary>
    public sealed record StepReminded(AssignmentId Assignment, OrganisationId Partner, Reminder Reminder) : ReferralEvent;

    /// <summary>The coordinator was told that a deadline passed.</summary>
    public sealed record StepEscalated(
        AssignmentId Assignment,
        OrganisationId Coordinator,
        OrganisationId Partner,
        ChainId Chain,
        int ChainVersion,
        NodeId Step,
        Deadline Deadline,
        DateTimeOffset MissedAt) : ReferralEvent;

    /// <summary>The sender took an offer or assignment back, whatever the partner had done with it so far.</summary>
    public sealed record OfferWithdrawn(AssignmentId Assignment, OrganisationId Partner, WithdrawalReason Reason) : ReferralEvent;

    /// <summary>A caseworker moved a step from one partner to another.</summary>
    public sealed record StepRerouted(Place Place, OrganisationId To) : ReferralEvent;

    /// <summary>A step was left out: by the agreed rule after a refusal, or by a caseworker.</summary>
    public sealed record StepSkipped(Place Place, NodeId Step, bool ByRule) : ReferralEvent;

    /// <summary>A caseworker recorded a new or wider consent.</summary>
    public sealed record ConsentRecorded(Consent Consent) : ReferralEvent;

    /// <summary>The client withdrew the consent; open steps stop.</summary>
    public sealed record ConsentWithdrawn : ReferralEvent;

    /// <summary>The case holder took the whole referral back.</summary>
    public sealed record Withdrawn(string Reason) : ReferralEvent;

    /// <summary>The referral ended.</summary>
    public sealed record Closed(ClosingReason Reason) : ReferralEvent;

    /// <summary>A caseworker opened the referral again, to run the steps at these places once more.</summary>
    public sealed record Reopened(IReadOnlyList<Place> Again, Consent? Consent = null) : ReferralEvent;

    /// <summary>The partner was told to erase the words of its assignment.</summary>
    public sealed record StepErased(AssignmentId Assignment, OrganisationId Partner, ErasureReason Reason) : ReferralEvent;

    /// <summary>The words of the referral and its case reference were erased: its key was destroyed with this event. The codes stay.</summary>
    public sealed record Erased(ErasureReason Reason) : ReferralEvent;
}

/// <summary>The client's consent (§ 67b(2) SGB X).</summary>
/// <param name="Form">How it was given.</param>
/// <param name="Given">Day it was given.</param>
/// <param name="Purpose">Code of the purpose.</param>
/// <param name="Until">Last day on which it counts; null: until withdrawn.</param>
/// <param name="Steps">Steps that it covers; null: the whole chain.</param>
public sealed record Consent(
    ConsentForm Form, DateOnly Given, string Purpose, DateOnly? Until = null, IReadOnlyList<NodeId>? Steps = null)
{
    /// <summary>Whether a step may be offered on that day.</summary>
    public bool Covers(NodeId step, DateOnly on) => (Until is not { } until || on <= until) && (Steps is null || Steps.Contains(step));

    /// <summary>Whether the other one says the same; lists are compared by what they hold.</summary>
    public bool IsSameAs(Consent? other) =>
        other is not null && this with { Steps = null } == other with { Steps = null }
        && (Steps is null) == (other.Steps is null) && (Steps ?? []).SequenceEqual(other.Steps ?? []);
}

/// <summary>How a consent was given.</summary>
public enum ConsentForm
{
    /// <summary>On paper, signed.</summary>
    Written,

    /// <summary>Electronically.</summary>
    Electronic,
}

/// <summary>Which time was agreed.</summary>
public enum Deadline
{
    /// <summary>To acknowledge the offer.</summary>
    Acknowledge,

    /// <summary>To complete the accepted step.</summary>
    Complete,
}

/// <summary>Why a partner was reminded.</summary>
public enum Reminder
{
    /// <summary>The time for acknowledging ends soon.</summary>
    Acknowledge,

    /// <summary>The time for completing ends soon.</summary>
    Complete,

    /// <summary>A caseworker asked for it.</summary>
    ByCaseworker,
}

/// <summary>Why an offer was taken back.</summary>
public enum WithdrawalReason
{
    /// <summary>The time for acknowledging passed; the next partner is asked.</summary>
    DeadlinePassed,

    /// <summary>Another partner accepted first.</summary>
    OtherAccepted,

    /// <summary>A caseworker moved the step to another partner.</summary>
    Rerouted,

    /// <summary>A caseworker left the step out.</summary>
    Skipped,

    /// <summary>The whole referral was taken back.</summary>
    ReferralWithdrawn,

    /// <summary>The client withdrew the consent.</summary>
    ConsentWithdrawn,

    /// <summary>The referral was closed early.</summary>
    ReferralClosed,

    /// <summary>The last day of the client's consent has passed.</summary>
    ConsentExpired,

    /// <summary>The client withdrew the release from professional secrecy.</summary>
    ReleaseWithdrawn,

    /// <summary>The last day of the release from professional secrecy has passed.</summary>
    ReleaseExpired,
}

/// <summary>Why words were erased.</summary>
public enum ErasureReason
{
    /// <summary>The time for which they may be kept has passed.</summary>
    Retention,

    /// <summary>The client asked for it (Art. 17 GDPR, § 84 SGB X).</summary>
    Request,

    /// <summary>They should never have been recorded.</summary>
    Error,
}

/// <summary>Why a referral ended.</summary>
public enum ClosingReason
{
    /// <summary>The chain ran to its end.</summary>
    Completed,

    /// <summary>A caseworker closed it early.</summary>
    ByCaseworker,

    /// <summary>It was taken back.</summary>
    Withdrawn,

    /// <summary>The client withdrew the consent.</summary>
    ConsentWithdrawn,
}
