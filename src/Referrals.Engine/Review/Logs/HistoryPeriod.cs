using System.Globalization;

namespace Referrals.Engine.Review.Logs;

/// <summary>Which months are looked at.</summary>
/// <param name="First">First day of the first month.</param>
/// <param name="Last">First day of the last month, which counts too.</param>
public sealed record HistoryPeriod(DateOnly First, DateOnly Last)
{
    private const string Format = "yyyy-MM";
    private const int Usual = 12;

    /// <summary>The latest twelve months.</summary>
    public static HistoryPeriod Latest(DateOnly today) => new(Month(today).AddMonths(1 - Usual), Month(today));

    /// <summary>Reads months such as <c>2026-03</c>; what is not given is as in the latest twelve. Null if it can't be read or ends before it begins.</summary>
    public static HistoryPeriod? Read(string? first, string? last, DateOnly today)
    {
        var latest = Latest(today);
        return TryMonth(first, latest.First, out var from) && TryMonth(last, latest.Last, out var to) && from <= to ? new(from, to) : null;
    }

    /// <summary>A month as it is written.</summary>
    public static string Write(DateOnly month) => month.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Whether a day lies in it.</summary>
    public bool Holds(DateOnly day) => day >= First && day < Last.AddMonths(1);

    private static DateOnly Month(DateOnly day) => new(day.Year, day.Month, 1);

    private static bool TryMonth(string? text, DateOnly otherwise, out DateOnly month)
    {
        month = otherwise;
        return string.IsNullOrEmpty(text)
            || (DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out month) && month.Year is >= 1970 and < 9999);
    }
}
