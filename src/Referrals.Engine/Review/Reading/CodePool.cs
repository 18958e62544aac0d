using System.Text;

namespace Referrals.Engine.Review.Reading;

/// <summary>
/// Keeps one string for each code, however often it is read: a million cases have a few hundred steps, partners and reasons. Bounded; not
/// for several threads at once.
/// </summary>
internal sealed class CodePool
{
    private const int MaxCodes = 10_000;
    private const int MaxPooled = 128;

    private readonly HashSet<string> _codes = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public CodePool() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The code of these letters.</summary>
    public string Get(ReadOnlySpan<char> code)
    {
        if (_lookup.TryGetValue(code, out var known))
        {
            return known;
        }

        var fresh = code.ToString();
        if (_codes.Count < MaxCodes && fresh.Length <= MaxPooled)
        {
            _codes.Add(fresh);
        }

        return fresh;
    }

    /// <summary>The code of these letters in UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxPooled)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        Span<char> letters = stackalloc char[MaxPooled];
        return Get(letters[..Encoding.UTF8.GetChars(utf8, letters)]);
    }
}
