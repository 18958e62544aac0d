using FsCheck.Xunit;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Tests.Chains;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Brandenburg = WorkingCalendar.For("BB");

    [Theory]
    [InlineData("1999-04-04")]
    [InlineData("2008-03-23")]
    [InlineData("2011-04-24")]
    [InlineData("2019-04-21")]
    [InlineData("2020-04-12")]
    [InlineData("2024-03-31")]
    [InlineData("2025-04-20")]
    [InlineData("2026-04-05")]
    [InlineData("2027-03-28")]
    [InlineData("2030-04-21")]
    [InlineData("2038-04-25")]
    [InlineData("2049-04-18")]
    public void Easter_is_where_the_church_has_it(string sunday)
    {
        var date = DateOnly.Parse(sunday, null);
        Assert.Equal(date, PublicHolidays.EasterSunday(date.Year));
    }

    [Fact]
    public void Brandenburg_2026_has_twelve_holidays() => Assert.Equal(
        [
            "2026-01-01", "2026-04-03", "2026-04-05", "2026-04-06", "2026-05-01", "2026-05-14", "2026-05-24", "2026-05-25",
            "2026-10-03", "2026-10-31", "2026-12-25", "2026-12-26",
        ],
        PublicHolidays.Of("BB", 2026).Select(h => $"{h.Date:yyyy-MM-dd}"));

    // Numbers of holidays of 2026 as the states publish them (Sundays that are holidays counted in Brandenburg only).
    [Theory]
    [InlineData("BW", 12)]
    [InlineData("BY", 12)]
    [InlineData("BE", 10)]
    [InlineData("BB", 12)]
    [InlineData("HB", 10)]
    [InlineData("HH", 10)]
    [InlineData("HE", 10)]
    [InlineData("MV", 11)]
    [InlineData("NI", 10)]
    [InlineData("NW", 11)]
    [InlineData("RP", 11)]
    [InlineData("SL", 12)]
    [InlineData("SN", 11)]
    [InlineData("ST", 11)]
    [InlineData("SH", 10)]
    [InlineData("TH", 11)]
    public void Every_state_has_its_number_of_holidays(string state, int count) => Assert.Equal(count, PublicHolidays.Of(state, 2026).Count);

    [Theory]
    [InlineData("BE", "2018-03-08", false)]
    [InlineData("BE", "2019-03-08", true)]
    [InlineData("MV", "2022-03-08", false)]
    [InlineData("MV", "2023-03-08", true)]
    [InlineData("TH", "2018-09-20", false)]
    [InlineData("TH", "2019-09-20", true)]
    [InlineData("HH", "2016-10-31", false)]
    [InlineData("HH", "2017-10-31", true)]
    [InlineData("HH", "2018-10-31", true)]
    [InlineData("BY", "2017-10-31", true)]
    [InlineData("BY", "2018-10-31", false)]
    [InlineData("BE", "2020-05-08", true)]
    [InlineData("BE", "2021-05-08", false)]
    [InlineData("BE", "2025-05-08", true)]
    [InlineData("BB", "2025-05-08", false)]
    [InlineData("BE", "2028-06-17", true)]
    [InlineData("SN", "2026-11-18", true)]
    [InlineData("SN", "2023-11-22", true)]
    [InlineData("SN", "2028-11-22", true)]
    [InlineData("BB", "2026-11-18", false)]
    [InlineData("NW", "2026-06-04", true)]
    [InlineData("SL", "2026-08-15", true)]
    [InlineData("BY", "2026-08-15", false)]
    [InlineData("ST", "2026-01-06", true)]
    public void Holidays_begin_and_end_when_the_law_says(string state, string day, bool holiday) =>
        Assert.Equal(holiday, PublicHolidays.Of(state, int.Parse(day[..4], null)).Any(h => h.Date == DateOnly.Parse(day, null)));

    [Theory]
    [InlineData("2026-12-24", true)]
    [InlineData("2026-12-25", false)]
    [InlineData("2026-12-26", false)]
    [InlineData("2026-12-28", true)]
    [InlineData("2027-01-01", false)]
    public void Christmas_Eve_is_a_working_day(string day, bool working) =>
        Assert.Equal(working, Brandenburg.IsWorkingDay(DateOnly.Parse(day, null)));

    // Times are UTC; local midnight is 23:00 UTC of the day before in winter and 22:00 UTC in summer.
    [Theory]
    [InlineData("2026-11-23T09:00Z", 2, "2026-11-25T23:00Z")] // Monday → end of Wednesday
    [InlineData("2026-11-20T09:00Z", 1, "2026-11-23T23:00Z")] // over a weekend
    [InlineData("2026-11-21T09:00Z", 1, "2026-11-23T23:00Z")] // from a Saturday
    [InlineData("2026-11-20T23:30Z", 1, "2026-11-23T23:00Z")] // half past midnight of Saturday in Berlin
    [InlineData("2026-03-27T12:00Z", 1, "2026-03-30T22:00Z")] // clocks go forward on 29 March
    [InlineData("2026-10-23T12:00Z", 1, "2026-10-26T23:00Z")] // clocks go back on 25 October
    [InlineData("2026-12-23T12:00Z", 2, "2026-12-28T23:00Z")] // 24th, then the 28th
    [InlineData("2026-12-30T12:00Z", 2, "2027-01-04T23:00Z")] // 31st, then the 4th
    [InlineData("2026-04-02T12:00Z", 1, "2026-04-07T22:00Z")] // over Easter
    [InlineData("2026-11-23T09:00Z", 0, "2026-11-23T23:00Z")]
    public void Deadline_is_the_end_of_the_last_day(string from, int days, string expected)
    {
        var deadline = Brandenburg.Deadline(Utc(from), days);
        Assert.Equal(Utc(expected), deadline);
        Assert.Equal(TimeSpan.Zero, deadline.Offset);
    }

    [Theory]
    [InlineData("2026-11-25T23:00Z", 1, "2026-11-24T07:00Z")]
    [InlineData("2026-11-25T23:00Z", 0, "2026-11-25T07:00Z")]
    [InlineData("2026-11-23T23:00Z", 1, "2026-11-20T07:00Z")]
    [InlineData("2026-04-07T22:00Z", 3, "2026-03-31T06:00Z")]
    public void Reminder_is_in_the_morning_before(string deadline, int days, string expected) =>
        Assert.Equal(Utc(expected), Brandenburg.WorkingDaysBefore(Utc(deadline), days));

    [Theory]
    [InlineData("2026-11-25T23:00Z", 1, "2026-11-26T07:00Z")]
    [InlineData("2026-11-20T23:00Z", 1, "2026-11-23T07:00Z")]
    [InlineData("2026-12-24T23:00Z", 2, "2026-12-29T07:00Z")]
    [InlineData("2026-11-25T23:00Z", 0, "2026-11-25T23:00Z")]
    public void Escalation_is_in_the_morning_after(string deadline, int days, string expected) =>
        Assert.Equal(Utc(expected), Brandenburg.WorkingDaysAfter(Utc(deadline), days));

    [Fact]
    public void Days_between_are_counted_without_the_first()
    {
        Assert.Equal(0, Brandenburg.WorkingDaysBetween(Utc("2026-11-23T09:00Z"), Utc("2026-11-23T15:00Z")));
        Assert.Equal(5, Brandenburg.WorkingDaysBetween(Utc("2026-11-20T09:00Z"), Utc("2026-11-27T09:00Z")));
        Assert.Equal(0, Brandenburg.WorkingDaysBetween(Utc("2026-11-27T09:00Z"), Utc("2026-11-20T09:00Z")));
    }

    [Fact]
    public void Unknown_states_and_negative_days_are_refused()
    {
        Assert.Throws<ArgumentException>(() => WorkingCalendar.For("XX"));
        Assert.Throws<ArgumentException>(() => PublicHolidays.Of("bb", 2026));
        Assert.Throws<ArgumentOutOfRangeException>(() => Brandenburg.Deadline(Utc("2026-11-23T09:00Z"), -1));
        Assert.False(WorkingCalendar.Knows(null));
    }

    [Property]
    public bool Between_an_instant_and_its_deadline_lie_the_days(ushort hours, byte days, byte state)
    {
        var calendar = WorkingCalendar.For(PublicHolidays.FederalStates[state % 16]);
        var from = Utc("2024-01-01T00:00Z").AddHours(hours);
        var deadline = calendar.Deadline(from, days);
        return calendar.WorkingDaysBetween(from, deadline) == days
            && (days == 0 || calendar.WorkingDaysBefore(deadline, days - 1) > from)
            && calendar.WorkingDaysAfter(deadline, days) >= deadline;
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, null).ToUniversalTime();
}
