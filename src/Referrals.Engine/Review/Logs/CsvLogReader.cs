using System.Globalization;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using CsvHelper.Configuration;

namespace Referrals.Engine.Review.Logs;

/// <summary>Reads a table with a row for each event, and the headings in the first row.</summary>
internal sealed class CsvLogReader(LogOptions options, CancellationToken ct)
{
    private const string Separators = ";,\t|";

    private readonly EventLogBuilder _log = new(options.Limits);
    private readonly WarningCounter _warnings = new();
    private readonly LogTimes _times = options.Times;
    private readonly Dictionary<LogColumn, int> _columns = [];

    public LogReading Read(Stream content)
    {
        var text = Decode(EventLogReader.ReadAll(content));
        using var table = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = (options.Separator ?? Separator(text)).ToString(),
            BadDataFound = null,
            MaxFieldSize = options.Limits.TextLength * 2.0,
            IgnoreBlankLines = true,
        });
        try
        {
            var notes = table.Read() ? Headings([.. table.Record!.Select(h => h.Trim())]) : throw new LogFormatException("The table is empty.");
            while (table.Read())
            {
                ct.ThrowIfCancellationRequested();
                Row(table);
            }

            return new LogReading(Build(), LogFormat.Csv, _warnings.All, notes);
        }
        catch (CsvHelperException e)
        {
            throw new LogFormatException(Math.Max(1, table.RawRow), "The row can't be read, or a cell is too long; a quotation mark may be missing.", e);
        }
    }

    private EventLog Build()
    {
        try
        {
            return _log.Build();
        }
        catch (LogFormatException e) when (_warnings.All is [var first, ..])
        {
            throw new LogFormatException(first.Line ?? 1, $"{e.Message} {first.Text}", e);
        }
    }

    // UTF-8 or UTF-16 with a mark, else UTF-8 if it is valid, else what spreadsheets in Western Europe write.
    private string Decode(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            using var reader = new StreamReader(new MemoryStream(bytes), detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }

        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes.AsSpan(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0));
        }

        _warnings.Add("The file is not encoded in UTF-8; it was read as Windows-1252.");
        return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
    }

    private static char Separator(string text)
    {
        var counts = new int[Separators.Length];
        var quoted = false;
        foreach (var c in text)
        {
            quoted ^= c == '"';
            if (!quoted && c is '\n' or '\r')
            {
                break;
            }

            if (!quoted && Separators.IndexOf(c, StringComparison.Ordinal) is var place and >= 0)
            {
                counts[place]++;
            }
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    private List<string> Headings(IReadOnlyList<string> headings)
    {
        var taken = new List<string>();
        foreach (var column in Enum.GetValues<LogColumn>())
        {
            if (options.Columns.TryGetValue(column, out var given))
            {
                var place = headings.ToList().FindIndex(h => h.Equals(given.Trim(), StringComparison.OrdinalIgnoreCase));
                _columns[column] = place >= 0 ? place : throw new LogFormatException(1, $"There is no column {given}; there are {Listed(headings)}.");
            }
            else if (LogColumns.Find(column, [.. headings.Select((h, i) => _columns.ContainsValue(i) || IsGiven(h) ? "" : h)]) is { } found)
            {
                _columns[column] = found;
                taken.Add($"{column}: {headings[found]}");
            }
        }

        foreach (var needed in new[] { LogColumn.Case, LogColumn.Activity, LogColumn.Time })
        {
            if (!_columns.ContainsKey(needed))
            {
                var name = needed.ToString().ToLowerInvariant();
                throw new LogFormatException(1, $"No column is known to hold the {name}; name it with --{name}. There are {Listed(headings)}.");
            }
        }

        return taken.Count == 0 ? [] : [$"Columns taken by their names: {string.Join(", ", taken)}."];
    }

    private bool IsGiven(string heading) => options.Columns.Values.Any(v => v.Trim().Equals(heading, StringComparison.OrdinalIgnoreCase));

    private static string Listed(IReadOnlyList<string> headings) =>
        string.Join(", ", headings.Take(20).Select(h => h.Length > 40 ? h[..40] + "…" : h).Select(h => new string([.. h.Where(c => !char.IsControl(c))])));

    private void Row(CsvParser table)
    {
        try
        {
            Take(table);
        }
        catch (LogFormatException e)
        {
            throw e.In(table.RawRow);
        }
    }

    private void Take(CsvParser table)
    {
        var row = table.Record!;
        if (_log.Case(Cell(row, LogColumn.Case)) is not { } place)
        {
            _warnings.Add("A row names no case and was left out.", table.RawRow);
            return;
        }

        if (!_times.TryRead(Cell(row, LogColumn.Time), out var at))
        {
            _warnings.Add("A row's time is missing or can't be read, and it was left out; --time-format says how times are written.", table.RawRow);
            return;
        }

        _log.Dates(place, Date(row, LogColumn.Start, table), Date(row, LogColumn.End, table), Date(row, LogColumn.Deadline, table));
        if (!_log.Add(
            place, at, Cell(row, LogColumn.Activity), Cell(row, LogColumn.Resource), Cell(row, LogColumn.Group), Cell(row, LogColumn.Transition), Cell(row, LogColumn.Instance)))
        {
            _warnings.Add("A row names no activity and was left out.", table.RawRow);
        }
    }

    private DateTime? Date(string[] row, LogColumn column, CsvParser table)
    {
        var text = Cell(row, column);
        if (text.IsWhiteSpace())
        {
            return null;
        }

        if (_times.TryRead(text, out var at))
        {
            return at;
        }

        _warnings.Add("A date of a case can't be read and was left out.", table.RawRow);
        return null;
    }

    // Rows may be shorter than the headings.
    private ReadOnlySpan<char> Cell(string[] row, LogColumn column) =>
        _columns.TryGetValue(column, out var place) && place < row.Length ? CsvCells.Unguarded(row[place]) : default;
}
