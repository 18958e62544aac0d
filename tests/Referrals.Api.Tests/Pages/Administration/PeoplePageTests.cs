using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages.Administration;

public sealed class PeoplePageTests(ApiHost api)
{
    private const string New = "/verwaltung/personen/neu";
    private const string Join = "/verwaltung/personen/aufnehmen";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Login() => $"n{Guid.NewGuid():n}";

    [Fact]
    [Covers("GET /verwaltung/personen", PageCase.Works)]
    public async Task The_list_shows_who_works_here_and_others_when_asked()
    {
        var home = await api.RegisteredAsync();
        var gone = await api.PersonAsync(home, "Gesperrte Person", roles: NetworkRoles.Partner);
        await api.Services.GetRequiredService<UserStore>().DisableAsync(home, gone, "test", Ct);
        await api.PersonAsync(home, "Kim Muster", mustChange: true, roles: NetworkRoles.Caseworker);
        var foreign = await api.PersonAsync(await api.RegisteredAsync(), "Fremde Person");
        var browser = await api.AdminAsync(home);

        var page = (await browser.Open("/verwaltung/personen")).Is(HttpStatusCode.OK);
        Assert.Contains("Kim Muster", page.Text, StringComparison.Ordinal);
        Assert.Contains("Erstes Kennwort", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Gesperrte Person", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(foreign, page.Html, StringComparison.Ordinal);
        Assert.Contains("Gesperrte Person", (await browser.Open("/verwaltung/personen?zeige=alle")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kim Muster", (await browser.Open("/verwaltung/personen?rolle=partner")).Text, StringComparison.Ordinal);
        Assert.Contains("Niemand gefunden", (await browser.Open("/verwaltung/personen?rolle=steering")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_roles_and_other_organisations_are_kept_out()
    {
        var home = await api.RegisteredAsync();
        var (admin, worker) = (await api.AdminAsync(home), await api.SignedInAsync(home, NetworkRoles.Caseworker));
        foreach (var path in (string[])["/verwaltung", "/verwaltung/personen", "/verwaltung/zugaenge", "/verwaltung/unzustellbar", "/verwaltung/protokoll", "/verwaltung/protokoll/csv"])
        {
            (await worker.Open(path)).Is(HttpStatusCode.Forbidden);
            (await admin.Open($"{path}?organisation={await api.RegisteredAsync()}")).Is(HttpStatusCode.NotFound);
        }

        (await admin.Open("/verwaltung/organisationen")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    [Covers("GET /verwaltung/personen/neu", PageCase.Works)]
    [Covers("POST /verwaltung/personen/neu", PageCase.Works)]
    public async Task A_new_person_gets_a_password_that_is_shown_once_and_changed_at_the_first_sign_in()
    {
        var home = await api.RegisteredAsync(NetworkRoles.Partner);
        var browser = await api.AdminAsync(home);
        var form = (await browser.Open(New)).Is(HttpStatusCode.OK);
        Assert.Equal(["partner", "admin", "officer"], form.Document.QuerySelectorAll("input[name='rollen']").Select(i => i.GetAttribute("value")));
        var login = Login();
        var shown = (await browser.Send(form, New, ("name", "Kim Muster"), ("anmeldename", login.ToUpperInvariant()), ("rollen", "partner"))).Is(HttpStatusCode.OK);
        var password = shown.Secret();
        Assert.Equal($"user-created {login}", await api.LastEntryAsync(home));
        await browser.IsNotShownAgainAsync(password, "/verwaltung", "/verwaltung/personen", "/verwaltung/protokoll");
        (await browser.Send(form, New, ("name", "Kim Muster"), ("anmeldename", login), ("rollen", "partner"))).Is(HttpStatusCode.UnprocessableEntity);

        var signingIn = (await api.App.Browser().SignInAsync(login, password)).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/anmelden/kennwort", signingIn.Location);
    }

    [Fact]
    [Covers("POST /verwaltung/personen/neu", PageCase.Refuses)]
    public async Task Faults_are_named_all_at_once_and_roles_are_only_those_granted()
    {
        var browser = await api.AdminAsync(await api.RegisteredAsync(NetworkRoles.Partner));
        var form = await browser.Open(New);
        var refused = (await browser.Send(form, New, ("name", ""), ("anmeldename", "Ä"), ("email", "nirgends"), ("rollen", "steering"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(4, refused.Faults.Count);
        Assert.Equal(("Ä", "nirgends"), (refused.Value("anmeldename"), refused.Value("email")));
        Assert.Contains("Wählen Sie nur Rollen, die das Netzwerk dieser Organisation gibt", refused.Faults);
        var taken = await api.PersonAsync(await api.RegisteredAsync());
        refused = (await browser.Send(form, New, ("name", "Kim Muster"), ("anmeldename", taken), ("rollen", "partner"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Dieser Anmeldename ist nicht frei. Wählen Sie einen anderen"], refused.Faults);
    }

    [Fact]
    [Covers("GET /verwaltung/personen/aufnehmen", PageCase.Works)]
    [Covers("POST /verwaltung/personen/aufnehmen", PageCase.Works)]
    public async Task Somebody_of_another_organisation_is_taken_in_by_login_and_address()
    {
        var (home, second) = (await api.RegisteredAsync(), await api.RegisteredAsync());
        var login = await api.PersonAsync(home, "Robin Zweifach");
        var browser = await api.AdminAsync(second);
        var form = (await browser.Open(Join)).Is(HttpStatusCode.OK);
        var answer = (await browser.Send(form, Join, ("anmeldename", login), ("email", $"{login}@example.org"), ("rollen", "partner"))).Is(HttpStatusCode.SeeOther);
        var page = await browser.Follow(answer);
        Assert.Equal("Robin Zweifach", page.Heading);
        Assert.Empty(page.Document.QuerySelectorAll("details.app-act"));
        Assert.Equal($"user-joined {login}", await api.LastEntryAsync(second));
    }

    [Fact]
    [Covers("POST /verwaltung/personen/aufnehmen", PageCase.Refuses)]
    public async Task Taking_in_does_not_tell_who_works_in_the_network()
    {
        var login = await api.PersonAsync(await api.RegisteredAsync());
        var browser = await api.AdminAsync(await api.RegisteredAsync());
        var form = await browser.Open(Join);
        var wrong = (await browser.Send(form, Join, ("anmeldename", login), ("email", "andere@example.org"), ("rollen", "partner"))).Is(HttpStatusCode.UnprocessableEntity);
        var nobody = (await browser.Send(form, Join, ("anmeldename", Login()), ("email", "andere@example.org"), ("rollen", "partner"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(wrong.Faults, nobody.Faults);
        Assert.Equal(2, (await browser.Send(form, Join, ("anmeldename", login), ("email", ""))).Is(HttpStatusCode.UnprocessableEntity).Faults.Count);

        var operatorsForm = await (await api.OperatorAsync()).Open($"{Join}?organisation={await api.RegisteredAsync()}");
        Assert.Contains("optional", operatorsForm.Document.QuerySelector("label[for='f-email']")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_makes_the_first_administrator_of_an_organisation()
    {
        var organisation = await api.RegisteredAsync(NetworkRoles.Partner);
        var browser = await api.OperatorAsync();
        var form = (await browser.Open($"{New}?organisation={organisation}")).Is(HttpStatusCode.OK);
        var login = Login();
        (await browser.Send(form, New, ("name", "Erste Person"), ("anmeldename", login), ("rollen", "admin"))).Is(HttpStatusCode.OK).Secret();
        var made = await api.Services.GetRequiredService<UserStore>().FindAsync(organisation, login, Ct);
        Assert.Equal((organisation, "admin"), (made!.Person.Home, made.Roles.Single()));
    }
}
