using System.Buffers.Text;
using System.Security.Cryptography;

namespace Referrals.Engine.Privacy;

/// <summary>
/// What the server may know of sealed contact cards: how long they count and what form their ciphertext and the public keys have. Sealing and opening is
/// done by browsers alone (<c>Ui/Assets/card.js</c>): ECDH on P-256 with a key that is used once, HKDF-SHA-256, AES-256-GCM.
/// </summary>
public static class SealedCard
{
    /// <summary>The longest ciphertext, in characters of Base64.</summary>
    public const int MaxLength = 8192;

    /// <summary>How often a card can be fetched to be opened. What is opened is deleted; a browser that fails may try again.</summary>
    public const int MaxFetches = 5;

    /// <summary>First byte of what is sealed: the only way of sealing so far.</summary>
    private const byte Version = 1;

    private const string Beginning = "k";
    private const int PrintBytes = 16;

    // Version, the public key that was used once (a point, not compressed), the nonce, and the tag of a text of at least one byte.
    private const int MinBytes = 1 + 65 + 12 + 16 + 1;

    /// <summary>The time as it is bound to the ciphertext: UTC, to the second.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether it has the form of a sealed card.</summary>
    public static bool IsSealed(string? text) =>
        text is { Length: > 0 and <= MaxLength } && Base64.IsValid(text, out var bytes) && bytes >= MinBytes && Convert.FromBase64String(text)[0] == Version;

    /// <summary>The fingerprint of a public key (SubjectPublicKeyInfo in Base64): the first 128 bits of its SHA-256; null for what is no key on P-256.</summary>
    public static string? PrintOf(string? publicKey)
    {
        if (publicKey is not { Length: > 0 and <= 400 } || !Base64.IsValid(publicKey))
        {
            return null;
        }

        var bytes = Convert.FromBase64String(publicKey);
        try
        {
            using var key = ECDiffieHellman.Create();
            key.ImportSubjectPublicKeyInfo(bytes, out var read);
            return read == bytes.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? Beginning + Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, PrintBytes))
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether a text from outside has the form of a fingerprint.</summary>
    public static bool IsPrint(string? text) =>
        text?.Length == Beginning.Length + (2 * PrintBytes) && text.StartsWith(Beginning, StringComparison.Ordinal) && text.Skip(Beginning.Length).All(char.IsAsciiHexDigitLower);

    /// <summary>A fingerprint in groups of four, to be read out on the telephone.</summary>
    public static string Readable(string print) => string.Join(' ', print[Beginning.Length..].Chunk(4).Select(c => new string(c)));
}
