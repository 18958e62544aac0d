using FsCheck;
using FsCheck.Xunit;
using Referrals.Engine.Review.Figures;

namespace Referrals.Engine.Tests.Review.Figures;

public sealed class PercentilesTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Between_two_values_lies_what_R_says(double share, double expected) =>
        Assert.Equal(expected, Percentiles.Of<double>([4, 1, 3, 2], share)!.Value, 12);

    [Fact]
    public void Nothing_has_no_percentile_and_one_value_is_every_percentile()
    {
        Assert.Null(Percentiles.Of<int>([], 0.5));
        Assert.Equal(7, Percentiles.Of<int>([7], 0.9));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_share_lies_between_none_and_all(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Percentiles.Of<int>([1, 2], share));

    [Property(MaxTest = 300)]
    public void Selecting_finds_what_sorting_finds(NonEmptyArray<int> given, NonNegativeInt seed, bool few)
    {
        var values = Enumerable.Range(0, 7).SelectMany(_ => given.Get).Select(v => few ? v % 3 : v).ToArray();
        var index = seed.Get % values.Length;

        Assert.Equal([.. values.Order().Skip(index).Take(1)], [Percentiles.Select<int>([.. values], index)]);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("organ")]
    [InlineData("same")]
    public void No_order_of_the_values_misleads(string order)
    {
        const int count = 20_000;
        var values = Enumerable.Range(0, count).Select(i => order switch
        {
            "up" => i,
            "down" => count - i,
            "organ" => Math.Min(i, count - i),
            _ => 5,
        }).ToArray();

        Assert.Equal(values.Order().ElementAt(12_345), Percentiles.Select<int>(values, 12_345));
    }

    [Theory]
    [InlineData(1_000, 50)]
    [InlineData(5_000, 2_000)]
    [InlineData(70_000, 1 << 24)]
    [InlineData(3_001, int.MaxValue)]
    public void Many_values_are_told_as_if_they_were_sorted(int count, int below)
    {
        var random = new Random(count);
        var values = Enumerable.Range(0, count).Select(_ => (uint)random.Next(below) + (random.Next(9) == 0 ? (uint)below : 0)).ToArray();
        var sorted = values.Order().ToArray();

        Assert.All([count - 1, 0, count / 2, count / 10, count / 2], index => Assert.Equal(sorted[index], Percentiles.Select<uint>(values, index)));
        Assert.Equal(sorted, values);
        Assert.Equal(((double)sorted[(count - 1) / 2] + sorted[count / 2]) / 2, Percentiles.Of<uint>(values, 0.5)!.Value, 6);
    }
}
