using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class FurtherFiguresTests
{
    public static TheoryData<int, int> Samples => FirstFiguresTests.Samples;

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_step_in_depth_is_what_its_definitions_say(int seed, int threshold)
    {
        var (table, figures, brute) = Sample(seed, threshold);
        foreach (var filter in FirstFiguresTests.Filters(table))
        {
            foreach (var step in figures.Steps(filter))
            {
                var detail = figures.StepDetail(filter, step.Chain, step.Step)!;
                var visits = brute.In(filter).Where(v => v.Chain.Id == step.Chain && v.Step == step.Step).ToList();
                var completed = visits.Where(v => v.Visit.End == VisitEnd.Completed).ToList();
                BruteForce.Same(visits.Select(v => (v.Case, v.Waiting)), detail.Waiting, threshold);
                BruteForce.Same(completed.Select(v => (v.Case, v.Working)), detail.Working, threshold);
                BruteForce.Same(visits.Where(v => v.Visit.End is VisitEnd.Completed or VisitEnd.Declined).Select(v => (v.Case, v.Days(v.Visit.Offered, v.Visit.Acknowledged))), detail.Acknowledgement, threshold);
                BruteForce.Same(completed.Select(v => (v.Case, v.Days(v.Visit.Offered, v.Visit.Accepted))), detail.Acceptance, threshold);
                BruteForce.Same(completed.Select(v => (v.Case, v.Days(v.Visit.Offered, v.Visit.FirstContact > 0 ? v.Visit.FirstContact : v.Visit.Started))), detail.FirstContact, threshold);
                Assert.All(detail.WaitingPercentiles, p => BruteForce.Near(BruteForce.Percentile(visits.Select(v => (v.Case, v.Waiting)), p.Share, threshold), p.Days));
                Assert.Equal(
                    visits.GroupBy(v => new Fate(v.Visit.End, v.Visit.Reason!, 0)).Select(g => g.Key with { N = g.Count() }).ToHashSet(), detail.Fates.ToHashSet());
                Assert.All(detail.Partners, p => BruteForce.Same(visits.Where(v => v.Partner == p.Partner).Select(v => (v.Case, v.Waiting)), p.Waiting, threshold));
                Assert.Equal(visits.Count, detail.Partners.Sum(p => p.Waiting.N));
                Assert.All(detail.WaitingByMonth, m => BruteForce.Near(
                    BruteForce.Percentile(visits.Where(v => Months.First(v.Month) == m.Month).Select(v => (v.Case, v.Waiting)), 0.5, threshold), m.Value));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_partner_is_what_its_definitions_say(int seed, int threshold)
    {
        var (table, figures, brute) = Sample(seed, threshold);
        foreach (var filter in FirstFiguresTests.Filters(table))
        {
            foreach (var partner in figures.Partners())
            {
                var view = figures.PartnerView(filter, partner)!;
                var visits = brute.In(filter).Where(v => v.Partner == partner).ToList();
                BruteForce.Same(visits.Select(v => (v.Case, v.Waiting)), view.Waiting, threshold);
                BruteForce.Same(visits.Select(v => (v.Case, v.Waiting + v.Working)), view.Duration, threshold);
                var asked = visits.Where(v => v.Visit.End != VisitEnd.Withdrawn && v.Agreed.AcknowledgeDays is not null).ToList();
                Assert.Equal(new ShareOf(asked.Count(v => !v.Visit.AcknowledgedLate), asked.Count), view.AcknowledgedInTime);
                Assert.All(view.Steps, s => BruteForce.Same(
                    visits.Where(v => v.Chain.Id == s.Step.Chain && v.Step == s.Step.Step).Select(v => (v.Case, v.Waiting)), s.Waiting, threshold));
                Assert.Equal(visits.Count > 0, view.Load.WeeklyClosures > 0);
            }

            Assert.Null(figures.PartnerView(filter, "nobody"));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Flows_funnel_and_loops_are_what_their_definitions_say(int seed, int threshold)
    {
        var (table, figures, brute) = Sample(seed, threshold);
        foreach (var filter in FirstFiguresTests.Filters(table))
        {
            var (visits, cases) = (brute.In(filter).ToList(), brute.CasesIn(filter).ToList());
            var (flows, funnel, loops) = (figures.Flows(filter), figures.Funnel(filter), figures.Loops(filter));
            Assert.Equal(visits.Count, flows.Links.Where(l => flows.Nodes[l.To].Step is not null).Sum(l => l.N));
            Assert.All(flows.Links.Where(l => flows.Nodes[l.To].Step is not null), l => Assert.Equal(
                visits.Count(v => Is(flows.Nodes[l.To].Step, v, v.Step) && (l.From == 0 ? v.Before is null : v.Before is not null && Is(flows.Nodes[l.From].Step, v, v.Before))), l.N));
            Assert.All(flows.Links.Where(l => flows.Nodes[l.To].End is not null), l => Assert.Equal(
                cases.Count(c => c.Case.Closing == flows.Nodes[l.To].End && LastStep(c.Case) == (l.From == 0 ? null : flows.Nodes[l.From].Step!.Step)
                    && (l.From == 0 || flows.Nodes[l.From].Step!.Chain == c.Chain.Id)), l.N));
            Assert.Equal((cases.Count, cases.Count(c => c.Case.Closing == ClosingReason.Completed)), (funnel.Finished, funnel.Completed));
            Assert.All(funnel.Steps, s =>
            {
                Assert.Equal(visits.Count(v => Is(s.Step, v, v.Step) && v.Visit is { Attempt: 1, Round: 1 }), s.Reached);
                Assert.Equal(cases.Count(c => c.Chain.Id == s.Step.Chain && LastStep(c.Case) == s.Step.Step && c.Case.Closing != ClosingReason.Completed), s.DropOuts.Count);
                Assert.Equal(visits.Count(v => Is(s.Step, v, v.Step) && v.Visit.End != VisitEnd.Completed), s.Reasons.Sum(r => r.N));
            });
            Assert.All(loops.Steps, s =>
            {
                var here = visits.Where(v => Is(s.Step, v, v.Step)).ToList();
                Assert.Equal(
                    (here.Count, here.Count(v => v.Visit.Attempt > 1), here.Count(v => v.Visit.Round > 1), here.Count(v => v.Visit.Reason == "rerouted")),
                    (s.N, s.Again, s.Repeated, s.Rerouted));
            });
            Assert.Equal(new ShareOf(cases.Count(c => BackAndForth(c.Case)), cases.Count), loops.BackAndForth);
        }

        static bool Is(StepName? name, SeenVisit visit, string step) => name is not null && name.Chain == visit.Chain.Id && name.Step == step;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Open_visits_show_in_the_whole_what_is_open_and_in_parts_no_more(int seed, int threshold)
    {
        var cases = new ReviewSamples(seed).Cases(400);
        var table = ReviewSamples.Table(cases, threshold);
        var stuck = new ReviewFigures(table).StuckList(ReviewFilter.All);
        var open = cases.SelectMany(c => c.Visits).Where(v => v.End == VisitEnd.Open).ToList();
        var late = open.Count(v => v.Acknowledged == 0 ? v.AcknowledgeBy is > 0 and var by && by < table.AsOf : v.CompleteBy is > 0 and var due && due < table.AsOf);
        Assert.True(open.Count > 20 && late > 0);
        Assert.InRange(stuck.All.Open, open.Count / 2, open.Count);
        Assert.InRange(stuck.All.Stuck, 0, late);
        Assert.True(threshold > 1 ? stuck.Steps.Sum(s => s.Open.Stuck) <= stuck.All.Stuck : stuck.StepsAndPartners.Sum(s => s.Open.Stuck) == late);
        Assert.All(stuck.StepsAndPartners, s => Assert.True(s.Open.Stuck >= threshold && (s.Open.OverdueWeeks is not null)));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_dot_stands_for_fewer_than_the_threshold_and_all_dots_for_all_visits(int seed, int threshold)
    {
        var (table, figures, brute) = Sample(seed, threshold);
        foreach (var filter in FirstFiguresTests.Filters(table))
        {
            var dots = figures.Dotted(filter).Dots;
            Assert.All(dots, d => Assert.True(d.N >= threshold));
            foreach (var month in brute.In(filter).GroupBy(v => v.Month))
            {
                var here = dots.Where(d => d.Month == Months.First(month.Key)).ToList();
                Assert.Equal(month.Count(), here.Sum(d => d.N));
                Assert.Equal(month.Sum(v => v.Waiting + v.Working), here.Sum(d => d.Days * d.N), month.Count() / 24.0);
            }
        }
    }

    [Fact]
    public void With_nothing_held_back_a_curve_is_the_estimator_itself()
    {
        var (table, figures, brute) = Sample(3, 1, 300);
        var detail = figures.StepDetail(ReviewFilter.All, new ChainId("learn"), "course")!;
        var open = table.Moving.Visits;
        var rows = Enumerable.Range(0, open.Count).Where(r => open.End[r] == VisitEnd.Open && table.Steps[open.Step[r]].Id == "course").ToList();
        var ended = brute.Visits.Where(v => v.Step == "course").Select(v => v.Waiting + v.Working).ToList();
        double[] times = [.. ended, .. rows.Select(r => (table.AsOf - open.Offered[r]) / 86_400.0)];
        var exact = KaplanMeier.Of(times, [.. ended.Select(_ => true), .. rows.Select(_ => false)]);
        Assert.Equal((exact.Count, rows.Count), (detail.DurationCurve.N, detail.DurationCurve.Open));
        Assert.Equal(exact.Median!.Value, detail.DurationCurve.Median!.Value, 0.01);
        Assert.All(detail.DurationCurve.Points, p => Assert.Equal(exact.SurvivalAt(p.Days + 1e-3), p.Share, 0.01));
    }

    private static (ReviewTable, ReviewFigures, BruteForce) Sample(int seed, int threshold, int count = 400)
    {
        var cases = new ReviewSamples(seed).Cases(count);
        var table = ReviewSamples.Table(cases, threshold);
        return (table, new ReviewFigures(table), new BruteForce(table, cases));
    }

    private static string? LastStep(ReviewCase told) => told.Visits.Where(v => v.Ended > 0).OrderBy(v => v.Ended).Select(v => v.Step).LastOrDefault();

    internal static bool BackAndForth(ReviewCase told) =>
        Enumerable.Range(0, Math.Max(0, told.Visits.Length - 2)).Any(i => told.Visits[i].Partner == told.Visits[i + 2].Partner && told.Visits[i].Partner != told.Visits[i + 1].Partner);
}
