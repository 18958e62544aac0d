using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class ComparisonTests
{
    public static TheoryData<int, int> Samples => FirstFiguresTests.Samples;

    [Theory]
    [MemberData(nameof(Samples))]
    public void Both_sides_are_what_their_definitions_say_and_differences_the_second_less_the_first(int seed, int threshold)
    {
        var cases = new ReviewSamples(seed).Cases(400);
        var table = ReviewSamples.Table(cases, threshold);
        var (figures, brute) = (new ReviewFigures(table), new BruteForce(table, cases));
        var work = ReviewFilter.All with { Chain = new ChainId("work") };
        var month = (ushort)(Months.Of(ReviewSamples.Begin) + 4);
        (ReviewFilter, ReviewFilter)[] pairs =
        [
            (work with { Version = 1 }, work with { Version = 2 }),
            (ReviewFilter.All with { ToMonth = (ushort)(month - 1) }, ReviewFilter.All with { FromMonth = month }),
            (work, ReviewFilter.All with { Chain = new ChainId("learn") }),
        ];
        foreach (var (first, second) in pairs)
        {
            var compared = figures.Comparison(first, second);
            Durations(f => brute.CasesIn(f).Select(c => (c.Case.Id, c.Throughput)), compared.Throughput, (first, second), threshold);
            Durations(f => brute.In(f).Select(v => (v.Case, v.Waiting)), compared.Waiting, (first, second), threshold);
            Share(f => brute.In(f).Where(v => v.Agreed.AcknowledgeDays is not null && v.Visit.End != VisitEnd.Withdrawn), v => !v.Visit.AcknowledgedLate, compared.AcknowledgedInTime, (first, second));
            Share(brute.CasesIn, c => c.Case.Closing != ClosingReason.Completed, compared.DropOut, (first, second));
            Share(brute.CasesIn, c => FurtherFiguresTests.BackAndForth(c.Case), compared.BackAndForth, (first, second));
            Assert.Equal(
                brute.In(first).Concat(brute.In(second)).Select(v => (v.Chain.Id, v.Step)).ToHashSet(),
                compared.Steps.Where(s => s.Waiting.First.N + s.Waiting.Second.N > 0).Select(s => (s.Step.Chain, s.Step.Step)).ToHashSet());
            foreach (var step in compared.Steps)
            {
                IEnumerable<SeenVisit> Here(ReviewFilter f) => brute.In(f).Where(v => v.Chain.Id == step.Step.Chain && v.Step == step.Step.Step);
                Durations(f => Here(f).Select(v => (v.Case, v.Waiting)), step.Waiting, (first, second), threshold);
                Durations(f => Here(f).Select(v => (v.Case, v.Waiting + v.Working)), step.Duration, (first, second), threshold);
                Share(Here, v => v.Late, step.Late, (first, second));
            }
        }
    }

    // Version 1 takes 10 to 49 days, version 2 five days less: by hand medians of 29.5 and 24.5, intervals from the 13th to the 28th value.
    [Fact]
    public void A_small_example_by_hand()
    {
        var cases = Enumerable.Range(0, 80).Select(i => Case(i, 1 + (i / 40), (uint)(10 + (i % 40) - (i / 40 * 5)))).ToList();
        var chain = ReviewFilter.All with { Chain = new ChainId("learn") };
        var compared = new ReviewFigures(ReviewSamples.Table(cases, 5)).Comparison(chain with { Version = 1 }, chain with { Version = 2 });
        Assert.Equal((29.5, 24.5, -5), (compared.Throughput.First.Median, compared.Throughput.Second.Median, compared.Throughput.Median.Value));
        var half = Math.Round(Math.Sqrt((7.5 * 7.5) + (7.5 * 7.5)), 4);
        Assert.Equal((-5 - half, -5 + half), (Math.Round(compared.Throughput.Median.Lower!.Value, 4), Math.Round(compared.Throughput.Median.Upper!.Value, 4)));
        Assert.False(compared.Throughput.Median.IsBeyondChance);
        var far = new ReviewFigures(Worse()).Comparison(chain with { Version = 1 }, chain with { Version = 2 });
        Assert.True(far.Throughput.Median is { IsBeyondChance: true, Value: > 0 });
    }

    [Fact]
    public void A_side_with_too_few_says_the_same_as_one_with_none()
    {
        var cases = Enumerable.Range(0, 44).Select(i => Case(i, i < 40 ? 1 : 2, 10)).ToList();
        var chain = ReviewFilter.All with { Chain = new ChainId("learn") };
        var (few, none) = (new ReviewFigures(ReviewSamples.Table(cases, 5)), new ReviewFigures(ReviewSamples.Table(cases[..40], 5)));
        foreach (var figures in (ReviewFigures[])[few, none])
        {
            Assert.Equal(Durations0, figures.Comparison(chain with { Version = 1 }, chain with { Version = 2 }).Throughput.Second);
        }

        Assert.Equal(
            ToldNumbers.Of(none.Comparison(chain with { Version = 1 }, chain with { Version = 2 }), ""), ToldNumbers.Of(few.Comparison(chain with { Version = 1 }, chain with { Version = 2 }), ""));
    }

    /// <summary>A network whose second version takes much longer.</summary>
    internal static ReviewTable Worse() => ReviewSamples.Table([.. Enumerable.Range(0, 80).Select(i => Case(i, 1 + (i / 40), (uint)(10 + i + (i / 40 * 50))))], 5);

    private static Durations Durations0 => Engine.Review.Figures.Durations.None;

    private static ReviewCase Case(int number, int version, uint days) =>
        new(new Guid(number, 0, 0, new byte[8]), new OrganisationId("h"), new ChainId("learn"), version, ReviewSamples.Begin)
        {
            Ended = ReviewSamples.Begin + (days * Moments.Day),
            Closing = ClosingReason.Completed,
            EndedAt = (2 * number) + 2,
            Visits =
            [
                new("course", "p0", 1, 1, ReviewSamples.Begin)
                {
                    Started = ReviewSamples.Begin, Ended = ReviewSamples.Begin + (days * Moments.Day), EndedAt = (2 * number) + 1, End = VisitEnd.Completed, Reason = "helped",
                },
            ],
        };

    private static void Durations(Func<ReviewFilter, IEnumerable<(Guid, double)>> of, ComparedDurations told, (ReviewFilter First, ReviewFilter Second) sides, int threshold)
    {
        BruteForce.Same(of(sides.First), told.First, threshold);
        BruteForce.Same(of(sides.Second), told.Second, threshold);
        BruteForce.Near(told.Second.Median - told.First.Median, told.Median.Value);
        Assert.True(told.Median.Value is null || told.Median.Lower is null || (told.Median.Lower <= told.Median.Value && told.Median.Value <= told.Median.Upper));
    }

    private static void Share<T>(Func<ReviewFilter, IEnumerable<T>> of, Func<T, bool> count, ComparedShare told, (ReviewFilter First, ReviewFilter Second) sides)
    {
        var (first, second) = (of(sides.First).ToList(), of(sides.Second).ToList());
        Assert.Equal((new ShareOf(first.Count(count), first.Count), new ShareOf(second.Count(count), second.Count)), (told.First, told.Second));
        BruteForce.Near(told.Second.Share - told.First.Share, told.Share.Value);
    }
}
