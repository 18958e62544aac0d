using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.Visits;

/// <summary>Months as whole numbers: 1 is January 1970, in Europe/Berlin. The finest time that figures are told by.</summary>
public static class Months
{
    private const int FirstYear = 1970;

    /// <summary>The month of a moment.</summary>
    public static ushort Of(uint moment) => Of(WorkingCalendar.LocalDay(DateTimeOffset.FromUnixTimeSeconds(moment)));

    /// <summary>The month of a day. Days before 1970 count to January 1970.</summary>
    public static ushort Of(DateOnly day) => (ushort)Math.Max(1, ((day.Year - FirstYear) * 12) + day.Month);

    /// <summary>The moment at which a month begins.</summary>
    public static uint Begin(int month) =>
        Moments.Of(WorkingCalendar.For("BB").Deadline(new DateTimeOffset(First(month).AddDays(-1).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero), 0));

    /// <summary>The first day of a month.</summary>
    public static DateOnly First(int month) => new DateOnly(FirstYear, 1, 1).AddMonths(month - 1);
}
