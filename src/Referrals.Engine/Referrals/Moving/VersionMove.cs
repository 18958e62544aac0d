using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Comparing;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals.Moving;

/// <summary>What going on on another version of its chain comes to for one referral.</summary>
/// <param name="Obstacles">Why it can't be; empty: it can.</param>
/// <param name="Changes">What would be otherwise, the next first; empty also where it can't be.</param>
public sealed record VersionMove(IReadOnlyList<MoveObstacle> Obstacles, IReadOnlyList<MoveChange> Changes)
{
    /// <summary>Whether the referral fits the other version.</summary>
    public bool Fits => Obstacles.Count == 0;

    /// <summary>What the move comes to, without moving.</summary>
    /// <param name="state">The referral.</param>
    /// <param name="from">The version that it runs on.</param>
    /// <param name="target">The version to go on on.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="names">What organisations and services are called; null: as their codes.</param>
    public static VersionMove Preview(ReferralState state, ChainVersion from, AgreedChain target, DateTimeOffset now, ChainNames? names = null)
    {
        var (checks, events) = Try(target, state, from, now, Guid.NewGuid);
        return checks.Obstacles.Count > 0
            ? new VersionMove(checks.Obstacles, [])
            : new VersionMove([], MoveChanges.Between(state, from, events.Aggregate(state, ReferralState.Evolve), target, events, names ?? ChainNames.Codes, now));
    }

    /// <summary>Decides a move: recorded with everything that follows from it, or refused with every reason.</summary>
    internal static ReferralDecision Decide(ReferralCommand.MoveTo move, ReferralState state, ChainVersion from, DateTimeOffset now, NewId newId)
    {
        if (state.Ended is not null)
        {
            return new ReferralDecision.Refused(ReferralRefusal.Closed);
        }

        if (state.Pin.ContentHash == move.Target.ContentHash)
        {
            return new ReferralDecision.Happens([]);
        }

        var (checks, events) = Try(move.Target, state, from, now, newId);
        return checks.Obstacles.Count > 0
            ? new ReferralDecision.Refused(ReferralRefusal.MoveDoesNotFit(checks.Obstacles))
            : new ReferralDecision.Happens(events);
    }

    private static (MoveChecks Checks, IReadOnlyList<Event> Events) Try(
        AgreedChain target, ReferralState state, ChainVersion from, DateTimeOffset now, NewId newId)
    {
        var to = target.Version;
        if (to.Id != state.Start.Chain)
        {
            throw new ArgumentException("a referral moves between versions of one chain", nameof(target));
        }

        var checks = new MoveChecks(state, from, to);
        checks.Run();
        if (checks.Obstacles.Count > 0)
        {
            return (checks, []);
        }

        var moved = new Event.MovedToVersion(from.Version, to.Version, target.ContentHash, checks.Left, checks.Branches, checks.CompleteWithin, checks.Consent(), checks.Release()) { At = now };
        var included = checks.Included.Select(place => new Event.PartDecided(place, Included: true) { At = now });
        var events = ReferralDecider.GoOn([moved, .. included], state, to, now, newId, target.Withdrawn).Events;
        CheckReached(checks, state, events.Aggregate(state, ReferralState.Evolve), target, now);
        return (checks, events);
    }

    // Nobody would watch over an offer that the new version has not come to yet.
    private static void CheckReached(MoveChecks checks, ReferralState before, ReferralState after, AgreedChain to, DateTimeOffset now)
    {
        var at = Flow.Next(to.Version, after, now, to.Withdrawn).At.ToHashSet();
        foreach (var offer in before.OpenOffers.Where(o => after.Offers[o.Assignment].IsOpen && !at.Contains(o.Place)).OrderBy(o => o.Place.Value, StringComparer.Ordinal))
        {
            checks.Add("step-not-reached", offer.Step,
                "liegt bei einem Partner, ist in der neuen Fassung aber noch nicht an der Reihe.", "is with a partner, but not yet due in the new version.");
        }
    }
}
