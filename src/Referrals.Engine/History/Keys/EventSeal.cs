using System.Security.Cryptography;
using System.Text;

namespace Referrals.Engine.History.Keys;

/// <summary>
/// Seals and opens the texts of one event. Where a text belongs (tenant, stream, event, field) is its associated data, so that it opens
/// nowhere else.
/// </summary>
/// <param name="key">The key of the stream (256 bits); null: there is none.</param>
/// <param name="destroyed">Whether there is none because it was destroyed: then nothing can be kept or read any more, and that is no error.</param>
/// <param name="stream">The stream.</param>
/// <param name="type">The event's name in the log.</param>
/// <param name="id">The event.</param>
internal sealed class EventSeal(byte[]? key, bool destroyed, StreamName stream, string type, Guid id)
{
    /// <summary>The text sealed, as base64; null when it can't be kept.</summary>
    public string? Seal(string field, string text)
    {
        StoredText.Check(text);
        return key is null ? null : Convert.ToBase64String(AuthenticatedCipher.Encrypt(key, Encoding.UTF8.GetBytes(text), Associated(field)));
    }

    /// <summary>The text, or null when it was erased.</summary>
    /// <exception cref="SealBrokenException">It was changed, or comes from elsewhere.</exception>
    public string? Open(string field, string? data)
    {
        if (data is null || destroyed)
        {
            return null;
        }

        if (key is null)
        {
            throw new SealBrokenException(type, id, field, new KeyNotFoundException("the key of the stream is missing"));
        }

        try
        {
            return Encoding.UTF8.GetString(AuthenticatedCipher.Decrypt(key, Convert.FromBase64String(data), Associated(field)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new SealBrokenException(type, id, field, e);
        }
    }

    // No part has the separator, so that no other parts give the same.
    private byte[] Associated(string field) => Encoding.UTF8.GetBytes($"{stream.Tenant}\0{stream.Id:D}\0{type}\0{id:D}\0{field}");
}

/// <summary>A sealed text of an event was changed behind the product's back, or put where it does not belong.</summary>
public sealed class SealBrokenException(string type, Guid id, string field, Exception inner)
    : Exception($"'{field}' of event {id} ({type}) can't be opened: it was changed after it was sealed, or its key is missing", inner);
