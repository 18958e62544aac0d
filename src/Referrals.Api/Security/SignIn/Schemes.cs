using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Referrals.Api.Ui;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Security.SignIn;

/// <summary>
/// Programs come with a token and people with a cookie. Which of both counts is decided by the address alone, so the API never looks at
/// cookies and needs no tokens against forgery.
/// </summary>
public static class Schemes
{
    /// <summary>Chooses between the others.</summary>
    public const string ByAddress = "by-address";

    /// <summary>A person's session.</summary>
    public const string Session = "session";

    /// <summary>A person on the way to its session: the password was right, but more is asked.</summary>
    public const string Pending = "pending";

    /// <summary>What an issuer of sign-ins said.</summary>
    public const string External = "external";

    /// <summary>The issuer of sign-ins.</summary>
    public const string Oidc = "oidc";

    private static readonly TimeSpan OnTheWay = TimeSpan.FromMinutes(10);

    internal static void Add(IServiceCollection services, IConfiguration configuration)
    {
        var settings = SignInSettings.From(configuration);
        services.AddSingleton(settings);
        services.TryAddSingleton<SecondFactor>();
        services.TryAddSingleton<SessionStore>();
        services.TryAddSingleton<OpenSessions>();
        services.TryAddSingleton<Sessions>();
        services.TryAddSingleton<SignInFlow>();
        var schemes = services.AddAuthentication(ByAddress)
            .AddPolicyScheme(ByAddress, null, o => o.ForwardDefaultSelector = c => PageRequests.IsPage(c) ? Session : JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddCookie(Session, o => Cookie(o, "sitzung", settings.Idle, sliding: true))
            .AddCookie(Pending, o => Cookie(o, "anmeldung", OnTheWay, sliding: false))
            .AddCookie(External, o => Cookie(o, "anmeldung-extern", OnTheWay, sliding: false));
        services.AddOptions<CookieAuthenticationOptions>(Session).Configure<Sessions>((o, sessions) => o.Events.OnValidatePrincipal = sessions.ValidateAsync);
        if (settings.Oidc is { } oidc)
        {
            schemes.AddOpenIdConnect(Oidc, o => OpenIdSignIn.Configure(o, oidc));
        }
    }

    private static void Cookie(CookieAuthenticationOptions options, string name, TimeSpan lasts, bool sliding)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.Cookie.IsEssential = true;
        options.Cookie.Path = "/";
        options.CookieManager = new HostCookies();
        options.ExpireTimeSpan = lasts;
        options.SlidingExpiration = sliding;
        options.Events.OnRedirectToLogin = SendToSignIn;
        options.Events.OnCheckSlidingExpiration = c =>
        {
            // A page that is only open is no sign of somebody at work.
            c.ShouldRenew &= !c.Request.Path.Equals(Links.LivePath, StringComparison.Ordinal);
            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = c =>
        {
            c.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    // What was sent with a form can't be opened afterwards, so only addresses of pages are come back to.
    private static Task SendToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var here = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : null;
        context.Response.Redirect(Links.With(Links.SignIn, (Ui.Forms.PageForm.Back, here)));
        return Task.CompletedTask;
    }
}
