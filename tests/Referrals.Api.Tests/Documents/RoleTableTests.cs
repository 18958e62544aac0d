using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine.Network;
using Claims = Referrals.Api.Security.Claims;

namespace Referrals.Api.Tests.Documents;

/// <summary>Asks the running application's policies which role opens which route, and holds docs/privacy.md against the answers.</summary>
public sealed class RoleTableTests(ApiHost api)
{
    private const string Nobody = "not signed in";
    private const string Operator = "admin of the network";

    private static readonly string[] Who = [Nobody, .. NetworkRoles.All, Operator];

    /// <summary>Areas with the beginnings of their addresses; the longest one that fits counts.</summary>
    private static readonly (string Area, string[] Addresses)[] Areas =
    [
        ("Start page, notifications, news of open pages", ["/", "/benachrichtigungen", "/aenderungen"]),
        ("Referrals", ["/ueberleitungen", "/api/v1/referrals"]),
        ("Referrals on an older version", ["/ketten/{id}/umstellen", "/api/v1/chains/{id}/moves"]),
        ("Referrals that will likely be late", ["/steuerung/fruehwarnung", "/api/v1/review/likely-late"]),
        ("Assignments", ["/eingang", "/auftraege", "/api/v1/assignments"]),
        ("Missed times", ["/eskalationen", "/api/v1/escalations"]),
        ("Chains and agreements", ["/ketten", "/vereinbarungen", "/api/v1/chains", "/api/v1/chain-checks", "/api/v1/chain-imports"]),
        ("Drafts of chains", ["/ketten/neu", "/ketten/{kette}/entwurf", "/ketten/{kette}/vorschlag", "/api/v1/chains/{id}/draft", "/api/v1/chains/{id}/proposals"]),
        ("Directory and free places", ["/netzwerk", "/kapazitaet", "/api/v1/organisations"]),
        ("Keys for contact cards", ["/organisation/schluessel", "/api/v1/organisations/{id}/card-keys"]),
        ("Figures and measures", ["/steuerung", "/api/v1/review"]),
        ("Figures of one partner", ["/steuerung/partner", "/api/v1/review/partners"]),
        ("Imported event logs", ["/steuerung/protokolle", "/api/v1/review/logs"]),
        ("Undeliverable messages", ["/verwaltung/unzustellbar", "/api/v1/dead-letters"]),
        ("People, programs, what was administered", ["/verwaltung", "/api/v1/organisations/{id}/clients"]),
        ("How long words are kept", ["/aufbewahrung", "/ketten/{kette}/aufbewahrung"]),
        ("Access log", ["/zugriffe", "/api/v1/access-log"]),
        ("Own account", ["/konto"]),
        ("Signing in and out", ["/anmelden", "/abmelden", "/connect", "/.well-known"]),
        ("Help, legal notices, settings, state of the service", ["/hilfe", "/impressum", "/datenschutz", "/barrierefreiheit", "/barriere-melden", "/sprache", "/darstellung", "/dateien", "/openapi", "/health"]),
    ];

    [Fact]
    public async Task The_document_says_what_each_role_sees_and_does() => DocumentBlock.Holds("docs/privacy.md", "roles", await TableAsync());

    [Fact]
    public async Task Every_route_is_for_somebody_and_every_area_has_routes()
    {
        var routes = await RoutesAsync();
        Assert.True(routes.Count > 200, $"{routes.Count}");
        Assert.All(routes, r => Assert.NotEmpty(r.For));
        Assert.Empty(Areas.SelectMany(a => a.Addresses).Except(routes.Select(r => r.Address)));
    }

    private async Task<IReadOnlyList<string>> TableAsync()
    {
        var routes = await RoutesAsync();
        var rows = routes.GroupBy(r => (r.Area, For: string.Join(',', r.For)))
            .OrderBy(g => Array.FindIndex(Areas, a => a.Area == g.Key.Area)).ThenByDescending(g => g.First().For.Count).ThenBy(g => g.Key.For, StringComparer.Ordinal)
            .Select(g => Row([g.Key.Area, Addresses(g), .. Who.Select(w => Cell(g, w))]));
        return [Row(["area", "addresses", .. Who]), Row([.. Enumerable.Repeat("---", Who.Length + 2)]), .. rows];
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Addresses(IEnumerable<Route> routes) => string.Join(" ", routes.Select(r => $"`{r.Address}`").Distinct().Order(StringComparer.Ordinal));

    private static string Cell(IEnumerable<Route> routes, string who) =>
        !routes.First().For.Contains(who) ? "–" : string.Join(", ", routes.Select(r => r.Acts ? "acts" : "sees").Distinct().OrderDescending(StringComparer.Ordinal));

    private async Task<IReadOnlyList<Route>> RoutesAsync()
    {
        var routes = new List<Route>();
        foreach (var endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
            var (area, address) = AreaOf(path);
            var allowed = await AllowedAsync(endpoint);
            routes.AddRange((endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => new Route(area, address, m != "GET", allowed)));
        }

        return routes;
    }

    private static (string Area, string Address) AreaOf(string path)
    {
        var fitting = Areas.SelectMany(a => a.Addresses.Select(p => (a.Area, Address: p)))
            .Where(a => path == a.Address || path.StartsWith(a.Address + "/", StringComparison.Ordinal)).ToList();
        Assert.True(fitting.Count > 0, $"{path} is in no area: say in which, and who it is for");
        return fitting.MaxBy(a => a.Address.Length);
    }

    private async Task<IReadOnlyList<string>> AllowedAsync(RouteEndpoint endpoint)
    {
        var policies = api.Services.GetRequiredService<IAuthorizationPolicyProvider>();
        var policy = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? null
            : await AuthorizationPolicy.CombineAsync(policies, endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>(), endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>())
                ?? await policies.GetFallbackPolicyAsync();
        var allowed = new List<string>();
        foreach (var who in Who)
        {
            if (policy is null || (await api.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(Principal(who), null, policy)).Succeeded)
            {
                allowed.Add(who);
            }
        }

        return allowed;
    }

    private ClaimsPrincipal Principal(string who) => who == Nobody
        ? new ClaimsPrincipal(new ClaimsIdentity())
        : new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(Claims.OrganisationClaim, who == Operator ? api.Services.GetRequiredService<ApiSettings>().Operator : "some-office"),
                new Claim(Claims.RolesClaim, who == Operator ? NetworkRoles.Admin : who),
            ],
            "test", Claims.NameClaim, Claims.RolesClaim));

    private sealed record Route(string Area, string Address, bool Acts, IReadOnlyList<string> For);
}
