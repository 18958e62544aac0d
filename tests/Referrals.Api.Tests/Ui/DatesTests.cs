using System.Globalization;
using Referrals.Api.Ui;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;

namespace Referrals.Api.Tests.Ui;

public sealed class DatesTests
{
    private static readonly Dates Dates = new(new Words());

    // All times are UTC; Berlin is two hours ahead in summer, one in winter.
    [Theory]
    [InlineData("2026-11-19T08:12Z", "2026-11-19T15:00Z", "heute, 09:12 Uhr", "today, 09:12")]
    [InlineData("2026-11-19T22:59Z", "2026-11-19T23:01Z", "gestern, 23:59 Uhr", "yesterday, 23:59")]
    [InlineData("2026-11-19T23:00Z", "2026-11-19T23:01Z", "heute, 00:00 Uhr", "today, 00:00")]
    [InlineData("2026-11-20T23:00Z", "2026-11-20T22:59Z", "morgen, 00:00 Uhr", "tomorrow, 00:00")]
    [InlineData("2026-11-17T08:12Z", "2026-11-19T08:12Z", "17.11.2026, 09:12 Uhr", "17 Nov 2026, 09:12")]
    [InlineData("2026-12-31T22:30Z", "2026-12-31T23:30Z", "gestern, 23:30 Uhr", "yesterday, 23:30")]
    [InlineData("2026-03-29T00:30Z", "2026-03-29T01:30Z", "heute, 01:30 Uhr", "today, 01:30")]
    [InlineData("2026-03-29T01:30Z", "2026-03-29T12:00Z", "heute, 03:30 Uhr", "today, 03:30")]
    [InlineData("2026-10-24T22:30Z", "2026-10-25T22:30Z", "heute, 00:30 Uhr", "today, 00:30")]
    [InlineData("2026-10-25T01:30Z", "2026-10-25T23:30Z", "gestern, 02:30 Uhr", "yesterday, 02:30")]
    public void A_moment_is_written_as_people_do(string at, string now, string german, string english)
    {
        using (Reader.German())
        {
            Assert.Equal(german, Dates.Moment(Time(at), Time(now)));
        }

        using (Reader.English())
        {
            Assert.Equal(english, Dates.Moment(Time(at), Time(now)));
        }
    }

    // A deadline is the midnight that ends its last day.
    [Theory]
    [InlineData("2026-11-19T23:00Z", "2026-11-19T22:59Z", "heute", "today")]
    [InlineData("2026-11-19T23:00Z", "2026-11-18T22:59Z", "morgen", "tomorrow")]
    [InlineData("2026-11-19T23:00Z", "2026-11-17T12:00Z", "in 2 Tagen", "in 2 days")]
    [InlineData("2026-11-19T23:00Z", "2026-11-19T23:00Z", "seit 1 Tag", "for 1 day")]
    [InlineData("2026-11-19T23:00Z", "2026-11-22T12:00Z", "seit 3 Tagen", "for 3 days")]
    [InlineData("2026-12-31T23:00Z", "2026-12-31T22:00Z", "heute", "today")]
    [InlineData("2026-12-31T23:00Z", "2026-12-31T23:30Z", "seit 1 Tag", "for 1 day")]
    [InlineData("2027-01-04T23:00Z", "2026-12-31T12:00Z", "in 4 Tagen", "in 4 days")]
    [InlineData("2026-03-29T22:00Z", "2026-03-28T23:30Z", "heute", "today")]
    [InlineData("2026-10-25T23:00Z", "2026-10-24T22:30Z", "heute", "today")]
    public void A_deadline_is_counted_by_the_calendar(string deadline, string now, string german, string english)
    {
        using (Reader.German())
        {
            Assert.Equal(german, Dates.Due(Time(deadline), Time(now)));
        }

        using (Reader.English())
        {
            Assert.Equal(english, Dates.Due(Time(deadline), Time(now)));
        }
    }

    [Fact]
    public void The_last_day_of_an_agreed_deadline_is_the_working_day_counted()
    {
        var deadline = WorkingCalendar.For("BB").Deadline(Time("2026-12-22T09:00Z"), 3);
        Assert.Equal(new DateOnly(2026, 12, 28), Dates.LastDay(deadline));
    }

    [Fact]
    public void A_short_day_names_the_year_only_when_it_is_another()
    {
        using var reader = Reader.German();
        Assert.Equal("31.12.", Dates.ShortDay(new DateOnly(2026, 12, 31), Time("2026-12-31T22:59Z")));
        Assert.Equal("31.12.2026", Dates.ShortDay(new DateOnly(2026, 12, 31), Time("2026-12-31T23:00Z")));
        Assert.Equal("Februar 2027", Dates.Month(new DateOnly(2027, 2, 1)));
    }

    [Fact]
    public void Working_days_are_counted_in_words()
    {
        using (Reader.German())
        {
            Assert.Equal(["0 Arbeitstage", "1 Arbeitstag", "3 Arbeitstage", "8 von 5 Arbeitstagen", "2 von 1 Arbeitstag", "4 Arbeitstage"],
                [Dates.WorkingDays(0), Dates.WorkingDays(1), Dates.WorkingDays(3), Dates.WorkingDays(8, 5), Dates.WorkingDays(2, 1), Dates.WorkingDays(4, null)]);
        }

        using (Reader.English())
        {
            Assert.Equal("1 of 5 working days", Dates.WorkingDays(1, 5));
        }
    }

    private static DateTimeOffset Time(string utc) => DateTimeOffset.ParseExact(utc, "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
