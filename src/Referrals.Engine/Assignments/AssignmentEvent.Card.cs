namespace Referrals.Engine.Assignments;

// A contact card that the sender's browser sealed to a key of this organisation.
public abstract partial record AssignmentEvent
{
    /// <summary>The sender sealed a card to this key; it can be opened until a time (UTC), and no earlier one any more.</summary>
    public sealed record CardReceived(int Issue, string Key, DateTimeOffset Until) : AssignmentEvent;

    /// <summary>The sender took this card, and all before it, back.</summary>
    public sealed record CardWithdrawnBySender(int Issue) : AssignmentEvent;

    /// <summary>A browser got the sealed card, to open it.</summary>
    public sealed record CardFetched(int Issue) : AssignmentEvent;

    /// <summary>A browser could open it; it is deleted.</summary>
    public sealed record CardOpened(int Issue) : AssignmentEvent;

    /// <summary>It can't be opened here, and goes back unread; it is deleted.</summary>
    public sealed record CardReturned(int Issue) : AssignmentEvent;
}
