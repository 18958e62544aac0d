using System.Globalization;

namespace Referrals.Engine.Review.Logs;

/// <summary>A list of names without repetition, each found by its text without making a string.</summary>
internal sealed class NameTable
{
    private readonly LogLimits _limits;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public NameTable(LogLimits limits)
    {
        _limits = limits;
        _lookup = _places.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The names, in the order in which they came.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The place of a name, which is added if it is new; <see cref="EventLog.None"/> if nothing is left of it.</summary>
    /// <exception cref="LogFormatException">It is too long.</exception>
    public int Place(ReadOnlySpan<char> text)
    {
        var name = text.Trim();
        if (name.Length > _limits.TextLength)
        {
            throw new LogFormatException(string.Create(CultureInfo.InvariantCulture, $"A name is longer than {_limits.TextLength:N0} characters.")) { Code = "name-too-long", Values = [LogFormatException.Number(_limits.TextLength)] };
        }

        if (_lookup.TryGetValue(name, out var place))
        {
            return place;
        }

        // What is in the list is clean, so only a new name can need cleaning.
        return Add(IsClean(name) ? name.ToString() : Clean(name).Trim());
    }

    private int Add(string name)
    {
        if (name.Length == 0)
        {
            return EventLog.None;
        }

        if (!_places.TryGetValue(name, out var place))
        {
            place = _names.Count;
            _names.Add(name);
            _places.Add(name, place);
        }

        return place;
    }

    private static bool IsClean(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (char.IsControl(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' or '\u2028' or '\u2029')
            {
                return false;
            }
        }

        return true;
    }

    // XML can't hold control characters, and nothing can hold half of a pair: they become a space. Whole pairs stay.
    private static string Clean(ReadOnlySpan<char> name)
    {
        var clean = name.ToArray();
        for (var i = 0; i < clean.Length; i++)
        {
            if (i + 1 < clean.Length && char.IsSurrogatePair(clean[i], clean[i + 1]))
            {
                i++;
            }
            else if (!IsClean(clean.AsSpan(i, 1)))
            {
                clean[i] = ' ';
            }
        }

        return new string(clean);
    }
}
