using Referrals.Engine.Chains;
using static Referrals.Engine.Referrals.ReferralDecision;
using Command = Referrals.Engine.Referrals.ReferralCommand;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>Where a sealed contact card stands, as far as the sender knows.</summary>
public enum CardStatus
{
    /// <summary>It can be opened.</summary>
    Sealed,

    /// <summary>Its time has passed.</summary>
    Expired,

    /// <summary>A caseworker took it back.</summary>
    Withdrawn,

    /// <summary>The partner could not open it.</summary>
    Returned,

    /// <summary>The partner took its acceptance back, and the card was deleted.</summary>
    Dropped,

    /// <summary>It was opened.</summary>
    Opened,
}

/// <summary>The newest contact card of an offer. What it says is nowhere here.</summary>
/// <param name="Issue">Counts the cards of the assignment, from 1.</param>
/// <param name="Key">Fingerprint of the partner's key that it was sealed to.</param>
/// <param name="SealedAt">When it was sealed (UTC).</param>
/// <param name="Until">Until when it can be opened (UTC).</param>
public sealed record IssuedCard(int Issue, string Key, DateTimeOffset SealedAt, DateTimeOffset Until)
{
    /// <summary>How many days after the day on which it was sealed a card can be opened, to the end of the last one.</summary>
    public const int Days = 14;

    // Who opens the form before midnight and sends it after has the day before in it.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(12);

    /// <summary>When a caseworker took it back.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>When its time had passed.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>When it came back unread.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it was deleted because the partner took its acceptance back.</summary>
    public DateTimeOffset? DroppedAt { get; init; }

    /// <summary>Until when a card sealed now can be opened: the end of a day.</summary>
    public static DateTimeOffset UntilFrom(DateTimeOffset now) => WorkingCalendar.Midnight(WorkingCalendar.LocalDay(now).AddDays(Days + 1));

    /// <summary>Whether a card that is sealed now may be opened until then.</summary>
    public static bool Allows(DateTimeOffset until, DateTimeOffset now) => until == UntilFrom(now) || until == UntilFrom(now - Patience);

    /// <summary>Where it stands. Who has opened it has opened it, whatever crossed that.</summary>
    public CardStatus Status(DateTimeOffset now) =>
        OpenedAt is not null ? CardStatus.Opened
        : WithdrawnAt is not null ? CardStatus.Withdrawn
        : ReturnedAt is not null ? CardStatus.Returned
        : DroppedAt is not null ? CardStatus.Dropped
        : ExpiredAt is not null || Until <= now ? CardStatus.Expired
        : CardStatus.Sealed;

    /// <summary>Where it stands as far as that is recorded; that its time has passed is recorded within a minute or so.</summary>
    public CardStatus Recorded => Status(DateTimeOffset.MinValue);

    /// <summary>Whether its end is still to be recorded.</summary>
    internal bool IsUndecided => OpenedAt is null && WithdrawnAt is null && ReturnedAt is null && DroppedAt is null && ExpiredAt is null;

    /// <summary>The offer's card after an event; null: no card yet.</summary>
    internal static IssuedCard? After(IssuedCard? card, Event happened) => happened switch
    {
        Event.CardSealed e => new(e.Issue, e.Key, e.At, e.Until),
        Event.CardWithdrawn e => card! with { WithdrawnAt = e.At },
        Event.CardExpired e => card! with { ExpiredAt = e.At },
        Event.CardOpened e => e.Issue == card!.Issue ? card with { OpenedAt = e.At } : card,
        Event.CardReturned e => e.Issue == card!.Issue ? card with { ReturnedAt = e.At } : card,
        Event.StepAcceptanceUndone e => card is { IsUndecided: true } ? card with { DroppedAt = e.At } : card,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>The decisions on sealed contact cards, and what becomes of their ciphertexts.</summary>
internal static class CardSealing
{
    private static readonly Happens Nothing = new([]);

    /// <summary>Only who works for the client needs to reach them, so the partner must have accepted; consent and release cover the step.</summary>
    public static ReferralDecision Seal(Command.SealCard seal, ReferralState state, ChainVersion chain, DateTimeOffset now)
    {
        if (!state.Offers.TryGetValue(seal.Assignment, out var offer) || !offer.IsOpen)
        {
            return new Refused(ReferralRefusal.AssignmentNotOpen);
        }

        return !offer.IsAccepted ? new Refused(ReferralRefusal.CardNotAccepted)
            : !IsPermitted(offer.Step, state, chain, now) ? new Refused(ReferralRefusal.CardNotPermitted)
            : offer.Card is { IsUndecided: true } card && card.Issue == seal.Issue && card.Key == seal.Key && card.Until == seal.Until ? Nothing
            : seal.Issue != (offer.Card?.Issue ?? 0) + 1 || !IssuedCard.Allows(seal.Until, now) ? new Refused(ReferralRefusal.CardOutdated)
            : new Happens([new Event.CardSealed(offer.Assignment, offer.Partner, seal.Issue, seal.Key, seal.Until) { At = now }]);
    }

    public static bool IsPermitted(NodeId step, ReferralState state, ChainVersion chain, DateTimeOffset now)
    {
        var today = WorkingCalendar.LocalDay(now);
        return state.IsPermitted(step, today) && (chain.FindStep(step)?.Secrecy != true || state.Release?.Covers(step, today) == true);
    }

    public static ReferralDecision Withdraw(Command.WithdrawCard withdraw, ReferralState state, DateTimeOffset now) =>
        !state.Offers.TryGetValue(withdraw.Assignment, out var offer) || !offer.IsOpen ? new Refused(ReferralRefusal.AssignmentNotOpen)
        : offer.Card is not { } card ? new Refused(ReferralRefusal.CardNotSealed)
        : card.OpenedAt is not null ? new Refused(ReferralRefusal.CardOpened)
        : card.WithdrawnAt is not null ? Nothing
        : new Happens([new Event.CardWithdrawn(offer.Assignment, offer.Partner, card.Issue) { At = now }]);

    /// <summary>The assignment whose cards an event ends, and up to which one; null: none.</summary>
    public static (AssignmentId Assignment, int Issue)? Ends(Event happened) => happened switch
    {
        Event.CardWithdrawn e => (e.Assignment, e.Issue),
        Event.CardExpired e => (e.Assignment, e.Issue),
        Event.CardOpened e => (e.Assignment, e.Issue),
        Event.CardReturned e => (e.Assignment, e.Issue),
        Event.OfferWithdrawn e => (e.Assignment, int.MaxValue),
        Event.StepCompleted e => (e.Assignment, int.MaxValue),
        Event.StepDeclined e => (e.Assignment, int.MaxValue),
        Event.StepAcceptanceUndone e => (e.Assignment, int.MaxValue),
        Event.StepErased e => (e.Assignment, int.MaxValue),
        _ => null,
    };
}
