using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Referrals.Engine.Network.Audit;

/// <summary>
/// The chain of an organisation's entries: each entry's hash is the SHA-256 of its fields and of the hash before it. The database computes it
/// when an entry is written (<c>audit_hash</c>); here it is computed anew without the database's functions.
/// </summary>
public static class AuditChain
{
    private const string Form = "audit-1";

    /// <summary>The hash of an entry, 32 bytes. Every field is written with its length in bytes before it; the hash before in hexadecimal.</summary>
    /// <param name="entry">The entry, with its place in the chain.</param>
    /// <param name="before">The hash of the entry before; empty for the first one.</param>
    public static byte[] Hash(AuditEntry entry, ReadOnlySpan<byte> before)
    {
        var text = new StringBuilder(320);
        Add(text, Form);
        Add(text, entry.Organisation.Value);
        Add(text, entry.ChainNo.ToString(CultureInfo.InvariantCulture));
        Add(text, entry.Id.ToString(CultureInfo.InvariantCulture));
        Add(text, entry.IsLook ? "look" : "deed");
        Add(text, ((entry.At.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture));
        Add(text, entry.Who);
        Add(text, entry.What);
        Add(text, entry.Subject);
        Add(text, Details(entry));
        Add(text, Convert.ToHexStringLower(before));
        return Digest(text);
    }

    private static string Details(AuditEntry entry)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in (entry.Details ?? new Dictionary<string, string>()).OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            Add(text, name);
            Add(text, value);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(value)}:").Append(value).Append(',');

    private static byte[] Digest(StringBuilder text)
    {
        var written = text.ToString();
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(written.Length));
        try
        {
            return SHA256.HashData(buffer.AsSpan(0, Encoding.UTF8.GetBytes(written, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
