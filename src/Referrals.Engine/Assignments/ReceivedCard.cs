using Referrals.Engine.Privacy;
using static Referrals.Engine.Assignments.AssignmentDecision;
using Command = Referrals.Engine.Assignments.AssignmentCommand;
using Event = Referrals.Engine.Assignments.AssignmentEvent;

namespace Referrals.Engine.Assignments;

/// <summary>The newest contact card that the sender sealed, as the partner knows it.</summary>
/// <param name="Issue">Counts the cards of the assignment, from 1.</param>
/// <param name="Key">Fingerprint of the key that opens it.</param>
/// <param name="Until">Until when it can be opened (UTC).</param>
public sealed record ReceivedCard(int Issue, string Key, DateTimeOffset Until)
{
    /// <summary>How often a browser got it.</summary>
    public int Fetches { get; init; }

    /// <summary>Whether the sender took it back.</summary>
    public bool IsWithdrawn { get; init; }

    /// <summary>Whether it was deleted because the acceptance was taken back.</summary>
    public bool IsDropped { get; init; }

    /// <summary>When it was opened (UTC), or null.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it went back unread (UTC), or null.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>Whether it can be opened, as long as its assignment is accepted.</summary>
    public bool IsUsable(DateTimeOffset now) => IsPending && now < Until;

    /// <summary>Whether nothing has ended it but time.</summary>
    internal bool IsPending => !IsWithdrawn && !IsDropped && OpenedAt is null && ReturnedAt is null;
}

/// <summary>The part of the fold and of the decisions that is about contact cards.</summary>
internal static class CardOpening
{
    private static readonly Happens Nothing = new([]);

    public static AssignmentState Apply(AssignmentState state, Event happened) => happened switch
    {
        Event.CardReceived e => state with { Card = new ReceivedCard(e.Issue, e.Key, e.Until) },
        Event.CardWithdrawnBySender e => state with
        {
            CardWithdrawn = e.Issue,
            Card = state.Card is { } card && card.Issue <= e.Issue ? card with { IsWithdrawn = true } : state.Card,
        },
        Event.CardFetched => state with { Card = state.Card! with { Fetches = state.Card.Fetches + 1 } },
        Event.CardOpened e => state with { Card = state.Card! with { OpenedAt = e.At } },
        Event.CardReturned e => state with { Card = state.Card! with { ReturnedAt = e.At } },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // Numbered, so that cards and withdrawals may overtake each other: the newest counts.
    public static Happens Receive(Command.ReceiveCard received, AssignmentState state, DateTimeOffset now) =>
        IsDead(state) || received.Issue <= (state.Card?.Issue ?? 0) || received.Issue <= state.CardWithdrawn
            ? Nothing
            : Happens(new Event.CardReceived(received.Issue, received.Key, received.Until) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    public static Happens ReceiveWithdrawal(Command.ReceiveCardWithdrawal withdrawn, AssignmentState state, DateTimeOffset now) =>
        IsDead(state) || withdrawn.Issue <= state.CardWithdrawn
            ? Nothing
            : Happens(new Event.CardWithdrawnBySender(withdrawn.Issue) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    /// <summary>Hands the card out. It stays until a browser says that it could open it, so that one that can't loses nothing.</summary>
    public static AssignmentDecision Fetch(Command.FetchCard fetch, AssignmentState state, DateTimeOffset now) => Usable(state, now) switch
    {
        (null, var refused) => refused!,
        ({ } card, _) when fetch.Nth <= card.Fetches => Nothing,
        ({ Fetches: >= SealedCard.MaxFetches }, _) => new Refused(AssignmentRefusal.CardFetchedTooOften),
        ({ } card, _) => Happens(new Event.CardFetched(card.Issue) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now }),
    };

    public static AssignmentDecision Opened(Command.ConfirmCard opened, AssignmentState state, DateTimeOffset now) =>
        state.Card is { OpenedAt: not null } done && done.Issue == opened.Issue ? Nothing
        : Usable(state, now) is not ({ } card, _) ? Usable(state, now).Refused!
        : card.Issue != opened.Issue || card.Fetches == 0 ? new Refused(AssignmentRefusal.CardNotFetched)
        : Tells(state, new Event.CardOpened(card.Issue) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    public static AssignmentDecision Return(Command.ReturnCard returned, AssignmentState state, DateTimeOffset now) =>
        state.Card is { ReturnedAt: not null } done && done.Issue == returned.Issue ? Nothing
        : Usable(state, now) is not ({ } card, _) ? Usable(state, now).Refused!
        : card.Issue != returned.Issue ? new Refused(AssignmentRefusal.CardNotFetched)
        : Tells(state, new Event.CardReturned(card.Issue) { Assignment = state.Offer.Assignment, Sender = state.Offer.Sender, At = now });

    /// <summary>Up to which card an event ends the cards of its assignment; null: none.</summary>
    public static int? Ends(Event happened) => happened switch
    {
        Event.CardWithdrawnBySender e => e.Issue,
        Event.CardOpened e => e.Issue,
        Event.CardReturned e => e.Issue,
        Event.Completed or Event.Declined or Event.WithdrawnBySender or Event.AcceptanceUndone or Event.Erased => int.MaxValue,
        _ => null,
    };

    private static (ReceivedCard? Card, Refused? Refused) Usable(AssignmentState state, DateTimeOffset now) =>
        !state.IsOpen ? (null, AssignmentDecider.Ended(state))
        : state.Status is AssignmentStatus.Received or AssignmentStatus.Acknowledged ? (null, new Refused(AssignmentRefusal.NotAccepted))
        : state.Card is not { } card || state.ErasedAt is not null ? (null, new Refused(AssignmentRefusal.CardNone))
        : card.IsUsable(now) ? (card, null)
        : (null, new Refused(card.OpenedAt is not null ? AssignmentRefusal.CardOpened
            : card.IsWithdrawn || card.IsDropped ? AssignmentRefusal.CardWithdrawn
            : card.ReturnedAt is not null ? AssignmentRefusal.CardReturned
            : AssignmentRefusal.CardExpired));

    private static bool IsDead(AssignmentState state) => !state.IsOpen || state.ErasedAt is not null;

    private static Happens Happens(Event happened) => new([happened]);

    // What the sender is told is numbered.
    private static Happens Tells(AssignmentState state, Event happened) => new([happened with { Number = state.Told + 1 }]);
}
