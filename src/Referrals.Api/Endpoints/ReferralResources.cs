using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Endpoints;

/// <summary>A client's consent.</summary>
/// <param name="Form">How it was given.</param>
/// <param name="Given">Day it was given.</param>
/// <param name="Purpose">Code of the purpose.</param>
/// <param name="Until">Last day on which it counts; absent: until withdrawn.</param>
/// <param name="Steps">Steps that it covers; absent: the whole chain.</param>
public sealed record ConsentResource(ConsentForm Form, DateOnly Given, string Purpose, DateOnly? Until = null, IReadOnlyList<NodeId>? Steps = null)
{
    /// <summary>As the engine takes it.</summary>
    public Consent ToConsent() => new(Form, Given, Purpose, Until, Steps);

    /// <summary>As the API shows it.</summary>
    public static ConsentResource From(Consent consent) => new(consent.Form, consent.Given, consent.Purpose, consent.Until, consent.Steps);
}

/// <summary>A client's release of professionals from their secrecy (§ 203 StGB).</summary>
/// <param name="Form">How it was given.</param>
/// <param name="Given">Day it was given.</param>
/// <param name="Steps">Steps that it covers, each by name.</param>
/// <param name="Until">Last day on which it counts; absent: until withdrawn.</param>
public sealed record ReleaseResource(ConsentForm Form, DateOnly Given, IReadOnlyList<NodeId> Steps, DateOnly? Until = null)
{
    /// <summary>As the engine takes it.</summary>
    public Release ToRelease() => new(Form, Given, Until, Steps);

    /// <summary>As the API shows it.</summary>
    public static ReleaseResource From(Release release) => new(release.Form, release.Given, release.Steps, release.Until);
}

/// <summary>The client withdrew the release from secrecy.</summary>
/// <param name="Steps">For these steps only; absent: as a whole.</param>
public sealed record WithdrawRelease(IReadOnlyList<NodeId>? Steps = null);

/// <summary>Starts a referral.</summary>
/// <param name="Chain">The chain; its version in force is taken and stays for this referral.</param>
/// <param name="CaseReference">Your own reference of the case: 1 to 40 letters, digits and - / _ . with a digit; nothing that names a person.</param>
/// <param name="Consent">The client's consent.</param>
/// <param name="Facts">Coded facts that the chain declares, by name.</param>
/// <param name="Partners">Partners of steps whose partner you choose, by step; can be chosen later.</param>
/// <param name="Parts">Whether optional parts are included, by id; can be decided later.</param>
/// <param name="Note">A note to the partners, of at most 500 characters; screened.</param>
/// <param name="Release">The client's release from secrecy, for steps that need one; can be recorded later.</param>
/// <param name="KeepNames">Why names may stay in the note, where the chain allows that; absent: they may not.</param>
public sealed record StartReferral(
    ChainId Chain,
    string CaseReference,
    ConsentResource Consent,
    IReadOnlyDictionary<string, FactValue>? Facts = null,
    IReadOnlyDictionary<NodeId, OrganisationId>? Partners = null,
    IReadOnlyDictionary<NodeId, bool>? Parts = null,
    string? Note = null,
    ReleaseResource? Release = null,
    KeptNames? KeepNames = null);

/// <summary>Takes a referral back.</summary>
/// <param name="Reason">Code of the reason, of your own choice.</param>
public sealed record WithdrawReferral(string Reason);

/// <summary>Erases the words of a referral.</summary>
/// <param name="Reason">Why: <c>request</c> of the client, <c>retention</c> (the time to keep them has passed), or <c>error</c> (they should never have been recorded).</param>
public sealed record EraseReferral(ErasureReason Reason);

/// <summary>That the words of a referral were erased; its texts and case reference read <c>(erased)</c>.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record ErasureResource(ErasureReason Reason, DateTimeOffset At);

/// <summary>Nothing to say beyond the act itself.</summary>
public sealed record Nothing;

/// <summary>The client withdrew the consent.</summary>
/// <param name="Steps">For these steps only; absent: as a whole.</param>
public sealed record WithdrawConsent(IReadOnlyList<NodeId>? Steps = null);

/// <summary>Lets steps that wait for a consent go on without one.</summary>
/// <param name="Steps">These steps and no others.</param>
/// <param name="Ground">What the law says.</param>
/// <param name="Reason">Why it applies, of at most 500 characters; screened.</param>
public sealed record OverrideConsent(IReadOnlyList<NodeId> Steps, LegalGround Ground, string Reason);

/// <summary>A step that goes on without a consent.</summary>
/// <param name="Step">The step.</param>
/// <param name="Ground">What the law says.</param>
public sealed record OverrideResource(NodeId Step, LegalGround Ground);

/// <summary>Opens a closed referral again.</summary>
/// <param name="Again">Places of ended steps that are run once more.</param>
/// <param name="Consent">A new consent; needed when the former was withdrawn.</param>
public sealed record ReopenReferral(IReadOnlyList<Place>? Again = null, ConsentResource? Consent = null);

/// <summary>Reminds a partner.</summary>
/// <param name="Assignment">The open assignment.</param>
public sealed record RemindPartner(AssignmentId Assignment);

/// <summary>Names the open assignment that a code is about.</summary>
/// <param name="Assignment">The open assignment.</param>
public sealed record HandoverOf(AssignmentId Assignment);

/// <summary>A code with which a client is handed over to a partner without a name.</summary>
/// <param name="Assignment">The assignment to which it belongs.</param>
/// <param name="Code">The code, shown in this answer and never again.</param>
/// <param name="Until">Until when it counts.</param>
public sealed record HandoverCodeResource(AssignmentId Assignment, string Code, DateTimeOffset Until);

/// <summary>The newest code with which a client is handed over; of the code itself nothing is kept.</summary>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="Until">Until when it counts.</param>
/// <param name="RevokedAt">When it was made worthless.</param>
/// <param name="BlockedAt">When the partner blocked it after too many wrong ones.</param>
/// <param name="RedeemedAt">When the client came with it.</param>
public sealed record IssuedHandoverResource(
    DateTimeOffset IssuedAt, DateTimeOffset Until, DateTimeOffset? RevokedAt = null, DateTimeOffset? BlockedAt = null, DateTimeOffset? RedeemedAt = null);

/// <summary>A contact card that was sealed to the partner's current key, as decisions/0023 says; what it holds is nobody's business but the partner's.</summary>
/// <param name="Assignment">The accepted assignment.</param>
/// <param name="Issue">Which card of the assignment it is, from 1: one more than that of the card before.</param>
/// <param name="Key">Fingerprint of the key.</param>
/// <param name="Until">Until when it can be opened: midnight in Berlin at the end of the fourteenth day after today.</param>
/// <param name="Sealed">The ciphertext in Base64, at most 8192 characters.</param>
public sealed record SealCard(AssignmentId Assignment, int Issue, string Key, DateTimeOffset Until, string Sealed);

/// <summary>Names the open assignment whose contact card it is about.</summary>
/// <param name="Assignment">The open assignment.</param>
public sealed record CardOf(AssignmentId Assignment);

/// <summary>The newest contact card that was sealed for the partner; what it says is not known here.</summary>
/// <param name="Issue">Which card of the assignment it is, from 1.</param>
/// <param name="Key">Fingerprint of the partner's key that it was sealed to.</param>
/// <param name="SealedAt">When it was sealed.</param>
/// <param name="Until">Until when it can be opened.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="OpenedAt">When the partner opened it.</param>
public sealed record IssuedCardResource(int Issue, string Key, DateTimeOffset SealedAt, DateTimeOffset Until, CardStatus Status, DateTimeOffset? OpenedAt = null);

/// <summary>Answers a partner's question.</summary>
/// <param name="Question">The question.</param>
/// <param name="Text">The answer, of at most 500 characters; screened.</param>
/// <param name="KeepNames">Why names may stay in the text, where the chain allows that; absent: they may not.</param>
public sealed record AnswerQuestion(QuestionId Question, string Text, KeptNames? KeepNames = null);

/// <summary>Names a partner for a step.</summary>
/// <param name="Place">Where in the referral.</param>
/// <param name="Partner">One of the partners that the chain names for the step.</param>
public sealed record PlacePartner(Place Place, OrganisationId Partner);

/// <summary>Leaves a step out.</summary>
/// <param name="Place">Where in the referral.</param>
public sealed record SkipStep(Place Place);

/// <summary>Decides an optional part.</summary>
/// <param name="Place">Where in the referral.</param>
/// <param name="Included">Whether it is included.</param>
public sealed record DecidePart(Place Place, bool Included);

/// <summary>A referral as its holder sees it.</summary>
/// <param name="Id">Its id, known in your organisation only.</param>
/// <param name="CaseReference">Your own reference.</param>
/// <param name="Chain">The chain.</param>
/// <param name="ChainVersion">The version that it stays on.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="Facts">Facts known now.</param>
/// <param name="Steps">Steps reached, in the order of the first offer.</param>
/// <param name="Waiting">What waits for a caseworker.</param>
/// <param name="Consent">The consent, also one whose last day has passed; absent after its withdrawal.</param>
/// <param name="EndedBecause">Why it ended, if it has.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="WakeAt">When time alone makes something due next.</param>
/// <param name="Note">The note to the partners.</param>
/// <param name="Number">The number by which your people speak of it, such as 2026-0408.</param>
/// <param name="Assignee">Sign-in name of the person who looks after it.</param>
/// <param name="Overrides">Steps that go on without a consent.</param>
/// <param name="Release">The release from secrecy, also one whose last day has passed; absent after its withdrawal.</param>
/// <param name="Erased">That its words were erased; absent while they are there.</param>
public sealed record ReferralResource(
    ReferralId Id,
    string CaseReference,
    ChainId Chain,
    int ChainVersion,
    ReferralStatus Status,
    DateTimeOffset StartedAt,
    IReadOnlyDictionary<string, FactValue> Facts,
    IReadOnlyList<StepResource> Steps,
    IReadOnlyList<WaitingResource> Waiting,
    ConsentResource? Consent = null,
    ClosingReason? EndedBecause = null,
    DateTimeOffset? EndedAt = null,
    DateTimeOffset? WakeAt = null,
    string? Note = null,
    string? Number = null,
    string? Assignee = null,
    IReadOnlyList<OverrideResource>? Overrides = null,
    ReleaseResource? Release = null,
    ErasureResource? Erased = null)
{
    /// <summary>As the API shows it.</summary>
    public static ReferralResource From(ReferralView view)
    {
        var (state, start) = (view.State, view.State.Start);
        return new ReferralResource(
            start.Referral, start.CaseReference, start.Chain, state.Pin.Version, view.Status, start.At, state.Facts,
            StepResource.From(state), [.. view.Next.Waiting.Select(w => new WaitingResource(w.Place, w.Node, w.For))],
            state.Consent is { } consent ? ConsentResource.From(consent) : null,
            state.Ended?.Reason, state.Ended?.At, view.Next.WakeAt, start.Note?.Text, view.Number?.ToString(), state.Caseworker,
            state.Overridden.IsEmpty ? null : [.. state.Overridden.OrderBy(o => o.Key.Value, StringComparer.Ordinal).Select(o => new OverrideResource(o.Key, o.Value))],
            state.Release is { } release ? ReleaseResource.From(release) : null,
            state.Erased is { } erased ? new ErasureResource(erased.Reason, erased.At) : null);
    }
}

/// <summary>Something that waits for a caseworker.</summary>
/// <param name="Place">Where in the referral; actions name it.</param>
/// <param name="Node">The node of the chain.</param>
/// <param name="For">What has to be done.</param>
public sealed record WaitingResource(Place Place, NodeId Node, WaitingFor For);

/// <summary>One run of a step.</summary>
/// <param name="Place">Where in the referral; actions name it.</param>
/// <param name="Offers">Every offer, in order.</param>
/// <param name="Outcome">Reported outcome, once it ended; <c>skipped</c> when it was left out.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record StepResource(Place Place, IReadOnlyList<OfferResource> Offers, string? Outcome = null, DateTimeOffset? EndedAt = null)
{
    /// <summary>The steps of a referral.</summary>
    public static IReadOnlyList<StepResource> From(ReferralState state) =>
    [
        .. state.Runs
            .Select(run => new StepResource(
                run.Key, [.. run.Value.Offers.Select(id => OfferResource.From(state.Offers[id]))], run.Value.End?.Outcome, run.Value.End?.At))
            .OrderBy(s => s.Offers.Count > 0 ? s.Offers[0].OfferedAt : s.EndedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(s => s.Place.Value, StringComparer.Ordinal),
    ];
}

/// <summary>One offer of a step to one partner.</summary>
/// <param name="Assignment">The handle that the partner knows.</param>
/// <param name="Step">The step.</param>
/// <param name="Partner">Whom it was offered to.</param>
/// <param name="Status">Where it stands, as far as known here.</param>
/// <param name="OfferedAt">When it was offered.</param>
/// <param name="AcknowledgeBy">By when it is to be acknowledged.</param>
/// <param name="Questions">Questions of the partner.</param>
/// <param name="ReceivedAt">When the partner's system received it.</param>
/// <param name="AcknowledgedAt">When a person had seen it.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="CompleteBy">By when it is to be completed.</param>
/// <param name="StartedAt">When work began.</param>
/// <param name="FirstContactAt">When the first contact was.</param>
/// <param name="EndedAt">When it was completed, declined or withdrawn.</param>
/// <param name="Outcome">Reported outcome, or reason for declining.</param>
/// <param name="Withdrawal">Why it was taken back.</param>
/// <param name="Handover">The newest code that the client carries, if one was made.</param>
/// <param name="Card">The newest contact card, if one was sealed.</param>
public sealed record OfferResource(
    AssignmentId Assignment,
    NodeId Step,
    OrganisationId Partner,
    OfferStatus Status,
    DateTimeOffset OfferedAt,
    DateTimeOffset AcknowledgeBy,
    IReadOnlyList<QuestionResource> Questions,
    DateTimeOffset? ReceivedAt = null,
    DateTimeOffset? AcknowledgedAt = null,
    DateTimeOffset? AcceptedAt = null,
    DateTimeOffset? CompleteBy = null,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? FirstContactAt = null,
    DateTimeOffset? EndedAt = null,
    string? Outcome = null,
    WithdrawalReason? Withdrawal = null,
    IssuedHandoverResource? Handover = null,
    IssuedCardResource? Card = null)
{
    /// <summary>As the API shows it.</summary>
    public static OfferResource From(Offer offer) => new(
        offer.Assignment, offer.Step, offer.Partner, offer.Status, offer.OfferedAt, offer.AcknowledgeBy,
        [.. offer.Questions.OrderBy(q => q.Value.AskedAt).Select(q => new QuestionResource(q.Key, q.Value.Text.Text, q.Value.AskedAt, q.Value.Answer?.Text, q.Value.AnsweredAt))],
        offer.ReceivedAt, offer.AcknowledgedAt, offer.AcceptedAt, offer.CompleteBy, offer.StartedAt, offer.FirstContactAt, offer.EndedAt,
        offer.Outcome, offer.Withdrawal,
        offer.Handover is { } code ? new IssuedHandoverResource(code.IssuedAt, code.Until, code.RevokedAt, code.BlockedAt, code.RedeemedAt) : null,
        offer.Card is { } card ? new IssuedCardResource(card.Issue, card.Key, card.SealedAt, card.Until, card.Recorded, card.OpenedAt) : null);
}

/// <summary>A partner's question.</summary>
/// <param name="Id">The question.</param>
/// <param name="Text">What was asked.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Answer">The answer, if there is one.</param>
/// <param name="AnsweredAt">When it was answered.</param>
public sealed record QuestionResource(QuestionId Id, string Text, DateTimeOffset AskedAt, string? Answer = null, DateTimeOffset? AnsweredAt = null);

/// <summary>One line of the list of referrals.</summary>
/// <param name="Id">The referral.</param>
/// <param name="CaseReference">Your own reference.</param>
/// <param name="Chain">The chain.</param>
/// <param name="ChainVersion">Its version.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Current">Steps that are with a partner, the most urgent first.</param>
/// <param name="StartedAt">When it was started.</param>
/// <param name="ChangedAt">The last change.</param>
/// <param name="DueAt">The next date by which a partner must act.</param>
/// <param name="Number">The number by which your people speak of it, such as 2026-0408.</param>
/// <param name="Assignee">Sign-in name of the person who looks after it.</param>
public sealed record ReferralLine(
    ReferralId Id, string CaseReference, ChainId Chain, int ChainVersion, ReferralStatus Status, IReadOnlyList<CurrentStepResource> Current,
    DateTimeOffset StartedAt, DateTimeOffset ChangedAt, DateTimeOffset? DueAt = null, string? Number = null,
    string? Assignee = null)
{
    /// <summary>As the API shows it.</summary>
    public static ReferralLine From(ReferralListItem item) => new(
        item.Id, item.CaseReference, item.Chain, item.ChainVersion, item.Status,
        [.. item.Current.Select(c => new CurrentStepResource(c.Step, c.Partner, c.Status, c.DueAt))], item.StartedAt, item.ChangedAt, item.DueAt,
        item.Number?.ToString(), item.Assignee);
}

/// <summary>A step that is with a partner.</summary>
/// <param name="Step">The step.</param>
/// <param name="Partner">The partner.</param>
/// <param name="Status">Where the offer stands.</param>
/// <param name="DueAt">By when the partner must act.</param>
public sealed record CurrentStepResource(NodeId Step, OrganisationId Partner, OfferStatus Status, DateTimeOffset? DueAt = null);
