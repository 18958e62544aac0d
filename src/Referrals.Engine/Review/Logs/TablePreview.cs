using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Referrals.Engine.Review.Logs;

/// <summary>How a table begins, so that a person can say which column means what.</summary>
/// <param name="Headings">Headings of its columns that have one, in their order.</param>
/// <param name="Rows">Its first rows, as many cells each as there are headings.</param>
/// <param name="Guessed">Which heading means what, by usual names.</param>
public sealed record TablePreview(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyDictionary<LogColumn, string> Guessed)
{
    private const int MostBytes = 1 << 17;
    private const int MostRows = 5;
    private const int MostColumns = 60;
    private const int MostShown = 60;

    /// <summary>Reads the beginning of a table.</summary>
    /// <param name="file">The file; needs no seeking, stays open.</param>
    /// <param name="name">Its name.</param>
    /// <param name="limits">How much of it is taken.</param>
    /// <exception cref="LogFormatException">It is damaged, or can't be read as a table.</exception>
    public static TablePreview Read(Stream file, string name, LogLimits limits)
    {
        var (bytes, isAll) = EventLogReader.Open(file, name, limits, (content, _) => Begin(content));
        var text = TableText.Decode(isAll ? bytes : bytes[..(Array.LastIndexOf(bytes, (byte)'\n') + 1)]).Text;
        using var table = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = TableText.Separator(text).ToString(),
            BadDataFound = null,
            IgnoreBlankLines = true,
        });
        if (!table.Read())
        {
            throw new LogFormatException("The table is empty.") { Code = "table-empty" };
        }

        var headings = table.Record!.Select(h => h.Trim()).ToList();
        var places = Enumerable.Range(0, headings.Count).Where(i => headings[i].Length > 0).DistinctBy(i => headings[i].ToUpperInvariant()).Take(MostColumns).ToList();
        var rows = new List<IReadOnlyList<string>>();
        while (rows.Count < MostRows && table.Read())
        {
            var row = table.Record!;
            rows.Add([.. places.Select(p => p < row.Length ? Short(CsvCells.Unguarded(row[p]).ToString()) : "")]);
        }

        return new TablePreview([.. places.Select(p => headings[p])], rows, Guess([.. places.Select(p => headings[p])]));
    }

    private static (byte[] Bytes, bool IsAll) Begin(Stream content)
    {
        var bytes = new byte[MostBytes];
        var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return (bytes[..read], read < bytes.Length);
    }

    private static string Short(string cell) => new([.. (cell.Length > MostShown ? cell[..MostShown] + "…" : cell).Where(c => !char.IsControl(c))]);

    private static Dictionary<LogColumn, string> Guess(IReadOnlyList<string> headings)
    {
        var guessed = new Dictionary<LogColumn, string>();
        foreach (var column in Enum.GetValues<LogColumn>())
        {
            if (LogColumns.Find(column, [.. headings.Select(h => guessed.ContainsValue(h) ? "" : h)]) is { } found)
            {
                guessed[column] = headings[found];
            }
        }

        return guessed;
    }
}
