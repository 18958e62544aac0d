using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Referrals.Engine.Review.Logs;

/// <summary>Reads a table with a row for each event, and the headings in the first row.</summary>
internal sealed class CsvLogReader(LogOptions options, CancellationToken ct)
{
    private readonly EventLogBuilder _log = new(options.Limits);
    private readonly WarningCounter _warnings = new();
    private readonly LogTimes _times = options.Times;
    private readonly Dictionary<LogColumn, int> _columns = [];

    public LogReading Read(Stream content)
    {
        var (text, isUtf) = TableText.Decode(EventLogReader.ReadAll(content));
        _warnings.Add("windows-1252", count: isUtf ? 0 : 1);
        using var table = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = (options.Separator ?? TableText.Separator(text)).ToString(),
            BadDataFound = null,
            MaxFieldSize = options.Limits.TextLength * 2.0,
            IgnoreBlankLines = true,
        });
        try
        {
            var notes = table.Read() ? Headings([.. table.Record!.Select(h => h.Trim())]) : throw new LogFormatException("The table is empty.") { Code = "table-empty" };
            while (table.Read())
            {
                ct.ThrowIfCancellationRequested();
                Row(table);
            }

            return new LogReading(Build(), LogFormat.Csv, _warnings.All, notes);
        }
        catch (CsvHelperException e)
        {
            throw new LogFormatException(Math.Max(1, table.RawRow), "The row can't be read, or a cell is too long; a quotation mark may be missing.", e) { Code = "row" };
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
            throw new LogFormatException(first.Line ?? 1, $"{e.Message} {first.Text}", e) { Code = "no-event", Values = [first.Code!] };
        }
    }

    private List<string> Headings(IReadOnlyList<string> headings)
    {
        var taken = new List<string>();
        foreach (var column in Enum.GetValues<LogColumn>())
        {
            if (options.Columns.TryGetValue(column, out var given))
            {
                if (given.Length == 0)
                {
                    continue;
                }

                var place = headings.ToList().FindIndex(h => h.Equals(given.Trim(), StringComparison.OrdinalIgnoreCase));
                _columns[column] = place >= 0 ? place : throw new LogFormatException(1, $"There is no column {given}; there are {Listed(headings)}.") { Code = "no-column", Values = [given, Listed(headings)] };
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
                throw new LogFormatException(1, $"No column is known to hold the {name}; name it with --{name}. There are {Listed(headings)}.") { Code = "column-unknown", Values = [name, Listed(headings)] };
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
            _warnings.Add("row-without-case", table.RawRow);
            return;
        }

        if (!_times.TryRead(Cell(row, LogColumn.Time), out var at))
        {
            _warnings.Add("row-without-time", table.RawRow);
            return;
        }

        _log.Dates(place, Date(row, LogColumn.Start, table), Date(row, LogColumn.End, table), Date(row, LogColumn.Deadline, table));
        if (!_log.Add(
            place, at, Cell(row, LogColumn.Activity), Cell(row, LogColumn.Resource), Cell(row, LogColumn.Group), Cell(row, LogColumn.Transition), Cell(row, LogColumn.Instance)))
        {
            _warnings.Add("row-without-activity", table.RawRow);
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

        _warnings.Add("case-date", table.RawRow);
        return null;
    }

    // Rows may be shorter than the headings.
    private ReadOnlySpan<char> Cell(string[] row, LogColumn column) =>
        _columns.TryGetValue(column, out var place) && place < row.Length ? CsvCells.Unguarded(row[place]) : default;
}
