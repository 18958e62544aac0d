using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Referrals.Api.Ui;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Security.SignIn;

/// <summary>Sign-in at an issuer: OpenID Connect, code flow with PKCE. The issuer's subject leads to a person that we know.</summary>
public sealed class OpenIdSignIn(AccountStore accounts, OidcSettings settings)
{
    private const string Issuer = "issuer";
    private const string Verified = "email_verified";

    internal static void Configure(OpenIdConnectOptions options, OidcSettings settings)
    {
        options.Authority = settings.Authority;
        options.ClientId = settings.ClientId;
        options.ClientSecret = settings.ClientSecret;
        options.RequireHttpsMetadata = !new Uri(settings.Authority).IsLoopback;
        options.SignInScheme = Schemes.External;
        options.CallbackPath = Links.SignInExternal + "/antwort";
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.BackchannelHttpHandler = new SocketsHttpHandler { AllowAutoRedirect = false };
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("email");
        options.ClaimActions.MapUniqueJsonKey(Verified, Verified);

        // The answer comes as a plain link, so its cookies need not go with foreign forms.
        options.CorrelationCookie = new HostCookie("anmeldung-antwort.") { Expiration = options.RemoteAuthenticationTimeout };
        options.NonceCookie = new HostCookie("anmeldung-zufall.") { Expiration = options.ProtocolValidator.NonceLifetime };
        options.Events.OnTokenValidated = c =>
        {
            ((ClaimsIdentity)c.Principal!.Identity!).AddClaim(new Claim(Issuer, c.SecurityToken.Issuer));
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToIdentityProvider = async c =>
        {
            // Whoever answers at the authority's address speaks for the authority only.
            var found = await c.Options.ConfigurationManager!.GetConfigurationAsync(c.HttpContext.RequestAborted);
            if (found.Issuer?.TrimEnd('/') != settings.Authority.TrimEnd('/'))
            {
                c.Response.Redirect(Links.With(Links.SignIn, ("fehler", "extern")));
                c.HandleResponse();
            }
        };
        options.Events.OnRemoteFailure = c =>
        {
            c.HttpContext.RequestServices.GetRequiredService<SecurityLog>().SignInFailed(null, "", "issuer");
            c.Response.Redirect(Links.With(Links.SignIn, ("fehler", "extern")));
            c.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>The account that the issuer's answer leads to; null when it is nobody's, or that person may not be let in.</summary>
    public async Task<Account?> FindAsync(HttpContext context, CancellationToken ct)
    {
        var said = await context.AuthenticateAsync(Schemes.External);
        await context.SignOutAsync(Schemes.External);
        if (said.Principal is not { } principal || principal.FindFirstValue(Issuer) is not { } issuer || principal.FindFirstValue("sub") is not { } subject)
        {
            return null;
        }

        var account = await accounts.FindBySubjectAsync(issuer, subject, ct) ?? await LinkAsync(principal, issuer, subject, ct);
        return account is { IsOpen: true } ? account : null;
    }

    private async Task<Account?> LinkAsync(ClaimsPrincipal principal, string issuer, string subject, CancellationToken ct)
    {
        var verified = bool.TryParse(principal.FindFirstValue(Verified), out var yes) && yes;
        return settings.LinkByEmail && verified && principal.FindFirstValue("email") is { } email
            && await accounts.FindUnlinkedByEmailAsync(email, ct) is { IsOpen: true } account && await accounts.LinkAsync(account, issuer, subject, ct)
            ? account
            : null;
    }
}
