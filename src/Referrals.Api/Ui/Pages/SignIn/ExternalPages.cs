using Microsoft.AspNetCore.Authentication;
using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Forms;

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
        tries.MapPost(Links.SignInExternal, (FormInput form, HttpContext context) => GoAsync(context, settings, SignInPages.Back(form[PageForm.Back])));
        var signIn = ActivatorUtilities.CreateInstance<OpenIdSignIn>(services, settings);
        tries.MapGet(Links.SignInExternalDone, async (HttpContext context, Sessions sessions, SignInFlow flow, SecurityLog log, string? zurueck, CancellationToken ct) =>
        {
            if (await signIn.FindAsync(context, ct) is { } account)
            {
                return await SignInPages.GoOnAsync(context, sessions, flow.Begin(account, SignInFlow.ByIssuer, SignInPages.Back(zurueck)), ct);
            }

            log.SignInFailed(null, "", "issuer");
            return Answer.With<UnknownPage>(settings.Name, StatusCodes.Status403Forbidden);
        });
    }

    // A form may lead nowhere else (form-action), and browsers take that for redirects too. So a page sends the browser on.
    private static async Task<IResult> GoAsync(HttpContext context, OidcSettings settings, string back)
    {
        await context.ChallengeAsync(Schemes.Oidc, new AuthenticationProperties { RedirectUri = Links.With(Links.SignInExternalDone, ("zurueck", back)) });
        var to = context.Response.Headers.Location.ToString();
        if (Links.Local(to) == to)
        {
            return Results.Empty;
        }

        context.Response.Headers.Remove("Location");
        context.Response.Headers["Refresh"] = $"0; url={to}";
        return Answer.With<OnwardPage>(new OnwardModel(settings.Name, to));
    }
}
