using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals;

/// <summary>One thing that is due in a referral now.</summary>
public abstract record Due
{
    private Due() { }

    /// <summary>Offer a step to these partners.</summary>
    public sealed record OfferStep(Place Place, ChainNode.Step Step, IReadOnlyList<OrganisationId> Partners) : Due;

    /// <summary>Record which branch a choice takes.</summary>
    public sealed record TakeBranch(Place Place, int? Branch) : Due;

    /// <summary>Record that a round ended.</summary>
    public sealed record EndRound(Place Place, int Round, bool Again) : Due;

    /// <summary>Leave a step out by the agreed rule.</summary>
    public sealed record SkipStep(Place Place, ChainNode.Step Step) : Due;

    /// <summary>Take an offer back.</summary>
    public sealed record WithdrawOffer(Offer Offer, WithdrawalReason Reason) : Due;

    /// <summary>Remind a partner.</summary>
    public sealed record Remind(Offer Offer, Reminder Reminder) : Due;

    /// <summary>Tell the coordinator.</summary>
    public sealed record Escalate(Offer Offer, Deadline Deadline, DateTimeOffset MissedAt) : Due;

    /// <summary>Record that nobody opened a contact card in its time.</summary>
    public sealed record ExpireCard(Offer Offer, int Issue) : Due;

    /// <summary>Tell that the consent ends soon.</summary>
    public sealed record TellConsentEnds(DateOnly Until) : Due;

    /// <summary>Stop what depends on the consent: its last day has passed.</summary>
    public sealed record ExpireConsent(DateOnly Until) : Due;

    /// <summary>Stop what depends on the release from secrecy: its last day has passed.</summary>
    public sealed record ExpireRelease(DateOnly Until) : Due;

    /// <summary>Close the referral: the chain has run to its end.</summary>
    public sealed record CloseReferral : Due;
}

/// <summary>What a referral waits for a caseworker to do at a place.</summary>
/// <param name="Place">Where.</param>
/// <param name="Node">Which node of the chain.</param>
/// <param name="For">What is waited for.</param>
public sealed record Waiting(Place Place, NodeId Node, WaitingFor For);

/// <summary>What a caseworker has to do.</summary>
public enum WaitingFor
{
    /// <summary>Choose a partner, or leave the step out.</summary>
    Partner,

    /// <summary>Include an optional part or leave it out.</summary>
    Part,

    /// <summary>Record a consent that covers the step.</summary>
    Consent,

    /// <summary>Record a release from professional secrecy that covers the step.</summary>
    Release,
}

/// <summary>What is next in a referral.</summary>
/// <param name="Due">What is due now, in order.</param>
/// <param name="Waiting">What waits for a caseworker.</param>
/// <param name="WakeAt">When time alone makes something due next; null: never.</param>
public sealed record FlowResult(IReadOnlyList<Due> Due, IReadOnlyList<Waiting> Waiting, DateTimeOffset? WakeAt)
{
    /// <summary>The steps that it stands at: reached and not ended.</summary>
    public IReadOnlyList<Place> At { get; init; } = [];
}
