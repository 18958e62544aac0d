using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Clients;

namespace Referrals.Api.Tests.Pages.Administration;

public sealed class ClientPageTests(ApiHost api)
{
    private const string List = "/verwaltung/zugaenge";
    private const string New = List + "/neu";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ClientStore Clients => api.Services.GetRequiredService<ClientStore>();

    private async Task<(OrganisationId Home, PageClient Browser, string Id, string Secret)> MadeAsync()
    {
        var home = await api.RegisteredAsync(NetworkRoles.Partner);
        var browser = await api.AdminAsync(home);
        var shown = (await browser.Send(await browser.Open(New), New, ("name", "fachverfahren"), ("rollen", "partner"))).Is(HttpStatusCode.OK);
        return (home, browser, $"{home}.fachverfahren", shown.Secret());
    }

    [Fact]
    [Covers("GET " + List, PageCase.Works)]
    [Covers("GET " + New, PageCase.Works)]
    [Covers("POST " + New, PageCase.Works)]
    [Covers("GET " + List + "/{client}", PageCase.Works)]
    public async Task A_client_is_made_and_its_secret_shown_once()
    {
        var (home, browser, id, secret) = await MadeAsync();
        Assert.NotNull(await Clients.AuthenticateAsync(id, secret, Ct));
        Assert.Equal($"client-created {id}", await api.LastEntryAsync(home));
        await browser.IsNotShownAgainAsync(secret, List, $"{List}/{id}", "/verwaltung", "/verwaltung/protokoll");
        Assert.Contains(id, (await browser.Open(List)).Text, StringComparison.Ordinal);
        var stranger = await api.AdminAsync(await api.RegisteredAsync());
        (await stranger.Open($"{List}/{id}")).Is(HttpStatusCode.NotFound);
        Assert.Contains("Keine Zugänge", (await stranger.Open(List)).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST " + New, PageCase.Refuses)]
    public async Task Names_are_codes_given_once_and_roles_are_those_granted()
    {
        var (_, browser, _, _) = await MadeAsync();
        var form = await browser.Open(New);
        var refused = (await browser.Send(form, New, ("name", "Fach Verfahren"), ("rollen", "coordinator"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal((2, "Fach Verfahren"), (refused.Faults.Count, refused.Value("name")));
        Assert.Equal(["Diesen Namen gibt oder gab es schon. Wählen Sie einen anderen"],
            (await browser.Send(form, New, ("name", "fachverfahren"), ("rollen", "admin"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
    }

    [Fact]
    [Covers("POST " + List + "/{client}/geheimnis", PageCase.Works)]
    [Covers("POST " + List + "/{client}/geheimnis", PageCase.Refuses)]
    public async Task A_secret_is_renewed_by_one_of_two()
    {
        var (home, browser, id, secret) = await MadeAsync();
        var path = $"{List}/{id}";
        var page = await browser.Open(path);
        var renewed = (await browser.Send(page, path + "/geheimnis")).Is(HttpStatusCode.OK).Secret();
        Assert.Null(await Clients.AuthenticateAsync(id, secret, Ct));
        Assert.NotNull(await Clients.AuthenticateAsync(id, renewed, Ct));
        Assert.Equal($"client-renewed {id}", await api.LastEntryAsync(home));
        await browser.IsNotShownAgainAsync(renewed, path, List);
        var late = (await browser.Send(page, path + "/geheimnis")).Is(HttpStatusCode.Conflict);
        Assert.Contains("Geheimnis erneuert", late.Document.QuerySelector("#geaendert")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(await Clients.AuthenticateAsync(id, renewed, Ct));
        var stranger = await api.AdminAsync(await api.RegisteredAsync());
        var own = await stranger.Open(New);
        (await stranger.Send(own, New, ("name", "eigen"), ("rollen", "admin"))).Is(HttpStatusCode.OK);
        (await stranger.Post(path + "/geheimnis", await TokenOf(stranger))).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("POST " + List + "/{client}/abschalten", PageCase.Works)]
    [Covers("POST " + List + "/{client}/abschalten", PageCase.Refuses)]
    public async Task A_client_is_switched_off_for_good()
    {
        var (home, browser, id, secret) = await MadeAsync();
        var path = $"{List}/{id}";
        var page = await browser.Open(path);
        var done = await browser.Follow((await browser.Send(page, path + "/abschalten")).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Der Zugang ist abgeschaltet.", done.Text, StringComparison.Ordinal);
        Assert.Empty(done.Document.QuerySelectorAll("details.app-act"));
        Assert.Equal($"client-disabled {id}", await api.LastEntryAsync(home));
        Assert.Null(await Clients.AuthenticateAsync(id, secret, Ct));
        (await browser.Send(page, path + "/abschalten")).Is(HttpStatusCode.Conflict);
        (await browser.Send(page, path + "/geheimnis")).Is(HttpStatusCode.Conflict);
    }

    private static async Task<IReadOnlyList<KeyValuePair<string, string>>> TokenOf(PageClient browser) =>
    [
        .. (await browser.Open(New)).Document.QuerySelectorAll("main form[method='post'] input[type='hidden']")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)), KeyValuePair.Create("fassung", "2"),
    ];
}
