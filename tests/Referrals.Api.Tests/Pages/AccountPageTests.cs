using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages;

public sealed class AccountPageTests(ApiHost api)
{
    private const string Other = "fünf Füchse im Feld";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Covers("GET /konto", PageCase.Works)]
    [Covers("POST /konto", PageCase.Works)]
    [Covers("POST /konto", PageCase.Refuses)]
    public async Task Language_colours_mails_and_shortcuts_are_set_and_kept()
    {
        var login = await api.PersonAsync(api.Organisation());
        var browser = api.App.Browser();
        await browser.SignInAsync(login);
        var page = (await browser.Open("/konto")).Is(HttpStatusCode.OK);
        Assert.Equal(("de", "auto", "at-once"), (page.Value("sprache"), page.Value("darstellung"), page.Value("mails")));

        var refused = (await browser.Send(page, "/konto", ("sprache", "fr"), ("mails", "digest"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Single(refused.Faults);
        Assert.Equal("digest", refused.Value("mails"));

        var done = (await browser.Send(page, "/konto", ("sprache", "en"), ("darstellung", "dark"), ("mails", "none"), ("tasten", null))).Is(HttpStatusCode.SeeOther);
        var english = await browser.Follow(done);
        Assert.Equal(("en", "dark", "off", "My account"), (
            english.Document.DocumentElement.GetAttribute("lang"), english.Document.DocumentElement.GetAttribute("data-kern-theme"),
            english.Document.Body!.GetAttribute("data-shortcuts"), english.Heading));
        Assert.Contains("Your settings are saved.", english.Text, StringComparison.Ordinal);

        var elsewhere = api.App.Browser();
        await elsewhere.SignInAsync(login);
        Assert.Equal("My account", (await elsewhere.Open("/konto")).Heading);
    }

    [Fact]
    [Covers("POST /konto/organisation", PageCase.Works)]
    [Covers("POST /konto/organisation", PageCase.Refuses)]
    public async Task One_switches_between_the_organisations_that_one_works_for()
    {
        var (home, second, foreign) = (api.Organisation(), api.Organisation(), api.Organisation());
        var login = await api.PersonAsync(home);
        var browser = api.App.Browser();
        await browser.SignInAsync(login);
        await api.Services.GetRequiredService<UserStore>().SetRolesAsync(second, login, [NetworkRoles.Partner], "test", Ct);
        var page = (await browser.Open("/konto")).Is(HttpStatusCode.OK);

        (await browser.Send(page, "/konto/organisation", ("organisation", foreign.Value))).Is(HttpStatusCode.NotFound);
        (await browser.Send(page, "/konto/organisation", ("organisation", second.Value))).Is(HttpStatusCode.SeeOther);
        Assert.Equal([second.Value, "Netzwerkpartner"], (await browser.Open("/konto")).Document.QuerySelectorAll("dd").Select(d => d.TextContent.Trim()).TakeLast(2));
    }

    [Fact]
    [Covers("GET /konto/kennwort", PageCase.Works)]
    [Covers("POST /konto/kennwort", PageCase.Works)]
    [Covers("POST /konto/kennwort", PageCase.Refuses)]
    public async Task A_password_is_changed_with_the_present_one_and_ends_other_sessions()
    {
        var login = await api.PersonAsync(api.Organisation());
        var (browser, other) = (api.App.Browser(), api.App.Browser());
        await browser.SignInAsync(login);
        await other.SignInAsync(login);
        var page = (await browser.Open("/konto/kennwort")).Is(HttpStatusCode.OK);

        var refused = await browser.Send(page, "/konto/kennwort", ("bisher", "wrong password"), ("neu", Other), ("wiederholung", Other));
        Assert.Single(refused.Is(HttpStatusCode.UnprocessableEntity).Faults);
        Assert.DoesNotContain(Other, refused.Html, StringComparison.Ordinal);
        (await browser.Send(page, "/konto/kennwort", ("bisher", People.Password), ("neu", Other), ("wiederholung", Other))).Is(HttpStatusCode.SeeOther);
        (await browser.Open("/konto")).Is(HttpStatusCode.OK);
        (await other.Open("/konto")).Is(HttpStatusCode.Found);
        (await api.App.Browser().SignInAsync(login, Other)).Is(HttpStatusCode.SeeOther);
    }

    [Fact]
    [Covers("GET /konto/zweiter-faktor", PageCase.Works)]
    [Covers("POST /konto/zweiter-faktor", PageCase.Works)]
    [Covers("POST /konto/zweiter-faktor", PageCase.Refuses)]
    [Covers("POST /konto/zweiter-faktor/aus", PageCase.Works)]
    [Covers("POST /konto/zweiter-faktor/aus", PageCase.Refuses)]
    [Covers("GET /anmelden/code", PageCase.Works)]
    [Covers("POST /anmelden/code", PageCase.Works)]
    [Covers("POST /anmelden/code", PageCase.Refuses)]
    public async Task A_second_factor_is_taken_asked_for_and_given_up()
    {
        var login = await api.PersonAsync(api.Organisation());
        var clock = new MovedClock();
        await using var app = api.WithClock(clock);
        var browser = app.Browser();
        await browser.SignInAsync(login);
        var offer = await browser.Open("/konto/zweiter-faktor");
        var offered = new Totp(Base32Encoding.ToBytes(offer.Document.QuerySelector(".app-key")!.TextContent.Replace(" ", "", StringComparison.Ordinal)));
        var unproved = await browser.Send(offer, "/konto/zweiter-faktor", ("kennwort", "wrong password"), ("code", offered.ComputeTotp(clock.GetUtcNow().UtcDateTime)));
        Assert.Single(unproved.Is(HttpStatusCode.UnprocessableEntity).Faults);
        var (totp, codes) = await TakeAsync(browser, clock);
        (await browser.Open("/konto")).Is(HttpStatusCode.OK);

        clock.Move(TimeSpan.FromSeconds(30));
        var again = app.Browser();
        var sent = (await again.SignInAsync(login, back: "/konto")).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/anmelden/code", sent.Location);
        var page = (await again.Follow(sent)).Is(HttpStatusCode.OK);
        (await again.Open("/konto")).Is(HttpStatusCode.Found);
        Assert.Single((await again.Send(page, "/anmelden/code", ("code", Wrong(totp, clock)))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var code = totp.ComputeTotp(clock.GetUtcNow().UtcDateTime);
        Assert.Equal("/konto", (await again.Send(page, "/anmelden/code", ("code", code.Insert(3, " ")))).Is(HttpStatusCode.SeeOther).Location);
        (await again.Open("/konto")).Is(HttpStatusCode.OK);

        var replay = app.Browser();
        page = await replay.Follow(await replay.SignInAsync(login));
        (await replay.Send(page, "/anmelden/code", ("code", code))).Is(HttpStatusCode.UnprocessableEntity);
        (await replay.Send(page, "/anmelden/code", ("code", codes[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)))).Is(HttpStatusCode.SeeOther);
        var twice = app.Browser();
        page = await twice.Follow(await twice.SignInAsync(login));
        (await twice.Send(page, "/anmelden/code", ("code", codes[3]))).Is(HttpStatusCode.UnprocessableEntity);

        var off = (await replay.Open("/konto/zweiter-faktor")).Is(HttpStatusCode.OK);
        Assert.Contains("noch 9 Wiederherstellungscodes", off.Text, StringComparison.Ordinal);
        (await replay.Send(off, "/konto/zweiter-faktor/aus", ("kennwort", "wrong password"))).Is(HttpStatusCode.UnprocessableEntity);
        (await replay.Send(off, "/konto/zweiter-faktor/aus", ("kennwort", People.Password))).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/", (await app.Browser().SignInAsync(login)).Is(HttpStatusCode.SeeOther).Location);
    }

    [Fact]
    public async Task Codes_cannot_be_tried_out()
    {
        var login = await api.PersonAsync(api.Organisation());
        var clock = new MovedClock();
        await using var app = api.WithClock(clock);
        var browser = app.Browser();
        await browser.SignInAsync(login);
        var (totp, _) = await TakeAsync(browser, clock);
        clock.Move(TimeSpan.FromSeconds(60));
        for (var i = 0; i < AccountStore.MaxTries; i++)
        {
            // Signing in anew with the right password doesn't make the wrong codes forgotten.
            var attacker = app.Browser();
            var page = await attacker.Follow((await attacker.SignInAsync(login)).Is(HttpStatusCode.SeeOther));
            (await attacker.Send(page, "/anmelden/code", ("code", Wrong(totp, clock)))).Is(HttpStatusCode.UnprocessableEntity);
        }

        (await app.Browser().SignInAsync(login)).Is(HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<(Totp Totp, List<string> Codes)> TakeAsync(PageClient browser, MovedClock clock)
    {
        var page = (await browser.Open("/konto/zweiter-faktor")).Is(HttpStatusCode.OK);
        Assert.NotNull(page.Document.QuerySelector("figure svg"));
        var totp = new Totp(Base32Encoding.ToBytes(page.Document.QuerySelector(".app-key")!.TextContent.Replace(" ", "", StringComparison.Ordinal)));
        var refused = (await browser.Send(page, "/konto/zweiter-faktor", ("kennwort", People.Password), ("code", Wrong(totp, clock)))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(page.Document.QuerySelector(".app-key")!.TextContent, refused.Document.QuerySelector(".app-key")!.TextContent);
        (await browser.Send(page, "/konto/zweiter-faktor", ("kennwort", People.Password), ("code", totp.ComputeTotp(clock.GetUtcNow().UtcDateTime)), ("angebot", "forged"))).Is(HttpStatusCode.UnprocessableEntity);
        var taken = (await browser.Send(refused, "/konto/zweiter-faktor", ("kennwort", People.Password), ("code", totp.ComputeTotp(clock.GetUtcNow().UtcDateTime)))).Is(HttpStatusCode.OK);
        var codes = taken.Document.QuerySelectorAll(".app-codes .app-key").Select(c => c.TextContent).ToList();
        Assert.Equal(10, codes.Distinct().Count());
        return (totp, codes);
    }

    // A code that isn't right in any of the three steps that count.
    private static string Wrong(Totp totp, MovedClock clock)
    {
        var right = new[] { -30, 0, 30 }.Select(s => totp.ComputeTotp(clock.GetUtcNow().UtcDateTime.AddSeconds(s))).ToList();
        return Enumerable.Range(0, 10).Select(i => $"00000{i}").First(c => !right.Contains(c));
    }
}
