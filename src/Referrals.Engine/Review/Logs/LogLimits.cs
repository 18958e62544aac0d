using System.Collections.Frozen;

namespace Referrals.Engine.Review.Logs;

/// <summary>How much of a file is taken, so that none can do harm.</summary>
public sealed record LogLimits
{
    private const int Megabyte = 1 << 20;

    /// <summary>The largest file, in bytes.</summary>
    public long FileBytes { get; init; } = 256L * Megabyte;

    /// <summary>The most bytes that a packed file may unpack to.</summary>
    public long UnpackedBytes { get; init; } = 1024L * Megabyte;

    /// <summary>How many times larger than packed the unpacked content may be; content of less than <see cref="FreeBytes"/> may be anything.</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>How many unpacked bytes are not measured against the ratio.</summary>
    public long FreeBytes { get; init; } = 4L * Megabyte;

    /// <summary>The most events, and the most cases.</summary>
    public int Events { get; init; } = 10_000_000;

    /// <summary>The deepest nesting of XML elements or JSON values.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>The longest name (activity, case, resource …), in characters.</summary>
    public int TextLength { get; init; } = 4_000;
}

/// <summary>A file can't be read as an event log. The message is one sentence for people.</summary>
public sealed class LogFormatException : Exception
{
    /// <summary>What is wrong, without a place.</summary>
    public LogFormatException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>What is wrong and in which line, counted from 1.</summary>
    public LogFormatException(long line, string message, Exception? inner = null)
        : base(FormattableString.Invariant($"Line {line}: {message}"), inner) => Line = line;

    /// <summary>The line, if there is one.</summary>
    public long? Line { get; }

    /// <summary>What is wrong as a code, for texts in other languages.</summary>
    public required string Code { get; init; }

    /// <summary>What stands in the sentence: numbers, names of columns, the code of a warning.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The same, with its line if it has none yet.</summary>
    internal LogFormatException In(long line) => Line is null ? new LogFormatException(line, Message, this) { Code = Code, Values = Values } : this;

    /// <summary>A number as it stands in <see cref="Values"/>.</summary>
    internal static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Something in a file that could not be taken as it is.</summary>
/// <param name="Text">What, and what was done about it.</param>
/// <param name="Count">How often.</param>
/// <param name="Line">The line of the first one, if there is one.</param>
public sealed record LogWarning(string Text, int Count, long? Line)
{
    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>
    {
        ["windows-1252"] = "The file is not encoded in UTF-8; it was read as Windows-1252.",
        ["row-without-case"] = "A row names no case and was left out.",
        ["row-without-time"] = "A row's time is missing or can't be read, and it was left out; --time-format says how times are written.",
        ["row-without-activity"] = "A row names no activity and was left out.",
        ["case-date"] = "A date of a case can't be read and was left out.",
        ["object-without-event"] = "An object of the case's type has no event and was left out.",
        ["event-without-object"] = "An event relates to no object of the case's type and was left out.",
        ["event-without-time"] = "An event has no time and was left out.",
        ["event-time"] = "An event's time can't be read, and it was left out.",
        ["event-without-type"] = "An event has no type and was left out.",
        ["object-date"] = "A date of an object can't be read and was left out.",
        ["trace-without-event"] = "A trace has no event and was left out.",
        ["trace-without-name"] = "A trace has no name and was given one.",
        ["trace-renamed"] = "A trace has the name of an earlier one and was renamed.",
        ["event-without-trace"] = "An event belongs to no trace and was left out.",
        ["xes-version"] = "The log does not say its XES version as a decimal number.",
        ["event-without-name"] = "An event has no name and was named by the classifier.",
        ["event-without-activity"] = "An event has no activity and was left out.",
        ["trace-date"] = "A date of a trace can't be read and was left out.",
    }.ToFrozenDictionary();

    /// <summary>What, as a code for texts in other languages; null of logs that were imported before there were codes.</summary>
    public string? Code { get; init; }

    /// <summary>Every code.</summary>
    public static IReadOnlyCollection<string> AllCodes => Texts.Keys;

    /// <summary>A warning of a code.</summary>
    internal static LogWarning Of(string code, int count, long? line) => new(Texts[code], count, line) { Code = code };
}

/// <summary>Counts warnings of the same kind together.</summary>
internal sealed class WarningCounter
{
    private readonly List<LogWarning> _all = [];

    /// <summary>The warnings, in the order in which they first came up.</summary>
    public IReadOnlyList<LogWarning> All => _all;

    /// <summary>Counts one or several more of a kind.</summary>
    public void Add(string code, long? line = null, int count = 1)
    {
        if (count == 0)
        {
            return;
        }

        var place = _all.FindIndex(w => w.Code == code);
        if (place < 0)
        {
            _all.Add(LogWarning.Of(code, count, line));
        }
        else
        {
            _all[place] = _all[place] with { Count = _all[place].Count + count };
        }
    }
}
