using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Ui;
using Referrals.Engine;

namespace Referrals.Api.Tests;

/// <summary>Reads the routes from the running application, so that a new one can't be forgotten.</summary>
public sealed class RouteTableTests(ApiHost api)
{
    private const string Referral = "/api/v1/referrals/{id:guid}";
    private const string Assignment = "/api/v1/assignments/{id:guid}";
    private const string Organisation = "/api/v1/organisations/{id}";
    private static readonly string SomeId = Guid.NewGuid().ToString();

    /// <summary>What is asked of what belongs to another organisation. A body where one is needed.</summary>
    private static readonly Dictionary<string, string?> OfOthers = new()
    {
        [$"GET {Referral}"] = null,
        [$"GET {Referral}/history"] = null,
        [$"GET {Referral}/information"] = null,
        [$"POST {Referral}/withdrawal"] = """{"reason":"mistake"}""",
        [$"POST {Referral}/consent"] = """{"form":"written","given":"2026-01-01","purpose":"care"}""",
        [$"POST {Referral}/consent-withdrawal"] = null,
        [$"POST {Referral}/release"] = """{"form":"written","given":"2026-01-01","steps":["care"]}""",
        [$"POST {Referral}/release-withdrawal"] = null,
        [$"POST {Referral}/consent-override"] = """{"steps":["care"],"ground":"child-welfare","reason":"Kind ohne Aufsicht"}""",
        [$"PUT {Referral}/assignee"] = """{"assignee":"frau.muster"}""",
        [$"POST {Referral}/closure"] = null,
        [$"POST {Referral}/erasure"] = """{"reason":"request"}""",
        [$"POST {Referral}/reopening"] = null,
        [$"POST {Referral}/reminders"] = $$"""{"assignment":"{{SomeId}}"}""",
        [$"POST {Referral}/handover"] = $$"""{"assignment":"{{SomeId}}"}""",
        [$"POST {Referral}/handover-revocation"] = $$"""{"assignment":"{{SomeId}}"}""",
        [$"POST {Referral}/card"] = $$"""{"assignment":"{{SomeId}}","issue":1,"key":"k0123456789abcdef0123456789abcdef","until":"2026-09-21T22:00:00Z","sealed":"AQ=="}""",
        [$"POST {Referral}/card-withdrawal"] = $$"""{"assignment":"{{SomeId}}"}""",
        [$"POST {Referral}/answers"] = $$"""{"question":"{{SomeId}}","text":"No."}""",
        [$"POST {Referral}/partner-choices"] = """{"place":"care","partner":"care-two"}""",
        [$"POST {Referral}/reroutes"] = """{"place":"care","partner":"care-two"}""",
        [$"GET {Referral}/move"] = null,
        [$"POST {Referral}/move"] = null,
        [$"POST {Referral}/skips"] = """{"place":"care"}""",
        [$"POST {Referral}/part-decisions"] = """{"place":"advice-part","included":true}""",
        [$"GET {Assignment}"] = null,
        [$"GET {Assignment}/history"] = null,
        [$"POST {Assignment}/acknowledgement"] = null,
        [$"POST {Assignment}/acceptance"] = null,
        [$"POST {Assignment}/acknowledgement-undo"] = null,
        [$"POST {Assignment}/acceptance-undo"] = null,
        [$"PUT {Assignment}/assignee"] = """{"assignee":"frau.muster"}""",
        [$"POST {Assignment}/refusal"] = """{"reason":"no-capacity"}""",
        [$"POST {Assignment}/questions"] = """{"text":"When?"}""",
        [$"POST {Assignment}/handover"] = """{"code":"KX7-4MP-T29"}""",
        [$"POST {Assignment}/card-fetch"] = null,
        [$"POST {Assignment}/card-opening"] = """{"issue":1}""",
        [$"POST {Assignment}/card-return"] = """{"issue":1}""",
        [$"POST {Assignment}/start"] = null,
        [$"POST {Assignment}/first-contact"] = null,
        [$"POST {Assignment}/pause"] = null,
        [$"POST {Assignment}/resumption"] = null,
        [$"POST {Assignment}/completion"] = """{"outcome":"helped"}""",
        ["POST /api/v1/escalations/{id:guid}/handling"] = null,
        ["POST /api/v1/dead-letters/{id:guid}/redelivery"] = null,
        ["DELETE /api/v1/dead-letters/{id:guid}"] = null,
        [$"PUT {Organisation}/profile"] = """{"name":"X","kind":"daycare","municipality":"X","policyFields":["childcare"],"roles":["partner"]}""",
        [$"PUT {Organisation}/services"] = """{"services":[]}""",
        [$"PUT {Organisation}/capacity/{{service}}"] = """{"openPlaces":1,"unit":"places","asOf":"2026-01-01"}""",
        [$"POST {Organisation}/card-keys"] = """{"publicKey":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q=="}""",
        [$"POST {Organisation}/card-keys/{{key}}/revocation"] = null,
        [$"PUT {Organisation}/initial-analysis"] = """{"responsibility":{"de":"x"},"potential":{"de":"x"},"activity":{"de":"x"}}""",
        [$"GET {Organisation}/clients"] = null,
        [$"POST {Organisation}/clients"] = """{"name":"intake","roles":["partner"]}""",
        [$"DELETE {Organisation}/clients/{{clientId}}"] = null,
    };

    /// <summary>Lists of the own organisation, and what starts something there.</summary>
    private static readonly string[] Own =
        ["GET /api/v1/referrals", "GET /api/v1/referrals/event-log", "POST /api/v1/referrals", "GET /api/v1/assignments", "GET /api/v1/escalations", "GET /api/v1/dead-letters", "GET /api/v1/access-log",
            "GET /api/v1/chains/{id}/moves", "POST /api/v1/chains/{id}/moves"];

    /// <summary>What belongs to the network: everybody reads it, roles and the chain say who changes it.</summary>
    private static readonly string[] OfNetwork =
    [
        "GET /api/v1/chains", "GET /api/v1/chains/{id}", "GET /api/v1/chains/{id}/versions/{version:int}", "PUT /api/v1/chains/{id}/draft",
        "DELETE /api/v1/chains/{id}/draft", "POST /api/v1/chains/{id}/draft/undo", "POST /api/v1/chains/{id}/draft/redo",
        "POST /api/v1/chains/{id}/proposals", "POST /api/v1/chains/{id}/versions/{version:int}/agreements", "POST /api/v1/chains/{id}/versions/{version:int}/objections",
        "POST /api/v1/chains/{id}/versions/{version:int}/trials", "POST /api/v1/chains/{id}/draft/trials",
        "POST /api/v1/chains/{id}/versions/{version:int}/retirement", "POST /api/v1/chain-checks", "POST /api/v1/chain-imports",
        "GET /api/v1/chains/{id}/versions/{version:int}/bpmn", "GET /api/v1/chains/{id}/versions/{version:int}/elsa",
        "POST /api/v1/chains/{id}/versions/{version:int}/withdrawals", "GET /api/v1/chains/{id}/versions/{version:int}/signatures",
        "GET /api/v1/chains/{id}/versions/{version:int}/commitments/{organisation}", "GET /api/v1/chains/{id}/comparison", $"POST {Organisation}/departure",
        "GET /api/v1/organisations", $"GET {Organisation}", $"PUT {Organisation}", $"GET {Organisation}/card-keys",
    ];

    /// <summary>The review, from aggregates only: for the steering group, and a partner's own figures for itself.</summary>
    private static readonly string[] OfReview =
    [
        .. ((string[])
        [
            "overview", "ranking", "stuck", "warnings", "chain-map", "heat-table", "flows", "funnel", "loops", "control-chart", "dotted", "findings", "comparison", "steps/{chain}/{step}",
            "partners/{partner}", "measures", "measures/{id:guid}", "logs", "logs/{name}", "logs/{name}/file", "what-if", "what-if/{id:guid}", "likely-late",
        ]).Select(r => $"GET /api/v1/review/{r}"),
        "POST /api/v1/review/what-if", "DELETE /api/v1/review/what-if/{id:guid}",
        "POST /api/v1/review/measures", "PUT /api/v1/review/measures/{id:guid}/plan", "POST /api/v1/review/measures/{id:guid}/follow-ups",
        "PUT /api/v1/review/logs/{name}", "DELETE /api/v1/review/logs/{name}",
    ];

    /// <summary>Open to anybody.</summary>
    private static readonly string[] Open =
    [
        "POST /connect/token", "GET /.well-known/jwks.json", "GET /.well-known/openid-configuration", "GET /openapi/{documentName}.json",
        "* /health/live", "* /health/ready",
    ];

    // Pages have a route table of their own, see PageRouteTests.
    private IReadOnlyList<(string Route, RouteEndpoint Endpoint)> Routes() =>
    [
        .. api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageRoute>() is null).SelectMany(e =>
            (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(m => ($"{m} /{e.RoutePattern.RawText!.Trim('/')}", e))),
    ];

    [Fact]
    public void Every_route_is_covered_here()
    {
        var routes = Routes().Select(r => r.Route).ToList();
        Assert.Equal(OfOthers.Keys.Concat(Own).Concat(OfNetwork).Concat(OfReview).Concat(Open).Order(StringComparer.Ordinal), routes.Order(StringComparer.Ordinal));
        Assert.Equal(Open.Order(StringComparer.Ordinal), Routes().Where(r => r.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(r => r.Route).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_belongs_to_another_organisation_is_not_found_and_not_changed()
    {
        var (client, holder, referral) = await ReferralTests.Start(api);
        var partner = api.Organisation("partner");
        var assignment = await api.ReceiveAsync(partner);
        (await client.Post($"/api/v1/organisations/{holder}/clients", """{"name":"intake","roles":["admin"]}""")).Is(HttpStatusCode.Created);
        var stranger = api.ClientOf(api.Organisation("stranger"));
        foreach (var (route, body) in OfOthers)
        {
            var path = Fill(route, referral.Text("id"), assignment, holder);
            var answer = await stranger.Ask(Method(route), path, body);
            Assert.True(answer.Status == HttpStatusCode.NotFound, $"{route}: {answer.Status} {answer.Json}");
            Assert.Contains(answer.Code, (string[])["referral-not-found", "assignment-not-found", "organisation-not-found", "escalation-not-found", "dead-letter-not-found"]);
        }

        Assert.Equal(referral.ETag, (await client.Get($"/api/v1/referrals/{referral.Text("id")}")).ETag);
        Assert.Equal("\"1\"", (await api.ClientOf(partner).Get($"/api/v1/assignments/{assignment}")).ETag);
    }

    [Fact]
    public async Task What_is_not_there_answers_like_what_belongs_to_another_organisation()
    {
        var (_, _, referral) = await ReferralTests.Start(api);
        var stranger = api.ClientOf(api.Organisation("stranger"));
        var (theirs, nobodys) = (await stranger.Get($"/api/v1/referrals/{referral.Text("id")}"), await stranger.Get($"/api/v1/referrals/{SomeId}"));
        Assert.Equal(theirs.Text("detail"), nobodys.Text("detail"));
        Assert.Equal(theirs.Code, nobodys.Code);
    }

    [Fact]
    public async Task Without_a_token_every_route_but_the_open_ones_is_closed()
    {
        var anonymous = api.App.CreateClient();
        foreach (var route in OfOthers.Keys.Concat(Own).Concat(OfNetwork).Concat(OfReview))
        {
            var answer = await anonymous.Ask(Method(route), Fill(route, SomeId, new AssignmentId(Guid.NewGuid()), new OrganisationId("any")), null);
            Assert.True(answer.Status == HttpStatusCode.Unauthorized, $"{route}: {answer.Status}");
        }
    }

    private static HttpMethod Method(string route) => new(route.Split(' ')[0]);

    private static string Fill(string route, string referral, AssignmentId assignment, OrganisationId organisation) => route.Split(' ')[1]
        .Replace("referrals/{id:guid}", $"referrals/{referral}", StringComparison.Ordinal)
        .Replace("assignments/{id:guid}", $"assignments/{assignment}", StringComparison.Ordinal)
        .Replace("{id:guid}", SomeId, StringComparison.Ordinal)
        .Replace("organisations/{id}", $"organisations/{organisation}", StringComparison.Ordinal)
        .Replace("{service}", "childcare", StringComparison.Ordinal)
        .Replace("{clientId}", $"{organisation}.intake", StringComparison.Ordinal)
        .Replace("{id}", "some-chain", StringComparison.Ordinal)
        .Replace("{version:int}", "1", StringComparison.Ordinal);
}
