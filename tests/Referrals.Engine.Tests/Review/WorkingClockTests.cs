using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review;

public sealed class WorkingClockTests
{
    [Theory]
    [InlineData("BB")]
    [InlineData("BY")]
    public void Between_any_two_moments_lie_the_working_days_of_the_calendar(string state)
    {
        var (clock, calendar, random) = (WorkingClock.For(state), WorkingCalendar.For(state), new Random(7));
        for (var i = 0; i < 400; i++)
        {
            var from = Moments.Of(new DateTimeOffset(2023, 12, 20, 0, 0, 0, TimeSpan.Zero)) + (uint)random.Next(0, 700 * 86_400);
            var to = from + (uint)random.Next(0, 40 * 86_400);
            Assert.Equal(Slowly(calendar, from, to), clock.Between(from, to));
        }
    }

    [Fact]
    public void Backwards_lies_nothing_and_without_a_calendar_every_second_counts()
    {
        Assert.Equal(0u, WorkingClock.For("BB").Between(2_000_000, 1_000_000));
        Assert.Equal(12_345u, WorkingClock.Always.Between(1_000_000, 1_012_345));
        Assert.Equal(0u, WorkingClock.Always.Between(2, 1));
    }

    // Day by day as the calendar has them; days on which the clocks change are no working days.
    private static uint Slowly(WorkingCalendar calendar, uint from, uint to)
    {
        uint sum = 0;
        for (var at = from; at < to;)
        {
            var day = WorkingCalendar.LocalDay(DateTimeOffset.FromUnixTimeSeconds(at));
            var next = Math.Min(to, Moments.Of(calendar.Deadline(DateTimeOffset.FromUnixTimeSeconds(at), 0)));
            sum += calendar.IsWorkingDay(day) ? next - at : 0;
            at = next;
        }

        return sum;
    }
}
