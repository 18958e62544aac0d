using Referrals.Engine.Referrals.Moving;

namespace Referrals.Engine.Referrals;

/// <summary>What a decision on a referral comes to.</summary>
public abstract record ReferralDecision
{
    private ReferralDecision() { }

    /// <summary>These events happen; none: it was already done.</summary>
    public sealed record Happens(IReadOnlyList<ReferralEvent> Events) : ReferralDecision;

    /// <summary>It can't be done; nothing changes.</summary>
    public sealed record Refused(ReferralRefusal Refusal) : ReferralDecision;

    /// <summary>A message came before one that it follows: it has to come again later; nothing changes.</summary>
    public sealed record TooEarly : ReferralDecision;
}

/// <summary>Why something can't be done with a referral: a stable code, the field at fault if there is one, and plain words.</summary>
/// <param name="Code">Stable code, such as <c>referral-closed</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Field">Path of the input at fault, such as <c>facts.children</c>.</param>
public sealed record ReferralRefusal(string Code, string Message, string? Field = null)
{
    /// <summary>All that is wrong with the input, where more than one thing can be.</summary>
    public IReadOnlyList<ReferralRefusal> Faults { get; init; } = [];

    /// <summary>The start can't be made as it was given; every fault is named.</summary>
    public static ReferralRefusal InvalidStart(IReadOnlyList<ReferralRefusal> faults) =>
        new("referral-invalid", "The referral can't be started as given.") { Faults = faults };

    /// <summary>The consent can't be recorded as given; every fault is named.</summary>
    public static ReferralRefusal InvalidConsent(IReadOnlyList<ReferralRefusal> faults) =>
        new("consent-invalid", "The consent can't be recorded as given.") { Faults = faults };

    /// <summary>The release can't be recorded as given; every fault is named.</summary>
    public static ReferralRefusal InvalidRelease(IReadOnlyList<ReferralRefusal> faults) =>
        new("release-invalid", "The release can't be recorded as given.") { Faults = faults };

    /// <summary>The referral can't go on on the other version; every reason is named.</summary>
    public static ReferralRefusal MoveDoesNotFit(IReadOnlyList<MoveObstacle> obstacles) =>
        new("move-does-not-fit", "The referral doesn't fit the other version of the chain.")
        {
            Faults = [.. obstacles.Select(o => new ReferralRefusal(o.Code, o.Message.En ?? o.Message.De, o.Node?.Value))],
        };

    /// <summary>The reason given is not a code.</summary>
    public static readonly ReferralRefusal ReasonNotACode =
        new("reason-not-a-code", "A reason is a code of lower-case letters, digits and hyphens.", "reason");

    /// <summary>The text has names, which the chain doesn't let stay.</summary>
    public static readonly ReferralRefusal NamesNotKept = new("names-not-kept", "The agreement of this chain lets no names stay in texts.");

    /// <summary>There is no such referral in this organisation.</summary>
    public static readonly ReferralRefusal NotFound = new("referral-not-found", "There is no such referral.");

    /// <summary>The person in charge is no sign-in name.</summary>
    public static readonly ReferralRefusal AssigneeInvalid =
        new("assignee-invalid", "A sign-in name has 1 to 200 visible characters without spaces.", "assignee");

    /// <summary>The chain has no version in force, or not this one.</summary>
    public static readonly ReferralRefusal ChainNotInForce = new("chain-not-in-force", "The chain has no version in force.", "chain");

    /// <summary>Another version came into force since somebody looked at what moving would change.</summary>
    public static readonly ReferralRefusal MoveTargetChanged = new("move-target-changed", "Another version of the chain is in force now; look at what moving to it would change.", "to");

    /// <summary>The referral has ended.</summary>
    public static readonly ReferralRefusal Closed = new("referral-closed", "The referral is closed.");

    /// <summary>Its words were erased, so nobody works on it any more.</summary>
    public static readonly ReferralRefusal Erased = new("referral-erased", "The referral was erased; nothing can be done with it any more.");

    /// <summary>The referral has not ended.</summary>
    public static readonly ReferralRefusal NotClosed = new("referral-not-closed", "The referral is not closed.");

    /// <summary>The referral's id is taken by another one.</summary>
    public static readonly ReferralRefusal AlreadyStarted = new("referral-already-started", "A referral with this id was already started otherwise.");

    /// <summary>No such place has been reached.</summary>
    public static readonly ReferralRefusal PlaceNotReached = new("place-not-reached", "The referral has not reached this step.", "place");

    /// <summary>The step at this place has ended.</summary>
    public static readonly ReferralRefusal StepEnded = new("step-ended", "The step has already ended.", "place");

    /// <summary>The step is with a partner; it can be rerouted.</summary>
    public static readonly ReferralRefusal StepWithPartner = new("step-with-partner", "The step is with a partner; reroute it instead.", "place");

    /// <summary>The step is with no partner; a partner can be chosen.</summary>
    public static readonly ReferralRefusal StepNotWithPartner = new("step-not-with-partner", "The step is with no partner; choose one instead.", "place");

    /// <summary>The partner is not among those agreed for the step.</summary>
    public static readonly ReferralRefusal PartnerNotAgreed = new("partner-not-agreed", "The chain does not name this partner for the step.", "partner");

    /// <summary>The partner ended its agreement to the chain and is offered nothing new.</summary>
    public static readonly ReferralRefusal PartnerWithdrew = new("partner-withdrew", "The partner has withdrawn from this chain and gets no new offers.", "partner");

    /// <summary>The step is with that partner already.</summary>
    public static readonly ReferralRefusal SamePartner = new("same-partner", "The step is with this partner already.", "partner");

    /// <summary>The part's inclusion was decided otherwise.</summary>
    public static readonly ReferralRefusal PartDecided = new("part-decided", "It was already decided otherwise whether this part is included.", "included");

    /// <summary>No such question is open.</summary>
    public static readonly ReferralRefusal QuestionNotFound = new("question-not-found", "There is no such question.", "question");

    /// <summary>The question has another answer.</summary>
    public static readonly ReferralRefusal QuestionAnswered = new("question-answered", "The question was already answered.", "question");

    /// <summary>No such assignment belongs to the referral, or it has ended.</summary>
    public static readonly ReferralRefusal AssignmentNotOpen = new("assignment-not-open", "There is no such open assignment.", "assignment");

    /// <summary>The client has come to the partner with a code; another one isn't needed.</summary>
    public static readonly ReferralRefusal HandoverRedeemed = new("handover-redeemed", "The client has come to the partner with a code already.");

    /// <summary>No code was made for the assignment.</summary>
    public static readonly ReferralRefusal HandoverNotIssued = new("handover-not-issued", "No code was made for this assignment.", "assignment");

    /// <summary>The partner has not accepted, so it needs no contact card.</summary>
    public static readonly ReferralRefusal CardNotAccepted = new("card-not-accepted", "The partner has not accepted yet; a contact card can be sealed afterwards.", "assignment");

    /// <summary>Consent or release from secrecy don't cover the step any more.</summary>
    public static readonly ReferralRefusal CardNotPermitted = new("card-not-permitted", "The client's consent, or the release from professional secrecy, doesn't cover this step.", "assignment");

    /// <summary>Another card was sealed meanwhile, or the form is from another day.</summary>
    public static readonly ReferralRefusal CardOutdated = new("card-outdated", "Another contact card was sealed meanwhile, or the day has changed; load it anew and seal again.", "issue");

    /// <summary>The partner has made another key, or has revoked this one.</summary>
    public static readonly ReferralRefusal CardKeyOutdated = new("card-key-outdated", "This is not the partner's current key; load it anew and seal again.", "key");

    /// <summary>What was sent is no sealed card.</summary>
    public static readonly ReferralRefusal CardInvalid = new("card-invalid", "This is not a sealed contact card, or too long.", "sealed");

    /// <summary>No card was sealed for the assignment.</summary>
    public static readonly ReferralRefusal CardNotSealed = new("card-not-sealed", "No contact card was sealed for this assignment.", "assignment");

    /// <summary>The partner has opened it.</summary>
    public static readonly ReferralRefusal CardOpened = new("card-opened", "The contact card was opened already.", "assignment");

    /// <summary>A partner's message says what can't follow what it said before, or what the chain does not allow.</summary>
    public static readonly ReferralRefusal MessageDoesNotFit =
        new("message-does-not-fit", "The partner's message does not fit what is known of the assignment.");

    /// <summary>The consent was withdrawn and no new one was given.</summary>
    public static readonly ReferralRefusal ConsentMissing = new("consent-missing", "A new consent is needed.", "consent");

    /// <summary>No steps were named.</summary>
    public static readonly ReferralRefusal StepsMissing = new("steps-missing", "Name at least one step.", "steps");

    /// <summary>A step named is none of the chain.</summary>
    public static readonly ReferralRefusal StepUnknown = new("step-unknown", "The chain has no such step.", "steps");

    /// <summary>A step named does not wait for a consent.</summary>
    public static readonly ReferralRefusal ConsentNotAwaited = new("consent-not-awaited", "The step does not wait for a consent.", "steps");

    /// <summary>A place given to be run again is not one that has ended.</summary>
    public static readonly ReferralRefusal NothingToRepeat = new("nothing-to-repeat", "Name at least one ended step that is run again.", "again");
}
