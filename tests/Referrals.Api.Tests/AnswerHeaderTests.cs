using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Tests.Pages;

namespace Referrals.Api.Tests;

/// <summary>What every answer tells browsers, over all routes of the running application.</summary>
public sealed class AnswerHeaderTests(ApiHost api)
{
    private static readonly Uri Https = new("https://localhost");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IEnumerable<(string Method, string Path)> Routes() => api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (m, Path(e.RoutePattern))));

    [Fact]
    public async Task Every_answer_is_closed_to_other_sites_and_kept_nowhere()
    {
        var organisation = api.Organisation();
        var anybody = api.App.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = Https });
        var program = api.App.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = Https });
        program.DefaultRequestHeaders.Authorization = api.ClientOf(organisation).DefaultRequestHeaders.Authorization;
        var person = api.App.Browser(Https.ToString());
        (await person.SignInAsync(await api.PersonAsync(organisation))).Is(HttpStatusCode.SeeOther);

        // A path that leads nowhere has an answer too.
        foreach (var (method, path) in Routes().Append(("GET", "/nirgends")).Append(("GET", "/api/v1/nowhere")))
        {
            foreach (var client in (HttpClient[])[anybody, program, .. path == "/abmelden" ? Array.Empty<HttpClient>() : [person.Http]])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
                Check($"{method} {path} ({(int)answer.StatusCode})", answer, path);
            }
        }
    }

    [Fact]
    public async Task Over_http_nobody_is_held_to_https()
    {
        var answer = await api.App.CreateClient().GetAsync(new Uri("/impressum", UriKind.Relative), Ct);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Signing_out_clears_what_the_browser_keeps()
    {
        var person = await api.SignedInAsync(api.Organisation());
        var page = await person.Open("/konto");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = page.Value("__RequestVerificationToken")! });
        var answer = await person.Http.PostAsync(new Uri("/abmelden", UriKind.Relative), form, Ct);
        Assert.Equal("\"cache\", \"storage\"", Header(answer, "Clear-Site-Data"));
    }

    [Fact]
    public async Task Trace_tells_nothing_back()
    {
        var program = api.ClientOf(api.Organisation());
        foreach (var path in (string[])["/", "/impressum", "/api/v1/referrals", "/connect/token", "/health/live"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Trace, path);
            request.Headers.Add("X-Canary", "canary-of-trace");
            using var answer = await program.SendAsync(request, Ct);
            Assert.NotEqual("message/http", answer.Content.Headers.ContentType?.MediaType);
            Assert.DoesNotContain("canary-of-trace", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_asks_only_so_often_and_so_does_an_address_of_nobody_in_particular()
    {
        await using var app = api.Start(api.Owner, ("Limits:RequestsPerSecond", "1"));
        var (program, nobody) = (app.CreateClient(), app.CreateClient());
        program.DefaultRequestHeaders.Authorization = api.ClientOf(api.Organisation()).DefaultRequestHeaders.Authorization;
        foreach (var (client, path) in ((HttpClient, string)[])[(program, "/api/v1/chains"), (nobody, "/impressum")])
        {
            var answers = new List<HttpStatusCode>();
            for (var i = 0; i < 12; i++)
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
                answers.Add(answer.StatusCode);
            }

            Assert.Equal(HttpStatusCode.OK, answers[0]);
            Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        }
    }

    private static void Check(string what, HttpResponseMessage answer, string path)
    {
        var policy = Header(answer, "Content-Security-Policy");
        Assert.All((string[])["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"], d => Assert.True(policy.Contains(d, StringComparison.Ordinal), $"{what}: {policy}"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.True(Header(answer, "X-Content-Type-Options") == "nosniff", what);
        Assert.True(Header(answer, "Referrer-Policy") == "same-origin", what);
        Assert.True(Header(answer, "Strict-Transport-Security") == "max-age=31536000; includeSubDomains", what);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"), what);
        var kept = answer.Headers.CacheControl;
        Assert.True(path.StartsWith("/dateien/", StringComparison.Ordinal) || kept is { NoStore: true }, $"{what}: {kept}");
        Assert.True(answer.Content.Headers.ContentType is not { } type || !type.MediaType!.StartsWith("text/", StringComparison.Ordinal) || type.MediaType == "text/event-stream" || type.CharSet == "utf-8", $"{what}: {answer.Content.Headers.ContentType}");
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private static string Path(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => parameter.Name switch { "nr" => "2026-0001", "id" when parameter.ParameterPolicies.Count > 0 => Guid.Empty.ToString(), "version" => "1", "name" => "app.css", "documentName" => "v1", _ => "some" },
        _ => throw new System.Diagnostics.UnreachableException(),
    }))));
}
