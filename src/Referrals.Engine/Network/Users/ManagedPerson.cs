using System.Globalization;

namespace Referrals.Engine.Network.Users;

/// <summary>A person as the administrators of one of its organisations look after it.</summary>
/// <param name="Person">The person.</param>
/// <param name="Roles">Its roles there; none: works there no more.</param>
/// <param name="Account">How it signs in.</param>
public sealed record ManagedPerson(Person Person, IReadOnlyList<string> Roles, AccountState Account)
{
    /// <summary>Stands for everything that administrators change, to tell whether somebody has done so meanwhile.</summary>
    public long Version
    {
        get
        {
            var said = string.Join(
                '\n', [Person.Login, Person.Name, Person.Email ?? "", Person.DisabledAt?.ToString("O", CultureInfo.InvariantCulture) ?? "", Account.Stamp.ToString(), .. Roles]);
            var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(said));
            return BitConverter.ToInt64(hash) & long.MaxValue;
        }
    }
}

/// <summary>What administrators may know of how a person signs in.</summary>
/// <param name="Elsewhere">Signs in with an issuer only; there is no password here.</param>
/// <param name="MustChange">Has not yet changed the first password.</param>
/// <param name="SecondFactor">Signs in with a second factor.</param>
/// <param name="LockedUntil">Locked after wrong tries until then, or null.</param>
/// <param name="Stamp">Changes with everything that ends open sessions.</param>
/// <param name="LastSignIn">When it last signed in for this organisation, or null.</param>
public sealed record AccountState(bool Elsewhere, bool MustChange, bool SecondFactor, DateTimeOffset? LockedUntil, Guid Stamp, DateTimeOffset? LastSignIn)
{
    /// <summary>Whether nothing is tried at this time.</summary>
    public bool IsLocked(DateTimeOffset now) => LockedUntil > now;
}
