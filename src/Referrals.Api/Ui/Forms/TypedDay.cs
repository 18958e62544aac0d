using System.Globalization;

namespace Referrals.Api.Ui.Forms;

/// <summary>Days and months as browsers send them, or as people type them where the browser has no field for them.</summary>
internal static class TypedDay
{
    private static readonly string[] Days = ["yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy"];
    private static readonly string[] Months = ["yyyy-MM", "MM.yyyy", "M.yyyy", "MM/yyyy"];

    /// <summary>The day, or null when there is none to be read.</summary>
    public static DateOnly? Day(string typed) =>
        DateOnly.TryParseExact(typed, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 1900 ? day : null;

    /// <summary>The first day of the month, or null.</summary>
    public static DateOnly? Month(string typed) =>
        DateOnly.TryParseExact(typed, Months, CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year >= 1900 ? first : null;

    /// <summary>A day as the browser's field takes it.</summary>
    public static string Value(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
