using System.Globalization;

namespace Referrals.Api.Ui;

public static partial class Links
{
    /// <summary>Marks all notifications as read (POST).</summary>
    public const string NotificationsRead = Notifications + "/gelesen";

    /// <summary>Leads to what a notification is about, and marks it as read.</summary>
    public static string Notification(long id) => string.Create(CultureInfo.InvariantCulture, $"{Notifications}/{id}");

    /// <summary>Marks a notification as read (POST).</summary>
    public static string NotificationRead(long id) => Notification(id) + "/gelesen";
}
