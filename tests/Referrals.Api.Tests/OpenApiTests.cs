using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Referrals.Api.Tests;

public sealed partial class OpenApiTests(ApiHost api)
{
    private async Task<JsonElement> Document() => (await api.App.CreateClient().Get("/openapi/v1.json")).Ok().Json;

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);

    [Fact]
    public async Task Every_operation_is_described_with_examples_and_errors()
    {
        var document = await Document();
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var faults = Operations(document).SelectMany(o => Faults(o.Name, o.Operation)).ToList();
        Assert.True(faults.Count == 0, string.Join("\n", faults));
        var routes = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal));
        Assert.Equal(
            routes.SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => $"{m} {e.RoutePattern.RawText!.TrimEnd('/')}")).Select(NoTypes).Order(StringComparer.Ordinal),
            Operations(document).Select(o => o.Name).Where(n => n.Contains(" /api/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task References_lead_somewhere_and_ids_are_unique()
    {
        var document = await Document();
        var ids = Operations(document).Select(o => o.Operation.GetProperty("operationId").GetString()).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var reference in References(document).Distinct())
        {
            var target = reference.TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at.GetProperty(name));
            Assert.NotEqual(JsonValueKind.Undefined, target.ValueKind);
        }
    }

    [Fact]
    public async Task Codes_ids_and_words_of_enums_have_a_schema()
    {
        var schemas = (await Document()).GetProperty("components").GetProperty("schemas");
        var line = schemas.GetProperty("ReferralLine").GetProperty("properties");
        string Follow(JsonElement schema, string property) => (schema.TryGetProperty("$ref", out var to)
            ? schemas.GetProperty(to.GetString()!.Split('/')[^1]) : schema).GetProperty(property).ToString();
        Assert.Equal("uuid", Follow(line.GetProperty("id"), "format"));
        Assert.StartsWith("^[a-z]", Follow(line.GetProperty("chain"), "pattern"), StringComparison.Ordinal);
        Assert.Contains("question-open", Follow(line.GetProperty("status"), "enum"), StringComparison.Ordinal);
        Assert.Equal("oauth2", (await Document()).GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("type").GetString());
    }

    private static IEnumerable<string> Faults(string name, JsonElement operation)
    {
        foreach (var text in (string[])["summary", "description", "operationId"])
        {
            if (!operation.TryGetProperty(text, out var value) || string.IsNullOrWhiteSpace(value.GetString()))
            {
                yield return $"{name} has no {text}";
            }
        }

        if (operation.TryGetProperty("requestBody", out var body))
        {
            foreach (var content in body.GetProperty("content").EnumerateObject().Where(c => !c.Value.TryGetProperty("example", out _) && !c.Value.TryGetProperty("examples", out _)))
            {
                yield return $"{name}: no example of the body {content.Name}";
            }
        }
        else if (name.StartsWith("POST", StringComparison.Ordinal) || name.StartsWith("PUT", StringComparison.Ordinal))
        {
            yield return $"{name} has no body";
        }

        foreach (var fault in ResponseFaults(name, operation.GetProperty("responses")))
        {
            yield return fault;
        }

        if (!name.EndsWith("/connect/token", StringComparison.Ordinal) && (!operation.TryGetProperty("security", out var security) || security.GetArrayLength() == 0))
        {
            yield return $"{name} has no security";
        }
    }

    private static IEnumerable<string> ResponseFaults(string name, JsonElement responses)
    {
        var all = responses.EnumerateObject().ToList();
        if (!all.Any(r => r.Name.StartsWith('2')) || !all.Any(r => r.Name == "401"))
        {
            yield return $"{name} lacks responses";
        }

        foreach (var response in all.Where(r => r.Name != "204"))
        {
            var content = response.Value.GetProperty("content").EnumerateObject().Single();
            if (!content.Value.TryGetProperty("example", out _))
            {
                yield return $"{name}: no example of {response.Name}";
            }

            if (response.Name[0] != '2' && !name.EndsWith("/connect/token", StringComparison.Ordinal)
                && (content.Name != "application/problem+json" || !response.Value.GetProperty("description").GetString()!.StartsWith("- `", StringComparison.Ordinal)))
            {
                yield return $"{name}: {response.Name} is no problem with codes";
            }
        }
    }

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => p.Name == "$ref" && p.Value.ValueKind == JsonValueKind.String ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        _ => [],
    };

    // The document names parameters without their types.
    private static string NoTypes(string route) => Types().Replace(route, "}");

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Types();
}
