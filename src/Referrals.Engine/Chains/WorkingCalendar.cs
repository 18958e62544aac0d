using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Referrals.Engine.Chains;

/// <summary>
/// Working days (Monday to Friday without public holidays) of a federal state, and the deadlines counted in them. Days are
/// those of Europe/Berlin; every instant returned is in UTC. Pure: the same answer always, however often asked.
/// </summary>
/// <remarks>
/// A deadline counts as §§ 187 (1) and 188 (1) BGB have it: the day of the event does not count, and the last day counts to
/// its end.
/// </remarks>
public sealed class WorkingCalendar
{
    /// <summary>The local hour at which reminders and escalations of a day are due: when offices open.</summary>
    public const int OfficeHour = 8;

    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static readonly FrozenDictionary<string, WorkingCalendar> Calendars =
        PublicHolidays.FederalStates.ToFrozenDictionary(s => s, s => new WorkingCalendar(s), StringComparer.Ordinal);

    private readonly string _federalState;

    // By year: for each day of the year whether it is a working day. A handful of years is ever asked for.
    private readonly ConcurrentDictionary<int, bool[]> _years = new();

    private WorkingCalendar(string federalState) => _federalState = federalState;

    /// <summary>The calendar of a federal state, such as <c>BB</c>; the same instance for the same state.</summary>
    /// <exception cref="ArgumentException">No federal state has this code.</exception>
    public static WorkingCalendar For(string federalState) =>
        Calendars.TryGetValue(federalState, out var calendar)
            ? calendar
            : throw new ArgumentException("no federal state has this code", nameof(federalState));

    /// <summary>Whether a federal state has this code.</summary>
    public static bool Knows(string? federalState) => federalState is not null && Calendars.ContainsKey(federalState);

    /// <summary>An instant in Europe/Berlin.</summary>
    public static DateTimeOffset Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Berlin);

    /// <summary>The day of an instant in Europe/Berlin.</summary>
    public static DateOnly LocalDay(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant).DateTime);

    /// <summary>When a day begins in Europe/Berlin (UTC).</summary>
    public static DateTimeOffset Midnight(DateOnly day) => Instant(day, 0);

    /// <summary>The year of an instant in Europe/Berlin, four digits: what referrals and assignments are numbered in.</summary>
    public static string Year(DateTimeOffset instant) => LocalDay(instant).Year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether a day is neither Saturday nor Sunday nor a public holiday of the state.</summary>
    public bool IsWorkingDay(DateOnly day) => _years.GetOrAdd(day.Year, Table)[day.DayOfYear];

    /// <summary>
    /// The end of the n-th working day after the local day of <paramref name="from"/>: the midnight that ends it.
    /// With 0 the end of the local day of <paramref name="from"/> itself.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of days is negative.</exception>
    public DateTimeOffset Deadline(DateTimeOffset from, int workingDays) => Instant(Move(LocalDay(from), workingDays, 1).AddDays(1), 0);

    /// <summary>
    /// When to remind of a deadline: at 08:00 local time of the n-th working day before the deadline's last day.
    /// With 0 that morning of the last day itself.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of days is negative.</exception>
    public DateTimeOffset WorkingDaysBefore(DateTimeOffset deadline, int workingDays) =>
        Instant(Move(LastDay(deadline), workingDays, -1), OfficeHour);

    /// <summary>
    /// When to escalate a missed deadline: at 08:00 local time of the n-th working day after the deadline's last day.
    /// With 0 the deadline itself.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number of days is negative.</exception>
    public DateTimeOffset WorkingDaysAfter(DateTimeOffset deadline, int workingDays) => workingDays == 0
        ? deadline.ToUniversalTime()
        : Instant(Move(LastDay(deadline), workingDays, 1), OfficeHour);

    /// <summary>
    /// The number of working days after the local day of <paramref name="from"/> up to and with the local day that
    /// <paramref name="to"/> ends or falls in (a midnight belongs to the day that it ends); 0 when that is not a later day.
    /// So what lies between an instant and its deadline of n working days is n.
    /// </summary>
    public int WorkingDaysBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var last = LastDay(to);
        var count = 0;
        for (var day = LocalDay(from).AddDays(1); day <= last; day = day.AddDays(1))
        {
            count += IsWorkingDay(day) ? 1 : 0;
        }

        return count;
    }

    private static DateOnly LastDay(DateTimeOffset deadline) => LocalDay(deadline.AddTicks(-1));

    // Neither midnight nor the office hour is ever skipped or repeated by the change of the clocks, which is at two or three.
    private static DateTimeOffset Instant(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        return new DateTimeOffset(local, Berlin.GetUtcOffset(local)).ToUniversalTime();
    }

    private DateOnly Move(DateOnly day, int workingDays, int direction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        while (workingDays > 0)
        {
            day = day.AddDays(direction);
            workingDays -= IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    private bool[] Table(int year)
    {
        var holidays = PublicHolidays.Of(_federalState, year).Select(h => h.Date).ToHashSet();
        var table = new bool[367];
        for (var day = new DateOnly(year, 1, 1); ; day = day.AddDays(1))
        {
            table[day.DayOfYear] = day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day);
            if (day is { Month: 12, Day: 31 })
            {
                return table;
            }
        }
    }
}
