using Referrals.Engine.Review.Release;

namespace Referrals.Engine.Tests.Review;

public sealed class ReleasesTests
{
    private const int Threshold = 5;

    [Theory]
    [InlineData(100, 1)]
    [InlineData(60_000, 1)]
    [InlineData(60_000, 7)]
    public void Months_are_those_of_whole_batches_in_the_order_of_the_log_however_it_is_told(int count, int turns)
    {
        var random = new Random(count + turns);
        var ended = Enumerable.Range(1, count).Select(i => (Position: (long)i * 3, Kind: random.Next(40), Month: (ushort)(600 + (i / 10_000)), Whose: random.Next(count / 2))).ToList();
        var releases = new Releases<int>(Threshold);
        foreach (var turn in ended.Chunk((count + turns - 1) / turns))
        {
            foreach (var (position, kind, month, whose) in turn.OrderBy(_ => random.Next()))
            {
                releases.Collect(position, kind, month, whose);
            }

            releases.Settle();
            Assert.Equal(turn[^1].Position, releases.Until);
        }

        var expected = Months(ended);
        Assert.All(ended, e => Assert.Equal(expected[e.Position], releases.MonthOf(e.Position)));
    }

    [Fact]
    public void What_was_not_collected_has_no_month()
    {
        var releases = new Releases<int>(Threshold);
        Assert.Throws<InvalidOperationException>(() => releases.MonthOf(1));
        releases.Collect(5, 1, 600, 1);
        releases.Settle();
        Assert.Equal(0, releases.MonthOf(5));
        Assert.All(new long[] { 4, 6, 20_000 }, position => Assert.Throws<InvalidOperationException>(() => releases.MonthOf(position)));
    }

    private static Dictionary<long, ushort> Months(List<(long Position, int Kind, ushort Month, int Whose)> ended)
    {
        var months = ended.ToDictionary(e => e.Position, _ => (ushort)0);
        foreach (var kind in ended.GroupBy(e => e.Kind))
        {
            var batch = new List<(long Position, int Kind, ushort Month, int Whose)>();
            foreach (var one in kind)
            {
                batch.Add(one);
                if (batch.Select(b => b.Whose).Distinct().Count() == Threshold)
                {
                    batch.ForEach(b => months[b.Position] = batch.Max(m => m.Month));
                    batch.Clear();
                }
            }
        }

        return months;
    }
}
