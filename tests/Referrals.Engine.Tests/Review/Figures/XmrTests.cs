using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class XmrTests
{
    // Ten points whose moving ranges are 4, 3, 4, 5, 2, 1, 2, 3, 3: mean 3; mean of the points 42.
    private static readonly double?[] Series = [40, 44, 41, 45, 40, 42, 43, 41, 44, 41];

    [Fact]
    public void Limits_are_the_mean_and_two_point_six_six_mean_moving_ranges()
    {
        var limits = Xmr.Limits(Series)!;
        Assert.Equal(42.1, limits.Center, 10);
        Assert.Equal(27.0 / 9, limits.MeanRange, 10);
        Assert.Equal(42.1 + (2.66 * 3), limits.Upper, 10);
        Assert.Equal(42.1 - (2.66 * 3), limits.Lower, 10);
        Assert.Empty(Xmr.Signals(Series, limits));
    }

    [Fact]
    public void Too_few_points_have_no_limits_and_missing_ones_are_passed_over()
    {
        Assert.Null(Xmr.Limits([1, 2, null, 3, 4, 5]));
        Assert.Equal(Xmr.Limits(Series), Xmr.Limits([null, .. Series[..4], null, null, .. Series[4..]]));
    }

    [Theory]
    [InlineData(XmrRule.BeyondLimit, true, 6, new double[] { 0, 1, 0, -1, 0, 1, 3.1 })]
    [InlineData(XmrRule.BeyondLimit, false, 2, new double[] { 0, 1, -3.1, 0, 0.5, -1 })]
    [InlineData(XmrRule.TwoOfThree, true, 5, new double[] { 0, -1, 0, 2.1, 0, 2.2, 0 })]
    [InlineData(XmrRule.FourOfFive, false, 6, new double[] { 0, 0.5, -1.1, -1.2, 0, -1.3, -1.4 })]
    [InlineData(XmrRule.RunOfEight, true, 8, new double[] { -1, 0.1, 0.2, 0.1, 0.3, 0.1, 0.2, 0.1, 0.4, -0.1 })]
    public void Each_rule_names_the_point_that_completes_it(XmrRule rule, bool above, int index, double[] sigmas)
    {
        var signals = Xmr.Signals([.. sigmas.Select(s => (double?)(10 + (2 * s)))], new XmrLimits(10, 4, 16, 6 / 2.66));
        Assert.Equal([new XmrSignal(index, rule, above)], signals);
    }

    [Theory]
    [InlineData(null, 0, true, new double[] { 5, 6, 5, 4, 5, 6, 5, 4, 5, 6 })] // nothing
    [InlineData(6, 9, true, new double[] { 5, 6, 5, 4, 5, 6, 12, 20, 28, 36 })] // a rise
    [InlineData(7, 9, false, new double[] { 9, 8, 9, 10, 9, 8, 9, 3, 2, 3 })] // a fall
    [InlineData(6, 8, true, new double[] { 5, 6, 5, 4, 5, 6, 12, 13, 30, 5 })] // the last month does not end it
    [InlineData(null, 0, true, new double[] { 5, 6, 5, 4, 5, 6, 5, 4, 5, 60 })] // one month is none
    [InlineData(null, 0, true, new double[] { 5, 6, 5, 4, 5, 6, 12, 13, 14, 5, 4, 5 })] // it is over
    [InlineData(null, 0, true, new double[] { 5, 6, 5, 40, 41 })] // too few before
    public void A_change_is_dated_by_the_first_of_the_latest_months_that_are_beyond_what_was_before(int? index, int last, bool above, double[] values)
    {
        Assert.Equal(index is { } at ? new XmrChange(at, last, above) : null, Xmr.Change([.. values.Select(v => (double?)v)]));
        // A month without a value is passed over.
        Assert.Equal(index is { } then ? new XmrChange(then + 1, last + 1, above) : null, Xmr.Change([.. values.Select(v => (double?)v).Take(3), null, .. values.Select(v => (double?)v).Skip(3)]));
    }

    [Fact]
    public void Seven_on_one_side_are_chance() =>
        Assert.Empty(Xmr.Signals([-1, 0.1, 0.2, 0.1, 0.3, 0.1, 0.2, 0.1, -0.1], new XmrLimits(0, -3, 3, 3 / 2.66)));

    // Flow rates of ten batches, NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2: mean 50.81, mean range 1.8778, limits 45.8155 and 55.8041, in control.
    [Fact]
    public void A_known_chart_has_its_known_limits_and_names_what_leaves_them()
    {
        double?[] flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
        var limits = Xmr.Limits(flow)!;
        Assert.Equal((50.81, 1.8778), (Math.Round(limits.Center, 2), Math.Round(limits.MeanRange, 4)));
        Assert.Equal(45.8155, limits.Lower, 0.002);
        Assert.Equal(55.8041, limits.Upper, 0.002);
        Assert.DoesNotContain(Xmr.Signals(flow, limits), s => s.Rule == XmrRule.BeyondLimit);
        Assert.Equal(
            [new XmrSignal(10, XmrRule.BeyondLimit, true), new XmrSignal(12, XmrRule.BeyondLimit, false)],
            Xmr.Signals([.. flow[..10], 55.9, 50.8, 45.7], limits).Where(s => s.Rule == XmrRule.BeyondLimit));
    }
}
