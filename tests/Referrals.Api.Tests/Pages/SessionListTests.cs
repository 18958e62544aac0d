using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Security.SignIn;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages;

/// <summary>Sessions end on the server, whatever copies of a cookie there are, and people see and end their own.</summary>
public sealed class SessionListTests(ApiHost api)
{
    private const string Firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copy_of_the_cookie_counts_no_more_after_signing_out()
    {
        var browser = new CookieBrowser(api);
        await browser.SignInAsync(await api.PersonAsync(api.Organisation()));
        var copy = browser.Session;
        Assert.Equal(HttpStatusCode.OK, await browser.OpenWithAsync(copy));
        await browser.SignOutAsync();
        Assert.Equal(HttpStatusCode.Found, await browser.OpenWithAsync(copy));
    }

    [Fact]
    public async Task Signing_in_again_gives_another_session_and_ends_the_former_one()
    {
        var login = await api.PersonAsync(api.Organisation());
        var browser = new CookieBrowser(api);
        await browser.SignInAsync(login);
        var former = browser.Session;
        await browser.SignInAsync(login);
        Assert.NotEqual(former, browser.Session);
        Assert.Equal(HttpStatusCode.Found, await browser.OpenWithAsync(former));
        Assert.Equal(HttpStatusCode.OK, await browser.OpenWithAsync(browser.Session));
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("reset")]
    public async Task No_session_is_left_in_the_database_when_an_administrator_closes_or_resets_the_account(string what)
    {
        var home = api.Organisation();
        var login = await api.PersonAsync(home);
        (await api.App.Browser().SignInAsync(login)).Is(HttpStatusCode.SeeOther);
        var person = (await api.Services.GetRequiredService<UserStore>().FindAsync(home, login, Ct))!.Person.Id;
        var store = api.Services.GetRequiredService<SessionStore>();
        Assert.Single(await store.ListAsync(person, Sessions.Idle, Ct));

        await (what == "disabled"
            ? api.Services.GetRequiredService<UserStore>().DisableAsync(home, login, "test", Ct)
            : api.Services.GetRequiredService<UserStore>().ResetAsync(home, login, "other-hash", "test", Ct));
        Assert.Empty(await store.ListAsync(person, Sessions.Idle, Ct));
    }

    [Fact]
    public async Task Another_process_counts_the_end_of_a_session_within_seconds()
    {
        var clock = new MovedClock();
        await using var other = api.WithClock(clock);
        var login = await api.PersonAsync(api.Organisation());
        var browser = new CookieBrowser(api);
        await browser.SignInAsync(login);
        var copy = browser.Session;
        Assert.Equal(HttpStatusCode.OK, await browser.OpenWithAsync(copy, other.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false })));
        await browser.SignOutAsync();
        clock.Move(OpenSessions.Remembered);
        Assert.Equal(HttpStatusCode.Found, await browser.OpenWithAsync(copy, other.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false })));
    }

    [Fact]
    [Covers("GET /konto/anmeldungen", PageCase.Works)]
    [Covers("POST /konto/anmeldungen", PageCase.Works)]
    [Covers("POST /konto/anmeldungen", PageCase.Refuses)]
    public async Task One_sees_ones_sessions_and_ends_one_or_all_others_with_the_password()
    {
        var login = await api.PersonAsync(api.Organisation());
        var (here, there, elsewhere) = (api.App.Browser(), api.App.Browser(), api.App.Browser());
        there.Http.DefaultRequestHeaders.UserAgent.ParseAdd(Firefox);
        await here.SignInAsync(login);
        Assert.Contains("Sie sind nur hier angemeldet.", (await here.Open("/konto/anmeldungen")).Text, StringComparison.Ordinal);
        await there.SignInAsync(login);
        await elsewhere.SignInAsync(login);

        var account = (await here.Open("/konto")).Is(HttpStatusCode.OK);
        Assert.Equal(3, account.Document.QuerySelectorAll("tbody tr").Length);
        Assert.Single(account.Document.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("Diese Anmeldung", StringComparison.Ordinal));
        Assert.Single(account.Document.QuerySelectorAll("tbody tr"), r => r.TextContent.Contains("Firefox, Windows", StringComparison.Ordinal));
        Assert.NotNull(account.Document.QuerySelector("a[href='/konto/anmeldungen']"));

        var page = (await here.Open("/konto/anmeldungen")).Is(HttpStatusCode.OK);
        var theirs = page.Document.QuerySelectorAll("input[name=anmeldung]").First(i => i.ParentElement!.TextContent.Contains("Firefox", StringComparison.Ordinal)).GetAttribute("value");
        var refused = (await here.Send(page, "/konto/anmeldungen", ("anmeldung", theirs), ("kennwort", "wrong password"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal((1, theirs), (refused.Faults.Count, refused.Value("anmeldung")));
        Assert.Equal(2, (await here.Send(page, "/konto/anmeldungen", ("anmeldung", null), ("kennwort", ""))).Is(HttpStatusCode.UnprocessableEntity).Faults.Count);
        (await there.Open("/konto")).Is(HttpStatusCode.OK);

        var done = (await here.Send(page, "/konto/anmeldungen", ("anmeldung", theirs), ("kennwort", People.Password))).Is(HttpStatusCode.SeeOther);
        Assert.Contains("Die Anmeldung ist beendet.", (await here.Follow(done)).Text, StringComparison.Ordinal);
        (await there.Open("/konto")).Is(HttpStatusCode.Found);
        (await elsewhere.Open("/konto")).Is(HttpStatusCode.OK);

        await there.SignInAsync(login);
        (await here.Send(page, "/konto/anmeldungen", ("anmeldung", "andere"), ("kennwort", People.Password))).Is(HttpStatusCode.SeeOther);
        (await there.Open("/konto")).Is(HttpStatusCode.Found);
        (await elsewhere.Open("/konto")).Is(HttpStatusCode.Found);
        (await here.Open("/konto")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_ends_a_session_of_somebody_else()
    {
        var organisation = api.Organisation();
        var login = await api.PersonAsync(organisation);
        var (victim, second) = (api.App.Browser(), api.App.Browser());
        await victim.SignInAsync(login);
        await second.SignInAsync(login);
        var id = (await second.Open("/konto/anmeldungen")).Document.QuerySelector("input[name=anmeldung]")!.GetAttribute("value");

        // The page of somebody who is signed in once has no form; a second session gives it one.
        var attacker = await api.PersonAsync(organisation);
        var (first, form) = (api.App.Browser(), api.App.Browser());
        await first.SignInAsync(attacker);
        await form.SignInAsync(attacker);
        var page = await form.Open("/konto/anmeldungen");
        (await form.Send(page, "/konto/anmeldungen", ("anmeldung", id), ("kennwort", People.Password))).Is(HttpStatusCode.SeeOther);
        (await victim.Open("/konto")).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(Firefox, "firefox", "windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "edge", "windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36", "chrome", "android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1", "safari", "ios")]
    [InlineData("<script>alert(1)</script>", "other", "other")]
    [InlineData(null, "other", "other")]
    public void A_browser_is_one_of_a_fixed_list(string? said, string browser, string system) => Assert.Equal(new BrowserKind(browser, system), BrowserKind.Of(said));

    [Fact]
    public void Every_kind_of_browser_has_its_words()
    {
        var words = Documents.DocumentBlock.Read("src/Referrals.Api/Ui/Words/Account.resx");
        Assert.All(BrowserKind.Browsers, b => Assert.Contains($"\"Account.Browser.{b}\"", words, StringComparison.Ordinal));
        Assert.All(BrowserKind.Systems, s => Assert.Contains($"\"Account.System.{s}\"", words, StringComparison.Ordinal));
    }

    /// <summary>A browser whose cookies the test sees.</summary>
    private sealed class CookieBrowser(ApiHost api)
    {
        private readonly HttpClient _http = api.App.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

        public string Session => _cookies["sitzung"];

        public async Task SignInAsync(string login)
        {
            var page = new PageClient(_http);
            var token = await TokenAsync(page, "/barriere-melden");
            await PostAsync("/anmelden", ("__RequestVerificationToken", token), ("login", login), ("kennwort", People.Password));
        }

        public async Task SignOutAsync()
        {
            var token = await TokenAsync(new PageClient(_http), "/konto");
            await PostAsync("/abmelden", ("__RequestVerificationToken", token));
        }

        public async Task<HttpStatusCode> OpenWithAsync(string session, HttpClient? http = null)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/konto");
            request.Headers.Add("Cookie", $"sitzung={session}");
            return (await (http ?? _http).SendAsync(request, Ct)).StatusCode;
        }

        private async Task<string> TokenAsync(PageClient page, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            Send(request);
            var answer = await page.Http.SendAsync(request, Ct);
            Keep(answer);
            var html = await answer.Content.ReadAsStringAsync(Ct);
            return html.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        }

        private async Task PostAsync(string path, params (string Name, string Value)[] fields)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
            Send(request);
            var answer = await _http.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Keep(answer);
        }

        private void Send(HttpRequestMessage request)
        {
            if (_cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(c => $"{c.Key}={c.Value}")));
            }
        }

        private void Keep(HttpResponseMessage answer)
        {
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                _cookies[pair[0]] = pair[1];
            }
        }
    }
}
