using System.Globalization;
using Referrals.Api.Ui.Parts.Charts;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Ui.Pages.Review.Steps;

/// <summary>A step that is looked at.</summary>
/// <param name="Sight">What is looked at.</param>
/// <param name="Detail">The step.</param>
public sealed record StepSight(ReviewSight Sight, StepDetail Detail)
{
    /// <summary>The filter with the step's chain.</summary>
    public ReviewFilter Filter => Sight.Filter with { Chain = Detail.Step.Chain };

    /// <summary>The months of waiting, with limits.</summary>
    public ControlChart Months => Sight.Figures.ControlChart(Filter, ChartMeasure.Waiting, new ChartSubject(Detail.Step));

    /// <summary>Title of the chain.</summary>
    public string ChainTitle => Sight.ChainName(Detail.Step.Chain);

    /// <summary>Measures of the group for this step or its whole chain.</summary>
    public IEnumerable<MeasureState> Measures =>
        Sight.Measures.Where(m => m.Plan.Chain == Detail.Step.Chain && (m.Plan.Step is not { } step || step.Value == Detail.Step.Step));

    /// <summary>Where a measure for it is noted.</summary>
    public string NoteMeasure => Links.With(Links.NewMeasure, (Review.Measures.MeasureForm.Place, $"{Detail.Step.Chain}/{Detail.Step.Step}"));
}

/// <summary>The charts of a step.</summary>
/// <param name="step">The step.</param>
/// <param name="sight">What is looked at.</param>
/// <param name="words">The reader's language.</param>
/// <param name="say">Figures in words.</param>
internal sealed class StepCharts(StepDetail step, ReviewSight sight, Words words, FigureWords say)
{
    /// <summary>How long it takes, by partner; null where too few stand for every row.</summary>
    public string? Durations()
    {
        SpreadRow[] rows =
        [
            Row(words["Review.AllPartners"], step.DurationPercentiles, ""),
            .. step.Partners.Select(p => Row(sight.NameOf(p.Partner), p.DurationPercentiles, IsOver(p.DurationPercentiles) ? "is-bad" : "")),
        ];
        var told = rows.Where(r => r.Median is not null).ToList();
        return told.Count == 0 ? null : new Spread(words["ReviewStep.Durations"], words["ReviewStep.DurationsSummary", told.Count], told, say.Unit) { Write = Short }.Draw("dauer");
    }

    /// <summary>Waiting against working, by partner; null where too few stand for every row.</summary>
    public string? WaitingAndWorking()
    {
        var rows = step.Partners.Where(p => p.Waiting.Mean is not null && p.Working.Mean is not null).Select(p => new SplitRow(
            sight.NameOf(p.Partner),
            words["ReviewStep.SplitSays", sight.NameOf(p.Partner), say.Days(p.Waiting.Mean), say.Days(p.Working.Mean)],
            [p.Waiting.Mean!.Value, p.Working.Mean!.Value])).ToList();
        var chart = new Split(
            words["ReviewStep.Split"], words["ReviewStep.SplitSummary", rows.Count], [words["ReviewStep.Waiting"], words["ReviewStep.Working"]], rows, say.Unit)
        {
            Write = Short,
        };
        return rows.Count == 0 ? null : chart.Draw("warten");
    }

    /// <summary>The share that still waits, with its band; null where too few stand for it.</summary>
    public string? Curve()
    {
        var points = step.WaitingCurve.Points;
        if (points.Count == 0)
        {
            return null;
        }

        var scale = new Scale(points[^1].Days);
        return new LineChart(words["ReviewStep.Curve"], CurveSays(), words["ReviewStep.StillWaiting"])
        {
            Lines = [new ChartLine([new(0, 1), .. points.Select(p => new ChartPoint(p.Days, p.Share))], Steps: true)],
            Bands = [new ChartBand(Steps(points.Select(p => (p.Days, p.Lower))), Steps(points.Select(p => (p.Days, p.Upper))))],
            Across = [.. scale.Marks.Select(m => (m, Short(m)))],
            MostAcross = scale.Top,
            MostUp = 1,
            Write = FigureWords.Percent,
        }.Draw("kurve");
    }

    /// <summary>What the curve says, in a sentence.</summary>
    public string CurveSays()
    {
        var curve = step.WaitingCurve;
        return curve.Median is null ? words["ReviewStep.CurveNoMedian", FigureWords.Number(curve.N), FigureWords.Number(curve.Open)]
            : words["ReviewStep.CurveMedian", say.Days(curve.Median), say.Bare(curve.MedianLower), curve.MedianUpper is null ? "…" : say.Bare(curve.MedianUpper), FigureWords.Number(curve.N), FigureWords.Number(curve.Open)];
    }

    /// <summary>The curve as a table, at round numbers of days.</summary>
    public IReadOnlyList<IReadOnlyList<string>> CurveRows()
    {
        var points = step.WaitingCurve.Points;
        return points.Count == 0 ? [] : [.. new Scale(points[^1].Days / 2).Marks.Concat(new Scale(points[^1].Days).Marks).Distinct().Order().Skip(1).Select(days =>
        {
            var at = points.LastOrDefault(p => p.Days <= days);
            return (IReadOnlyList<string>)[Short(days), FigureWords.Percent(at?.Share ?? 1), at is null ? "–" : words["ReviewStep.Band", FigureWords.Percent(at.Lower), FigureWords.Percent(at.Upper)]];
        })];
    }

    /// <summary>A percentile as it is told.</summary>
    public static double? Of(IReadOnlyList<PercentileValue> values, double share) => values.FirstOrDefault(v => v.Share == share)?.Days;

    private SpreadRow Row(string name, IReadOnlyList<PercentileValue> p, string css) => new(
        name, words["ReviewStep.DurationSays", name, say.Bare(Of(p, 0.25)), say.Bare(Of(p, 0.75)), say.Days(Of(p, 0.5))],
        Of(p, 0.1), Of(p, 0.25), Of(p, 0.5), Of(p, 0.75), Of(p, 0.9), step.AgreedDays, css);

    private bool IsOver(IReadOnlyList<PercentileValue> values) => step.AgreedDays is { } agreed && Of(values, 0.5) > agreed;

    private static string Short(double days) => days.ToString("0.#", CultureInfo.CurrentCulture);

    // Each value holds until the next point.
    private static List<(double X, double Y)> Steps(IEnumerable<(double Days, double Share)> points)
    {
        var line = new List<(double X, double Y)> { (0, 1) };
        foreach (var (days, share) in points)
        {
            line.Add((days, line[^1].Y));
            line.Add((days, share));
        }

        return line;
    }
}
