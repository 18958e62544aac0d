using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Tests.Pages.Administration;

public sealed class OrganisationPageTests(ApiHost api)
{
    private const string List = "/verwaltung/organisationen";
    private const string New = List + "/neu";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Covers("GET " + List, PageCase.Works)]
    [Covers("GET " + New, PageCase.Works)]
    [Covers("POST " + New, PageCase.Works)]
    public async Task The_operator_adds_an_organisation_and_finds_it()
    {
        var browser = await api.OperatorAsync();
        var code = api.Organisation("kita").Value;
        var form = (await browser.Open(New)).Is(HttpStatusCode.OK);
        var answer = (await browser.Send(
            form, New, ("name", $"Kita {code}"), ("code", code), ("art", "childcare-office"), ("ort", "Elbland"), ("felder", "work"), ("rollen", "partner"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"Kita {code}", (await browser.Follow(answer)).Heading);
        Assert.Equal($"organisation-registered {code}", await api.LastEntryAsync(new OrganisationId(code)));
        Assert.Contains($"Kita {code}", (await browser.Open($"{List}?q={code}&feld=work")).Text, StringComparison.Ordinal);
        Assert.Contains("Keine Organisation gefunden", (await browser.Open($"{List}?q=gibt-es-nicht")).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST " + New, PageCase.Refuses)]
    public async Task Everything_that_is_wrong_is_named_and_kept()
    {
        var browser = await api.OperatorAsync();
        var form = await browser.Open(New);
        var refused = (await browser.Send(form, New, ("name", "Kita"), ("code", "Kita Sonne"), ("koordiniert", "work"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(6, refused.Faults.Count);
        Assert.Equal(("Kita", "Kita Sonne", "work"), (refused.Value("name"), refused.Value("code"), refused.Value("koordiniert")));
        var taken = await api.RegisteredAsync();
        Assert.Equal(["Eine Organisation mit diesem Kürzel gibt es schon. Wählen Sie ein anderes"], (await browser.Send(
            form, New, ("name", "Kita"), ("code", taken.Value), ("art", "childcare-office"), ("ort", "Elbland"), ("felder", "work"), ("rollen", "partner")))
            .Is(HttpStatusCode.UnprocessableEntity).Faults);
    }

    [Fact]
    [Covers("POST " + List + "/{code}/mitgliedschaft", PageCase.Works)]
    [Covers("POST " + List + "/{code}/mitgliedschaft", PageCase.Refuses)]
    public async Task An_organisation_leaves_the_network_and_comes_back()
    {
        var (id, browser) = (await api.RegisteredAsync(NetworkRoles.Partner), await api.OperatorAsync());
        var path = $"{List}/{id}";
        var page = await browser.Open(path);
        (await browser.Send(page, path + "/mitgliedschaft")).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"organisation-left {id}", await api.LastEntryAsync(id));
        var left = await browser.Open(path);
        Assert.Contains("aus dem Netzwerk ausgetreten", left.Text, StringComparison.Ordinal);
        (await browser.Send(left, path + "/mitgliedschaft")).Is(HttpStatusCode.SeeOther);
        Assert.Null((await api.Services.GetRequiredService<OrganisationService>().LookUpAsync(id, Ct))!.LeftAt);
        var token = page.Value("__RequestVerificationToken")!;
        await api.PutInForceAsync(TestChain.Make($"chain-{id}", id.Value, 1));
        var coordinates = (await browser.Send(page, path + "/mitgliedschaft")).Is(HttpStatusCode.Conflict);
        Assert.Contains("koordiniert noch Ketten", Assert.Single(coordinates.Faults), StringComparison.Ordinal);
        Assert.Null((await api.Services.GetRequiredService<OrganisationService>().LookUpAsync(id, Ct))!.LeftAt);
        (await browser.Post($"{List}/gibt-es-nicht/mitgliedschaft", [new("__RequestVerificationToken", token)])).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET " + List + "/{code}", PageCase.Works)]
    [Covers("POST " + List + "/{code}", PageCase.Works)]
    [Covers("POST " + List + "/{code}", PageCase.Refuses)]
    public async Task A_profile_is_changed_by_one_of_two()
    {
        var (id, browser) = (await api.RegisteredAsync(NetworkRoles.Partner), await api.OperatorAsync());
        var path = $"{List}/{id}";
        var page = (await browser.Open(path)).Is(HttpStatusCode.OK);
        var refused = (await browser.Send(page, path, ("ort", ""))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Single(refused.Faults);
        (await browser.Send(page, path, ("ort", "Elster"), ("koordiniert", "work"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"organisation-changed {id}", await api.LastEntryAsync(id));
        var profile = (await api.Services.GetRequiredService<OrganisationService>().LookUpAsync(id, Ct))!.Profile;
        Assert.Equal(("Elster", "work", "partner"), (profile.Municipality, profile.Coordinates, profile.Roles.Single()));

        var late = (await browser.Send(page, path, ("ort", "Anderswo"))).Is(HttpStatusCode.Conflict);
        Assert.Equal("Anderswo", late.Value("ort"));
        Assert.Contains("Elster", late.Text, StringComparison.Ordinal);
        Assert.Contains("Organisation geändert", late.Document.QuerySelector("#geaendert")!.TextContent, StringComparison.Ordinal);
        (await browser.Send(late, path)).Is(HttpStatusCode.SeeOther);
        (await browser.Open($"{List}/gibt-es-nicht")).Is(HttpStatusCode.NotFound);
        (await browser.Open($"{List}/Gibt.Es")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Nobody_but_the_operator_sees_it()
    {
        var (own, id) = (await api.AdminAsync(await api.RegisteredAsync()), await api.RegisteredAsync());
        (await own.Open(New)).Is(HttpStatusCode.Forbidden);
        (await own.Open($"{List}/{id}")).Is(HttpStatusCode.Forbidden);
        (await (await api.SignedInAsync(Admins.Operator, NetworkRoles.Partner)).Open(List)).Is(HttpStatusCode.Forbidden);
    }
}
