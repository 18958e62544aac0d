using System.Collections.Immutable;
using Referrals.Engine.Privacy;
using static Referrals.Engine.Assignments.AssignmentDecision;
using Command = Referrals.Engine.Assignments.AssignmentCommand;
using Event = Referrals.Engine.Assignments.AssignmentEvent;

namespace Referrals.Engine.Assignments;

/// <summary>The newest code that the sender made for the client to carry, as the partner knows it.</summary>
/// <param name="Issue">Counts the codes of the assignment, from 1.</param>
/// <param name="Proof">The proof of the code.</param>
/// <param name="Until">Until when it counts (UTC).</param>
public sealed record ReceivedHandover(int Issue, string Proof, DateTimeOffset Until)
{
    /// <summary>How many different wrong codes can be typed; with the last one the code is blocked.</summary>
    public const int MaxTries = 5;

    /// <summary>Proofs of the wrong codes that were typed.</summary>
    public ImmutableHashSet<string> Tried { get; init; } = [];

    /// <summary>Whether the sender made it worthless.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>When it was blocked (UTC), or null.</summary>
    public DateTimeOffset? BlockedAt { get; init; }

    /// <summary>When it was redeemed (UTC), or null.</summary>
    public DateTimeOffset? RedeemedAt { get; init; }

    /// <summary>Whether it can be redeemed, as long as its assignment is open.</summary>
    public bool IsUsable(DateTimeOffset now) => !IsRevoked && BlockedAt is null && RedeemedAt is null && now < Until;

    /// <summary>How many more wrong codes can be typed.</summary>
    public int TriesLeft => MaxTries - Tried.Count;
}

/// <summary>The part of the fold and of the decisions that is about codes.</summary>
internal static class Redeeming
{
    private static readonly Happens Nothing = new([]);

    public static AssignmentState Apply(AssignmentState state, Event happened) => happened switch
    {
        Event.HandoverReceived e => state with { Handover = new ReceivedHandover(e.Issue, e.Proof, e.Until) },
        Event.HandoverRevokedBySender e => state with
        {
            HandoverRevoked = e.Issue,
            Handover = state.Handover is { } code && code.Issue <= e.Issue ? code with { IsRevoked = true } : state.Handover,
        },
        Event.HandoverTried e => state with { Handover = state.Handover! with { Tried = state.Handover.Tried.Add(e.Proof) } },
        Event.HandoverBlocked e => state with { Handover = state.Handover! with { BlockedAt = e.At } },
        Event.HandoverRedeemed e => state with { Handover = state.Handover! with { RedeemedAt = e.At } },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // Codes and revocations are numbered, so that they may overtake each other: the newest counts. Once the client has come, none is needed.
    public static Happens Receive(Command.ReceiveHandover received, AssignmentState state, DateTimeOffset now) =>
        IsDead(state) || received.Issue <= (state.Handover?.Issue ?? 0) || received.Issue <= state.HandoverRevoked
            ? Nothing
            : Happens(new Event.HandoverReceived(received.Issue, received.Proof, received.Until) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    public static Happens ReceiveRevocation(Command.ReceiveHandoverRevocation revoked, AssignmentState state, DateTimeOffset now) =>
        IsDead(state) || revoked.Issue <= state.HandoverRevoked
            ? Nothing
            : Happens(new Event.HandoverRevokedBySender(revoked.Issue) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    public static AssignmentDecision Redeem(Command.Redeem redeem, AssignmentState state, DateTimeOffset now)
    {
        if (state.Handover is { RedeemedAt: not null } done)
        {
            return HandoverProof.Same(redeem.Proof, done.Proof) ? Nothing : new Refused(AssignmentRefusal.HandoverUsed);
        }

        if (!state.IsOpen)
        {
            return AssignmentDecider.Ended(state);
        }

        if (state.Handover is not { } code || state.ErasedAt is not null)
        {
            return new Refused(AssignmentRefusal.HandoverNone);
        }

        return !code.IsUsable(now) ? new Refused(WhyNot(code))
            : HandoverProof.Same(redeem.Proof, code.Proof) ? Tell(state, new Event.HandoverRedeemed(code.Issue) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now })
            : Wrong(redeem, code, state, now);
    }

    private static Happens Wrong(Command.Redeem redeem, ReceivedHandover code, AssignmentState state, DateTimeOffset now)
    {
        if (code.Tried.Contains(redeem.Proof))
        {
            return Nothing;
        }

        var tried = Happens(new Event.HandoverTried(code.Issue, redeem.Proof) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });
        return code.TriesLeft > 1
            ? tried
            : new Happens([.. tried.Events, .. Tell(state, new Event.HandoverBlocked(code.Issue) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now }).Events]);
    }

    private static AssignmentRefusal WhyNot(ReceivedHandover code) =>
        code.IsRevoked ? AssignmentRefusal.HandoverRevoked
        : code.BlockedAt is not null ? AssignmentRefusal.HandoverBlocked
        : AssignmentRefusal.HandoverExpired;

    private static bool IsDead(AssignmentState state) => !state.IsOpen || state.ErasedAt is not null || state.Handover?.RedeemedAt is not null;

    private static Happens Happens(Event happened) => new([happened]);

    // What the sender is told is numbered.
    private static Happens Tell(AssignmentState state, Event happened) => new([happened with { Number = state.Told + 1 }]);
}
