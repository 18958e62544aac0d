using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Tests.Pages;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Tests.Looks;

/// <summary>Reads the routes from the running application, so that none that shows a case can be forgotten.</summary>
public sealed partial class LookRouteTests(ApiHost api)
{
    /// <summary>Where no referral or assignment is shown: beginnings of addresses, which a route with a mark of its own need not heed.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["/api/v1/chains"] = "chains",
        ["/api/v1/chain-"] = "chains",
        ["/ketten"] = "chains",
        ["/vereinbarungen"] = "chains",
        ["/api/v1/organisations"] = "the network and its clients",
        ["/netzwerk"] = "the network",
        ["/kapazitaet"] = "free places",
        ["/api/v1/review"] = "aggregates",
        ["/steuerung"] = "aggregates; early warnings have their mark",
        ["/verwaltung"] = "people, clients and what was administered; dead letters have their mark",
        ["/aufbewahrung"] = "numbers by chain",
        ["/konto"] = "the own account",
        ["/anmelden"] = "signing in",
        ["/abmelden"] = "signing out",
        ["/sprache"] = "setting",
        ["/darstellung"] = "setting",
        ["/hilfe"] = "texts",
        ["/impressum"] = "texts",
        ["/datenschutz"] = "texts",
        ["/barriere"] = "texts",
        ["/dateien"] = "styles and scripts",
        ["/ueberleitungen/neu"] = "drafts, before there is a referral",
        ["/aenderungen"] = "tells that a page changed, not what is on it",
        ["/benachrichtigungen/"] = "marks as read",
        ["/connect"] = "tokens",
        ["/.well-known"] = "keys",
        ["/openapi"] = "the description",
        ["/health"] = "whether it runs",
        ["/organisation/schluessel"] = "public keys of the own organisation",
        ["/eskalationen/"] = "marks as handled",
        ["/api/v1/escalations/"] = "marks as handled",
        ["/api/v1/dead-letters/"] = "delivers again or throws away",
    };

    // One message, files without lines, and what has no figures yet in these tests.
    private static readonly string[] NotCounted = [LookCodes.DeadLetter, LookCodes.EventLog, LookCodes.LikelyLate];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LookStore Looks => api.Services.GetRequiredService<LookStore>();

    private IReadOnlyList<(string Method, string Path, RouteEndpoint Endpoint)> Routes() =>
    [
        .. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(e =>
            (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (m, "/" + e.RoutePattern.RawText!.Trim('/'), e))),
    ];

    private IEnumerable<(string Path, RouteEndpoint Endpoint, LooksAt At)> Looking() =>
        Routes().Where(r => r.Method == "GET" && r.Endpoint.Metadata.GetMetadata<LooksAt>() is not null).Select(r => (r.Path, r.Endpoint, r.Endpoint.Metadata.GetMetadata<LooksAt>()!));

    [Fact]
    public void Every_route_says_whether_it_shows_a_case()
    {
        var silent = Routes().Where(r => r.Endpoint.Metadata.GetMetadata<LooksAt>() is null && r.Endpoint.Metadata.GetMetadata<LooksAtNothing>() is null
            && !Elsewhere.Keys.Any(e => r.Path.StartsWith(e, StringComparison.Ordinal))).Select(r => $"{r.Method} {r.Path}").Except(["POST /api/v1/referrals", "POST /benachrichtigungen/gelesen"]);
        Assert.Empty(silent);
    }

    [Fact]
    public void A_route_with_a_referral_or_an_assignment_in_its_address_says_which()
    {
        var one = Routes().Where(r => OneCase().IsMatch(r.Path)).ToList();
        Assert.True(one.Count > 50, $"{one.Count}");
        Assert.All(one, r => Assert.True(
            r.Endpoint.Metadata.GetMetadata<LooksAt>() is { What: var what } && LookCodes.NumbersOf(what) == (r.Path.Contains("assignments", StringComparison.Ordinal)
                || r.Path.Contains("auftraege", StringComparison.Ordinal) ? "assignments" : "referrals"), $"{r.Method} {r.Path}"));
    }

    [Fact]
    public void Marks_name_what_the_log_knows() => Assert.All(Looking(), l =>
    {
        Assert.Contains(l.At.What, LookCodes.All);
        Assert.True(l.At.Purpose is null || LookPurposes.All.Contains(l.At.Purpose));
        Assert.Null(l.Endpoint.Metadata.GetMetadata<IAllowAnonymous>());
    });

    [Fact]
    public async Task Every_look_writes_one_entry()
    {
        var organisation = await api.RegisteredAsync();
        var (page, program) = (await api.SignedInAsync(organisation), api.ClientOf(organisation));
        foreach (var (path, _, at) in Looking())
        {
            var before = await LatestAsync(organisation);
            var (status, _) = await AskAsync(page, program, path);
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity or HttpStatusCode.ServiceUnavailable, $"{path}: {status}");
            var written = (await Looks.ListAsync(organisation, new LookFilter(), null, 5, Ct)).TakeWhile(l => l.Entry.ChainNo > before).ToList();
            var look = Assert.Single(written);
            Assert.Equal(at.What, look.Entry.What);
            Assert.Equal(status == HttpStatusCode.OK ? LookOutcomes.Shown : status == HttpStatusCode.NotFound ? LookOutcomes.NotFound : LookOutcomes.Refused, look["outcome"]);
            Assert.Contains(look["purpose"], LookPurposes.All);
            if (status == HttpStatusCode.OK && LookCodes.NumbersOf(at.What) is null && !NotCounted.Contains(at.What))
            {
                Assert.True(look.Count is not null, $"{path} has no count");
            }
        }
    }

    [Fact]
    public async Task Who_may_not_see_it_stands_in_the_log_too()
    {
        var organisation = await api.RegisteredAsync();
        var strangers = new Dictionary<string, (PageClient Page, HttpClient Program)>();
        foreach (var (path, endpoint, at) in Looking())
        {
            var needed = Policies.Needed[endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()[^1].Policy!];
            if (needed.Count == 0)
            {
                continue;
            }

            var role = needed.Contains(NetworkRoles.Steering) ? NetworkRoles.Admin : NetworkRoles.Steering;
            if (!strangers.TryGetValue(role, out var who))
            {
                strangers[role] = who = (await api.SignedInAsync(organisation, role), api.ClientOf(organisation, role));
            }

            var before = await LatestAsync(organisation);
            var (status, _) = await AskAsync(who.Page, who.Program, path);
            Assert.True(status == HttpStatusCode.Forbidden, $"{path}: {status}");
            var look = Assert.Single((await Looks.ListAsync(organisation, new LookFilter(), null, 5, Ct)).TakeWhile(l => l.Entry.ChainNo > before));
            Assert.Equal((at.What, LookOutcomes.Forbidden, role), (look.Entry.What, look["outcome"], look["role"]));
        }
    }

    private async Task<long> LatestAsync(OrganisationId organisation) =>
        await Looks.ListAsync(organisation, new LookFilter(), null, 1, Ct) is [var latest] ? latest.Entry.ChainNo : 0;

    private static async Task<(HttpStatusCode Status, string Path)> AskAsync(PageClient page, HttpClient program, string route)
    {
        var path = Parameter().Replace(route, m => m.Groups[1].Value switch { "nr" => "2026-0001", "id" when m.Value.Contains("guid", StringComparison.Ordinal) => Guid.NewGuid().ToString(), _ => "some" });
        using var answer = await (path.StartsWith("/api", StringComparison.Ordinal) ? program : page.Http).GetAsync(new Uri(path, UriKind.Relative), Ct);
        return (answer.StatusCode, path);
    }

    [GeneratedRegex(@"^(/api/v1/referrals/\{id|/api/v1/assignments/\{id|/ueberleitungen/\{nr|/auftraege/\{nr)")]
    private static partial Regex OneCase();

    [GeneratedRegex(@"\{\*?(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
