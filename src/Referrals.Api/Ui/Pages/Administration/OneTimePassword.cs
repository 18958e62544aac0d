using System.Security.Cryptography;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>First passwords, to be read out or copied by hand once: four groups of five letters and digits that can't be mistaken for each other.</summary>
internal static class OneTimePassword
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Groups = 4;
    private const int Length = 5;

    /// <summary>A new one of 99 random bits.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, Groups).Select(_ => RandomNumberGenerator.GetString(Letters, Length)));

    /// <summary>Its hash.</summary>
    public static Task<string> HashAsync(string password, CancellationToken ct) => Task.Run(() => Passwords.Hash(password), ct);
}
