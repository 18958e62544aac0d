using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Workers.Commands.Drive;

/// <summary>
/// Says who does what next in one referral. One thing at a time and in a fixed order, so that nothing depends on which message was faster;
/// referrals run side by side. Remembers only what it has had done. One for each play of a referral.
/// </summary>
internal sealed class Director(Dice dice, StartPlan plan)
{
    // With these bounds every referral comes to rest.
    private const int MostOffersAtPlace = 6;
    private const int MostReopenings = 1;

    private readonly HashSet<string> _done = [];
    private int _reopened;

    /// <summary>The next move; null when the referral has ended or nobody does anything any more.</summary>
    public Move? Next(Picture now)
    {
        if (now.HasEnded)
        {
            return Reopen(now);
        }

        foreach (var offer in now.Offers.Where(o => o.IsOpen).OrderBy(o => o.Place.Value, StringComparer.Ordinal).ThenBy(o => o.Partner.Value, StringComparer.Ordinal))
        {
            if (OnOffer(now, offer) is { } move)
            {
                return move;
            }
        }

        return now.Waiting.OrderBy(w => w.Place.Value, StringComparer.Ordinal).Select(w => OnWait(now, w)).FirstOrDefault(m => m is not null);
    }

    private Move.Reopen? Reopen(Picture now)
    {
        var places = now.Ends.Keys.OrderBy(p => p.Value, StringComparer.Ordinal).ToList();
        if (now.Status is not ("completed" or "closed-early") || places.Count == 0 || _reopened == MostReopenings || !dice.Chance(0.06, "reopens"))
        {
            return null;
        }

        _reopened++;
        return new Move.Reopen([dice.Pick(places, "reopens-at")]);
    }

    private Move? OnOffer(Picture now, PicturedOffer offer)
    {
        var attempt = now.Attempt(offer);
        var steps = OfferPlan.Of(dice, plan.Chain.Version, offer.Place, offer.Partner, attempt);
        var at = $"{offer.Assignment}";
        if (Once(at, "first") && CaseworkersTurn(now, offer, steps.First) is { } first)
        {
            return first;
        }

        if (steps.Reminds && Once(at, "reminds"))
        {
            return new Move.Remind(offer);
        }

        if (steps.Look.Count > 0 && Once(at, "look"))
        {
            return new Move.Work(offer, steps.Look);
        }

        if (offer.Questions.FirstOrDefault(q => !q.IsAnswered) is { } question)
        {
            return steps.IsAnswered ? new Move.Answer(offer, question.Id, dice.Pick(Phrases.Answers, "answer", $"{offer.Place}")) : null;
        }

        if (steps.Decision.Count > 0 && Once(at, "decision"))
        {
            return new Move.Work(offer, steps.Decision);
        }

        if (offer.Status != "accepted")
        {
            return null;
        }

        return Once(at, "second") && CaseworkersTurn(now, offer, steps.Second) is { } second ? second
            : steps.Labour.Count > 0 && Once(at, "labour") ? new Move.Work(offer, steps.Labour)
            : null;
    }

    private Move? CaseworkersTurn(Picture now, PicturedOffer offer, Turn turn) => turn switch
    {
        Turn.None => null,
        Turn.Reroute => Others(now, offer.Place) is { Count: > 0 } others ? new Move.Reroute(offer.Place, dice.Pick(others, "reroute", $"{offer.Place}")) : null,
        Turn.Skip => new Move.Skip(offer.Place),
        Turn.Withdraw => new Move.Withdraw("situation-changed"),
        Turn.WithdrawConsent => new Move.WithdrawConsent(),
        Turn.Close => new Move.Close(),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private Move? OnWait(Picture now, PicturedWait wait)
    {
        var offered = now.Offers.Count(o => o.Place == wait.Place);
        var at = $"{wait.Place} {offered}";
        switch (wait.For)
        {
            case "part":
                return dice.Chance(0.04, "leaves-part", at) ? null : new Move.DecidePart(wait.Place, dice.Chance(0.5, "includes", at));
            case "consent":
                return dice.Chance(0.3, "leaves-consent", at) ? null : new Move.RecordConsent(StartPlan.WholeConsent(plan.Consent.Given));
            case "partner":
                return dice.Chance(0.05, "leaves-partner", at) ? null
                    : offered >= MostOffersAtPlace || dice.Chance(0.2, "skips", at) ? new Move.Skip(wait.Place)
                    : new Move.Choose(wait.Place, dice.Pick(plan.Chain.Version.Step(OfferPlan.NodeOf(wait.Place)).Partners, "chooses", at));
            default:
                throw new DriveException($"the referral waits for something unknown: '{wait.For}'");
        }
    }

    private List<OrganisationId> Others(Picture now, Place place) =>
    [
        .. plan.Chain.Version.Step(OfferPlan.NodeOf(place)).Partners
            .Where(p => now.Offers.Count(o => o.Place == place) < MostOffersAtPlace && !now.Offers.Any(o => o.Place == place && o.IsOpen && o.Partner == p)),
    ];

    private bool Once(string assignment, string what) => _done.Add($"{assignment} {what}");
}

/// <summary>The drive can't go on with a referral: the product did something that the driver can't explain.</summary>
internal sealed class DriveException(string message) : Exception(message);
