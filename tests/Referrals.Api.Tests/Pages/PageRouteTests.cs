using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Ui;

namespace Referrals.Api.Tests.Pages;

/// <summary>Reads the pages' routes from the running application, so that a new one can't be forgotten.</summary>
public sealed partial class PageRouteTests(ApiHost api)
{
    private static readonly string[] NotPages = ["GET /dateien/{name}"];

    private IReadOnlyList<(string Route, RouteEndpoint Endpoint)> Routes() =>
    [
        .. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageRoute>() is not null)
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => ($"{m} /{e.RoutePattern.RawText!.Trim('/')}", e)))
            .Where(r => !NotPages.Contains(r.Item1)),
    ];

    [Fact]
    public void Every_page_has_its_tests()
    {
        var covered = typeof(PageRouteTests).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetCustomAttributes<CoversAttribute>()).Select(c => $"{c.Route}: {c.Case}").ToHashSet(StringComparer.Ordinal);
        var needed = Routes().SelectMany(r => Needed(r.Route, r.Endpoint)).ToList();
        Assert.Empty(needed.Except(covered));
        Assert.Empty(covered.Except(needed));
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_sign_in_and_comes_back()
    {
        var stranger = new PageClient(api.App.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        foreach (var (route, endpoint) in Routes().Where(r => r.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var path = Fill(route);
            var answer = route.StartsWith("GET", StringComparison.Ordinal) ? await stranger.Open(path) : await stranger.Post(path, []);
            Assert.True(answer.Status == HttpStatusCode.Found, $"{route}: {answer.Status}");
            Assert.StartsWith(Links.SignIn, new Uri(new Uri("http://localhost"), answer.Location!).AbsolutePath, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_its_token_no_form_does_anything_and_what_was_typed_is_kept()
    {
        var anybody = new PageClient(api.App.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));
        foreach (var (route, _) in Routes().Where(r => r.Route.StartsWith("POST", StringComparison.Ordinal) && r.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null))
        {
            var answer = await anybody.Post(Fill(route), [KeyValuePair.Create("text", "typed")]);
            Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{route}: {answer.Status}");
            Assert.Equal("typed", answer.Value("text"));
        }
    }

    private static IEnumerable<string> Needed(string route, RouteEndpoint endpoint)
    {
        yield return $"{route}: {PageCase.Works}";
        if (route.StartsWith("POST", StringComparison.Ordinal) && endpoint.Metadata.GetMetadata<NeverRefuses>() is null)
        {
            yield return $"{route}: {PageCase.Refuses}";
        }
    }

    private static string Fill(string route) => Parameter().Replace(route.Split(' ')[1], m => m.Groups[1].Value switch
    {
        "nr" => "2026-0001",
        "id" => Guid.Empty.ToString(),
        _ => "some",
    });

    [GeneratedRegex(@"\{\*?(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
