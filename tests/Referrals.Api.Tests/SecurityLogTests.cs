using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Referrals.Api.Security;
using Referrals.Api.Tests.Pages;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests;

/// <summary>What leaves a line in the security log, and what never stands in one.</summary>
public sealed class SecurityLogTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Failed_tries_to_sign_in_are_told_by_kind_and_account_without_what_was_typed()
    {
        var (log, home) = (new Lines(), api.Organisation());
        await using var app = Start(log);
        var login = await api.PersonAsync(home);
        var id = (await api.Services.GetRequiredService<UserStore>().FindAsync(home, login, Ct))!.Person.Id;
        var stranger = $"stranger-{Guid.NewGuid():n}";
        (await app.Browser().SignInAsync(stranger, "my secret words\nsign-in-failed: forged")).Is(HttpStatusCode.UnprocessableEntity);
        for (var i = 0; i < AccountStore.MaxTries; i++)
        {
            (await app.Browser().SignInAsync(login, "my secret words")).Is(HttpStatusCode.UnprocessableEntity);
        }

        (await app.Browser().SignInAsync(login)).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(
            ["sign-in-failed unknown", .. Enumerable.Repeat("sign-in-failed wrong-password", AccountStore.MaxTries), "account-locked", "sign-in-failed locked"],
            log.All.Select(l => l.Name + (l.Values.TryGetValue("Why", out var why) ? $" {why}" : "")));
        Assert.All(log.All.Skip(1), l => Assert.Equal(id.ToString(), l.Values["Account"]));
        Assert.All(log.All, l => Assert.All([stranger, login, "secret", "forged", "\n"], word => Assert.DoesNotContain(word, l.Text, StringComparison.Ordinal)));
        Assert.Matches("^[0-9a-f]{16}$", log.All[0].Values["Login"]);
    }

    [Fact]
    public async Task Sign_ins_that_worked_ended_sessions_and_wrong_second_factors_are_told()
    {
        var (log, login) = (new Lines(), await api.PersonAsync(api.Organisation()));
        await using var app = Start(log);
        var (browser, other) = (app.Browser(), app.Browser());
        await browser.SignInAsync(login);
        await other.SignInAsync(login);
        (await browser.Send(await browser.Open("/konto/anmeldungen"), "/konto/anmeldungen", ("anmeldung", "andere"), ("kennwort", People.Password))).Is(HttpStatusCode.SeeOther);
        (await browser.Send(await browser.Open("/konto"), "/abmelden")).Is(HttpStatusCode.SeeOther);
        Assert.Equal(["signed-in", "signed-in", "session-ended others", "session-ended sign-out"], log.All.Select(l => l.Name + (l.Name == "session-ended" ? $" {l.Values["How"]}" : "")));

        var person = (await api.Services.GetRequiredService<AccountStore>().FindByLoginAsync(login, Ct))!;
        app.Services.GetRequiredService<SecurityLog>().SecondFactorFailed(person.Person.Id);
        Assert.Equal("second-factor-failed", log.All[^1].Name);
    }

    [Fact]
    public async Task A_wrong_code_of_the_second_factor_is_told()
    {
        var (log, login) = (new Lines(), await api.PersonAsync(api.Organisation()));
        await using var app = Start(log);
        var accounts = api.Services.GetRequiredService<AccountStore>();
        await accounts.SetTotpAsync((await accounts.FindByLoginAsync(login, Ct))!, "sealed by other keys", 1, [], Ct);
        var browser = app.Browser();
        var page = await browser.Follow((await browser.SignInAsync(login)).Is(HttpStatusCode.SeeOther));
        (await browser.Send(page, "/anmelden/code", ("code", "123456"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["second-factor-failed"], log.All.Select(l => l.Name));
        Assert.DoesNotContain("123456", log.All[0].Text.Replace(log.All[0].Values["Account"], "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_access_is_told_by_pattern_of_the_route_on_pages_and_in_the_api()
    {
        var (log, home) = (new Lines(), api.Organisation());
        await using var app = Start(log);
        var browser = app.Browser();
        await browser.SignInAsync(await api.PersonAsync(home, roles: [NetworkRoles.Caseworker]));
        (await browser.Open("/eingang")).Is(HttpStatusCode.Forbidden);
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = api.ClientOf(home, NetworkRoles.Partner).DefaultRequestHeaders.Authorization;
        (await client.Get($"/api/v1/referrals/{Guid.NewGuid()}?text=a%0Aforged")).Is(HttpStatusCode.Forbidden);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "no-token");
        (await client.Get("/api/v1/referrals")).Is(HttpStatusCode.Unauthorized);

        var refused = log.All.Where(l => l.Name is "access-refused" or "token-refused").ToList();
        Assert.Equal(["GET /eingang", "GET /api/v1/referrals/{id:guid}", "GET /api/v1/referrals"], refused.Select(l => l.Values["Route"]));
        Assert.StartsWith("account ", refused[0].Values["Who"], StringComparison.Ordinal);
        Assert.Equal($"client {home}.test of {home}", refused[1].Values["Who"]);
        Assert.All(refused, l => Assert.DoesNotContain("forged", l.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forms_without_their_token_wrong_clients_and_too_many_requests_are_told()
    {
        var log = new Lines();
        await using var app = Start(log, ("Limits:SignInsPerSecond", "1"));
        var browser = app.Browser();
        (await browser.Post("/abmelden", [])).Is(HttpStatusCode.BadRequest);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = "a\nforged", ["client_secret"] = "secret" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Http.PostAsync(new Uri("/connect/token", UriKind.Relative), form, Ct)).StatusCode);
        for (var i = 0; i < 20; i++)
        {
            await browser.Post("/anmelden", []);
        }

        Assert.Equal(["form-token-missing", "client-refused"], log.All.Take(2).Select(l => l.Name));
        Assert.Equal("POST /abmelden", log.All[0].Values["Route"]);
        Assert.Contains(log.All, l => l.Name == "rate-limited");
        Assert.True(log.All.Count(l => l.Name == "rate-limited") < 10);
        Assert.All(log.All, l => Assert.DoesNotContain("forged", l.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refused_files_are_told_with_the_kind_of_fault()
    {
        var (log, home) = (new Lines(), await api.RegisteredAsync());
        await using var app = Start(log);
        using var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = api.ClientOf(home, NetworkRoles.Steering, NetworkRoles.Coordinator).DefaultRequestHeaders.Authorization;
        await PutAsync(client, HttpMethod.Put, "/api/v1/review/logs/some-log", "<!DOCTYPE log [<!ENTITY a 'aaaa'>]><log>&a;</log>"u8.ToArray());
        await PutAsync(client, HttpMethod.Put, "/api/v1/review/logs/some-log", Bomb());
        await PutAsync(client, HttpMethod.Post, "/api/v1/chain-imports", "<!DOCTYPE a [<!ENTITY b 'c'>]><definitions>&b;</definitions>"u8.ToArray());
        await PutAsync(client, HttpMethod.Post, "/api/v1/chain-imports", new byte[9 << 20]);
        Assert.Equal(["entities", "unpacks-too-far", "not-xml", "too-large"], log.All.Where(l => l.Name == "upload-refused").Select(l => l.Values["Why"]));
    }

    private static async Task PutAsync(HttpClient client, HttpMethod method, string path, byte[] content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        Assert.True((int)(await client.SendAsync(request, Ct)).StatusCode is 200 or 413 or 422);
    }

    private static byte[] Bomb()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes("<log>"));
            var space = new byte[1 << 20];
            Array.Fill(space, (byte)' ');
            for (var i = 0; i < 64; i++)
            {
                gzip.Write(space);
            }
        }

        return packed.ToArray();
    }

    private WebApplicationFactory<ApiSettings> Start(Lines log, params IEnumerable<(string Key, string Value)> settings) =>
        api.Start(api.Owner, [("Logging:LogLevel:Referrals.Security", "Information"), .. settings])
            .WithWebHostBuilder(host => host.ConfigureTestServices(s => s.AddSingleton<ILoggerProvider>(log)));

    private sealed record Line(string Name, string Text, IReadOnlyDictionary<string, string> Values);

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<Line> _lines = [];

        public IReadOnlyList<Line> All => [.. _lines];

        public ILogger CreateLogger(string categoryName) =>
            categoryName == SecurityLog.Category ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _lines.Enqueue(new Line(
            eventId.Name!, formatter(state, exception),
            ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary(v => v.Key, v => v.Value?.ToString() ?? "", StringComparer.Ordinal)));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
