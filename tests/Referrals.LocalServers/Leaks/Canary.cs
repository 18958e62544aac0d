using System.Text;

namespace Referrals.LocalServers.Leaks;

/// <summary>A mark that is planted in what must not leave the sender's tenant, and everything that it may look like outside.</summary>
public sealed class Canary
{
    private const int PrefixLength = 4;

    private Canary(string name, IReadOnlyList<string> anyCase, IReadOnlyList<string> exact) => (Name, AnyCase, Exact) = (name, anyCase, exact);

    /// <summary>What it was planted in.</summary>
    public string Name { get; }

    /// <summary>Spellings that count in small letters and capitals.</summary>
    public IReadOnlyList<string> AnyCase { get; }

    /// <summary>Spellings that count as they are.</summary>
    public IReadOnlyList<string> Exact { get; }

    /// <summary>
    /// The beginning of ids in binary: found as bytes, in hexadecimal with and without hyphens from the first eight digits on, in Base64 and
    /// Base64url at any place of a longer text, in the order of bytes of RFC 9562 and in that of .NET.
    /// </summary>
    /// <param name="name">What it is planted in.</param>
    /// <param name="start">The first eight bytes.</param>
    public static Canary OfBytes(string name, byte[] start)
    {
        byte[] mixed = [.. start[..4].Reverse(), .. start[4..6].Reverse(), .. start[6..8].Reverse()];
        return new Canary(
            name,
            [Convert.ToHexStringLower(start[..PrefixLength]), Convert.ToHexStringLower(mixed[..PrefixLength])],
            [Encoding.Latin1.GetString(start), Encoding.Latin1.GetString(mixed), .. Base64(start), .. Base64(mixed)]);
    }

    /// <summary>A text: as it is, and in hexadecimal, Base64 and Base64url.</summary>
    public static Canary OfText(string name, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new Canary(name, [text, Convert.ToHexStringLower(bytes)], [.. Base64(bytes)]);
    }

    // What Base64 makes of the bytes whether they stand at the start or one or two bytes behind it; the characters that neighbours change are left out.
    private static IEnumerable<string> Base64(byte[] bytes)
    {
        for (var skip = 0; skip < 3; skip++)
        {
            var whole = (bytes.Length - skip) / 3 * 3;
            var text = Convert.ToBase64String(bytes, skip, whole);
            yield return text;
            if (text.AsSpan().ContainsAny('+', '/'))
            {
                yield return text.Replace('+', '-').Replace('/', '_');
            }
        }
    }
}
