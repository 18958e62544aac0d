namespace Referrals.Engine.Referrals;

// A contact card, sealed in the sender's browser. What it says is in no event: its ciphertext lies beside the history until it is opened.
public abstract partial record ReferralEvent
{
    /// <summary>
    /// A caseworker sealed a contact card to a key of the partner; it can be opened until a time (UTC), and no earlier one any more.
    /// <paramref name="Issue"/> counts the cards of the assignment from 1; <paramref name="Key"/> is the fingerprint of the partner's public key.
    /// </summary>
    public sealed record CardSealed(AssignmentId Assignment, OrganisationId Partner, int Issue, string Key, DateTimeOffset Until) : ReferralEvent;

    /// <summary>A caseworker took this card, and all before it, back.</summary>
    public sealed record CardWithdrawn(AssignmentId Assignment, OrganisationId Partner, int Issue) : ReferralEvent;

    /// <summary>Its time passed before it was opened.</summary>
    public sealed record CardExpired(AssignmentId Assignment, int Issue) : ReferralEvent;

    /// <summary>It was opened at the partner.</summary>
    public sealed record CardOpened(AssignmentId Assignment, int Number, int Issue) : ReferralEvent;

    /// <summary>The partner can't open it: the private key is lost, or it was altered.</summary>
    public sealed record CardReturned(AssignmentId Assignment, int Number, int Issue) : ReferralEvent;
}
