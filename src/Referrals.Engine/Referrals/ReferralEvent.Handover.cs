namespace Referrals.Engine.Referrals;

// Handing the client over to the partner without a name.
public abstract partial record ReferralEvent
{
    /// <summary>
    /// A caseworker made a code for the client to carry to the partner; it counts until a time (UTC), and no earlier one does any more.
    /// <paramref name="Issue"/> counts the codes of the assignment from 1; of the code only the <paramref name="Proof"/> is kept.
    /// </summary>
    public sealed record HandoverIssued(AssignmentId Assignment, OrganisationId Partner, int Issue, string Proof, DateTimeOffset Until) : ReferralEvent;

    /// <summary>A caseworker made this code, and all before it, worthless.</summary>
    public sealed record HandoverRevoked(AssignmentId Assignment, OrganisationId Partner, int Issue) : ReferralEvent;

    /// <summary>A code was typed at the partner: the client has come.</summary>
    public sealed record HandoverRedeemed(AssignmentId Assignment, int Number) : ReferralEvent;

    /// <summary>Too many wrong codes were typed for the assignment; this one counts no more.</summary>
    public sealed record HandoverBlocked(AssignmentId Assignment, int Number, int Issue) : ReferralEvent;
}
