using System.Diagnostics;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>Each finding says nothing but what the figure that it names says too.</summary>
public sealed class SentenceTests
{
    [Fact]
    public void Every_number_of_a_finding_stands_in_the_figure_that_backs_it()
    {
        var seen = new HashSet<string>();
        ReviewTable[] tables =
        [
            .. Enumerable.Range(40, 4).Select(seed => ReviewSamples.Table([.. new ReviewSamples(seed, seed % 2 == 0).Cases(seed % 2 == 0 ? 1_800 : 700).Select(Slower)], 5)),
            WarningTests.Table(1, (random, month) => (month < 21 ? 10 : 30) + random.Next(5)), ComparisonTests.Worse(),
            WarningTests.Table(2, (random, _) => 10 + random.Next(5), open: 100),
            WarningTests.Table(2, (random, _) => 10 + random.Next(5), open: 100, each: month => month < 18 ? 20 : 10),
        ];
        foreach (var figures in tables.Select(t => new ReviewFigures(t)))
        {
            foreach (var filter in FirstFiguresTests.Filters(figures.Table).Append(ReviewFilter.Latest(figures.Table.AsOf, 3)).Where(f => f.Chain?.Value != "no-such-chain"))
            {
                foreach (var finding in figures.ReportSentences(filter).Findings)
                {
                    seen.Add(finding.Code);
                    var (figure, numbers) = Backing(figures, filter, finding);
                    Assert.Equal(figure, finding.Figure);
                    Assert.Equal(numbers.Where(n => n.Value is not null).Select(n => (n.Key, n.Value!.Value)).Order(), finding.Numbers.Select(n => (n.Key, n.Value)).Order());
                    Assert.NotEmpty(finding.Numbers);
                }
            }
        }

        string[] expected =
        [
            "step-waits-longest", "partner-waits-longest", "waiting-rises", "throughput-rises", "most-stuck", "throughput-longer", "version-worse", "acknowledged-late",
            "drops-out-most", "back-and-forth", "ends-mostly", "backs-up", "completes-less",
        ];
        Assert.Empty(expected.Except(seen));
    }

    [Fact]
    public void Where_nothing_counts_nothing_is_found() =>
        Assert.Empty(new ReviewFigures(ReviewSamples.Table([.. new ReviewSamples(1).Cases(3)], 5)).ReportSentences(ReviewFilter.All).Findings);

    [Fact]
    public void The_beginning_of_a_history_is_no_measure_for_what_comes_later()
    {
        // Two years in which everything always takes some 85 working days, but in the first four months only what was quick has ended.
        var figures = new ReviewFigures(WarningTests.Table(3, (random, month) => month < 4 ? 5 + random.Next(3) : 80 + random.Next(10)));
        var (first, last) = figures.Months;
        ReviewFilter From(int month) => ReviewFilter.All with { FromMonth = (ushort)month };
        Assert.Null(figures.Overview(From(first + ((last - first + 1) / 2))).Before);
        Assert.DoesNotContain(figures.ReportSentences(From(first + ((last - first + 1) / 2))).Findings, f => f.Code is "throughput-longer" or "throughput-shorter");
        Assert.NotNull(figures.Overview(From(last - 2)).Before);
    }

    // In the last months everything waits longer, and more so in the second version.
    private static ReviewCase Slower(ReviewCase told)
    {
        var late = ReviewSamples.AsOf - (uint)(70 * Moments.Day);
        uint Earlier(uint moment) => moment - (uint)((told.Version == 2 ? 60 : 30) * Moments.Day);
        return told.Ended <= late ? told : told with
        {
            Started = Earlier(told.Started),
            Visits = [.. told.Visits.Select(v => v.Ended > late && v.Started > 0 ? v with { Offered = Earlier(v.Offered) } : v)],
        };
    }

    private static (string Figure, Dictionary<string, double?> Numbers) Backing(ReviewFigures figures, ReviewFilter filter, Finding finding)
    {
        switch (finding.Code)
        {
            case "step-waits-longest":
            case "partner-waits-longest":
                var row = figures.Ranking(filter, finding.Partner is null ? RankBy.Step : RankBy.StepAndPartner).Rows[0];
                Assert.Equal((row.Step, row.Partner), (finding.Step, finding.Partner));
                return ("ranking", new() { ["n"] = row.Waiting.N, ["totalDays"] = row.Waiting.Total, ["share"] = row.ShareOfTotal, ["medianDays"] = row.Waiting.Median });
            case "waiting-rises":
            case "throughput-rises":
                var warning = figures.EarlyWarnings(filter).Warnings.Single(w =>
                    (w.Chain ?? w.Chart.Subject.Step?.Chain) == finding.Chain && w.Chart.Subject.Step == finding.Step && w.Chart.Subject.Partner == finding.Partner);
                Assert.Equal(finding.Code == "throughput-rises", warning.Chain is not null);
                var values = warning.Chart.Values.ToList();
                var since = values.FindIndex(v => v.Month == finding.Since);
                var change = warning.Chart.Change;
                var settled = figures.Settled(filter);
                double? Bound(int i) => change is null ? warning.Chart.Limits!.Center : Xmr.Limits([.. values.Take(i).Skip(settled).Select(v => v.Value)])?.Upper;
                var last = change is null ? warning.Signals[^1].Index : values.FindIndex(v => v.Month == change.Until);
                Assert.All(Enumerable.Range(since, last - since + 1).Where(i => values[i].Value is not null), i => Assert.True(values[i].Value > Bound(i)));
                var before = values.FindLastIndex(since, v => v.Month < finding.Since && v.Value is not null);
                Assert.False(before >= 0 && values[before].Value > Bound(before));
                Assert.Equal(warning.Course, finding.Course);
                return ("early-warnings", new() { ["usualDays"] = warning.Usual, ["recentDays"] = warning.Recent });
            case "completes-less":
                var completed = figures.ControlChart(filter with { FromMonth = 1 }, ChartMeasure.Completed, new(null, finding.Partner)).Values
                    .Skip(figures.Settled(filter)).Where(v => v.Month < Months.First(Months.Of(figures.Table.AsOf))).Select(v => v.N).ToList();
                Assert.True(finding.Numbers["monthly"] < 0.8 * finding.Numbers["beforeMonthly"]);
                return ("partner", new()
                {
                    ["open"] = figures.PartnerView(filter, finding.Partner!)!.Load.Open.Open,
                    ["monthly"] = completed.TakeLast(3).Average(),
                    ["beforeMonthly"] = completed.SkipLast(3).TakeLast(12).Average(),
                });
            case "backs-up":
                var load = figures.PartnerView(filter, finding.Partner!)!.Load;
                Assert.Equal(figures.Ranking(filter, RankBy.StepAndPartner).Rows[0].Partner, finding.Partner);
                Assert.True(load.Open.Open > 1.2 * load.Expected);
                return ("partner", new() { ["open"] = load.Open.Open, ["weekly"] = load.WeeklyClosures, ["weeks"] = load.WeeksOfBacklog });
            case "most-stuck":
                var stuck = figures.StuckList(filter);
                var open = (finding.Partner is null ? stuck.Steps : stuck.StepsAndPartners).Single(s => s.Step == finding.Step && s.Partner == finding.Partner).Open;
                return ("stuck", new() { ["stuck"] = open.Stuck, ["open"] = open.Open, ["overdueWeeks"] = open.OverdueWeeks });
            case "throughput-shorter":
            case "throughput-longer":
                var overview = figures.Overview(filter);
                Assert.Equal(finding.Code == "throughput-longer", overview.MedianChange > 0);
                return ("overview", new() { ["medianDays"] = overview.Throughput.Median, ["beforeDays"] = overview.Before!.Throughput.Median, ["n"] = overview.Throughput.N });
            case "version-better":
            case "version-worse":
                var (was, now) = ((int)finding.Numbers["beforeVersion"], (int)finding.Numbers["version"]);
                var compared = figures.Comparison(ReviewFilter.All with { Chain = finding.Chain, Version = was }, ReviewFilter.All with { Chain = finding.Chain, Version = now }).Throughput;
                Assert.Equal(finding.Code == "version-worse", compared.Median.Value > 0);
                Assert.True(compared.Median.IsBeyondChance);
                return ("comparison", new()
                {
                    ["version"] = now,
                    ["beforeVersion"] = was,
                    ["medianDays"] = compared.Second.Median,
                    ["beforeDays"] = compared.First.Median,
                    ["n"] = compared.Second.N,
                });
            case "acknowledged-late":
                var share = figures.Overview(filter).AcknowledgedInTime;
                return ("overview", new() { ["share"] = share.Share, ["n"] = share.Of });
            case "drops-out-most":
                var drop = figures.Funnel(filter).Steps.Single(s => s.Step == finding.Step).DropOuts;
                return ("funnel", new() { ["share"] = drop.Share, ["n"] = drop.Count });
            case "ends-mostly":
                var fates = figures.StepDetail(filter, finding.Step!.Chain, finding.Step.Step)!.Fates.Where(f => f.End is not (VisitEnd.Completed or VisitEnd.Open)).ToList();
                Assert.Equal(figures.Ranking(filter).Rows[0].Step, finding.Step);
                Assert.Equal(fates.Where(f => f.End is VisitEnd.Declined or VisitEnd.Expired).Max(f => f.N), fates.Single(f => (f.End, f.Reason) == (finding.Why!.End, finding.Why.Reason)).N);
                return ("funnel", new() { ["n"] = finding.Why!.N, ["of"] = fates.Sum(f => f.N) });
            case "back-and-forth":
                var loops = figures.Loops(filter).BackAndForth;
                return ("loops", new() { ["share"] = loops.Share, ["n"] = loops.Count });
            default:
                throw new UnreachableException($"nobody has said what backs {finding.Code}");
        }
    }
}
