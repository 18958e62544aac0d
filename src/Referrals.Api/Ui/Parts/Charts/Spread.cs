namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>How values are spread: for each row a line from the 10th to the 90th percentile, a box over the middle half, and a mark at the median.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Summary">What it shows, in a sentence.</param>
/// <param name="Rows">Rows from top to bottom.</param>
/// <param name="Unit">What is counted.</param>
public sealed record Spread(string Title, string Summary, IReadOnlyList<SpreadRow> Rows, string Unit)
{
    private const double Width = 760;
    private const double Left = 236;
    private const double Right = 70;
    private const double RowHeight = 40;
    private const double Top = 26;

    /// <summary>How a value is written.</summary>
    public Func<double, string> Write { get; init; } = v => v.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>The picture.</summary>
    /// <param name="id">Begins the ids in it; unique in the page.</param>
    public string Draw(string id)
    {
        var height = Top + (Rows.Count * RowHeight) + 26;
        var scale = new Scale(Rows.Select(r => r.Most).DefaultIfEmpty(1).Max());
        var svg = new Svg(id, Width, height, Title, Summary, "chart--spread");
        double X(double value) => Left + (Math.Clamp(value / scale.Top, 0, 1) * (Width - Left - Right));
        foreach (var mark in scale.Marks)
        {
            svg.Line(X(mark), Top - 6, X(mark), height - 24, "chart-grid");
            svg.Text(X(mark), height - 8, Write(mark), "chart-scale is-middle");
        }

        svg.Text(4, height - 8, Unit, "chart-scale");
        for (var i = 0; i < Rows.Count; i++)
        {
            DrawRow(svg, Rows[i], Top + (i * RowHeight) + (RowHeight / 2), X);
        }

        return svg.ToString();
    }

    /// <summary>The name of a row, on two lines where it needs them.</summary>
    internal static void Name(Svg svg, string name, double y, double width)
    {
        var lines = Picture.TextFit.Lines(name, Picture.PictureFont.Caption, width, 2);
        for (var i = 0; i < lines.Count; i++)
        {
            svg.Text(4, y + 5 + ((i - ((lines.Count - 1) / 2.0)) * 16), lines[i], "chart-scale is-name");
        }
    }

    private void DrawRow(Svg svg, SpreadRow row, double y, Func<double, double> x)
    {
        Name(svg, row.Name, y, Left - 20);
        if (row is { P10: { } low, P90: { } high })
        {
            svg.Line(x(low), y, x(high), y, "chart-whisker");
        }

        if (row is { P25: { } from, P75: { } to })
        {
            svg.Rect(x(from), y - 9, x(to) - x(from), 18, $"chart-middle {row.Css}", row.Says);
        }

        if (row.Median is { } median)
        {
            svg.Line(x(median), y - 12, x(median), y + 12, "chart-median");
            svg.Text(x(row.Most) + 8, y + 5, Write(median), "chart-scale");
        }

        if (row.Agreed is { } agreed)
        {
            svg.Line(x(agreed), y - 15, x(agreed), y + 15, "chart-agreed");
        }
    }
}

/// <summary>A row of a <see cref="Spread"/>; what must not be told is null.</summary>
/// <param name="Name">Name.</param>
/// <param name="Says">What it tells, as one sentence.</param>
/// <param name="P10">10th percentile.</param>
/// <param name="P25">25th percentile.</param>
/// <param name="Median">Median.</param>
/// <param name="P75">75th percentile.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="Agreed">The agreed time, marked.</param>
/// <param name="Css">How it looks.</param>
public sealed record SpreadRow(string Name, string Says, double? P10, double? P25, double? Median, double? P75, double? P90, double? Agreed = null, string Css = "")
{
    /// <summary>The largest value.</summary>
    public double Most => new[] { P10, P25, Median, P75, P90, Agreed }.Max() ?? 0;
}
