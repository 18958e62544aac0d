using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Referrals.Api.Ui;
using Referrals.Api.Ui.Live;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages;

/// <summary>What others change of an open page is told, and nothing else.</summary>
public sealed class LiveTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Covers("GET /aenderungen", PageCase.Works)]
    public async Task What_a_partner_and_a_colleague_change_is_told_and_what_oneself_changes_is_not()
    {
        var (office, me, browser) = await SignInAsync();
        await using var inbox = await LiveReading.OpenAsync(browser, Links.Inbox);
        var first = await api.ReceiveAsync(office);
        Assert.Equal("1 neuer Auftrag", await inbox.HearAsync());
        await DoAsync(office, me, first, new AssignmentCommand.Acknowledge());
        var second = await api.ReceiveAsync(office);
        Assert.Equal("2 neue Aufträge", await inbox.HearAsync());
        await using var later = await LiveReading.OpenAsync(browser, Links.Inbox);
        await DoAsync(office, me, first, new AssignmentCommand.Accept());
        await DoAsync(office, "a.colleague", second, new AssignmentCommand.Acknowledge());
        Assert.Equal("1 Auftrag hat sich geändert", await later.HearAsync());
    }

    [Fact]
    public async Task What_another_organisation_changes_of_its_own_is_never_told()
    {
        var (office, _, browser) = await SignInAsync();
        var (other, _, others) = await SignInAsync();
        await using var inbox = await LiveReading.OpenAsync(browser, Links.Inbox);
        await using var otherInbox = await LiveReading.OpenAsync(others, Links.Inbox);
        await api.ReceiveAsync(other);
        await api.ReceiveAsync(other);
        Assert.Contains("neue", await otherInbox.HearAsync(), StringComparison.Ordinal);
        await api.ReceiveAsync(office);
        Assert.Equal("1 neuer Auftrag", await inbox.HearAsync());
    }

    [Fact]
    public async Task What_happened_between_showing_the_page_and_connecting_is_told_also_after_the_connection_was_lost()
    {
        var (office, _, browser) = await SignInAsync();
        var shown = (await api.Services.GetRequiredService<IEventLog>().ReadTenantTailAsync(office.Value, null, 1, Ct)).ReadTo;
        await api.ReceiveAsync(office);
        string? clean;
        await using (var inbox = await LiveReading.OpenAsync(browser, Links.Inbox, shown))
        {
            Assert.Equal("1 neuer Auftrag", await inbox.HearAsync());
            clean = inbox.LastId;
        }

        await api.ReceiveAsync(office);
        await using var again = await LiveReading.OpenAsync(browser, Links.Inbox, shown, clean);
        Assert.Equal("2 neue Aufträge", await again.HearAsync());
    }

    [Fact]
    public async Task On_the_page_of_a_case_only_its_changes_are_told_by_name()
    {
        var (office, _, browser) = await SignInAsync();
        var (one, two) = (await api.ReceiveAsync(office), await api.ReceiveAsync(office));
        var number = (await api.Services.GetRequiredService<IEventLog>().FindRowAsync(office.Value, AssignmentBoard.List, one.Value, Ct))!.CaseNumber;
        await using var page = await LiveReading.OpenAsync(browser, $"/auftraege/{number}");
        await DoAsync(office, "a.colleague", two, new AssignmentCommand.Acknowledge());
        await DoAsync(office, "a.colleague", one, new AssignmentCommand.Acknowledge());
        Assert.Equal("Der Auftrag wurde bestätigt.", await page.HearAsync());
        await DoAsync(office, "a.colleague", one, new AssignmentCommand.Accept());
        Assert.Equal("Dieser Auftrag hat sich geändert.", await page.HearAsync());
    }

    [Fact]
    public async Task Two_who_draw_the_same_chain_are_told_of_each_other_and_nobody_else_is()
    {
        var (office, me, browser) = await SignInAsync(NetworkRoles.Coordinator);
        var chain = TestChain.Make($"chain-{office}", office.Value);
        var page = $"/ketten/{chain.Id}/entwurf";
        await SaveAsync(me, chain);
        var kim = api.App.Browser();
        (await kim.SignInAsync(await api.PersonAsync(office, "Kim Beispiel", roles: NetworkRoles.Coordinator))).Is(HttpStatusCode.SeeOther);
        await using var mine = await LiveReading.OpenAsync(browser, page);
        await using var theirs = await LiveReading.OpenAsync(kim, page + "/schritte/care");
        Assert.Equal("Auch gerade an diesem Entwurf: Kim Beispiel.", await mine.HearAsync());
        Assert.Equal("Auch gerade an diesem Entwurf: Robin Beispiel.", await theirs.HearAsync());
        await SaveAsync(me, chain with { FederalState = "BE" });
        Assert.Equal("Jemand anderes hat diesen Entwurf gerade geändert.", await theirs.HearAsync());

        var stranger = await api.SignedInAsync(api.Organisation("coordinator"), NetworkRoles.Coordinator);
        var colleague = await api.SignedInAsync(office, NetworkRoles.Caseworker);
        foreach (var (other, asked) in ((PageClient, string)[])[(stranger, page), (colleague, page), (browser, "/ketten/gibt-es-nicht/entwurf"), (browser, "/ketten/Nicht gut/entwurf"), (browser, $"/ketten/{chain.Id}")])
        {
            using var answer = await LiveReading.AskAsync(other, asked);
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        async Task SaveAsync(string by, ChainVersion drawn) => Assert.IsType<ChainOutcome.Done>(await api.Services.GetRequiredService<ChainService>().DoAsync(
            new Actor(by, office), drawn.Id, new ChainCommand.SaveDraft(office, drawn), null, Ct));
    }

    [Theory]
    [InlineData("/auftraege/2020-0001")]
    [InlineData("/netzwerk")]
    [InlineData("/ueberleitungen")]
    [InlineData("https://elsewhere.example/")]
    public async Task Where_nothing_changes_for_this_person_browsers_are_told_not_to_ask_again(string page)
    {
        var (_, _, browser) = await SignInAsync(NetworkRoles.Partner);
        using var answer = await LiveReading.AskAsync(browser, page);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task A_person_has_so_many_connections_and_no_more_until_one_ends()
    {
        var (_, _, browser) = await SignInAsync();
        var open = new List<LiveReading>();
        for (var i = 0; i < new LiveSettings().PerPerson; i++)
        {
            open.Add(await LiveReading.OpenAsync(browser, Links.Inbox));
        }

        using (var answer = await LiveReading.AskAsync(browser, Links.Inbox))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        await open[0].DisposeAsync();
        await Wait.UntilAsync(async () =>
        {
            using var answer = await LiveReading.AskAsync(browser, Links.Inbox);
            return answer.StatusCode == HttpStatusCode.OK;
        });

        foreach (var reading in open)
        {
            await reading.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_connection_ends_by_itself_so_that_it_does_not_outlive_a_session()
    {
        await using var app = api.Start(api.Owner, ("Live:Seconds", "0.5"));
        var login = await api.PersonAsync(api.Organisation());
        await using var inbox = await LiveReading.OpenAsync(await InAsync(app, login), Links.Inbox);
        Assert.True(await inbox.EndsAsync());
        Assert.NotNull(inbox.LastId);
        await Wait.UntilAsync(() => app.Services.GetRequiredService<LiveHub>().Readers == 0);
    }

    [Fact]
    public async Task A_process_that_stops_ends_connections_at_once()
    {
        var app = api.Start(api.Owner);
        var login = await api.PersonAsync(api.Organisation());
        await using var inbox = await LiveReading.OpenAsync(await InAsync(app, login), Links.Inbox);
        await app.Services.GetRequiredService<IHost>().StopAsync(Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);
        Assert.True(await inbox.EndsAsync());
        await app.DisposeAsync();
    }

    [Fact]
    public async Task What_is_new_stands_beside_the_entry_of_the_navigation()
    {
        var (office, _, browser) = await SignInAsync();
        Assert.Null((await browser.Open(Links.Imprint)).Document.QuerySelector(".app-nav .app-count"));
        var first = await api.ReceiveAsync(office);
        await api.ReceiveAsync(office);
        await DoAsync(office, "a.colleague", first, new AssignmentCommand.Acknowledge());
        var entry = (await browser.Open(Links.Imprint)).Document.QuerySelector($".app-nav a[href='{Links.Inbox}']")!;
        Assert.Equal("Eingang 1(1 neu)", string.Join(' ', entry.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        var (_, _, caseworker) = await SignInAsync(NetworkRoles.Caseworker);
        Assert.Null((await caseworker.Open(Links.Imprint)).Document.QuerySelector(".app-count"));
    }

    private async Task<(OrganisationId Office, string Login, PageClient Browser)> SignInAsync(params string[] roles)
    {
        var office = api.Organisation();
        var login = await api.PersonAsync(office, roles: roles);
        return (office, login, await InAsync(api.App, login));
    }

    private static async Task<PageClient> InAsync(WebApplicationFactory<ApiSettings> app, string login)
    {
        var browser = app.Browser();
        (await browser.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        return browser;
    }

    private async Task DoAsync(OrganisationId partner, string login, AssignmentId id, AssignmentCommand command) => Assert.IsType<AssignmentOutcome.Done>(
        await api.Services.GetRequiredService<AssignmentService>().DoAsync(new Actor(login, partner), id, command, null, Ct));
}
