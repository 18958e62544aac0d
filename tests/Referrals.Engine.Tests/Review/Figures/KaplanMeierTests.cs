using FsCheck;
using FsCheck.Xunit;
using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class KaplanMeierTests
{
    // Weeks of remission with 6-MP (Freireich et al. 1963), the textbook example; negative: censored.
    private static readonly int[] Remission = [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35];

    [Fact]
    public void The_textbook_example_comes_out_as_printed()
    {
        var curve = Of(Remission);

        Assert.Equal((21, 9, 23.0), (curve.Count, curve.Events, curve.Median));
        Assert.Equal([(6, 21, 3, 1), (7, 17, 1, 1), (10, 15, 1, 2), (13, 12, 1, 0), (16, 11, 1, 3), (22, 7, 1, 0), (23, 6, 1, 5)],
            curve.Steps.Select(s => ((int)s.Time, s.AtRisk, s.Events, s.Censored)));
        Assert.Equal([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], curve.Steps.Select(s => Math.Round(s.Survival, 3)));
        Assert.Equal([0.620, 0.563, 0.503, 0.432, 0.368, 0.268, 0.188], curve.Steps.Select(s => Math.Round(s.Lower, 3)));
        Assert.Equal([0.952, 0.923, 0.889, 0.849, 0.805, 0.747, 0.680], curve.Steps.Select(s => Math.Round(s.Upper, 3)));
        Assert.Equal((13.0, null), (curve.MedianLower, curve.MedianUpper));
    }

    [Fact]
    public void Between_two_steps_the_curve_is_level()
    {
        var curve = Of([2, 4, -5, 8]);

        Assert.Equal([1, 0.75, 0.75, 0.5, 0.5, 0], new[] { 1.9, 2, 3.9, 4, 7.9, 8 }.Select(curve.SurvivalAt));
        Assert.Equal(4, curve.Median);
    }

    [Fact]
    public void Where_nobody_is_left_the_band_reaches_down_to_nothing()
    {
        var last = Of([1, 2, 3]).Steps;

        Assert.Equal((0, 0, last[1].Upper), (last[2].Survival, last[2].Lower, last[2].Upper));
    }

    [Fact]
    public void Without_an_end_there_is_no_step_and_no_median()
    {
        var curve = Of([-3, -9]);

        Assert.Equal((2, 0, null, 1.0), (curve.Count, curve.Events, curve.Median, curve.SurvivalAt(10)));
        Assert.Empty(curve.Steps);
        Assert.Equal(0, Of([]).Count);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => KaplanMeier.Of([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Of([double.NaN], [true]));
    }

    [Property(MaxTest = 300)]
    public void Every_step_is_the_product_of_the_shares_that_stayed(NonEmptyArray<byte> lengths, int seed)
    {
        var times = lengths.Get.Select((l, i) => (Time: (double)(l % 20), Ended: ((seed >> (i % 31)) & 1) == 0)).ToList();
        var curve = KaplanMeier.Of([.. times.Select(t => t.Time)], [.. times.Select(t => t.Ended)]);
        var survival = 1.0;
        foreach (var step in curve.Steps)
        {
            var (atRisk, events) = (times.Count(t => t.Time >= step.Time), times.Count(t => t.Ended && t.Time == step.Time));
            survival *= 1 - ((double)events / atRisk);
            Assert.Equal((atRisk, events), (step.AtRisk, step.Events));
            Assert.Equal(survival, step.Survival, 12);
            Assert.InRange(step.Survival, step.Lower, step.Upper);
        }

        Assert.Equal(times.Where(t => t.Ended).Select(t => t.Time).Distinct().Order(), curve.Steps.Select(s => s.Time));
    }

    private static SurvivalCurve Of(int[] times) => KaplanMeier.Of([.. times.Select(t => (double)Math.Abs(t))], [.. times.Select(t => t > 0)]);
}
