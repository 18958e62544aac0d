using System.Text;
using Microsoft.AspNetCore.Mvc;
using Referrals.Api.Answers;
using Referrals.Engine.Network.Clients;

namespace Referrals.Api.Security;

/// <summary>What the token endpoint answers (RFC 6749, section 5.1).</summary>
/// <param name="AccessToken">The token.</param>
/// <param name="TokenType">How it is used.</param>
/// <param name="ExpiresIn">Seconds that it counts.</param>
/// <param name="Scope">The roles in it.</param>
public sealed record TokenAnswer(string AccessToken, string TokenType, int ExpiresIn, string Scope);

/// <summary>An error of the token endpoint (RFC 6749, section 5.2).</summary>
/// <param name="Error">The error's code.</param>
/// <param name="ErrorDescription">A sentence.</param>
public sealed record TokenError(string Error, string ErrorDescription);

/// <summary>OAuth 2.0 client credentials: a client's id and secret for an access token.</summary>
public static class TokenEndpoint
{
    private const int MaxForm = 16 * 1024;

    /// <summary>Handles a token request: a form, with the client's id and secret in it or as Basic authentication.</summary>
    public static async Task<IResult> HandleAsync(
        HttpContext context, [FromServices] ClientStore clients, [FromServices] TokenIssuer issuer, [FromServices] SecurityLog log, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType || context.Request.ContentLength > MaxForm)
        {
            return Refused("invalid_request", "The request is a form (application/x-www-form-urlencoded).");
        }

        var form = await context.Request.ReadFormAsync(ct);
        if (form.FirstOrDefault(p => p.Value.Count > 1).Key is { } twice)
        {
            return Refused("invalid_request", $"'{twice}' is given more than once.");
        }

        if (form["grant_type"] != "client_credentials")
        {
            return form.ContainsKey("grant_type")
                ? Refused("unsupported_grant_type", "Only client_credentials is supported.")
                : Refused("invalid_request", "'grant_type' is missing.");
        }

        var basic = context.Request.Headers.Authorization.ToString();
        if (Credentials(basic, form) is not var (id, secret))
        {
            return WrongClient(context, basic);
        }

        var client = await clients.AuthenticateAsync(id, secret, ct);
        if (client is null)
        {
            log.ClientRefused(id);
            return WrongClient(context, basic);
        }

        return Granted(client, form["scope"].ToString(), issuer);
    }

    private static IResult Granted(Client client, string scope, TokenIssuer issuer)
    {
        var asked = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (asked.Except(client.Roles).Any())
        {
            return Refused("invalid_scope", "A scope is one of the client's roles.");
        }

        var narrowed = asked.Length == 0 ? client : client with { Roles = asked };
        return Results.Json(
            new TokenAnswer(issuer.Issue(narrowed), "Bearer", (int)TokenIssuer.Lifetime.TotalSeconds, string.Join(' ', narrowed.Roles)), SnakeCase);
    }

    private static readonly System.Text.Json.JsonSerializerOptions SnakeCase =
        new(ApiJson.Options) { PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower };

    // Either Basic or in the form, not both (section 2.3). In Basic both parts are form-encoded first.
    private static (string Id, string Secret)? Credentials(string basic, IFormCollection form)
    {
        if (basic.Length == 0)
        {
            return form.ContainsKey("client_id") && form.ContainsKey("client_secret") ? (form["client_id"].ToString(), form["client_secret"].ToString()) : null;
        }

        const string scheme = "Basic ";
        var bytes = new byte[basic.Length];
        if (form.ContainsKey("client_secret") || !basic.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            || !Convert.TryFromBase64String(basic[scheme.Length..].Trim(), bytes, out var length))
        {
            return null;
        }

        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret]
            ? (Uri.UnescapeDataString(id.Replace('+', ' ')), Uri.UnescapeDataString(secret.Replace('+', ' ')))
            : null;
    }

    private static IResult WrongClient(HttpContext context, string basic)
    {
        if (basic.Length > 0)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"referrals\"";
        }

        return Refused("invalid_client", "There is no such client, its secret is wrong, or it is disabled.", StatusCodes.Status401Unauthorized);
    }

    private static IResult Refused(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new TokenError(error, description), SnakeCase, statusCode: status);
}
