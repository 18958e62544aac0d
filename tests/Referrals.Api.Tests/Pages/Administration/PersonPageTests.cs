using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages.Administration;

public sealed class PersonPageTests(ApiHost api)
{
    private const string Route = "/verwaltung/personen/{id:guid}";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(OrganisationId Home, PageClient Browser, string Login, string Path)> SomebodyAsync(params string[] roles)
    {
        var home = await api.RegisteredAsync();
        var login = await api.PersonAsync(home, "Kim Muster", roles: roles.Length == 0 ? [NetworkRoles.Partner] : roles);
        return (home, await api.AdminAsync(home), login, await PathOf(home, login));
    }

    private async Task<string> PathOf(OrganisationId home, string login) =>
        $"/verwaltung/personen/{(await api.Services.GetRequiredService<UserStore>().FindAsync(home, login, Ct))!.Person.Id}";

    private async Task<Account> AccountOf(string login) => (await api.Services.GetRequiredService<AccountStore>().FindByLoginAsync(login, Ct))!;

    [Fact]
    [Covers("GET " + Route, PageCase.Works)]
    public async Task A_person_is_shown_to_its_organisation_only()
    {
        var (_, browser, login, path) = await SomebodyAsync();
        var page = (await browser.Open(path)).Is(HttpStatusCode.OK);
        Assert.Equal("Kim Muster", page.Heading);
        Assert.Contains(login, page.Text, StringComparison.Ordinal);
        var stranger = await api.AdminAsync(await api.RegisteredAsync());
        (await stranger.Open(path)).Is(HttpStatusCode.NotFound);
        (await browser.Open($"/verwaltung/personen/{Guid.NewGuid()}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("POST " + Route, PageCase.Works)]
    [Covers("POST " + Route, PageCase.Refuses)]
    public async Task Name_and_address_are_changed_by_one_of_two()
    {
        var (home, browser, login, path) = await SomebodyAsync();
        var page = await browser.Open(path);
        var refused = (await browser.Send(page, path, ("name", ""), ("email", "nirgends"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal((2, "nirgends"), (refused.Faults.Count, refused.Value("email")));
        (await browser.Send(page, path, ("name", "Kim Neu"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"user-changed {login}", await api.LastEntryAsync(home));

        var late = (await browser.Send(page, path, ("name", "Kim Anders"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("Angaben einer Person geändert", late.Document.QuerySelector("#geaendert")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("Kim Neu", "Kim Anders"), (late.Heading, late.Value("name")));
        (await browser.Send(late, path)).Is(HttpStatusCode.SeeOther);
        Assert.Equal("Kim Anders", (await AccountOf(login)).Person.Name);
    }

    [Fact]
    [Covers("POST " + Route + "/rollen", PageCase.Works)]
    [Covers("POST " + Route + "/rollen", PageCase.Refuses)]
    public async Task Roles_are_set_within_what_the_organisation_may_give_and_by_one_of_two()
    {
        var home = await api.RegisteredAsync(NetworkRoles.Partner, NetworkRoles.Caseworker);
        var login = await api.PersonAsync(home, roles: NetworkRoles.Partner);
        var (browser, path) = (await api.AdminAsync(home), await PathOf(home, login));
        var page = await browser.Open(path);
        (await browser.Send(page, path + "/rollen", ("rollen", "steering"))).Is(HttpStatusCode.UnprocessableEntity);
        (await browser.Send(page, path + "/rollen", ("rollen", "caseworker"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"roles-changed {login}", await api.LastEntryAsync(home));
        Assert.Equal(["caseworker"], (await AccountOf(login)).Memberships.Single().Roles);
        var late = (await browser.Send(page, path + "/rollen", ("rollen", "admin"))).Is(HttpStatusCode.Conflict);
        Assert.True(late.Document.QuerySelector("#f-rollen-admin")!.HasAttribute("checked"));
        Assert.Equal(["caseworker"], (await AccountOf(login)).Memberships.Single().Roles);
    }

    [Fact]
    public async Task Nobody_locks_himself_out()
    {
        var home = await api.RegisteredAsync();
        var login = await api.PersonAsync(home, roles: NetworkRoles.Admin);
        var (browser, path) = (api.App.Browser(), await PathOf(home, login));
        await browser.SignInAsync(login);
        var page = (await browser.Open(path)).Is(HttpStatusCode.OK);
        Assert.Empty(page.Document.QuerySelectorAll("details.app-act"));
        Assert.Equal(["Ihre eigene Rolle „Verwaltung“ können Sie sich nicht nehmen"],
            (await browser.Send(page, path + "/rollen", ("rollen", "partner"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var fields = page.Document.Forms.First(f => f.GetAttribute("action") == path + "/rollen").QuerySelectorAll("input[type='hidden']")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)).ToList();
        foreach (var act in (string[])["sperren", "kennwort", "zweiter-faktor"])
        {
            (await browser.Post($"{path}/{act}", fields)).Is(HttpStatusCode.UnprocessableEntity);
        }

        Assert.True((await AccountOf(login)).IsOpen);
    }

    [Fact]
    [Covers("POST " + Route + "/kennwort", PageCase.Works)]
    [Covers("POST " + Route + "/kennwort", PageCase.Refuses)]
    public async Task A_password_is_reset_by_one_of_two_and_shown_once()
    {
        var (home, browser, login, path) = await SomebodyAsync();
        var page = await browser.Open(path);
        var shown = (await browser.Send(page, path + "/kennwort")).Is(HttpStatusCode.OK);
        var password = shown.Secret();
        Assert.Equal($"user-reset {login}", await api.LastEntryAsync(home));
        await browser.IsNotShownAgainAsync(password, path, "/verwaltung/protokoll");
        (await browser.Send(page, path + "/kennwort")).Is(HttpStatusCode.Conflict);
        Assert.Equal("/anmelden/kennwort", (await api.App.Browser().SignInAsync(login, password)).Is(HttpStatusCode.SeeOther).Location);
    }

    [Fact]
    public async Task A_reset_leaves_the_second_factor_and_its_removal_says_to_make_sure_who_asks()
    {
        var (_, browser, login, path) = await SomebodyAsync();
        await api.Services.GetRequiredService<AccountStore>().SetTotpAsync(await AccountOf(login), "sealed", 1, ["h"], Ct);
        var page = await browser.Open(path);
        Assert.Contains("Vergewissern Sie sich vorher, dass die Person selbst darum bittet", page.Text, StringComparison.Ordinal);
        var password = (await browser.Send(page, path + "/kennwort")).Is(HttpStatusCode.OK).Secret();
        Assert.Equal(("sealed", 1), ((await AccountOf(login)).Credentials.TotpSecret, (await AccountOf(login)).Credentials.RecoveryCodes));
        Assert.Equal("/anmelden/code", (await api.App.Browser().SignInAsync(login, password)).Is(HttpStatusCode.SeeOther).Location);
    }

    [Fact]
    [Covers("POST " + Route + "/sperren", PageCase.Works)]
    [Covers("POST " + Route + "/sperren", PageCase.Refuses)]
    [Covers("POST " + Route + "/entsperren", PageCase.Works)]
    [Covers("POST " + Route + "/entsperren", PageCase.Refuses)]
    public async Task An_account_is_disabled_and_enabled_by_one_of_two()
    {
        var (home, browser, login, path) = await SomebodyAsync();
        var open = await browser.Open(path);
        (await browser.Send(open, path + "/sperren")).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"user-disabled {login}", await api.LastEntryAsync(home));
        (await api.App.Browser().SignInAsync(login)).Is(HttpStatusCode.UnprocessableEntity);
        (await browser.Send(open, path + "/sperren")).Is(HttpStatusCode.Conflict);

        var disabled = await browser.Open(path);
        Assert.Contains("Gesperrt", disabled.Text, StringComparison.Ordinal);
        (await browser.Send(disabled, path + "/entsperren")).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"user-enabled {login}", await api.LastEntryAsync(home));
        (await browser.Send(disabled, path + "/entsperren")).Is(HttpStatusCode.Conflict);
        Assert.True((await AccountOf(login)).IsOpen);
    }

    [Fact]
    [Covers("POST " + Route + "/entriegeln", PageCase.Works)]
    [Covers("POST " + Route + "/entriegeln", PageCase.Refuses)]
    public async Task A_lock_after_wrong_tries_is_lifted()
    {
        var (home, browser, login, path) = await SomebodyAsync();
        var (accounts, account) = (api.Services.GetRequiredService<AccountStore>(), await AccountOf(login));
        for (var i = 0; i < AccountStore.MaxTries; i++)
        {
            await accounts.BeginTryAsync(account.Person.Id, Ct);
        }

        var page = await browser.Open(path);
        Assert.Contains("Nach Fehlversuchen gesperrt", page.Text, StringComparison.Ordinal);
        (await browser.Send(page, path + "/entriegeln")).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"user-unlocked {login}", await api.LastEntryAsync(home));
        (await browser.Send(page, path + "/entriegeln")).Is(HttpStatusCode.Conflict);
        (await api.App.Browser().SignInAsync(login)).Is(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Covers("POST " + Route + "/zweiter-faktor", PageCase.Works)]
    [Covers("POST " + Route + "/zweiter-faktor", PageCase.Refuses)]
    public async Task A_second_factor_is_removed()
    {
        var (home, browser, login, path) = await SomebodyAsync();
        await api.Services.GetRequiredService<AccountStore>().SetTotpAsync(await AccountOf(login), "sealed", 1, ["h"], Ct);
        var page = await browser.Open(path);
        (await browser.Send(page, path + "/zweiter-faktor")).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"second-factor-off {login}", await api.LastEntryAsync(home));
        Assert.Null((await AccountOf(login)).Credentials.TotpSecret);
        (await browser.Send(page, path + "/zweiter-faktor")).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_account_is_not_changed_by_another_organisation_that_the_person_works_for()
    {
        var (_, _, login, _) = await SomebodyAsync();
        var second = await api.RegisteredAsync();
        await api.Services.GetRequiredService<UserStore>().SetRolesAsync(second, login, [NetworkRoles.Partner], "test", Ct);
        var (browser, path) = (await api.AdminAsync(second), await PathOf(second, login));
        var page = (await browser.Open(path)).Is(HttpStatusCode.OK);
        var fields = page.Document.Forms.First(f => f.GetAttribute("action") == path + "/rollen").QuerySelectorAll("input[type='hidden']")
            .Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value")!)).Append(KeyValuePair.Create("name", "Gekapert")).ToList();
        foreach (var act in (string[])["", "/sperren", "/kennwort", "/zweiter-faktor", "/entriegeln"])
        {
            (await browser.Post(path + act, fields)).Is(HttpStatusCode.UnprocessableEntity);
        }

        Assert.Equal("Kim Muster", (await AccountOf(login)).Person.Name);
    }
}
