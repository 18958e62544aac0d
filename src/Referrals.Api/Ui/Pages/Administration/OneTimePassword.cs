using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>First passwords, to be read out or copied by hand once.</summary>
internal static class OneTimePassword
{
    /// <summary>A new one, see <see cref="Passwords.New"/>.</summary>
    public static string New() => Passwords.New();

    /// <summary>Its hash.</summary>
    public static Task<string> HashAsync(string password, CancellationToken ct) => Task.Run(() => Passwords.Hash(password), ct);
}
