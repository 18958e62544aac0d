using System.Net;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Security.SignIn;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages;

public sealed class SessionTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private UserStore Users => api.Services.GetRequiredService<UserStore>();

    [Theory]
    [InlineData("disabled")]
    [InlineData("reset")]
    [InlineData("left")]
    public async Task A_session_ends_within_half_a_minute_when_its_account_is(string what)
    {
        var (home, clock) = (api.Organisation(), new MovedClock());
        var login = await api.PersonAsync(home);
        await using var app = api.WithClock(clock);
        var browser = app.Browser();
        (await browser.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        (await browser.Open("/konto")).Is(HttpStatusCode.OK);

        await (what switch
        {
            "disabled" => Users.DisableAsync(home, login, "test", Ct),
            "reset" => Users.ResetAsync(home, login, "other-hash", "test", Ct),
            _ => (Task)Users.SetRolesAsync(home, login, [], "test", Ct),
        });
        clock.Move(TimeSpan.FromSeconds(31));
        (await browser.Open("/konto")).Is(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Roles_that_change_count_within_half_a_minute()
    {
        var (home, clock) = (api.Organisation(), new MovedClock());
        var login = await api.PersonAsync(home, roles: [NetworkRoles.Admin]);
        await using var app = api.WithClock(clock);
        var browser = app.Browser();
        (await browser.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        Assert.NotNull((await browser.Open("/konto")).Document.QuerySelector(".app-nav a[href='/verwaltung']"));

        await Users.SetRolesAsync(home, login, [NetworkRoles.Partner], "test", Ct);
        clock.Move(TimeSpan.FromSeconds(31));
        var page = await browser.Open("/konto");
        Assert.Null(page.Document.QuerySelector(".app-nav a[href='/verwaltung']"));
        Assert.NotNull(page.Document.QuerySelector(".app-nav a[href='/eingang']"));
    }

    [Fact]
    public async Task A_session_ends_when_idle_and_after_twelve_hours_in_any_case()
    {
        var login = await api.PersonAsync(api.Organisation());
        var clock = new MovedClock();
        await using var app = api.WithClock(clock);
        var (idle, busy) = (app.Browser(), app.Browser());
        (await idle.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        (await busy.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        for (var hours = 5.0; hours <= 10; hours += 5)
        {
            clock.Move(TimeSpan.FromHours(5));
            (await busy.Open("/konto")).Is(HttpStatusCode.OK);
        }

        (await idle.Open("/konto")).Is(HttpStatusCode.Found);
        clock.Move(Sessions.Longest - TimeSpan.FromHours(10) + TimeSpan.FromMinutes(1));
        (await busy.Open("/konto")).Is(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Its_times_can_be_set()
    {
        var login = await api.PersonAsync(api.Organisation());
        var clock = new MovedClock();
        await using var app = api.Start(api.Owner, ("SignIn:IdleMinutes", "15"), ("SignIn:LongestMinutes", "40"))
            .WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)));
        var (idle, busy) = (app.Browser(), app.Browser());
        (await idle.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        (await busy.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        for (var minutes = 12; minutes < 40; minutes += 12)
        {
            clock.Move(TimeSpan.FromMinutes(12));
            (await busy.Open("/konto")).Is(HttpStatusCode.OK);
        }

        (await idle.Open("/konto")).Is(HttpStatusCode.Found);
        clock.Move(TimeSpan.FromMinutes(5));
        (await busy.Open("/konto")).Is(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("IdleMinutes", "0")]
    [InlineData("IdleMinutes", "721")]
    [InlineData("LongestMinutes", "1441")]
    public void Times_that_make_no_sense_do_not_start(string name, string minutes)
    {
        using var app = api.Start(api.Owner, ($"SignIn:{name}", minutes));
        Assert.Contains($"SignIn:{name}", Assert.Throws<InvalidOperationException>(() => app.Services).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_knows_no_cookies_and_pages_know_no_tokens()
    {
        var organisation = api.Organisation();
        var browser = await api.SignedInAsync(organisation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.GetAsync(new Uri("/api/v1/referrals", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.PostAsync(new Uri("/api/v1/referrals", UriKind.Relative), null, Ct)).StatusCode);

        var program = api.ClientOf(organisation);
        (await program.Get("/api/v1/referrals")).Ok();
        var page = await new PageClient(program).Open("/konto");
        Assert.Equal("Anmelden", page.Heading);
    }

    [Fact]
    public async Task Cookies_are_kept_from_scripts_and_foreign_sites_and_bound_to_the_host()
    {
        var login = await api.PersonAsync(api.Organisation());
        var (plain, secure) = (await SessionCookieAsync(login, "http://localhost"), await SessionCookieAsync(login, "https://localhost"));
        Assert.StartsWith("sitzung=", plain, StringComparison.Ordinal);
        Assert.StartsWith("__Host-sitzung=", secure, StringComparison.Ordinal);
        Assert.Contains("; secure", secure, StringComparison.OrdinalIgnoreCase);
        Assert.All([plain, secure], c =>
        {
            Assert.Contains("; path=/;", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; httponly", c, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("; samesite=lax", c, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("domain=", c, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(login, c, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Over_https_every_cookie_is_bound_to_the_host()
    {
        var login = await api.PersonAsync(api.Organisation());
        var browser = api.App.Browser("https://localhost");
        var first = await browser.Http.GetAsync(new Uri("/anmelden", UriKind.Relative), Ct);
        (await browser.SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        var page = (await browser.Open("/konto")).Is(HttpStatusCode.OK);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = page.Value("__RequestVerificationToken")!, ["sprache"] = "en", ["darstellung"] = "dark", ["mails"] = "none" });
        var saved = await browser.Http.PostAsync(new Uri("/konto", UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        var shown = await browser.Open("/konto");
        Assert.Equal(("My account", "dark"), (shown.Heading, shown.Document.DocumentElement.GetAttribute("data-kern-theme")));
        Assert.Single(shown.Document.QuerySelectorAll("main .kern-alert--success"));
        Assert.Empty((await browser.Open("/konto")).Document.QuerySelectorAll("main .kern-alert--success"));

        var cookies = first.Headers.GetValues("Set-Cookie").Concat(saved.Headers.GetValues("Set-Cookie")).ToList();
        Assert.True(cookies.Count >= 4, string.Join('\n', cookies));
        Assert.All(cookies, c =>
        {
            Assert.StartsWith("__Host-", c, StringComparison.Ordinal);
            Assert.All((string[])["; secure", "; httponly", "; samesite=lax", "; path=/"], a => Assert.Contains(a, c, StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task A_password_counts_exactly_as_typed()
    {
        var login = await api.PersonAsync(api.Organisation());
        (await api.App.Browser().SignInAsync(login, $" {People.Password}")).Is(HttpStatusCode.UnprocessableEntity);
        (await api.App.Browser().SignInAsync(login, $"{People.Password} ")).Is(HttpStatusCode.UnprocessableEntity);
        (await api.App.Browser().SignInAsync(login)).Is(HttpStatusCode.SeeOther);
    }

    [Fact]
    public async Task A_form_of_somebody_else_is_not_taken()
    {
        var organisation = api.Organisation();
        var (one, other) = (await api.SignedInAsync(organisation), await api.SignedInAsync(organisation));
        var theirs = (await other.Open("/konto")).Is(HttpStatusCode.OK);
        await one.Open("/konto");
        (await one.Send(theirs, "/konto")).Is(HttpStatusCode.BadRequest);
    }

    private async Task<string> SessionCookieAsync(string login, string address)
    {
        var browser = api.App.Browser(address);
        var page = await browser.Open("/anmelden");
        var token = page.Value("__RequestVerificationToken")!;
        using var content = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["login"] = login, ["kennwort"] = People.Password });
        var answer = await browser.Http.PostAsync(new Uri("/anmelden", UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.Contains("sitzung=", StringComparison.Ordinal) && !c.Contains("sitzung=;", StringComparison.Ordinal));
    }
}
