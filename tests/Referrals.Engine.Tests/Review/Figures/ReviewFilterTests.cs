using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class ReviewFilterTests
{
    [Fact]
    public void Nothing_limits_nothing()
    {
        Assert.True(ReviewFilter.TryParse(null, null, null, null, out var none));
        Assert.True(ReviewFilter.TryParse("", "", "", "", out var empty));
        Assert.Equal((ReviewFilter.All, ReviewFilter.All), (none, empty));
    }

    [Fact]
    public void All_parts_are_read()
    {
        Assert.True(ReviewFilter.TryParse("arbeit-mit-kind", "3", "2026-03", "2026-11", out var filter));
        Assert.Equal(new ReviewFilter(new ChainId("arbeit-mit-kind"), 3, Months.Of(new DateOnly(2026, 3, 1)), Months.Of(new DateOnly(2026, 11, 30))), filter);
        Assert.True(ReviewFilter.TryParse(null, null, "2026-03", null, out filter));
        Assert.Equal(ReviewFilter.All with { FromMonth = Months.Of(new DateOnly(2026, 3, 1)) }, filter);
        Assert.True(ReviewFilter.TryParse(null, null, null, "2026-03", out filter));
        Assert.Equal(ReviewFilter.All with { ToMonth = Months.Of(new DateOnly(2026, 3, 1)) }, filter);
        Assert.True(ReviewFilter.TryParse("a", null, "2026-03", "2026-03", out filter));
        Assert.Equal(filter.FromMonth, filter.ToMonth);
    }

    [Theory]
    [InlineData("a", "0", "", "")]
    [InlineData("a", "-1", "", "")]
    [InlineData("a", "1.5", "", "")]
    [InlineData("a", " 1", "", "")]
    [InlineData("a", "99999999999", "", "")]
    [InlineData("a", "two", "", "")]
    [InlineData("a", "", "2026-13", "")]
    [InlineData("a", "", "2026-3", "")]
    [InlineData("a", "", "03.2026", "")]
    [InlineData("a", "", "2026-03-01", "")]
    [InlineData("a", "", "1969-12", "")]
    [InlineData("a", "", "", "morgen")]
    [InlineData("a", "", "2026-04", "2026-03")]
    public void What_is_none_is_refused(string chain, string version, string from, string to)
    {
        Assert.False(ReviewFilter.TryParse(chain, version, from, to, out var filter));
        Assert.Equal(ReviewFilter.All, filter);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var from = (ushort)random.Next(1, 1_500);
            var filter = new ReviewFilter(new ChainId($"c{random.Next(9)}"), random.Next(3) == 0 ? null : random.Next(1, 99), from, (ushort)random.Next(from, 1_600));
            Assert.True(ReviewFilter.TryParse(filter.Chain!.Value.Value, $"{filter.Version}", ReviewFilter.Write(filter.FromMonth), ReviewFilter.Write(filter.ToMonth), out var read));
            Assert.Equal(filter, read);
        }
    }

    [Fact]
    public void The_time_before_is_as_long_and_ends_where_it_begins()
    {
        var filter = ReviewFilter.All with { FromMonth = 100, ToMonth = 111 };
        Assert.Equal(filter with { FromMonth = 88, ToMonth = 99 }, filter.Before());
        Assert.Null((filter with { FromMonth = 12, ToMonth = 23 }).Before());
        Assert.Equal(filter with { FromMonth = 1, ToMonth = 12 }, (filter with { FromMonth = 13, ToMonth = 24 }).Before());
        var latest = ReviewFilter.Latest(ReviewSamples.AsOf, 3);
        Assert.Equal((Months.Of(ReviewSamples.AsOf), 3), (latest.ToMonth, latest.ToMonth - latest.FromMonth + 1));
    }
}
