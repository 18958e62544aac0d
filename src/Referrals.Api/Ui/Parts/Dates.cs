using System.Globalization;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Parts;

/// <summary>Days, moments and durations as people write them. Days are those of Europe/Berlin, whatever the machine's clock is set to.</summary>
/// <param name="words">The reader's language.</param>
public sealed class Dates(Words words)
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The day that a deadline falls on: a midnight belongs to the day that it ends.</summary>
    public static DateOnly LastDay(DateTimeOffset deadline) => WorkingCalendar.LocalDay(deadline.AddTicks(-1));

    /// <summary>How many calendar days a deadline's last day lies ahead of today; negative: it has passed.</summary>
    public static int DaysUntil(DateTimeOffset deadline, DateTimeOffset now) =>
        LastDay(deadline).DayNumber - WorkingCalendar.LocalDay(now).DayNumber;

    /// <summary>A day in full: <c>19.11.2026</c>, <c>19 Nov 2026</c>.</summary>
    public string Day(DateOnly day) => day.ToString(words["Dates.Day"], CultureInfo.CurrentCulture);

    /// <summary>A day without the year where that is the year of <paramref name="now"/>: <c>19.11.</c>, <c>19 Nov</c>.</summary>
    public string ShortDay(DateOnly day, DateTimeOffset now) =>
        day.Year == WorkingCalendar.LocalDay(now).Year ? day.ToString(words["Dates.Short"], CultureInfo.CurrentCulture) : Day(day);

    /// <summary>A month: <c>Februar 2027</c>.</summary>
    public string Month(DateOnly first) => first.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>A moment: <c>heute, 09:12 Uhr</c>, <c>gestern, 17:40 Uhr</c>, <c>19.11.2026, 09:12 Uhr</c>.</summary>
    public string Moment(DateTimeOffset at, DateTimeOffset now)
    {
        var day = WorkingCalendar.LocalDay(at);
        var written = (day.DayNumber - WorkingCalendar.LocalDay(now).DayNumber) switch
        {
            0 => words["Dates.Today"],
            -1 => words["Dates.Yesterday"],
            1 => words["Dates.Tomorrow"],
            _ => Day(day),
        };
        return words["Dates.Moment", written, Clock(at)];
    }

    /// <summary>A moment with its day, as it stands on paper: <c>19.11.2026, 09:12 Uhr</c>.</summary>
    public string Exact(DateTimeOffset at) => words["Dates.Moment", Day(WorkingCalendar.LocalDay(at)), Clock(at)];

    /// <summary>How far off a deadline is, by the calendar: <c>heute</c>, <c>morgen</c>, <c>in 2 Tagen</c>, <c>seit 3 Tagen</c>.</summary>
    public string Due(DateTimeOffset deadline, DateTimeOffset now) => DaysUntil(deadline, now) switch
    {
        0 => words["Dates.Today"],
        1 => words["Dates.Tomorrow"],
        > 1 and var ahead => words["Dates.InDays", ahead],
        var passed => words.Count("Dates.SinceDays", -passed),
    };

    private static string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Berlin).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>A number of working days: <c>1 Arbeitstag</c>, <c>3 Arbeitstage</c>.</summary>
    public string WorkingDays(int number) => words.Count("Dates.WorkingDays", number);

    /// <summary>How many of the working days agreed: <c>8 von 5 Arbeitstagen</c>; without an agreed time the days alone.</summary>
    public string WorkingDays(int number, int? agreed) =>
        agreed is { } days ? words.Count("Dates.WorkingDaysOf", days, number) : WorkingDays(number);
}
