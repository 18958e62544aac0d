namespace Referrals.Engine.Assignments;

// A client comes with a code instead of a name.
public abstract partial record AssignmentEvent
{
    /// <summary>The sender made a code, of which this is the proof; it counts until a time (UTC), and no earlier one does any more.</summary>
    public sealed record HandoverReceived(int Issue, string Proof, DateTimeOffset Until) : AssignmentEvent;

    /// <summary>The sender made this code, and all before it, worthless.</summary>
    public sealed record HandoverRevokedBySender(int Issue) : AssignmentEvent;

    /// <summary>A wrong code was typed; its proof is kept, so that the same one counts once.</summary>
    public sealed record HandoverTried(int Issue, string Proof) : AssignmentEvent;

    /// <summary>Too many wrong codes were typed; this one counts no more.</summary>
    public sealed record HandoverBlocked(int Issue) : AssignmentEvent;

    /// <summary>The right code was typed: who carried it belongs to this assignment.</summary>
    public sealed record HandoverRedeemed(int Issue) : AssignmentEvent;
}
