using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Network;

/// <summary>A sealed contact card, as a browser gets it to open it.</summary>
/// <param name="Card">Which card it is.</param>
/// <param name="Sealed">Its ciphertext in Base64.</param>
public sealed record FetchedCard(ReceivedCard Card, string Sealed);

/// <summary>
/// Carries contact cards from a sender's browser to a partner's. The server sees ciphertext alone, keeps it beside the history, and deletes it with the event that ends the card.
/// </summary>
public sealed class CardService(ReferralService referrals, AssignmentService assignments, OrganisationService organisations, CardStore store)
{
    /// <summary>Takes a card that a caseworker's browser has sealed.</summary>
    /// <param name="actor">Who asks; the referral is looked for in the tenant of its organisation.</param>
    /// <param name="id">The referral.</param>
    /// <param name="seal">Which card of which assignment it is, and to which key it is sealed.</param>
    /// <param name="ciphertext">The ciphertext in Base64.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public async Task<ReferralOutcome> SealAsync(
        Actor actor, ReferralId id, ReferralCommand.SealCard seal, string ciphertext, long? expectedVersion, CancellationToken ct)
    {
        var view = await referrals.FindAsync(actor.Organisation, id, ct);
        if (view?.State.Offers.GetValueOrDefault(seal.Assignment) is not { } offer)
        {
            return new ReferralOutcome.Refused(view is null ? ReferralRefusal.NotFound : ReferralRefusal.AssignmentNotOpen);
        }

        if (!SealedCard.IsSealed(ciphertext))
        {
            return new ReferralOutcome.Refused(ReferralRefusal.CardInvalid);
        }

        var partner = await organisations.LookUpAsync(offer.Partner, ct);
        return CardKey.Current(partner?.CardKeys ?? [])?.Id != seal.Key
            ? new ReferralOutcome.Refused(ReferralRefusal.CardKeyOutdated)
            : await referrals.SealAsync(actor, id, seal, new RowChange.PutCard(
                actor.Tenant, seal.Assignment.Value, offer.Partner.Value, seal.Issue, seal.Key, seal.Until, ciphertext), expectedVersion, ct);
    }

    /// <summary>
    /// Hands the ciphertext out to a browser of the partner, and records that. It stays until one could open it (<see cref="AssignmentCommand.ConfirmCard"/>), so that a browser
    /// that can't loses nothing.
    /// </summary>
    public async Task<(AssignmentOutcome Outcome, FetchedCard? Card)> FetchAsync(Actor actor, AssignmentId id, CancellationToken ct)
    {
        // Looked for before it is counted: what is deleted, because its key was revoked, uses up no try.
        var known = await assignments.FindAsync(actor.Organisation, id, ct);
        var ciphertext = known?.State.Card is { } card ? await store.FindAsync(actor.Organisation, id, card.Issue, ct) : null;
        if (known is { State: { IsOpen: true, Card.IsPending: true } } && ciphertext is null)
        {
            return (new AssignmentOutcome.Refused(AssignmentRefusal.CardExpired), null);
        }

        var outcome = await assignments.DoAsync(actor, id, new AssignmentCommand.FetchCard((known?.State.Card?.Fetches ?? 0) + 1), null, ct);
        return outcome is AssignmentOutcome.Done { Assignment.State.Card: { } fetched } && ciphertext is not null && fetched.Issue == known!.State.Card!.Issue
            ? (outcome, new FetchedCard(fetched, ciphertext))
            : (outcome is AssignmentOutcome.Done ? new AssignmentOutcome.Refused(AssignmentRefusal.CardNotFetched) : outcome, null);
    }

    /// <summary>Revokes a key: nobody seals to it any more, and what was sealed to it is deleted.</summary>
    public async Task<OrganisationOutcome> RevokeKeyAsync(Actor actor, string key, long? expectedVersion, CancellationToken ct)
    {
        var outcome = await organisations.DoAsync(actor, actor.Organisation, new OrganisationCommand.RevokeCardKey(key), expectedVersion, ct);
        if (outcome is OrganisationOutcome.Done)
        {
            await store.DropOfKeyAsync(actor.Organisation, key, ct);
        }

        return outcome;
    }
}
