using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Referrals.Engine.History.Keys;

/// <summary>The reference of a list's row as the database keeps it: readable with the key of its stream only, and found by marks of its beginnings.</summary>
/// <param name="Text">The reference sealed, as base64.</param>
/// <param name="Tokens">A mark of each of its beginnings.</param>
internal sealed record SealedReference(string Text, IReadOnlyList<long> Tokens)
{
    /// <summary>Seals a reference.</summary>
    /// <param name="key">The key of the row's stream (256 bits).</param>
    /// <param name="index">The key of the tenant's marks (256 bits).</param>
    /// <param name="row">Where it belongs.</param>
    /// <param name="reference">The reference.</param>
    public static SealedReference Seal(byte[] key, byte[] index, RowKey row, string reference)
    {
        var text = Convert.ToBase64String(AuthenticatedCipher.Encrypt(key, Encoding.UTF8.GetBytes(reference), Associated(row)));
        var plain = Plain(reference);
        return new(text, [.. Enumerable.Range(1, plain.Length).Select(length => Mark(index, row.List, plain[..length]))]);
    }

    /// <summary>Opens a reference.</summary>
    /// <exception cref="CryptographicException">It was changed, or belongs elsewhere.</exception>
    public static string Open(byte[] key, RowKey row, string text) =>
        Encoding.UTF8.GetString(AuthenticatedCipher.Decrypt(key, Convert.FromBase64String(text), Associated(row)));

    /// <summary>The mark by which rows are found whose reference starts like this, however written.</summary>
    /// <param name="index">The key of the tenant's marks.</param>
    /// <param name="list">The list.</param>
    /// <param name="start">The beginning of a reference.</param>
    public static long Token(byte[] index, string list, string start) => Mark(index, list, Plain(start));

    private static string Plain(string text) => text.Normalize(NormalizationForm.FormC).ToLowerInvariant();

    // 64 bits: two beginnings of one organisation share a mark once in some 10^10 rows, and the row's reference tells them apart to who reads it.
    private static long Mark(byte[] index, string list, string plain) =>
        BinaryPrimitives.ReadInt64BigEndian(HMACSHA256.HashData(index, Encoding.UTF8.GetBytes($"{list}\0{plain}")));

    private static byte[] Associated(RowKey row) => Encoding.UTF8.GetBytes($"{row.Tenant}\0{row.Id:D}\0list\0{row.List}\0reference");
}
