using Referrals.Api.Ui;
using Referrals.Engine.Chains;

namespace Referrals.Api.Tests.Ui;

public sealed class DueWindowTests
{
    // Each hour of two weeks, with a night in which the clocks change.
    public static TheoryData<int> Hours => [.. Enumerable.Range(0, 14 * 24)];

    [Theory]
    [MemberData(nameof(Hours))]
    public void Every_due_date_is_in_the_windows_that_its_day_says(int hour)
    {
        var now = new DateTimeOffset(2026, 10, 19, 0, 30, 0, TimeSpan.Zero).AddHours(hour);
        foreach (var days in Enumerable.Range(0, 12))
        {
            var due = WorkingCalendar.For("BB").Deadline(now, days);
            var last = WorkingCalendar.LocalDay(due.AddTicks(-1)).DayNumber - WorkingCalendar.LocalDay(now).DayNumber;
            Assert.Equal(due < now, In(DueWindow.Overdue));
            Assert.Equal(due >= now && last == 0, In(DueWindow.Today));
            Assert.Equal(due >= now && last <= 7, In(DueWindow.Week));
            Assert.Equal(last > 7, In(DueWindow.Later));
            Assert.True(In(""));

            bool In(string word) => DueWindow.Of(word, now) is var (from, before) && (from is null || due >= from) && (before is null || due < before);
        }
    }
}
