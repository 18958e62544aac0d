using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Referrals.Api.Description;

/// <summary>The token endpoint, which speaks OAuth 2.0 instead of our own conventions.</summary>
internal static class Token
{
    public static void Describe(OpenApiOperation operation)
    {
        operation.Security = [];
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/x-www-form-urlencoded"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Object,
                        Required = new HashSet<string> { "grant_type" },
                        Properties = new Dictionary<string, IOpenApiSchema>
                        {
                            ["grant_type"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("client_credentials")] },
                            ["client_id"] = new OpenApiSchema { Type = JsonSchemaType.String },
                            ["client_secret"] = new OpenApiSchema { Type = JsonSchemaType.String },
                            ["scope"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        },
                    },
                    Example = new JsonObject
                    {
                        ["grant_type"] = "client_credentials",
                        ["client_id"] = "jobcenter-elbland.intake",
                        ["client_secret"] = "2g0Zr…",
                    },
                },
            },
        };
        operation.Responses ??= [];
        operation.Responses["200"].Content!.Values.First().Example = new JsonObject
        {
            ["access_token"] = "eyJhbGciOiJFUzI1NiIs…",
            ["token_type"] = "Bearer",
            ["expires_in"] = 3600,
            ["scope"] = "caseworker",
        };
        operation.Responses["400"] = Error("invalid_request", "- `invalid_request`, `unsupported_grant_type`, `invalid_scope`: the request can't be granted.");
        operation.Responses["401"] = Error("invalid_client", "- `invalid_client`: there is no such client, its secret is wrong, or it is disabled.");
    }

    private static OpenApiResponse Error(string code, string text) => new()
    {
        Description = text,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new() { Example = new JsonObject { ["error"] = code, ["error_description"] = "…" } },
        },
    };
}
