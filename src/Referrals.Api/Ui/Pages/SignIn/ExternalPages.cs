using Microsoft.AspNetCore.Authentication;
using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;

namespace Referrals.Api.Ui.Pages.SignIn;

/// <summary>Sign-in at an issuer; only there when one is configured.</summary>
internal static class ExternalPages
{
    public static void Map(RouteGroupBuilder open, IServiceProvider services)
    {
        if (services.GetRequiredService<SignInSettings>().Oidc is not { } settings)
        {
            return;
        }

        var tries = open.MapGroup("").RequireRateLimiting(Limits.SignIn);
        tries.MapGet(Links.SignInExternal, (string? zurueck) => Results.Challenge(
            new AuthenticationProperties { RedirectUri = Links.With(Links.SignInExternalDone, ("zurueck", SignInPages.Back(zurueck))) }, [Schemes.Oidc]));
        var signIn = ActivatorUtilities.CreateInstance<OpenIdSignIn>(services, settings);
        tries.MapGet(Links.SignInExternalDone, async (HttpContext context, Sessions sessions, string? zurueck, CancellationToken ct) =>
            await signIn.FindAsync(context, ct) is { } account
                ? await SignInPages.GoOnAsync(context, sessions, new OnTheWay(account, SignInFlow.ByIssuer, false, SignInPages.Back(zurueck)), ct)
                : Answer.With<UnknownPage>(settings.Name, StatusCodes.Status403Forbidden));
    }
}
