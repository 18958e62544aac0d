using System.Globalization;

namespace Referrals.Api.Ui.Parts;

/// <summary>Times of day and midnights of Europe/Berlin.</summary>
public static class BerlinClock
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>The time of day, such as <c>14:32</c>.</summary>
    public static string TimeOf(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Berlin).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The instant (UTC) at which a day begins.</summary>
    public static DateTimeOffset Begin(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, Berlin.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
