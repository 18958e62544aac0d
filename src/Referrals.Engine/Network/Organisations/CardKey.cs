using System.Collections.Immutable;
using Referrals.Engine.Privacy;
using static Referrals.Engine.Network.Organisations.OrganisationDecision;
using Command = Referrals.Engine.Network.Organisations.OrganisationCommand;
using Event = Referrals.Engine.Network.Organisations.OrganisationEvent;

namespace Referrals.Engine.Network.Organisations;

/// <summary>A public key to which senders seal contact cards. Its private key is with the organisation's people and nowhere here.</summary>
/// <param name="Id">Its fingerprint (<see cref="SealedCard.PrintOf"/>).</param>
/// <param name="PublicKey">The key on P-256, as SubjectPublicKeyInfo in Base64.</param>
/// <param name="PublishedAt">When it was published (UTC).</param>
/// <param name="RevokedAt">When it was revoked (UTC), or null.</param>
public sealed record CardKey(string Id, string PublicKey, DateTimeOffset PublishedAt, DateTimeOffset? RevokedAt = null)
{
    /// <summary>How many of an organisation's keys are kept in view: the newest. Older ones are in its history, and no card that is open is sealed to them.</summary>
    public const int MaxShown = 20;

    /// <summary>The key to which new cards are sealed: the newest one, unless it is revoked; null: none.</summary>
    public static CardKey? Current(IReadOnlyList<CardKey> keys) => keys is [.., { RevokedAt: null } newest] ? newest : null;
}

/// <summary>The decisions on an organisation's keys.</summary>
internal static class CardKeys
{
    private static readonly Happens Nothing = new([]);

    // A new key takes the place of the one before, which still opens what was sealed to it.
    public static OrganisationDecision Publish(Command.PublishCardKey publish, OrganisationId id, OrganisationState state, DateTimeOffset now)
    {
        var print = SealedCard.PrintOf(publish.PublicKey)!;
        return state.CardKeys.Find(k => k.Id == print) is { } known
            ? known.RevokedAt is null && CardKey.Current(state.CardKeys)?.Id == print ? Nothing : new Refused(OrganisationRefusal.CardKeyUsed)
            : new Happens([new Event.CardKeyPublished(print, publish.PublicKey) { Organisation = id, At = now }]);
    }

    public static OrganisationDecision Revoke(Command.RevokeCardKey revoke, OrganisationId id, OrganisationState state, DateTimeOffset now) =>
        state.CardKeys.Find(k => k.Id == revoke.Key) is not { } known ? new Refused(OrganisationRefusal.CardKeyNotFound)
        : known.RevokedAt is not null ? Nothing
        : new Happens([new Event.CardKeyRevoked(known.Id) { Organisation = id, At = now }]);

    public static ImmutableList<CardKey> Revoked(ImmutableList<CardKey> keys, Event.CardKeyRevoked e) =>
        [.. keys.Select(k => k.Id == e.Key ? k with { RevokedAt = e.At } : k)];

    public static ImmutableList<CardKey> Published(ImmutableList<CardKey> keys, Event.CardKeyPublished e) =>
        [.. keys.TakeLast(CardKey.MaxShown - 1), new CardKey(e.Key, e.PublicKey, e.At)];
}
