using Referrals.Engine.Chains;

namespace Referrals.Workers.Commands.Demo;

/// <summary>The hours at which people work: eight in the morning to four in the afternoon on working days, local time.</summary>
internal static class OfficeTime
{
    /// <summary>Hours of a working day.</summary>
    public const double HoursOfDay = 8;

    private const int Opens = 8;
    private static readonly WorkingCalendar Calendar = WorkingCalendar.For("BB");
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>Whether offices are open at all on that day; between Christmas and New Year they aren't.</summary>
    public static bool IsOpen(DateOnly day) => Calendar.IsWorkingDay(day) && day is not { Month: 12, Day: >= 24 };

    /// <summary>An instant of a day, in hours after the offices open.</summary>
    public static DateTimeOffset At(DateOnly day, double hours)
    {
        var local = day.ToDateTime(new TimeOnly(Opens, 0)).AddSeconds(Math.Floor(hours * 3600));
        return new DateTimeOffset(local, Berlin.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The instant after so many working days of office time; a fraction counts in hours.</summary>
    public static DateTimeOffset Later(DateTimeOffset from, double workingDays)
    {
        var local = TimeZoneInfo.ConvertTime(from, Berlin).DateTime;
        var day = DateOnly.FromDateTime(local);
        var hour = Math.Clamp((local - day.ToDateTime(new TimeOnly(Opens, 0))).TotalHours, 0, HoursOfDay);
        if (!IsOpen(day) || hour >= HoursOfDay)
        {
            (day, hour) = (Next(day), 0);
        }

        var left = (workingDays * HoursOfDay) + hour;
        while (left >= HoursOfDay)
        {
            (day, left) = (Next(day), left - HoursOfDay);
        }

        return At(day, left);
    }

    /// <summary>The first instant from there on that is in office time on that day of the week.</summary>
    public static DateTimeOffset Next(DateTimeOffset from, DayOfWeek weekday, double hours)
    {
        var day = WorkingCalendar.LocalDay(from);
        while (day.DayOfWeek != weekday || !IsOpen(day) || At(day, hours) < from)
        {
            day = day.AddDays(1);
            if (day.DayNumber - WorkingCalendar.LocalDay(from).DayNumber > 21)
            {
                return Later(from, 0);
            }
        }

        return At(day, hours);
    }

    private static DateOnly Next(DateOnly day)
    {
        do
        {
            day = day.AddDays(1);
        }
        while (!IsOpen(day));
        return day;
    }
}
