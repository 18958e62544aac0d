using Referrals.Engine.Chains;
using static Referrals.Engine.Referrals.ReferralDecision;
using Command = Referrals.Engine.Referrals.ReferralCommand;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>Where the code of an offer stands, as far as the sender knows.</summary>
public enum HandoverStatus
{
    /// <summary>It can be redeemed.</summary>
    Issued,

    /// <summary>Its time has passed.</summary>
    Expired,

    /// <summary>A caseworker made it worthless.</summary>
    Revoked,

    /// <summary>Too many wrong codes were typed.</summary>
    Blocked,

    /// <summary>The client has come.</summary>
    Redeemed,
}

/// <summary>The newest code with which a client is handed over to a partner.</summary>
/// <param name="Issue">Counts the codes of the assignment, from 1.</param>
/// <param name="Proof">What is kept of the code.</param>
/// <param name="IssuedAt">When it was made (UTC).</param>
/// <param name="Until">Until when it counts (UTC).</param>
public sealed record IssuedHandover(int Issue, string Proof, DateTimeOffset IssuedAt, DateTimeOffset Until)
{
    /// <summary>How many days after the day on which it was made a code counts, to the end of the last one.</summary>
    public const int Days = 14;

    /// <summary>When a caseworker made it worthless.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When the partner blocked it.</summary>
    public DateTimeOffset? BlockedAt { get; init; }

    /// <summary>When a code, this one or one before it, was redeemed at the partner.</summary>
    public DateTimeOffset? RedeemedAt { get; init; }

    /// <summary>Until when a code made now counts: the end of a day, so that the time says nothing about when it was made.</summary>
    public static DateTimeOffset UntilFrom(DateTimeOffset now) => WorkingCalendar.Midnight(WorkingCalendar.LocalDay(now).AddDays(Days + 1));

    /// <summary>Where it stands.</summary>
    public HandoverStatus Status(DateTimeOffset now) =>
        RedeemedAt is not null ? HandoverStatus.Redeemed
        : RevokedAt is not null ? HandoverStatus.Revoked
        : BlockedAt is not null ? HandoverStatus.Blocked
        : Until <= now ? HandoverStatus.Expired
        : HandoverStatus.Issued;

    /// <summary>The offer's code after an event; null: no code yet.</summary>
    internal static IssuedHandover? After(IssuedHandover? code, Event happened) => happened switch
    {
        Event.HandoverIssued e => new(e.Issue, e.Proof, e.At, e.Until),
        Event.HandoverRevoked e => code! with { RevokedAt = e.At },
        Event.HandoverRedeemed e => code! with { RedeemedAt = e.At },
        Event.HandoverBlocked e => e.Issue == code!.Issue ? code with { BlockedAt = e.At } : code,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>The decisions on codes with which clients are handed over.</summary>
internal static class HandingOut
{
    private static readonly Happens Nothing = new([]);

    public static ReferralDecision Issue(Command.IssueHandover issue, ReferralState state, DateTimeOffset now) =>
        !state.Offers.TryGetValue(issue.Assignment, out var offer) || !offer.IsOpen ? new Refused(ReferralRefusal.AssignmentNotOpen)
        : offer.Handover?.RedeemedAt is not null ? new Refused(ReferralRefusal.HandoverRedeemed)
        : offer.Handover?.Proof == issue.Proof ? Nothing
        : new Happens([new Event.HandoverIssued(
            offer.Assignment, offer.Partner, (offer.Handover?.Issue ?? 0) + 1, issue.Proof, IssuedHandover.UntilFrom(now)) { At = now }]);

    public static ReferralDecision Revoke(Command.RevokeHandover revoke, ReferralState state, DateTimeOffset now) =>
        !state.Offers.TryGetValue(revoke.Assignment, out var offer) || !offer.IsOpen ? new Refused(ReferralRefusal.AssignmentNotOpen)
        : offer.Handover is not { } code ? new Refused(ReferralRefusal.HandoverNotIssued)
        : code.RedeemedAt is not null ? new Refused(ReferralRefusal.HandoverRedeemed)
        : code.RevokedAt is not null ? Nothing
        : new Happens([new Event.HandoverRevoked(offer.Assignment, offer.Partner, code.Issue) { At = now }]);
}
