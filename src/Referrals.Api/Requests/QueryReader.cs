using System.Globalization;
using Microsoft.Extensions.Primitives;
using Referrals.Api.Answers;
using Referrals.Engine;

namespace Referrals.Api.Requests;

/// <summary>Reads query parameters strictly: all faults at once, unknown parameters among them.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<Fault> _faults = [];

    /// <summary>What is wrong; complete after everything was read.</summary>
    public IReadOnlyList<Fault> Finish()
    {
        foreach (var name in query.Keys.Where(k => !_known.Contains(k)).Order(StringComparer.Ordinal))
        {
            Add(name, "unknown-parameter", "There is no such parameter here.");
        }

        return _faults;
    }

    /// <summary>Words of an enum, repeated or with commas between them.</summary>
    public IReadOnlyList<string> Words<T>(string name)
        where T : struct, Enum => Words(name, JsonFaults.Words(typeof(T)));

    /// <summary>Some of these words, repeated or with commas between them.</summary>
    public IReadOnlyList<string> Words(string name, IReadOnlyList<string> words)
    {
        var given = Values(name).SelectMany(v => (v ?? "").Split(',', StringSplitOptions.TrimEntries)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var wrong in given.Where(w => !words.Contains(w)))
        {
            Add(name, "wrong-value", $"Here stands one of: {string.Join(", ", words)}.");
        }

        return given;
    }

    /// <summary>One of these words, or null.</summary>
    public string? Word(string name, params IReadOnlyList<string> words)
    {
        var given = Single(name);
        if (given is not null && !words.Contains(given))
        {
            Add(name, "wrong-value", $"Here stands one of: {string.Join(", ", words)}.");
        }

        return given;
    }

    /// <summary>A code, or null.</summary>
    public string? Code(string name)
    {
        var given = Single(name);
        if (given is not null && !Codes.IsCode(given))
        {
            Add(name, "not-a-code", "This is a code of lower-case letters, digits and hyphens, of at most 60 characters.");
        }

        return given;
    }

    /// <summary>A point in time with its offset (RFC 3339), or null.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Single(name) is not { } given)
        {
            return null;
        }

        string[] formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];
        if (DateTimeOffset.TryParseExact(given, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time.ToUniversalTime();
        }

        Add(name, "wrong-value", "Here stands a time such as 2026-09-30T08:00:00Z.");
        return null;
    }

    /// <summary>A day (ISO 8601), or null.</summary>
    public DateOnly? Day(string name)
    {
        if (Single(name) is not { } given)
        {
            return null;
        }

        if (DateOnly.TryParseExact(given, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Add(name, "wrong-value", "Here stands a day such as 2026-09-30.");
        return null;
    }

    /// <summary>A number such as 2026-0408, or null.</summary>
    public CaseNumber? CaseNumber(string name)
    {
        if (Single(name) is not { } given)
        {
            return null;
        }

        if (Referrals.Engine.CaseNumber.TryParse(given, out var number))
        {
            return number;
        }

        Add(name, "wrong-value", "Here stands a number such as 2026-0408.");
        return null;
    }

    /// <summary>A short text, or null.</summary>
    public string? Text(string name, int maxLength)
    {
        if (Single(name) is not { } given)
        {
            return null;
        }

        if (given.Length > 0 && given.Length <= maxLength && !given.Any(c => char.IsControl(c) || char.IsSurrogate(c)))
        {
            return given;
        }

        Add(name, "wrong-value", $"Here stand 1 to {maxLength} characters.");
        return null;
    }

    /// <summary>True, false, or not given, which means false.</summary>
    public bool Flag(string name) => Word(name, "true", "false") == "true";

    /// <summary>A whole number within bounds.</summary>
    public int Number(string name, int min, int max, int otherwise)
    {
        if (Single(name) is not { } given)
        {
            return otherwise;
        }

        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Add(name, "wrong-value", $"Here stands a whole number from {min} to {max}.");
        return otherwise;
    }

    /// <summary>The value of a parameter that is given at most once, or null.</summary>
    public string? Single(string name)
    {
        var values = Values(name);
        if (values.Count > 1)
        {
            Add(name, "parameter-twice", "This parameter is given at most once.");
        }

        return values.Count == 0 ? null : values[0];
    }

    /// <summary>Records a fault.</summary>
    public void Add(string name, string code, string message) => _faults.Add(new Fault(name, code, message));

    private StringValues Values(string name)
    {
        _known.Add(name);
        return query[name];
    }
}
