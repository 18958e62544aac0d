using Microsoft.OpenApi;
using Referrals.Api.Answers;
using Referrals.Api.Security;
using Referrals.Engine.Network;

namespace Referrals.Api.Description;

/// <summary>The OpenAPI document.</summary>
internal static class OpenApi
{
    /// <summary>Name of the security scheme.</summary>
    public const string Scheme = "token";

    public static void AddReferralsOpenApi(this IServiceCollection services, IConfiguration configuration) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddSchemaTransformer(Schemas.DescribeAsync);
        options.AddOperationTransformer(Operations.DescribeAsync);
        options.AddDocumentTransformer(async (document, context, ct) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Referrals along service chains",
                Version = "v1",
                Description = "Runs referrals along service chains that several organisations have agreed. Every request acts for the organisation of its "
                    + "access token; what belongs to another organisation is not found. Errors are problems (RFC 9457) with a stable code and all faults. "
                    + "Single resources have an entity tag; If-Match refuses what has changed (412). Every POST honours Idempotency-Key. docs/api.md has the conventions.",
            };
            document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), null, ct));
            document.AddComponent<IOpenApiSecurityScheme>(Scheme, TokenScheme(configuration));
        });
    });

    private static OpenApiSecurityScheme TokenScheme(IConfiguration configuration) => Authentication.IsOwn(configuration)
        ? new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2,
            Description = "OAuth 2.0 client credentials; the scopes are the client's roles.",
            Flows = new OpenApiOAuthFlows
            {
                ClientCredentials = new OpenApiOAuthFlow
                {
                    TokenUrl = new Uri("/connect/token", UriKind.Relative),
                    Scopes = NetworkRoles.All.ToDictionary(r => r, r => $"As {r}."),
                },
            },
        }
        : new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OpenIdConnect,
            Description = "Tokens of the network's own authority, with the claims org and roles.",
            OpenIdConnectUrl = new Uri($"{configuration["Authentication:Authority"]!.TrimEnd('/')}/.well-known/openid-configuration"),
        };
}
