using System.Diagnostics;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Benchmarks.Review;

/// <summary>How long each figure of the review takes over a large history, beside the bare sum of one column.</summary>
internal static class FiguresBenchmark
{
    private const int Cases = 1_000_000;

    private static readonly ChainId Chain = new("work");

    public static Table Run(BenchSettings settings)
    {
        var before = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        var table = SyntheticReview.Table(Cases);
        var built = clock.Elapsed;
        var bytes = GC.GetTotalMemory(true) - before;
        var visits = table.Parts.Sum(p => p.Visits.Count);
        var figures = new ReviewFigures(table);
        ReviewFilter[] filters = [ReviewFilter.All, ReviewFilter.All with { Chain = Chain }, ReviewFilter.Latest(table.AsOf) with { Chain = Chain }];
        var floor = Measure(settings.Rounds, () => Sum(table));
        List<Row> rows = [Row("floor: sum of one column", "all", floor, floor)];
        foreach (var (name, figure) in Figures(figures))
        {
            for (var i = 0; i < filters.Length; i++)
            {
                var filter = filters[i];
                rows.Add(Row(name, (string)((string[])["all", "one chain", "one chain, 12 months"])[i], Measure(settings.Rounds, () => figure(filter)), floor));
            }
        }

        return new(
            $"Figures of the review: {table.Parts.Sum(p => p.Cases.Count):N0} cases, {visits:N0} visits", ["ms", "times the floor"], rows,
            $"the table takes {bytes / 1e6:N0} MB ({(double)bytes / visits:N0} bytes a visit) and was built in {built.TotalSeconds:N1} s");
    }

    private static (string, Func<ReviewFilter, object?>)[] Figures(ReviewFigures figures) =>
    [
        ("overview", figures.Overview),
        ("ranking of steps", f => figures.Ranking(f)),
        ("ranking of steps at partners", f => figures.Ranking(f, RankBy.StepAndPartner)),
        ("stuck list", figures.StuckList),
        ("map", figures.ChainMap),
        ("step", f => figures.StepDetail(f, Chain, "care")),
        ("partner", f => figures.PartnerView(f, "partner-07")),
        ("heat table", figures.HeatTable),
        ("flows", figures.Flows),
        ("funnel", figures.Funnel),
        ("loops", figures.Loops),
        ("dotted chart", f => figures.Dotted(f)),
        ("control chart", f => figures.ControlChart(f, ChartMeasure.Waiting)),
        ("early warnings", figures.EarlyWarnings),
        ("comparison of versions", f => figures.Comparison(f with { Chain = Chain, Version = 1 }, f with { Chain = Chain, Version = 2 })),
        ("sentences", figures.ReportSentences),
    ];

    private static Spread Measure(int rounds, Func<object?> what)
    {
        _ = what();
        return Spread.Of(Enumerable.Range(0, rounds).Select(_ =>
        {
            var from = Stopwatch.GetTimestamp();
            GC.KeepAlive(what());
            return Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }).ToList());
    }

    private static ulong Sum(ReviewTable table)
    {
        ulong sum = 0;
        foreach (var part in table.Parts)
        {
            foreach (var value in part.Visits.Waited.AsSpan(0, part.Visits.Count))
            {
                sum += value;
            }
        }

        return sum;
    }

    private static Row Row(string what, string load, Spread taken, Spread floor) =>
        new(what, load, new Dictionary<string, Spread> { ["ms"] = taken, ["times the floor"] = Spread.Ratio(taken, floor) });
}
