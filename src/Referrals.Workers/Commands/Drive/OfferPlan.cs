using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Workers.Commands.Drive;

/// <summary>What a caseworker does beside the agreed way.</summary>
internal enum Turn
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Moves the step to another partner.</summary>
    Reroute,

    /// <summary>Leaves the step out.</summary>
    Skip,

    /// <summary>Takes the referral back.</summary>
    Withdraw,

    /// <summary>Records that the client withdrew the consent.</summary>
    WithdrawConsent,

    /// <summary>Closes the referral early.</summary>
    Close,
}

/// <summary>
/// What becomes of one offer, as the seed says for place, partner and attempt. Each list is done in one go; between them the case holder
/// comes to know of it and may act.
/// </summary>
/// <param name="First">What the caseworker does before the partner does anything.</param>
/// <param name="Reminds">Whether the caseworker reminds first.</param>
/// <param name="Look">What the partner does first: acknowledge, ask; may be nothing.</param>
/// <param name="IsAnswered">Whether the caseworker answers what was asked.</param>
/// <param name="Decision">Accepting or declining; empty: the partner leaves it lying.</param>
/// <param name="Second">What the caseworker does once it was accepted.</param>
/// <param name="Labour">What the partner does then; without completing it stays open.</param>
internal sealed record OfferPlan(
    Turn First, bool Reminds, IReadOnlyList<Act> Look, bool IsAnswered, IReadOnlyList<Act> Decision, Turn Second, IReadOnlyList<Act> Labour)
{
    private static readonly string[] Reasons =
    [
        "no-capacity", "not-responsible", "target-group-mismatch", "information-missing", "already-served", "client-not-reached", "client-declined", "other",
    ];

    /// <summary>The plan of an offer.</summary>
    public static OfferPlan Of(Dice dice, ChainVersion chain, Place place, OrganisationId partner, int attempt)
    {
        var at = $"{place} {partner} {attempt}";
        var asks = dice.Chance(0.15, "asks", at);
        return new OfferPlan(
            TurnAt(dice, "first", at),
            dice.Chance(0.05, "reminds", at),
            [
                .. dice.Chance(0.6, "acknowledges", at) ? (Act[])[new Act.Acknowledge()] : [],
                .. asks ? (Act[])[new Act.Ask(dice.Pick(Phrases.Questions, "question", at))] : [],
            ],
            dice.Chance(0.95, "answers", at),
            Decide(dice, at),
            TurnAt(dice, "second", at),
            Work(dice, chain, place, at));
    }

    private static Turn TurnAt(Dice dice, string when, string at) => dice.Roll("turn", when, at) switch
    {
        < 0.03 => Turn.Reroute,
        < 0.04 => Turn.Skip,
        < 0.055 => Turn.Withdraw,
        < 0.065 => Turn.WithdrawConsent,
        < 0.075 => Turn.Close,
        _ => Turn.None,
    };

    private static IReadOnlyList<Act> Decide(Dice dice, string at)
    {
        switch (dice.Roll("decides", at))
        {
            case < 0.04:
                return [];
            case < 0.20:
                var reason = dice.Pick(Reasons, "reason", at);
                return [new Act.Decline(reason, reason == "other" ? dice.Pick(Phrases.Reasons, "other", at) : null)];
            default:
                return [new Act.Accept()];
        }
    }

    private static List<Act> Work(Dice dice, ChainVersion chain, Place place, string at)
    {
        var step = chain.Step(NodeOf(place));
        var acts = new List<Act>();
        Add(0.6, "meets", new Act.FirstContact());
        Add(0.8, "starts", new Act.Start());
        if (acts is [.., Act.Start] && dice.Chance(0.15, "pauses", at))
        {
            acts.Add(new Act.Pause());
            Add(0.8, "resumes", new Act.Resume());
        }

        switch (dice.Roll("ends", at))
        {
            case < 0.03:
                return acts is [.., Act.Pause or Act.Start] ? acts : [];
            case < 0.05 when acts.Count == 0:
                return [new Act.Decline("no-capacity", null)];
            default:
                return [.. acts, new Act.Complete(
                    dice.Pick(step.Outcomes, "outcome", at),
                    step.ReturnFacts.Where(f => dice.Chance(0.8, "returns", f, at)).ToDictionary(f => f, f => StartPlan.Value(dice, chain.FindFact(f)!, at)))];
        }

        void Add(double probability, string what, Act act)
        {
            if (dice.Chance(probability, what, at))
            {
                acts.Add(act);
            }
        }
    }

    /// <summary>The node that runs at a place.</summary>
    public static NodeId NodeOf(Place place) => new(place.Value[(place.Value.LastIndexOf('/') + 1)..]);
}
