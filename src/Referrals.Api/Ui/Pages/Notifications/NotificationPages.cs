using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Notifications;

namespace Referrals.Api.Ui.Pages.Notifications;

/// <summary>What happened that concerns the visitor.</summary>
internal static class NotificationPages
{
    private const int PageSize = 50;
    private const int MostPages = 100;

    public static void Map(RouteGroupBuilder members)
    {
        members.MapGet(Links.Notifications, ShowAsync).Looks(LookCodes.Notifications, "zeigen", "art");
        members.MapPost(Links.NotificationsRead, ReadAllAsync).WithMetadata(new NeverRefuses());
        members.MapGet(Links.Notifications + "/{nummer}", FollowAsync).WithMetadata(new LooksAtNothing("it answers with another page's address only"));
        members.MapPost(Links.Notifications + "/{nummer}/gelesen", ReadAsync);
    }

    private static async Task<IResult> ShowAsync(string? zeigen, string? art, string? blatt, Visitor me, NotificationStore store, TimeProvider time, CancellationToken ct)
    {
        var kind = NotificationKinds.All.Contains(art) ? art : null;
        var page = int.TryParse(blatt, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MostPages) : 1;
        var onlyUnread = zeigen == NotificationsModel.Unread;
        var query = new NotificationQuery(onlyUnread, kind is null ? [] : [kind], (page - 1) * PageSize, PageSize + 1);
        var found = await store.ListAsync(me.Organisation, me.Login, query, ct);
        return Answer.With<NotificationsPage>(
            new NotificationsModel([.. found.Take(PageSize)], onlyUnread, kind, page, found.Count > PageSize && page < MostPages, time.GetUtcNow()));
    }

    // Following the link is reading. A link in a mail leads here, so that it can name nothing but a number.
    private static async Task<IResult> FollowAsync(string nummer, Visitor me, NotificationStore store, CancellationToken ct) =>
        await FindAsync(nummer, me, store, ct) is { } read ? Answer.Go(Target(read)) : Answer.NotFound();

    private static async Task<IResult> ReadAsync(string nummer, FormInput form, Visitor me, NotificationStore store, CancellationToken ct) =>
        await FindAsync(nummer, me, store, ct) is not null ? Answer.Go(Links.Local(form[PageForm.Back]), "Notification.ReadOne") : Answer.NotFound();

    // Only what the person had before its eyes: what came meanwhile stays unread.
    private static async Task<IResult> ReadAllAsync(FormInput form, Visitor me, NotificationStore store, CancellationToken ct)
    {
        var upTo = Number(form[NotificationsModel.UpTo]) ?? 0;
        await store.ReadAllAsync(me.Organisation, me.Login, upTo, ct);
        return Answer.Go(Links.Notifications, "Notification.ReadAll");
    }

    private static async Task<Notification?> FindAsync(string number, Visitor me, NotificationStore store, CancellationToken ct) =>
        Number(number) is { } id ? await store.ReadAsync(me.Organisation, me.Login, id, ct) : null;

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Target(Notification notification) => notification.Area switch
    {
        NotificationArea.Referral => $"{Links.Referrals}/{notification.Number}",
        NotificationArea.Assignment => Links.Assignment(notification.Number!.Value),
        NotificationArea.Escalation => Links.Escalations,
        NotificationArea.DeadLetter => Links.Administration,
        NotificationArea.Chain => notification.Chain is { } chain ? Links.Chain(chain.Value) : Links.Agreements,
        _ => throw new UnreachableException(),
    };
}
