using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Referrals.Engine.Network.Clients;

/// <summary>Secrets of machine clients. Kept as salted PBKDF2 hashes only: <c>pbkdf2-sha512$rounds$salt$hash</c>, the latter two in base64url.</summary>
public static class ClientSecret
{
    private const string Scheme = "pbkdf2-sha512";
    private const int Rounds = 100_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const int MostRounds = 10_000_000;

    /// <summary>A new secret of 256 random bits.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>The hash of a secret with a salt of its own. Takes tens of milliseconds of computing.</summary>
    public static string Hash(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Rounds}${Base64Url.EncodeToString(salt)}${Base64Url.EncodeToString(Derive(secret, salt, Rounds))}");
    }

    /// <summary>Whether the hash was made from this secret. A hash that can't be read is nobody's.</summary>
    public static bool Matches(string hash, string secret)
    {
        if (hash.Split('$') is not [Scheme, var rounds, var salt, var expected]
            || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostRounds
            || !Base64Url.IsValid(salt) || !Base64Url.IsValid(expected))
        {
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(expected), Derive(secret, Base64Url.DecodeFromChars(salt), count));
    }

    private static byte[] Derive(string secret, byte[] salt, int rounds) =>
        Rfc2898DeriveBytes.Pbkdf2(secret, salt, rounds, HashAlgorithmName.SHA512, HashBytes);
}
