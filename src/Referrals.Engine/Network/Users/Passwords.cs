using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Referrals.Engine.Network.Users;

/// <summary>Why a new password is not taken.</summary>
public enum PasswordFault
{
    /// <summary>It is fine.</summary>
    None,

    /// <summary>Fewer than <see cref="Passwords.MinLength"/> characters.</summary>
    TooShort,

    /// <summary>More than <see cref="Passwords.MaxLength"/> characters.</summary>
    TooLong,

    /// <summary>It is, or is made of, the login.</summary>
    IsLogin,

    /// <summary>Everybody tries it first.</summary>
    Common,
}

/// <summary>
/// Passwords of people: ASP.NET Core's salted PBKDF2 (HMAC-SHA-512). Length is what counts; no rules on kinds of characters, as the BSI and
/// NIST SP 800-63B advise.
/// </summary>
public static class Passwords
{
    /// <summary>The least number of characters.</summary>
    public const int MinLength = 12;

    /// <summary>The greatest number of characters, so that hashing stays cheap.</summary>
    public const int MaxLength = 200;

    private const int Rounds = 210_000;

    // Thirty-two signs of which none looks like another.
    private const string Readable = "abcdefghijkmnpqrstuvwxyz23456789";

    private static readonly PasswordHasher<object> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

    // Compared against when there is no such person or no password, so that the time taken doesn't tell.
    private static readonly string NobodysHash = Hash(Guid.NewGuid().ToString());

    // docs/security.md names those of the surroundings.
    private static readonly HashSet<string> CommonOnes = new(StringComparer.OrdinalIgnoreCase)
    {
        "passwort", "password", "kennwort", "willkommen", "welcome", "qwertz", "qwerty", "qwertzuiop", "qwertyuiop", "geheim", "hallo", "iloveyou",
        "admin", "administrator", "jobcenter", "sommer", "winter", "fruehling", "herbst", "schatz", "letmein", "test", "asdfghjkl", "yxcvbnm",
        "kettenwerk", "ueberleitung", "überleitung", "referral", "referrals", "fallakte", "fallarbeit", "landkreis", "landratsamt", "sozialamt", "jugendamt", "gesundheitsamt",
        "schuldnerberatung", "beratung", "kinderbetreuung", "kita", "arbeitsagentur", "caseworker", "partner", "coordinator", "koordination",
        "changeme", "abcdef", "abcdefghijkl", "monkey", "dragon", "fussball", "football", "master", "sunshine", "princess", "passw0rd", "p@ssw0rd", "start",
    };

    /// <summary>A first password of 140 random bits, easy to read out, such as <c>k7mf-2xq9-…</c>.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, 7).Select(_ => RandomNumberGenerator.GetString(Readable, 4)));

    /// <summary>The hash of a password with a salt of its own. Takes tens of milliseconds of computing.</summary>
    public static string Hash(string password) => Hasher.HashPassword(Hasher, password);

    /// <summary>Whether the hash was made from this password. Without a hash: no, after the same time.</summary>
    public static bool Matches(string? hash, string password)
    {
        var tried = password.Length <= MaxLength ? password : "";
        return Hasher.VerifyHashedPassword(Hasher, hash ?? NobodysHash, tried) != PasswordVerificationResult.Failed && hash is not null && tried.Length > 0;
    }

    /// <summary>Whether it may be this person's password.</summary>
    public static PasswordFault Check(string password, string login) =>
        password.Length < MinLength ? PasswordFault.TooShort
        : password.Length > MaxLength ? PasswordFault.TooLong
        : login.Length > 0 && Letters(password).Replace(Letters(login), "", StringComparison.OrdinalIgnoreCase).Length < MinLength / 3 ? PasswordFault.IsLogin
        : IsCommon(password) || GuessedPasswords.Contains(password) ? PasswordFault.Common
        : PasswordFault.None;

    // "Passwort2026!", "qwertzqwertz", "aaaaaaaaaaaa" and "123456789012" are on every list of tries.
    private static bool IsCommon(string password)
    {
        var word = password.Trim("0123456789!?.,;:-_+*#$%&@/ ".ToCharArray());
        return password.Distinct().Count() < 6
            || "01234567890123456789".Contains(password, StringComparison.Ordinal) || "98765432109876543210".Contains(password, StringComparison.Ordinal)
            || word.Length < 4 || CommonOnes.Contains(word)
            || CommonOnes.Any(c => word.Length % c.Length == 0 && string.Equals(string.Concat(Enumerable.Repeat(c, word.Length / c.Length)), word, StringComparison.OrdinalIgnoreCase));
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));
}
