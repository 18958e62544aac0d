using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>One step at one partner over two years, of which the last months may be otherwise.</summary>
public sealed class WarningTests
{
    private const int MonthCount = 24;
    private const int PerMonth = 20;
    private const int Networks = 80;

    [Fact]
    public void What_only_comes_and_goes_hardly_ever_warns()
    {
        var alarms = Enumerable.Range(0, Networks).Count(seed => Warnings(seed, (random, _) => Exponential(random, 10)).Count > 0);
        Assert.InRange((double)alarms / Networks, 0, 0.1);
    }

    [Fact]
    public void A_rise_is_found_at_the_step_at_the_partner_and_in_the_chain()
    {
        var found = Enumerable.Range(0, Networks).Select(seed => Warnings(seed, (random, month) => Exponential(random, month < MonthCount - 3 ? 10 : 25))).ToList();
        Assert.True(found.Count(w => w.Any(x => x is { Chain: null, Chart.Subject: { Step.Step: "course", Partner: null } })) >= 0.95 * Networks);
        Assert.True(found.Count(w => w.Any(x => x is { Chain: null, Chart.Subject: { Step.Step: "course", Partner: "p0" } })) >= 0.95 * Networks);
        Assert.True(found.Count(w => w.Any(x => x.Chain == new ChainId("learn"))) >= 0.95 * Networks);
        Assert.All(found.SelectMany(w => w), w =>
        {
            Assert.True(w.Recent >= 1.2 * w.Usual && w.Recent - w.Usual >= 0.5);
            Assert.NotEmpty(w.Signals);
            Assert.All(w.Signals, s => Assert.True(s.Above && s.Index >= w.Chart.Values.Count - 3));
        });
    }

    [Theory]
    [InlineData(10, 11.5, false)] // by less than a fifth
    [InlineData(10, 12.5, true)]
    [InlineData(1, 1.4, false)] // by more than a fifth, but by less than half a day
    [InlineData(1, 1.6, true)]
    [InlineData(10, 5, false)] // a fall is none
    public void A_sure_rise_warns_when_it_is_felt(double usual, double recent, bool warns)
    {
        double Days(Random random, int month) => (month < MonthCount - 3 ? usual : recent) + (0.02 * random.NextDouble());
        Assert.Equal(warns, Warnings(3, Days).Count > 0);
    }

    [Fact]
    public void A_rise_that_is_over_does_not_warn() =>
        Assert.Empty(Warnings(4, (random, month) => Exponential(random, month is >= 8 and < 12 ? 40 : 10)));

    [Theory]
    [InlineData(new double[] { 8, 9, 12, 15, 17, 18, 15, 19 }, 8, RiseCourse.Gradual)]
    [InlineData(new double[] { 16, 15.5, 17 }, 3, RiseCourse.AtOnce)]
    public void A_rise_begins_with_its_first_month_however_long_it_lasts_and_is_held_against_what_was_before(double[] rise, int lasts, RiseCourse course)
    {
        double Days(Random random, int month) =>
            (month < MonthCount - rise.Length ? 4.5 + (month % 2 * 0.6) : rise[month - (MonthCount - rise.Length)]) + (0.02 * random.NextDouble());
        Assert.All(Warnings(6, Days).Where(w => w.Chain is null), w =>
        {
            Assert.Equal((Months.First(Last - lasts + 1), course), (w.Since, w.Course));
            Assert.InRange(w.Usual, 4.5, 5.2);
            Assert.InRange(w.Recent, rise[^3..].Average() - 0.1, rise[^3..].Average() + 0.1);
        });
        Assert.NotEmpty(Warnings(6, Days));
    }

    [Fact]
    public void Too_few_months_do_not_warn()
    {
        double Days(Random random, int month) => Exponential(random, month < 4 ? 10 : 80);
        Assert.Empty(Warnings(5, Days, ReviewFilter.All with { ToMonth = (ushort)(Last - MonthCount + 6) }));
        Assert.NotEmpty(Warnings(5, (random, month) => Exponential(random, month < MonthCount - 3 ? 10 : 80)));
    }

    [Fact]
    public void A_rise_is_the_same_whatever_period_is_looked_at()
    {
        double Days(Random random, int month) => month < MonthCount - 8 ? 4.5 + (month % 2 * 0.6) : 8 + month + (0.02 * random.NextDouble());
        var figures = new ReviewFigures(Table(7, Days));
        var all = figures.EarlyWarnings(ReviewFilter.All);
        Assert.NotEmpty(all.Warnings);
        for (var from = Last - MonthCount + 1; from <= Last; from++)
        {
            var filter = ReviewFilter.All with { FromMonth = (ushort)from };
            Assert.Same(all, figures.EarlyWarnings(filter));
            var (shown, whole) = (figures.ControlChart(filter, ChartMeasure.Waiting), figures.ControlChart(ReviewFilter.All, ChartMeasure.Waiting));
            Assert.Equal((whole.Limits, whole.Change), (shown.Limits, shown.Change));
            Assert.Equal(whole.Values.Where(v => v.Month >= Months.First((ushort)from)), shown.Values);
            Assert.Equal(
                whole.Signals.Select(s => (whole.Values[s.Index].Month, s.Rule, s.Above)).Where(s => s.Month >= Months.First((ushort)from)),
                shown.Signals.Select(s => (shown.Values[s.Index].Month, s.Rule, s.Above)));
        }
    }

    [Fact]
    public void A_month_that_still_runs_is_no_fall()
    {
        var figures = new ReviewFigures(Table(8, (random, _) => 5 + random.NextDouble(), each: month => month == MonthCount - 1 ? 5 : PerMonth + (month % 2)));
        foreach (var measure in (ChartMeasure[])[ChartMeasure.Ended, ChartMeasure.Completed])
        {
            var chart = figures.ControlChart(ReviewFilter.All, measure);
            Assert.Equal(5, chart.Values[^1].Value);
            Assert.DoesNotContain(chart.Signals, s => s.Index == chart.Values.Count - 1);
            Assert.InRange(chart.Limits!.Center, PerMonth - 2, PerMonth + 2);
        }
    }

    private static ushort Last => Months.Of(ReviewSamples.AsOf);

    private static double Exponential(Random random, double mean) => -Math.Log(1 - random.NextDouble()) * mean;

    private static IReadOnlyList<EarlyWarning> Warnings(int seed, Func<Random, int, double> days, ReviewFilter? filter = null) =>
        new ReviewFigures(Table(seed, days)).EarlyWarnings(filter ?? ReviewFilter.All).Warnings;

    /// <summary>A network in which visits take as long as is said by month, and so many are open at its partner.</summary>
    internal static ReviewTable Table(int seed, Func<Random, int, double> days, int open = 0, Func<int, int>? each = null)
    {
        var random = new Random(seed);
        var cases = new List<ReviewCase>();
        for (var month = 0; month < MonthCount; month++)
        {
            var begin = Months.Begin(Last - MonthCount + 1 + month);
            var number = each?.Invoke(month) ?? PerMonth;
            for (var i = 0; i < number; i++)
            {
                var ended = begin + (uint)((1 + (25.0 * i / number)) * Moments.Day);
                var offered = ended - (uint)(days(random, month) * Moments.Day);
                cases.Add(new(new Guid(cases.Count, 0, 0, new byte[8]), new OrganisationId("h"), new ChainId("learn"), 1, offered)
                {
                    Ended = ended,
                    Closing = Engine.Referrals.ClosingReason.Completed,
                    EndedAt = (2 * cases.Count) + 2,
                    Visits = [new("course", "p0", 1, 1, offered) { Started = ended, Ended = ended, EndedAt = (2 * cases.Count) + 1, End = VisitEnd.Completed, Reason = "helped" }],
                });
            }
        }

        var late = ReviewSamples.AsOf - (20 * Moments.Day);
        cases.AddRange(Enumerable.Range(cases.Count, open).Select(i => new ReviewCase(new Guid(i, 0, 0, new byte[8]), new OrganisationId("h"), new ChainId("learn"), 1, late)
        {
            Visits = [new("course", "p0", 1, 1, late)],
        }));
        return ReviewSamples.Table(cases, 5);
    }
}
