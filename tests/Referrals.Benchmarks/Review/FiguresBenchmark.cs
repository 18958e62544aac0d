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
        ReviewFilter[] filters = [ReviewFilter.All, ReviewFilter.All with { Chain = Chain }, ReviewFilter.Latest(table.AsOf) with { Chain = Chain }];
        var floor = Measure(settings.Rounds, () => Sum(table));
        List<Row> rows = [Row("floor: sum of one column", "all", floor, floor.Taken)];
        foreach (var (name, figure) in Figures)
        {
            for (var i = 0; i < filters.Length; i++)
            {
                var filter = filters[i];
                rows.Add(Row(name, (string)((string[])["all", "one chain", "one chain, 12 months"])[i], Measure(settings.Rounds, () => figure(new ReviewFigures(table), filter)), floor.Taken));
            }
        }

        return new(
            $"Figures of the review: {table.Parts.Sum(p => p.Cases.Count):N0} cases, {visits:N0} visits", ["ms", "processor ms", "times the floor"], rows,
            $"the table takes {bytes / 1e6:N0} MB ({(double)bytes / visits:N0} bytes a visit) and was built in {built.TotalSeconds:N1} s");
    }

    // Each time figures that have been asked nothing yet, as they remember.
    private static readonly (string, Func<ReviewFigures, ReviewFilter, object?>)[] Figures =
    [
        ("overview", (of, f) => of.Overview(f)),
        ("ranking of steps", (of, f) => of.Ranking(f)),
        ("ranking of steps at partners", (of, f) => of.Ranking(f, RankBy.StepAndPartner)),
        ("stuck list", (of, f) => of.StuckList(f)),
        ("map", (of, f) => of.ChainMap(f)),
        ("step", (of, f) => of.StepDetail(f, Chain, "care")),
        ("partner", (of, f) => of.PartnerView(f, "partner-07")),
        ("heat table", (of, f) => of.HeatTable(f)),
        ("flows", (of, f) => of.Flows(f)),
        ("funnel", (of, f) => of.Funnel(f)),
        ("loops", (of, f) => of.Loops(f)),
        ("dotted chart", (of, f) => of.Dotted(f)),
        ("control chart", (of, f) => of.ControlChart(f, ChartMeasure.Waiting)),
        ("early warnings", (of, f) => of.EarlyWarnings(f)),
        ("comparison of versions", (of, f) => of.Comparison(f with { Chain = Chain, Version = 1 }, f with { Chain = Chain, Version = 2 })),
        ("sentences", (of, f) => of.ReportSentences(f)),
    ];

    private static (Spread Taken, Spread Processor) Measure(int rounds, Func<object?> what)
    {
        _ = what();
        var (taken, processor) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var (from, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            GC.KeepAlive(what());
            taken.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            processor.Add((Environment.CpuUsage.TotalTime - busy).TotalMilliseconds);
        }

        return (Spread.Of(taken), Spread.Of(processor));
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

    private static Row Row(string what, string load, (Spread Taken, Spread Processor) measured, Spread floor) => new(what, load, new Dictionary<string, Spread>
    {
        ["ms"] = measured.Taken,
        ["processor ms"] = measured.Processor,
        ["times the floor"] = Spread.Ratio(measured.Taken, floor),
    });
}
