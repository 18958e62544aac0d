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

    /// <summary>The same, with its line if it has none yet.</summary>
    internal LogFormatException In(long line) => Line is null ? new LogFormatException(line, Message, this) : this;
}

/// <summary>Something in a file that could not be taken as it is.</summary>
/// <param name="Text">What, and what was done about it.</param>
/// <param name="Count">How often.</param>
/// <param name="Line">The line of the first one, if there is one.</param>
public sealed record LogWarning(string Text, int Count, long? Line);

/// <summary>Counts warnings of the same kind together.</summary>
internal sealed class WarningCounter
{
    private readonly List<LogWarning> _all = [];

    /// <summary>The warnings, in the order in which they first came up.</summary>
    public IReadOnlyList<LogWarning> All => _all;

    /// <summary>Counts one or several more; the text is the same for all of a kind.</summary>
    public void Add(string text, long? line = null, int count = 1)
    {
        if (count == 0)
        {
            return;
        }

        var place = _all.FindIndex(w => w.Text == text);
        if (place < 0)
        {
            _all.Add(new LogWarning(text, count, line));
        }
        else
        {
            _all[place] = _all[place] with { Count = _all[place].Count + count };
        }
    }
}
