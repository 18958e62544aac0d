using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui;

/// <summary>What a list's filter by due date means, the same on every page.</summary>
public static class DueWindow
{
    /// <summary>The due date has passed.</summary>
    public const string Overdue = "ueberfaellig";

    /// <summary>Due by the end of today.</summary>
    public const string Today = "heute";

    /// <summary>Due within the next seven days.</summary>
    public const string Week = "woche";

    /// <summary>Due after the next seven days.</summary>
    public const string Later = "spaeter";

    /// <summary>The due dates (UTC, from inclusive, before exclusive) that a word of the address asks for; both null for any other word.</summary>
    public static (DateTimeOffset? From, DateTimeOffset? Before) Of(string word, DateTimeOffset now) => word switch
    {
        Overdue => (null, now),
        Today => (now, EndOf(now, 0)),
        Week => (now, EndOf(now, 7)),
        Later => (EndOf(now, 7), null),
        _ => (null, null),
    };

    // A deadline is the midnight that ends its last day, so the day's own deadline counts to it.
    private static DateTimeOffset EndOf(DateTimeOffset now, int days) => BerlinClock.Begin(WorkingCalendar.LocalDay(now).AddDays(days + 1)).AddTicks(10);
}
