using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class FirstFiguresTests
{
    public static TheoryData<int, int> Samples => new() { { 1, 5 }, { 2, 5 }, { 3, 1 }, { 4, 3 } };

    internal static IEnumerable<ReviewFilter> Filters(ReviewTable table)
    {
        var (first, last) = (Months.Of(ReviewSamples.Begin), Months.Of(table.AsOf));
        foreach (var all in (ReviewFilter[])[ReviewFilter.All, ReviewFilter.All with { FromMonth = (ushort)(first + 2), ToMonth = (ushort)(last - 2) }, ReviewFilter.All with { FromMonth = last, ToMonth = last }])
        {
            yield return all;
            yield return all with { Chain = new ChainId("work") };
            yield return all with { Chain = new ChainId("work"), Version = 2 };
            yield return all with { Chain = new ChainId("learn") };
            yield return all with { Chain = new ChainId("no-such-chain") };
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Overview_ranking_heat_table_and_map_are_what_their_definitions_say(int seed, int threshold)
    {
        var cases = new ReviewSamples(seed).Cases(400);
        var table = ReviewSamples.Table(cases, threshold);
        var (figures, brute) = (new ReviewFigures(table), new BruteForce(table, cases));
        Assert.NotEmpty(brute.Visits);
        foreach (var filter in Filters(table))
        {
            var overview = figures.Overview(filter);
            BruteForce.Same(brute.CasesIn(filter).Select(c => (c.Case.Id, c.Throughput)), overview.Throughput, threshold);
            var asked = brute.In(filter).Where(v => v.Agreed.AcknowledgeDays is not null && v.Visit.End != VisitEnd.Withdrawn).ToList();
            Assert.Equal(new ShareOf(asked.Count(v => !v.Visit.AcknowledgedLate), asked.Count), overview.AcknowledgedInTime);
            Assert.All(overview.Trend, m => BruteForce.Near(
                BruteForce.Percentile(brute.CasesIn(filter).Where(c => c.Month == Months.Of(m.Month)).Select(c => (c.Case.Id, c.Throughput)), 0.5, threshold), m.Value));

            Same(brute.In(filter).GroupBy(v => (v.Chain.Id, v.Step, "")), figures.Ranking(filter), threshold);
            Same(brute.In(filter).GroupBy(v => (default(ChainId), "", v.Partner)), figures.Ranking(filter, RankBy.Partner), threshold);
            Same(brute.In(filter).GroupBy(v => (v.Chain.Id, v.Step, v.Partner)), figures.Ranking(filter, RankBy.StepAndPartner), threshold);
            Heat(brute.In(filter).GroupBy(v => (v.Chain.Id, v.Step, v.Partner)).ToDictionary(g => g.Key), figures.HeatTable(filter), threshold);
            Map(brute.In(filter).ToList(), figures.ChainMap(filter), threshold);
        }
    }

    private static void Same(IEnumerable<IGrouping<(ChainId Chain, string Step, string Partner), SeenVisit>> groups, Ranking ranking, int threshold)
    {
        var expected = groups.ToDictionary(g => g.Key);
        Assert.Equal(expected.Count, ranking.Rows.Count);
        Assert.Equal(ranking.Rows.OrderByDescending(r => r.Waiting.Total).Select(r => r.Waiting.Total), ranking.Rows.Select(r => r.Waiting.Total));
        foreach (var row in ranking.Rows)
        {
            var group = expected[(row.Step?.Chain ?? default, row.Step?.Step ?? "", row.Partner ?? "")];
            BruteForce.Same(group.Select(v => (v.Case, v.Waiting)), row.Waiting, threshold);
            Assert.Equal(new ShareOf(group.Count(v => v.Late), group.Count()), row.Late);
        }
    }

    private static void Heat(Dictionary<(ChainId, string, string), IGrouping<(ChainId, string, string), SeenVisit>> expected, HeatTable heat, int threshold)
    {
        Assert.Equal(expected.Count, heat.Cells.Count);
        foreach (var cell in heat.Cells)
        {
            var step = heat.Steps[cell.Step];
            var group = expected[(step.Chain, step.Step, heat.Partners[cell.Partner])];
            BruteForce.Same(group.Select(v => (v.Case, v.Waiting + v.Working)), cell.Duration, threshold);
            Assert.Equal(step.Step == "course", cell.AgreedDays is null);
        }
    }

    private static void Map(List<SeenVisit> visits, ChainMap map, int threshold)
    {
        Assert.All(map.Steps, s => BruteForce.Same(
            visits.Where(v => v.Chain.Id == s.Step.Chain && v.Step == s.Step.Step).Select(v => (v.Case, v.Waiting + v.Working)), s.Duration, threshold));
        Assert.Equal(visits.GroupBy(v => (v.Chain.Id, v.Before, v.Step)).Count(), map.Edges.Count);
        Assert.All(map.Edges, e => BruteForce.Same(
            visits.Where(v => v.Chain.Id == map.Steps[e.To].Step.Chain && v.Step == map.Steps[e.To].Step.Step
                && v.Before == (e.From is { } from ? map.Steps[from].Step.Step : null) && (e.From is null || v.Chain.Id == map.Steps[e.From.Value].Step.Chain)).Select(v => (v.Case, v.Waiting)),
            e.Waiting, threshold));
    }
}
