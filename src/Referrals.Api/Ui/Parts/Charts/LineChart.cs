namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>A chart of lines over a scale from left to right.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Summary">What it shows, in a sentence.</param>
/// <param name="Unit">What the scale upwards counts.</param>
public sealed record LineChart(string Title, string Summary, string Unit)
{
    private const double Width = 760;
    private const double Height = 280;
    private const double Left = 52;
    private const double Plain = 16;
    private const double Labelled = 62;
    private const double Top = 28;
    private const double Bottom = 34;
    private const double LetterHeight = 14;
    private const double WordWidth = 28;

    /// <summary>Lines.</summary>
    public IReadOnlyList<ChartLine> Lines { get; init; } = [];

    /// <summary>Bands between two lines, drawn below everything.</summary>
    public IReadOnlyList<ChartBand> Bands { get; init; } = [];

    /// <summary>Values that hold for the whole width, such as limits.</summary>
    public IReadOnlyList<ChartLevel> Levels { get; init; } = [];

    /// <summary>Places from left to right that something is marked at, such as a measure of the steering group.</summary>
    public IReadOnlyList<ChartMark> Marks { get; init; } = [];

    /// <summary>Words along the scale from left to right.</summary>
    public IReadOnlyList<(double X, string Text)> Across { get; init; } = [];

    /// <summary>The end of the scale to the right; null: that of the furthest point.</summary>
    public double? MostAcross { get; init; }

    /// <summary>The end of the scale upwards; null: above the highest point.</summary>
    public double? MostUp { get; init; }

    /// <summary>How a value is written.</summary>
    public Func<double, string> Write { get; init; } = v => v.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture);

    // Levels are named beside the lines, where nothing crosses their names.
    private double Right => Levels.Count > 0 ? Labelled : Plain;

    /// <summary>The picture.</summary>
    /// <param name="id">Begins the ids in it; unique in the page.</param>
    public string Draw(string id)
    {
        var svg = new Svg(id, Width, Height, Title, Summary, "chart--lines");
        var up = new Scale(MostUp ?? Values().DefaultIfEmpty(1).Max());
        var across = Math.Max(MostAcross ?? Points().Select(p => p.X).DefaultIfEmpty(1).Max(), 1e-9);
        double X(double x) => Left + (x / across * (Width - Left - Right));
        double Y(double y) => Height - Bottom - (Math.Clamp(y / up.Top, 0, 1) * (Height - Top - Bottom));
        svg.Text(8, 14, Unit, "chart-unit");
        foreach (var mark in up.Marks)
        {
            svg.Line(Left, Y(mark), Width - Right, Y(mark), "chart-grid");
            svg.Text(Left - 8, Y(mark) + 4, Write(mark), "chart-scale is-end");
        }

        foreach (var (x, text) in Across)
        {
            var isLast = X(x) > Width - WordWidth;
            svg.Text(isLast ? Width - 2 : X(x), Height - 10, text, isLast ? "chart-scale is-end" : "chart-scale is-middle");
        }

        foreach (var band in Bands)
        {
            svg.Draw(Svg.Path([.. band.Lower.Select(p => (X(p.X), Y(p.Y))), .. band.Upper.Reverse().Select(p => (X(p.X), Y(p.Y)))]) + "Z", $"chart-band {band.Css}");
        }

        DrawLevels(svg, X, Y);
        foreach (var line in Lines)
        {
            DrawLine(svg, line, X, Y);
        }

        return svg.ToString();
    }

    private void DrawLevels(Svg svg, Func<double, double> x, Func<double, double> y)
    {
        var names = NamePlaces.Apart([.. Levels.Select(l => y(l.Y) + 4)], LetterHeight, Top, Height - Bottom + 4);
        for (var i = 0; i < Levels.Count; i++)
        {
            svg.Line(Left, y(Levels[i].Y), Width - Right, y(Levels[i].Y), $"chart-level {Levels[i].Css}");
            svg.Text(Width - Right + 6, names[i], Levels[i].Says, "chart-scale");
        }

        foreach (var mark in Marks)
        {
            svg.Line(x(mark.X), Top - 8, x(mark.X), Height - Bottom, "chart-event");
            svg.Text(x(mark.X), Top - 12, mark.Says, "chart-scale " + (x(mark.X) > Width / 2 ? "is-end" : ""));
        }
    }

    private static void DrawLine(Svg svg, ChartLine line, Func<double, double> x, Func<double, double> y)
    {
        foreach (var run in line.Runs())
        {
            svg.Draw(Svg.Path(run.Select(p => (x(p.X), y(p.Y)))), $"chart-line {line.Css}");
        }

        foreach (var point in line.Points.Where(p => p.Says is not null))
        {
            svg.Circle(x(point.X), y(point.Y), point.Stands ? 6 : 3.5, $"chart-dot {line.Css}{(point.Stands ? " is-signal" : "")}", point.Says);
        }
    }

    private IEnumerable<ChartPoint> Points() => Lines.SelectMany(l => l.Points);

    private IEnumerable<double> Values() =>
        Points().Where(p => !double.IsNaN(p.Y)).Select(p => p.Y).Concat(Levels.Select(l => l.Y)).Concat(Bands.SelectMany(b => b.Upper.Select(u => u.Y)));
}

/// <summary>A line of a chart.</summary>
/// <param name="Points">Its points from left to right; one that is not a number breaks it.</param>
/// <param name="Css">How it looks: <c>is-first</c>, <c>is-second</c>, <c>is-points</c> (no line).</param>
/// <param name="Steps">Whether each value holds until the next point.</param>
public sealed record ChartLine(IReadOnlyList<ChartPoint> Points, string Css = "is-first", bool Steps = false)
{
    /// <summary>The stretches without a gap, with corners where it goes in steps.</summary>
    public IEnumerable<IReadOnlyList<(double X, double Y)>> Runs()
    {
        var run = new List<(double X, double Y)>();
        foreach (var point in Points)
        {
            if (double.IsNaN(point.Y))
            {
                if (run.Count > 0)
                {
                    yield return run;
                    run = [];
                }

                continue;
            }

            if (Steps && run.Count > 0)
            {
                run.Add((point.X, run[^1].Y));
            }

            run.Add((point.X, point.Y));
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}

/// <summary>A point of a line.</summary>
/// <param name="X">From left to right.</param>
/// <param name="Y">Upwards; not a number: a gap.</param>
/// <param name="Says">What a dot there says; null: no dot.</param>
/// <param name="Stands">Whether it stands out.</param>
public readonly record struct ChartPoint(double X, double Y, string? Says = null, bool Stands = false);

/// <summary>A band between two lines.</summary>
public sealed record ChartBand(IReadOnlyList<(double X, double Y)> Lower, IReadOnlyList<(double X, double Y)> Upper, string Css = "is-first");

/// <summary>A value that holds for the whole width.</summary>
public sealed record ChartLevel(double Y, string Says, string Css = "");

/// <summary>Something marked at a place from left to right.</summary>
public sealed record ChartMark(double X, string Says);
