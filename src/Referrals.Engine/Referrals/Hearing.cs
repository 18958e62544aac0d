using System.Diagnostics;
using Referrals.Engine.Chains;
using static Referrals.Engine.Referrals.ReferralDecision;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>
/// The decisions on partners' messages. A message about an offer that was taken back, or one heard before, changes nothing: the
/// withdrawal is on its way to the partner and wins there too. A message that overtook another has to come again. One that can't
/// follow what the partner said before, or that the chain does not allow, is refused: what comes over the wire is not taken on trust.
/// </summary>
internal static class Hearing
{
    /// <summary>Decides a partner's message.</summary>
    public static ReferralDecision Decide(ReferralCommand.Hear hear, ReferralState state, ChainVersion chain)
    {
        if (!state.Offers.TryGetValue(hear.Assignment, out var offer))
        {
            throw new InvalidOperationException("a message about an assignment reached a referral that does not hold it");
        }

        if (!offer.IsOpen || hear.Number <= offer.Heard)
        {
            return new Happens([]);
        }

        return hear.Number > offer.Heard + 1 ? new TooEarly()
            : Fits(hear.Said, offer, chain) ? new Happens([Record(hear, offer, chain)])
            : new Refused(ReferralRefusal.MessageDoesNotFit);
    }

    private static bool Fits(PartnerSaid said, Offer offer, ChainVersion chain) => said switch
    {
        PartnerSaid.Received => offer.Status == OfferStatus.Offered,
        PartnerSaid.Acknowledged => offer.Status == OfferStatus.Received,
        PartnerSaid.Accepted => offer.Status is OfferStatus.Received or OfferStatus.Acknowledged,
        PartnerSaid.AcknowledgementUndone => offer.Status == OfferStatus.Acknowledged,
        PartnerSaid.AcceptanceUndone => offer.Status == OfferStatus.Accepted && offer.FirstContactAt is null,
        PartnerSaid.Declined declined => offer.Status is OfferStatus.Received or OfferStatus.Acknowledged or OfferStatus.Accepted
            && Codes.IsCode(declined.Reason),
        PartnerSaid.Asked asked => offer.Status != OfferStatus.Offered && !offer.Questions.ContainsKey(asked.Question),
        PartnerSaid.Started => offer.Status == OfferStatus.Accepted,
        PartnerSaid.FirstContact => offer.IsAccepted && offer.FirstContactAt is null,
        PartnerSaid.Paused => offer.Status == OfferStatus.Started,
        PartnerSaid.Resumed => offer.Status == OfferStatus.Paused,
        PartnerSaid.HandedOver => offer.Handover is { RedeemedAt: null },
        PartnerSaid.HandoverBlocked blocked => offer.Handover is { RedeemedAt: null } code && blocked.Issue >= 1 && blocked.Issue <= code.Issue,
        PartnerSaid.CardOpened opened => offer.Card is { } card && opened.Issue >= 1 && opened.Issue <= card.Issue,
        PartnerSaid.CardReturned returned => offer.Card is { } card && returned.Issue >= 1 && returned.Issue <= card.Issue,
        PartnerSaid.Completed completed => offer.IsAccepted && Reports(chain.Step(offer.Step)).Contains(completed.Outcome),
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<string> Reports(ChainNode.Step step) => step.Outcomes.Select(o => OutcomeCodes.Reported(o, step.Feedback));

    private static Event Record(ReferralCommand.Hear hear, Offer offer, ChainVersion chain)
    {
        var (assignment, number, at) = (hear.Assignment, hear.Number, hear.At);
        return hear.Said switch
        {
            PartnerSaid.Received => new Event.StepReceived(assignment, number) { At = at },
            PartnerSaid.Acknowledged => new Event.StepAcknowledged(assignment, number) { At = at },
            PartnerSaid.Accepted => new Event.StepAccepted(assignment, number, CompleteBy(offer, chain, at)) { At = at },
            PartnerSaid.AcknowledgementUndone => new Event.StepAcknowledgementUndone(assignment, number) { At = at },
            PartnerSaid.AcceptanceUndone => new Event.StepAcceptanceUndone(assignment, number) { At = at },
            PartnerSaid.Declined said => new Event.StepDeclined(assignment, number, said.Reason, said.Note) { At = at },
            PartnerSaid.Asked said => new Event.StepAsked(assignment, number, said.Question, said.Text) { At = at },
            PartnerSaid.Started => new Event.StepStarted(assignment, number) { At = at },
            PartnerSaid.FirstContact => new Event.FirstContactMade(assignment, number) { At = at },
            PartnerSaid.Paused => new Event.StepPaused(assignment, number) { At = at },
            PartnerSaid.Resumed => new Event.StepResumed(assignment, number) { At = at },
            PartnerSaid.HandedOver => new Event.HandoverRedeemed(assignment, number) { At = at },
            PartnerSaid.HandoverBlocked said => new Event.HandoverBlocked(assignment, number, said.Issue) { At = at },
            PartnerSaid.CardOpened said => new Event.CardOpened(assignment, number, said.Issue) { At = at },
            PartnerSaid.CardReturned said => new Event.CardReturned(assignment, number, said.Issue) { At = at },
            PartnerSaid.Completed said => new Event.StepCompleted(assignment, number, said.Outcome, Allowed(said, offer, chain)) { At = at },
            _ => throw new UnreachableException(),
        };
    }

    private static DateTimeOffset? CompleteBy(Offer offer, ChainVersion chain, DateTimeOffset at) =>
        offer.Agreed is not { } agreed ? chain.CompleteBy(offer.Step, at)
        : agreed.Days is { } days ? chain.Calendar().Deadline(at, days)
        : null;

    // Pair assertion: the partner's side checked this too. A fact that was not agreed is dropped: the outcome counts all the same.
    private static Dictionary<string, FactValue> Allowed(PartnerSaid.Completed said, Offer offer, ChainVersion chain)
    {
        var step = chain.Step(offer.Step);
        return said.Facts
            .Where(f => step.ReturnFacts.Contains(f.Key) && chain.FindFact(f.Key) is { } declared && declared.Type.Allows(f.Value))
            .ToDictionary(f => f.Key, f => f.Value);
    }
}
