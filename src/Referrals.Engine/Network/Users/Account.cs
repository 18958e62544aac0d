namespace Referrals.Engine.Network.Users;

/// <summary>A person with everything that its sign-in needs. Never leaves the sign-in: lists show <see cref="Member"/>s.</summary>
/// <param name="Person">The person.</param>
/// <param name="Memberships">The organisations for which it works, by code; those without a role are left out.</param>
/// <param name="Credentials">What it proves itself with.</param>
public sealed record Account(Person Person, IReadOnlyList<Membership> Memberships, Credentials Credentials)
{
    /// <summary>Whether it may be let in at all.</summary>
    public bool IsOpen => Person.DisabledAt is null && Memberships.Count > 0;

    /// <summary>The membership in this organisation, or null.</summary>
    public Membership? In(OrganisationId organisation) => Memberships.FirstOrDefault(m => m.Organisation == organisation);
}

/// <summary>What a person proves itself with.</summary>
/// <param name="PasswordHash">From <see cref="Passwords"/>; null: signs in elsewhere.</param>
/// <param name="MustChange">Whether the password is to be changed before anything else.</param>
/// <param name="TotpSecret">The sealed secret of the second factor, or null without one.</param>
/// <param name="RecoveryCodes">How many recovery codes are left.</param>
/// <param name="FailedTries">Wrong tries since the last right one.</param>
/// <param name="LockedUntil">Until when nothing is tried, or null.</param>
/// <param name="Stamp">Changes with everything that should end open sessions.</param>
public sealed record Credentials(
    string? PasswordHash, bool MustChange, string? TotpSecret, int RecoveryCodes, int FailedTries, DateTimeOffset? LockedUntil, Guid Stamp)
{
    /// <summary>Whether nothing is tried at this time.</summary>
    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;
}
