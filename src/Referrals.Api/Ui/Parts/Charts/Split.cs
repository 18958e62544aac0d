using Referrals.Api.Ui.Parts.Picture;

namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>What values are made of: for each row a bar of parts side by side.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Summary">What it shows, in a sentence.</param>
/// <param name="Parts">Names of the parts, in the order of the bars; at most two, as there are two colours.</param>
/// <param name="Rows">Rows from top to bottom.</param>
/// <param name="Unit">What is counted.</param>
public sealed record Split(string Title, string Summary, IReadOnlyList<string> Parts, IReadOnlyList<SplitRow> Rows, string Unit)
{
    private const double Width = 760;
    private const double Left = 236;
    private const double Right = 70;
    private const double RowHeight = 40;
    private const double Top = 44;
    private const double LegendGap = 34;

    private static readonly string[] Looks = ["is-first", "is-second"];

    /// <summary>How a value is written.</summary>
    public Func<double, string> Write { get; init; } = v => v.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>The picture.</summary>
    /// <param name="id">Begins the ids in it; unique in the page.</param>
    public string Draw(string id)
    {
        var height = Top + (Rows.Count * RowHeight) + 26;
        var scale = new Scale(Rows.Select(r => r.Values.Sum()).DefaultIfEmpty(1).Max());
        var svg = new Svg(id, Width, height, Title, Summary, "chart--spread");
        double Long(double value) => value / scale.Top * (Width - Left - Right);
        Legend(svg);
        foreach (var mark in scale.Marks)
        {
            svg.Line(Left + Long(mark), Top - 6, Left + Long(mark), height - 24, "chart-grid");
            svg.Text(Left + Long(mark), height - 8, Write(mark), "chart-scale is-middle");
        }

        svg.Text(4, height - 8, Unit, "chart-scale");
        for (var i = 0; i < Rows.Count; i++)
        {
            DrawRow(svg, Rows[i], Top + (i * RowHeight) + (RowHeight / 2), Long);
        }

        return svg.ToString();
    }

    private void DrawRow(Svg svg, SplitRow row, double y, Func<double, double> wide)
    {
        Spread.Name(svg, row.Name, y, Left - 20);
        var x = Left;
        for (var i = 0; i < row.Values.Count; i++)
        {
            svg.Rect(x, y - 10, wide(row.Values[i]), 20, $"chart-part {Looks[i]}", row.Says);
            x += wide(row.Values[i]);
        }

        svg.Text(x + 8, y + 5, Write(row.Values.Sum()), "chart-scale");
    }

    private void Legend(Svg svg)
    {
        var x = Left;
        for (var i = 0; i < Parts.Count; i++)
        {
            svg.Rect(x, 6, 14, 14, $"chart-part {Looks[i]}");
            svg.Text(x + 20, 18, Parts[i], "chart-scale");
            x += 20 + TextFit.Width(Parts[i], PictureFont.Caption) + LegendGap;
        }
    }
}

/// <summary>A row of a <see cref="Split"/>.</summary>
/// <param name="Name">Name.</param>
/// <param name="Says">What it tells, as one sentence.</param>
/// <param name="Values">Its parts.</param>
public sealed record SplitRow(string Name, string Says, IReadOnlyList<double> Values);
