using Referrals.Engine.Chains;
using Referrals.Engine.Network.Users;

namespace Referrals.Engine.Network.Notifications;

/// <summary>When people get mails.</summary>
public static class MailTimes
{
    private static readonly TimeOnly[] Slots = [new(7, 0), new(13, 0)];
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>When the next mail to somebody is due; null: nothing is mailed.</summary>
    /// <param name="mode">One of <see cref="Preferences.MailModes"/>.</param>
    /// <param name="now">Now (UTC).</param>
    /// <param name="gather">What comes within so long goes in one mail.</param>
    /// <param name="calendar">The working days on which digests come.</param>
    public static DateTimeOffset? Next(string mode, DateTimeOffset now, TimeSpan gather, WorkingCalendar calendar) => mode switch
    {
        Preferences.AtOnce => new DateTimeOffset(((now.UtcTicks / gather.Ticks) + 1) * gather.Ticks, TimeSpan.Zero),
        Preferences.Digest => NextDigest(now, calendar),
        _ => null,
    };

    /// <summary>The next digest after a time: at 7 or 13 o'clock of a working day (Europe/Berlin).</summary>
    public static DateTimeOffset NextDigest(DateTimeOffset now, WorkingCalendar calendar)
    {
        for (var day = WorkingCalendar.LocalDay(now); ; day = day.AddDays(1))
        {
            if (calendar.IsWorkingDay(day) && Slots.Select(s => Instant(day, s)).FirstOrDefault(at => at > now) is var at && at != default)
            {
                return at;
            }
        }
    }

    // Neither hour falls into a change of the clocks.
    private static DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        return new DateTimeOffset(local, Berlin.GetUtcOffset(local)).ToUniversalTime();
    }
}
