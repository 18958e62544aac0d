using System.Globalization;
using System.Text;

namespace Referrals.Benchmarks.Measuring;

/// <summary>Writes tables as Markdown that is also readable as it stands.</summary>
internal static class Markdown
{
    /// <summary>A table with medians, and smallest and largest round in brackets.</summary>
    public static string Write(Table table)
    {
        List<IReadOnlyList<string>> lines = [["", "load", .. table.Columns]];
        foreach (var row in table.Rows)
        {
            lines.Add([row.What, row.Load, .. table.Columns.Select(c => Cell(row.Figures.GetValueOrDefault(c)))]);
        }

        var widths = Enumerable.Range(0, lines[0].Count).Select(i => lines.Max(l => l[i].Length)).ToList();
        lines.Insert(1, [.. widths.Select(w => new string('-', w))]);

        var text = new StringBuilder().AppendLine(CultureInfo.InvariantCulture, $"## {table.Title}").AppendLine();
        foreach (var line in lines)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", line.Zip(widths, (cell, width) => cell.PadRight(width)))} |");
        }

        text.AppendLine();
        foreach (var note in table.Notes)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {note}");
        }

        return text.ToString();
    }

    private static string Cell(Spread? figure) => figure switch
    {
        null => "",
        { Rounds.Count: 1 } => Number(figure.Median),
        _ => $"{Number(figure.Median)} ({Number(figure.Min)}–{Number(figure.Max)})",
    };

    private static string Number(double value) =>
        double.IsNaN(value) ? "–" : value.ToString(Math.Abs(value) >= 100 ? "N0" : "N2", CultureInfo.InvariantCulture);
}
