using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Ui;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Notifications;

namespace Referrals.Api.Tests.Pages;

/// <summary>What people are told of.</summary>
public sealed class NotificationPageTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Covers("GET /benachrichtigungen", PageCase.Works)]
    public async Task Unread_ones_come_first_and_are_counted_in_the_header()
    {
        var (office, login, browser) = await SignInAsync();
        Assert.Contains("Keine Benachrichtigungen", (await browser.Open(Links.Notifications)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        await TellAsync(office, login, (NotificationKinds.Question, 7), (NotificationKinds.New, 3));
        var newest = (await Store.ListAsync(office, login, new NotificationQuery(), Ct))[0];
        await Store.ReadAsync(office, login, newest.Id, Ct);
        var page = await browser.Open(Links.Notifications);
        Assert.Equal(["Rückfrage", "Neuer Auftrag"], page.Document.QuerySelectorAll("tbody th").Select(t => t.TextContent.Trim()));
        Assert.Equal(["Ü-2026-0007", "A-2026-0003"], page.Document.QuerySelectorAll("tbody td:nth-child(2)").Select(t => t.TextContent.Trim()));
        Assert.Equal("1", page.Document.QuerySelector(".app-user .app-count > span")!.TextContent);
        var unread = await browser.Open($"{Links.Notifications}?zeigen=ungelesen&art=question");
        Assert.Single(unread.Document.QuerySelectorAll("tbody tr"));
        Assert.Contains("nichts da", (await browser.Open($"{Links.Notifications}?art=answer")).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("GET /benachrichtigungen/{nummer}", PageCase.Works)]
    public async Task Following_the_link_leads_to_the_case_and_is_reading()
    {
        var (office, login, browser) = await SignInAsync();
        await TellAsync(office, login, (NotificationKinds.Question, 7), (NotificationKinds.New, 3), (NotificationKinds.Escalation, null));
        var targets = new List<string?>();
        foreach (var notification in (await Store.ListAsync(office, login, new NotificationQuery(), Ct)).Reverse())
        {
            targets.Add((await browser.Open(Links.Notification(notification.Id))).Is(HttpStatusCode.SeeOther).Location);
        }

        Assert.Equal(["/ueberleitungen/2026-0007", "/auftraege/2026-0003", "/eskalationen"], targets);
        Assert.Empty(await Store.ListAsync(office, login, new NotificationQuery(OnlyUnread: true), Ct));
        (await browser.Open(Links.Notifications + "/nonsense")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("POST /benachrichtigungen/gelesen", PageCase.Works)]
    public async Task All_that_were_seen_are_marked_and_what_came_meanwhile_is_not()
    {
        var (office, login, browser) = await SignInAsync();
        await TellAsync(office, login, (NotificationKinds.Question, 7), (NotificationKinds.New, 3));
        var page = await browser.Open(Links.Notifications);
        await TellAsync(office, login, (NotificationKinds.Closed, 8));
        var after = await browser.Follow(await browser.Send(page, Links.NotificationsRead));
        Assert.Contains("Alle Benachrichtigungen sind als gelesen markiert.", after.Text, StringComparison.Ordinal);
        Assert.Equal(NotificationKinds.Closed, Assert.Single(await Store.ListAsync(office, login, new NotificationQuery(OnlyUnread: true), Ct)).Kind);
    }

    [Fact]
    [Covers("POST /benachrichtigungen/{nummer}/gelesen", PageCase.Works)]
    [Covers("POST /benachrichtigungen/{nummer}/gelesen", PageCase.Refuses)]
    public async Task One_is_marked_by_whom_it_is_for_and_by_nobody_else()
    {
        var (office, login, browser) = await SignInAsync();
        await TellAsync(office, login, (NotificationKinds.Question, 7));
        var id = (await Store.ListAsync(office, login, new NotificationQuery(), Ct))[0].Id;
        var colleague = api.App.Browser();
        var other = await api.PersonAsync(office);
        (await colleague.SignInAsync(other)).Is(HttpStatusCode.SeeOther);
        await TellAsync(office, other, (NotificationKinds.New, 1));
        var (page, fields) = (await colleague.Open(Links.Notifications), new List<KeyValuePair<string, string>>());
        fields.Add(KeyValuePair.Create("__RequestVerificationToken", page.Value("__RequestVerificationToken")!));
        (await colleague.Post(Links.NotificationRead(id), fields)).Is(HttpStatusCode.NotFound);
        Assert.Null((await Store.ListAsync(office, login, new NotificationQuery(), Ct))[0].ReadAt);

        var sent = await browser.Send(await browser.Open(Links.Notifications), Links.NotificationRead(id));
        Assert.Equal(Links.Notifications, sent.Is(HttpStatusCode.SeeOther).Location);
        Assert.NotNull((await Store.ListAsync(office, login, new NotificationQuery(), Ct))[0].ReadAt);
    }

    [Fact]
    public async Task Another_organisations_notifications_are_not_seen_though_the_person_is_the_same()
    {
        var (_, login, browser) = await SignInAsync();
        var other = api.Organisation();
        await TellAsync(other, login, (NotificationKinds.Question, 7));
        Assert.Contains("Keine Benachrichtigungen", (await browser.Open(Links.Notifications)).Text, StringComparison.Ordinal);
    }

    private NotificationStore Store => api.Services.GetRequiredService<NotificationStore>();

    private Task<int> TellAsync(OrganisationId office, string login, params (string Kind, int? Number)[] told) => Store.PutAsync(
        office,
        [.. told.Select(t => new NewNotification(
            login, Guid.NewGuid(), t.Kind, t.Number is { } n ? new CaseNumber("2026", n) : null, new LocalText("Betreuung", "Childcare"), DateTimeOffset.UtcNow, null))],
        Ct);

    private async Task<(OrganisationId Office, string Login, PageClient Browser)> SignInAsync()
    {
        var office = api.Organisation();
        var login = await api.PersonAsync(office, roles: NetworkRoles.Caseworker);
        var browser = api.App.Browser();
        (await browser.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        return (office, login, browser);
    }
}
