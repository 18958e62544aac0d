using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class IntervalsTests
{
    private const int Runs = 2_000;
    private static readonly SmallNumbers All = new(1);

    [Fact]
    public void A_share_has_wilsons_interval()
    {
        var estimate = Estimate.Share(new ShareOf(8, 10))!.Value;
        Assert.Equal((0.8, 0.4902, 0.9433), (estimate.Value, Math.Round(estimate.Lower, 4), Math.Round(estimate.Upper, 4)));
        Assert.Equal((0, 1), (Estimate.Share(new ShareOf(0, 4))!.Value.Lower, Estimate.Share(new ShareOf(4, 4))!.Value.Upper));
        Assert.Null(Estimate.Share(new ShareOf(0, 0)));
    }

    // Newcombe 1998, table II, method 10: 56 of 70 less 48 of 80.
    [Fact]
    public void A_difference_of_shares_has_newcombes_interval()
    {
        var estimate = Estimate.Difference(Estimate.Share(new ShareOf(48, 80)), Estimate.Share(new ShareOf(56, 70)))!.Value;
        Assert.Equal((0.2, 0.0524, 0.3339), (Math.Round(estimate.Value, 4), Math.Round(estimate.Lower, 4), Math.Round(estimate.Upper, 4)));
        Assert.Null(Estimate.Difference(null, Estimate.Share(new ShareOf(1, 2))));
    }

    // Of 100 values the 40th and the 61st.
    [Fact]
    public void A_median_has_the_interval_between_two_values()
    {
        uint[] values = [.. Enumerable.Range(1, 100).Select(i => (uint)i * Moments.Day)];
        new Random(1).Shuffle(values);
        Assert.Equal(new Estimate(50.5, 40, 61), Estimate.Median(All, new Measured([.. values], 0, 1)));
        Assert.Equal(new Estimate(50.5, 40, 61), Estimate.Median(new SmallNumbers(5), new Measured([.. values], 0, 1)));
        Assert.Null(Estimate.Median(new SmallNumbers(5), new Measured([.. values[..14]], 0, 1)));
        Assert.NotNull(Estimate.Median(new SmallNumbers(5), new Measured([.. values[..20]], 0, 1)));
        Assert.Null(Estimate.Median(new SmallNumbers(5), new Measured([.. values[..20]], 15, 4)));
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(5, 60)]
    [InlineData(5, 25)]
    public void Nineteen_of_twenty_intervals_of_a_median_hold_it(int threshold, int n)
    {
        var (random, law, hit) = (new Random(7), new SmallNumbers(threshold), 0);
        for (var run = 0; run < Runs; run++)
        {
            var estimate = Estimate.Median(law, Exponential(random, n, 10))!.Value;
            hit += estimate.Lower <= 10 * Math.Log(2) && 10 * Math.Log(2) <= estimate.Upper ? 1 : 0;
        }

        Assert.InRange((double)hit / Runs, 0.93, 0.995);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Nineteen_of_twenty_intervals_of_a_difference_of_medians_hold_it(int threshold)
    {
        var (random, law, hit) = (new Random(8), new SmallNumbers(threshold), 0);
        for (var run = 0; run < Runs; run++)
        {
            var (a, b) = (Estimate.Median(law, Exponential(random, 50, 10)), Estimate.Median(law, Exponential(random, 80, 14)));
            var estimate = Estimate.Difference(a, b)!.Value;
            hit += estimate.Lower <= 4 * Math.Log(2) && 4 * Math.Log(2) <= estimate.Upper ? 1 : 0;
        }

        Assert.InRange((double)hit / Runs, 0.93, 0.985);
    }

    [Fact]
    public void Nineteen_of_twenty_intervals_of_a_difference_of_shares_hold_it_and_as_many_say_chance_where_it_is()
    {
        var (random, hit, chance) = (new Random(9), 0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var (a, b, c) = (Of(random, 60, 0.3), Of(random, 90, 0.45), Of(random, 90, 0.3));
            var estimate = Estimate.Difference(Estimate.Share(a), Estimate.Share(b))!.Value;
            hit += estimate.Lower <= 0.15 && 0.15 <= estimate.Upper ? 1 : 0;
            chance += Difference.Of(a.Share, c.Share, Estimate.Difference(Estimate.Share(a), Estimate.Share(c))).IsBeyondChance ? 0 : 1;
        }

        Assert.InRange((double)hit / Runs, 0.935, 0.97);
        Assert.InRange((double)chance / Runs, 0.935, 0.97);
    }

    private static ShareOf Of(Random random, int n, double share) => new(Enumerable.Range(0, n).Count(_ => random.NextDouble() < share), n);

    private static Measured Exponential(Random random, int n, double mean) =>
        new((uint[])[.. Enumerable.Range(0, n).Select(_ => (uint)(-Math.Log(1 - random.NextDouble()) * mean * Moments.Day))], 0, 1);
}
