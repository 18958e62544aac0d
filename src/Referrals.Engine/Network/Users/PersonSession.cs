using System.Security.Cryptography;
using System.Text;

namespace Referrals.Engine.Network.Users;

/// <summary>A session of a person that is open.</summary>
/// <param name="Id">Tells it from the person's others, and opens nothing: hexadecimal SHA-256 of its key.</param>
/// <param name="BegunAt">When the person signed in.</param>
/// <param name="UsedAt">When it was last used, to the minute.</param>
/// <param name="Browser">Kind of browser, from a fixed list.</param>
/// <param name="System">Kind of system, from a fixed list.</param>
public sealed record PersonSession(string Id, DateTimeOffset BegunAt, DateTimeOffset UsedAt, string Browser, string System)
{
    private const int KeyBytes = 32;

    /// <summary>A new key of 256 random bits. The cookie holds it and nothing else does.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>The id of the session that has this key. As random as the key is, it needs no slow hash.</summary>
    public static string IdOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether a text has the shape of an id.</summary>
    public static bool IsId(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);
}
