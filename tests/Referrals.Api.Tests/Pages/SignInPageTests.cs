using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages;

public sealed class SignInPageTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private UserStore Users => api.Services.GetRequiredService<UserStore>();

    [Fact]
    [Covers("GET /anmelden", PageCase.Works)]
    [Covers("POST /anmelden", PageCase.Works)]
    public async Task Login_and_password_lead_to_where_one_wanted_to_go()
    {
        var login = await api.PersonAsync(api.Organisation(), "Kim Muster");
        var browser = api.App.Browser();
        var sent = (await browser.Open("/konto?x=1")).Is(HttpStatusCode.Found);
        Assert.Equal("/anmelden?zurueck=%2Fkonto%3Fx%3D1", sent.Location);
        var form = (await browser.Follow(sent)).Is(HttpStatusCode.OK);
        Assert.Equal("Anmelden", form.Heading);

        var answer = (await browser.Send(form, "/anmelden", ("login", $" {login.ToUpperInvariant()} "), ("kennwort", People.Password))).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/konto?x=1", answer.Location);
        var account = (await browser.Follow(answer)).Is(HttpStatusCode.OK);
        Assert.Contains("Kim Muster", account.Document.QuerySelector(".app-user")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/konto", (await browser.Open("/anmelden?zurueck=/konto")).Is(HttpStatusCode.SeeOther).Location);
    }

    [Fact]
    [Covers("POST /anmelden", PageCase.Refuses)]
    public async Task A_wrong_password_and_an_unknown_login_are_told_alike()
    {
        var login = await api.PersonAsync(api.Organisation());
        var closed = await ClosedAsync();
        var browser = api.App.Browser();
        var faults = new List<string>();
        foreach (var (who, password) in new[] { (login, "wrong password"), ("nobody-at-all", People.Password), ("x", "y"), (closed, People.Password), (login, new string('x', 500)) })
        {
            var answer = (await browser.SignInAsync(who, password)).Is(HttpStatusCode.UnprocessableEntity);
            Assert.Equal(who, answer.Value("login"));
            Assert.DoesNotContain(password.Length > 1 ? password : "kennwort\" value", answer.Html, StringComparison.Ordinal);
            faults.Add(Assert.Single(answer.Faults));
        }

        Assert.Single(faults.Distinct());
        (await browser.SignInAsync("a\0b", "x")).Is(HttpStatusCode.BadRequest);
        Assert.Equal(2, (await browser.SignInAsync("", "")).Is(HttpStatusCode.UnprocessableEntity).Faults.Count);
        (await browser.Open("/konto")).Is(HttpStatusCode.Found);
    }

    private async Task<string> ClosedAsync()
    {
        var home = api.Organisation();
        var login = await api.PersonAsync(home);
        Assert.True(await Users.DisableAsync(home, login, "test", Ct));
        return login;
    }

    [Fact]
    public async Task After_five_wrong_tries_the_right_password_waits_fifteen_minutes()
    {
        var home = api.Organisation();
        var login = await api.PersonAsync(home);
        var clock = new MovedClock();
        await using var app = api.WithClock(clock);
        for (var i = 0; i < AccountStore.MaxTries; i++)
        {
            (await app.Browser().SignInAsync(login, "wrong password")).Is(HttpStatusCode.UnprocessableEntity);
        }

        (await app.Browser().SignInAsync(login)).Is(HttpStatusCode.UnprocessableEntity);
        clock.Move(TimeSpan.FromMinutes(14));
        (await app.Browser().SignInAsync(login)).Is(HttpStatusCode.UnprocessableEntity);
        clock.Move(TimeSpan.FromMinutes(2));
        (await app.Browser().SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        var audit = await api.Services.GetRequiredService<AuditStore>().ListAsync([home], new AuditFilter(), null, 10, Ct);
        Assert.Equal([AuditCodes.SignedIn, AuditCodes.UserLocked, AuditCodes.UserCreated], audit.Select(e => e.What));
    }

    [Fact]
    [Covers("GET /anmelden/kennwort", PageCase.Works)]
    [Covers("POST /anmelden/kennwort", PageCase.Works)]
    [Covers("POST /anmelden/kennwort", PageCase.Refuses)]
    public async Task A_first_password_is_changed_before_anything_else()
    {
        var login = await api.PersonAsync(api.Organisation(), mustChange: true);
        var browser = api.App.Browser();
        var sent = (await browser.SignInAsync(login, back: "/konto")).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/anmelden/kennwort", sent.Location);
        (await browser.Open("/konto")).Is(HttpStatusCode.Found);
        var page = (await browser.Follow(sent)).Is(HttpStatusCode.OK);

        foreach (var (first, second, fault) in new[]
        {
            ("kurz", "kurz", "zu kurz"), ("Passwort2026!", "Passwort2026!", "zu oft"), ($"{login}-{login}", $"{login}-{login}", "Anmeldename"),
            ("fünf Füchse im Feld", "fünf Füchse im Wald", "nicht gleich"), (People.Password, People.Password, "bisheriges"),
        })
        {
            var refused = (await browser.Send(page, "/anmelden/kennwort", ("neu", first), ("wiederholung", second))).Is(HttpStatusCode.UnprocessableEntity);
            Assert.Contains(fault, Assert.Single(refused.Faults), StringComparison.Ordinal);
        }

        var done = (await browser.Send(page, "/anmelden/kennwort", ("neu", "fünf Füchse im Feld"), ("wiederholung", "fünf Füchse im Feld"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/konto", done.Location);
        (await browser.Follow(done)).Is(HttpStatusCode.OK);
        (await api.App.Browser().SignInAsync(login)).Is(HttpStatusCode.UnprocessableEntity);
        (await api.App.Browser().SignInAsync(login, "fünf Füchse im Feld")).Is(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Covers("GET /anmelden/organisation", PageCase.Works)]
    [Covers("POST /anmelden/organisation", PageCase.Works)]
    [Covers("POST /anmelden/organisation", PageCase.Refuses)]
    public async Task Who_works_for_two_organisations_chooses_and_the_last_one_is_remembered()
    {
        var (home, second, foreign) = (api.Organisation(), api.Organisation(), api.Organisation());
        var login = await api.PersonAsync(home);
        await Users.SetRolesAsync(second, login, [NetworkRoles.Partner], "test", Ct);
        var browser = api.App.Browser();
        var page = (await browser.Follow((await browser.SignInAsync(login, back: "/konto")).Is(HttpStatusCode.SeeOther))).Is(HttpStatusCode.OK);
        Assert.Equal(2, page.Document.QuerySelectorAll("input[name=organisation]").Length);

        Assert.Single((await browser.Send(page, "/anmelden/organisation", ("organisation", foreign.Value))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var done = (await browser.Send(page, "/anmelden/organisation", ("organisation", second.Value))).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/konto", done.Location);
        Assert.Equal([second.Value, "Netzwerkpartner"], (await browser.Follow(done)).Document.QuerySelectorAll("dd").Select(d => d.TextContent.Trim()).TakeLast(2));

        var again = api.App.Browser();
        var remembered = await again.Follow(await again.SignInAsync(login));
        Assert.Equal(second.Value, remembered.Value("organisation"));
    }

    [Theory]
    [InlineData("//elsewhere.example")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/%0d%0aSet-Cookie:x=y", "/%0d%0aSet-Cookie:x=y")]
    [InlineData("/\t/elsewhere.example")]
    [InlineData("/anmelden/organisation")]
    [InlineData("/abmelden")]
    [InlineData("")]
    public async Task After_signing_in_nobody_is_led_away_from_here(string back, string expected = "/")
    {
        var browser = api.App.Browser();
        var login = await api.PersonAsync(api.Organisation());
        Assert.Equal(expected, (await browser.SignInAsync(login, back: back)).Is(HttpStatusCode.SeeOther).Location);

        var page = await api.App.Browser().Open("/anmelden");
        var direct = api.App.Browser();
        var form = await direct.Open("/anmelden");
        Assert.Equal(expected, (await direct.Send(form, "/anmelden", ("login", login), ("kennwort", People.Password), ("zurueck", back))).Is(HttpStatusCode.SeeOther).Location);
        Assert.Equal("/", page.Value("zurueck"));
    }

    [Theory]
    [InlineData("/anmelden/code")]
    [InlineData("/anmelden/kennwort")]
    [InlineData("/anmelden/organisation")]
    public async Task Steps_in_between_are_not_opened_from_outside(string step)
    {
        var browser = api.App.Browser();
        Assert.Equal("/anmelden", (await browser.Open(step)).Is(HttpStatusCode.SeeOther).Location);
        var login = await api.PersonAsync(api.Organisation(), mustChange: true);
        await browser.SignInAsync(login);
        var expected = step == "/anmelden/kennwort" ? HttpStatusCode.OK : HttpStatusCode.SeeOther;
        (await browser.Open(step)).Is(expected);
    }

    [Fact]
    [Covers("POST /abmelden", PageCase.Works)]
    public async Task Signing_out_ends_the_session()
    {
        var browser = await api.SignedInAsync(api.Organisation());
        var page = (await browser.Open("/konto")).Is(HttpStatusCode.OK);
        var answer = (await browser.Send(page, "/abmelden")).Is(HttpStatusCode.SeeOther);
        Assert.Contains("abgemeldet", (await browser.Follow(answer)).Text, StringComparison.Ordinal);
        (await browser.Open("/konto")).Is(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Tries_come_slowly_from_one_address()
    {
        await using var app = api.Start(api.Owner, ("Limits:SignInsPerSecond", "1"));
        var browser = app.Browser();
        var page = await browser.Open("/anmelden");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            answers.Add((await browser.Send(page, "/anmelden", ("login", ""), ("kennwort", ""))).Status);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }
}
