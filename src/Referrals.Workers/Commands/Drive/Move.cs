using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Drive;

/// <summary>One thing that somebody does.</summary>
internal abstract record Move
{
    private Move() { }

    /// <summary>What the partner does with an assignment, one after the other, without waiting for the case holder.</summary>
    public sealed record Work(PicturedOffer Offer, IReadOnlyList<Act> Acts) : Move;

    /// <summary>The caseworker answers a question.</summary>
    public sealed record Answer(PicturedOffer Offer, QuestionId Question, string Text) : Move;

    /// <summary>The caseworker reminds the partner.</summary>
    public sealed record Remind(PicturedOffer Offer) : Move;

    /// <summary>The caseworker chooses a partner.</summary>
    public sealed record Choose(Place Place, OrganisationId Partner) : Move;

    /// <summary>The caseworker moves a step to another partner.</summary>
    public sealed record Reroute(Place Place, OrganisationId Partner) : Move;

    /// <summary>The caseworker leaves a step out.</summary>
    public sealed record Skip(Place Place) : Move;

    /// <summary>The caseworker includes an optional part or leaves it out.</summary>
    public sealed record DecidePart(Place Place, bool Included) : Move;

    /// <summary>The caseworker records a wider consent.</summary>
    public sealed record RecordConsent(Consent Consent) : Move;

    /// <summary>The client withdraws the consent.</summary>
    public sealed record WithdrawConsent : Move;

    /// <summary>The caseworker takes the referral back.</summary>
    public sealed record Withdraw(string Reason) : Move;

    /// <summary>The caseworker closes the referral early.</summary>
    public sealed record Close : Move;

    /// <summary>The caseworker opens the referral again.</summary>
    public sealed record Reopen(IReadOnlyList<Place> Again) : Move;
}

/// <summary>One thing that a partner does with an assignment.</summary>
internal abstract record Act
{
    private Act() { }

    /// <summary>Has seen it.</summary>
    public sealed record Acknowledge : Act;

    /// <summary>Accepts.</summary>
    public sealed record Accept : Act;

    /// <summary>Declines.</summary>
    public sealed record Decline(string Reason, string? Note) : Act;

    /// <summary>Asks.</summary>
    public sealed record Ask(string Text) : Act;

    /// <summary>Meets the client for the first time.</summary>
    public sealed record FirstContact : Act;

    /// <summary>Starts to work.</summary>
    public sealed record Start : Act;

    /// <summary>Interrupts the work.</summary>
    public sealed record Pause : Act;

    /// <summary>Takes it up again.</summary>
    public sealed record Resume : Act;

    /// <summary>Completes.</summary>
    public sealed record Complete(string Outcome, IReadOnlyDictionary<string, FactValue> Facts) : Act;
}
