using Referrals.Engine.Network.Notifications;

namespace Referrals.Api.Ui.Pages.Notifications;

/// <summary>What the page of notifications shows.</summary>
/// <param name="Items">The notifications, unread first.</param>
/// <param name="OnlyUnread">Whether only unread ones are shown.</param>
/// <param name="Kind">The kind that is shown; null: all.</param>
/// <param name="Page">Number of the page, from 1.</param>
/// <param name="More">Whether another one follows.</param>
/// <param name="Now">Now (UTC).</param>
public sealed record NotificationsModel(IReadOnlyList<Notification> Items, bool OnlyUnread, string? Kind, int Page, bool More, DateTimeOffset Now) : Security.Looks.ILists
{
    int? Security.Looks.ILists.Listed => Items.Count;

    /// <summary>Value of <c>zeigen</c> for what was not read.</summary>
    public const string Unread = "ungelesen";

    /// <summary>Field with the latest notification that the person has seen.</summary>
    public const string UpTo = "bis";

    /// <summary>The latest notification shown.</summary>
    public long Latest => Items.Count == 0 ? 0 : Items.Max(i => i.Id);

    /// <summary>Whether anything shown is unread.</summary>
    public bool HasUnread => Items.Any(i => i.ReadAt is null);

    /// <summary>The page with these filters.</summary>
    public string Link(bool onlyUnread, int page = 1) => Links.With(
        Links.Notifications, ("zeigen", onlyUnread ? Unread : null), ("art", Kind), ("blatt", page > 1 ? page.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));

    /// <summary>The number of a case as people write it.</summary>
    public static string? Number(Notification notification) =>
        notification.Number is { } number ? (notification.Area == NotificationArea.Referral ? "Ü-" : "A-") + number : null;
}
