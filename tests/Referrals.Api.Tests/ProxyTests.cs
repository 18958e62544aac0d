using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Security;

namespace Referrals.Api.Tests;

/// <summary>Headers of proxies count only from those in the settings; who comes over http is led to https or refused.</summary>
public sealed class ProxyTests(ApiHost api)
{
    private const string Proxy = "10.0.4.7";
    private const string Stranger = "192.0.2.66";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("10.0.4.7", Proxy, true)]
    [InlineData("10.0.9.9, 10.0.4.0/24", Proxy, true)]
    [InlineData("10.0.4.7", Stranger, false)]
    [InlineData("", Proxy, false)]
    public async Task Headers_of_proxies_count_from_known_ones_only(string proxies, string from, bool counts)
    {
        await using var app = Start(("Referrals:Proxies", proxies));
        using var answer = await AskAsync(app, "/anmelden", from, ("X-Forwarded-Proto", "https"), ("X-Forwarded-For", "198.51.100.1"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(counts, answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Who_claims_other_addresses_is_limited_by_its_own()
    {
        await using var app = Start(("Referrals:Proxies", Proxy), ("Limits:SignInsPerSecond", "1"));
        Assert.Contains(HttpStatusCode.TooManyRequests, await TryAsync(app, Stranger));
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, await TryAsync(app, Proxy));
    }

    [Fact]
    public void Forwarded_headers_without_a_list_of_proxies_start_in_development_only()
    {
        using var app = Start(("ForwardedHeaders_Enabled", "true")).WithWebHostBuilder(h => h.UseEnvironment("Production"));
        Assert.Contains("Referrals__Proxies", Assert.Throws<InvalidOperationException>(() => app.Services).Message, StringComparison.Ordinal);
        using var listed = Start(("ForwardedHeaders_Enabled", "true"), ("Referrals:Proxies", Proxy)).WithWebHostBuilder(h => h.UseEnvironment("Production"));
        Assert.Equal([IPAddress.Parse(Proxy)], listed.Services.GetRequiredService<Proxies>().Addresses);
        using var development = Start(("ForwardedHeaders_Enabled", "true")).WithWebHostBuilder(h => h.UseEnvironment("Development"));
        Assert.NotNull(development.Services);
    }

    [Fact]
    public async Task The_frameworks_switch_believes_nobody_else_either()
    {
        await using var app = Start(("ForwardedHeaders_Enabled", "true"), ("Referrals:Proxies", Proxy));
        using var known = await AskAsync(app, "/anmelden", Proxy, ("X-Forwarded-Proto", "https"));
        using var stranger = await AskAsync(app, "/anmelden", Stranger, ("X-Forwarded-Proto", "https"));
        Assert.Equal((true, false), (known.Headers.Contains("Strict-Transport-Security"), stranger.Headers.Contains("Strict-Transport-Security")));
    }

    [Fact]
    public void What_is_no_address_and_no_network_does_not_start()
    {
        using var app = Start(("Referrals:Proxies", "proxy.example.org"));
        Assert.Contains("proxy.example.org", Assert.Throws<InvalidOperationException>(() => app.Services).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_led_to_https_and_programs_are_refused()
    {
        await using var app = Start(("Referrals:Proxies", Proxy), ("Referrals:HttpsOnly", "true"));
        using var page = await AskAsync(app, "/anmelden?zurueck=%2Fkonto", Proxy);
        Assert.Equal((HttpStatusCode.PermanentRedirect, "https://localhost/anmelden?zurueck=%2Fkonto"), (page.StatusCode, page.Headers.Location?.OriginalString));
        using var program = await AskAsync(app, "/api/v1/referrals", Proxy);
        Assert.Equal((HttpStatusCode.Forbidden, null), (program.StatusCode, program.Headers.Location));
        Assert.Contains("https-needed", await program.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var secure = await AskAsync(app, "/api/v1/referrals", Proxy, ("X-Forwarded-Proto", "https"));
        Assert.Equal(HttpStatusCode.Unauthorized, secure.StatusCode);
        using var health = await AskAsync(app, "/health/live", Proxy);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    private static async Task<List<HttpStatusCode>> TryAsync(WebApplicationFactory<ApiSettings> app, string from)
    {
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            using var http = app.CreateClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, "/anmelden") { Content = new FormUrlEncodedContent([]) };
            request.Headers.Add(ComesFrom.Header, from);
            request.Headers.Add("X-Forwarded-For", $"198.51.100.{i}");
            using var answer = await http.SendAsync(request, Ct);
            answers.Add(answer.StatusCode);
        }

        return answers;
    }

    private static Task<HttpResponseMessage> AskAsync(WebApplicationFactory<ApiSettings> app, string path, string from, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(ComesFrom.Header, from);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }).SendAsync(request, Ct);
    }

    private WebApplicationFactory<ApiSettings> Start(params IEnumerable<(string Key, string Value)> settings) => api.Start(api.Owner, settings)
        .WithWebHostBuilder(host => host.ConfigureTestServices(services => services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, ComesFrom>())));

    // The server of the tests has no network; a header says where a request comes from.
    private sealed class ComesFrom : IStartupFilter
    {
        public const string Header = "X-Test-From";

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(context.Request.Headers[Header].ToString());
                return rest(context);
            });
            next(app);
        };
    }
}
