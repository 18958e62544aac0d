using Referrals.Api.Description;
using Referrals.Api.Security;
using Referrals.Engine.Network;

namespace Referrals.Api.Endpoints;

/// <summary>The addresses where clients get tokens and others learn how to check them.</summary>
internal static class SignInRoutes
{
    private static readonly string[] Grants = ["client_credentials"];
    private static readonly string[] Methods = ["client_secret_basic", "client_secret_post"];
    private static readonly string[] Algorithms = ["ES256"];

    public static void Map(WebApplication app)
    {
        var open = app.MapGroup("").WithTags("Sign-in").AllowAnonymous();
        open.MapPost("/connect/token", TokenEndpoint.HandleAsync).RequireRateLimiting(Limits.Token).DisableAntiforgery().Says(
            "getToken", "Get an access token",
            "OAuth 2.0 client credentials (RFC 6749, section 4.4): grant_type=client_credentials, with client_id and client_secret in the form or as Basic "
            + "authentication; scope narrows the roles. Errors are those of RFC 6749: invalid_request, invalid_client, unsupported_grant_type, invalid_scope.",
            new TokenAnswer("eyJhbGciOiJFUzI1NiIs…", "Bearer", 3600, "caseworker"));
        open.MapGet("/.well-known/jwks.json", (TokenIssuer issuer) => Results.Json(new { keys = new[] { issuer.PublicKey() } })).ExcludeFromDescription();
        open.MapGet("/.well-known/openid-configuration", (HttpRequest request, TokenNames names) => Configuration($"{request.Scheme}://{request.Host}", names))
            .ExcludeFromDescription();
    }

    private static IResult Configuration(string address, TokenNames names) => Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = names.Issuer,
        ["token_endpoint"] = $"{address}/connect/token",
        ["jwks_uri"] = $"{address}/.well-known/jwks.json",
        ["grant_types_supported"] = Grants,
        ["token_endpoint_auth_methods_supported"] = Methods,
        ["scopes_supported"] = NetworkRoles.All,
        ["response_types_supported"] = Array.Empty<string>(),
        ["id_token_signing_alg_values_supported"] = Algorithms,
    });
}
