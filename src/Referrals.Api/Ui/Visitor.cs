using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;
using Referrals.Engine;
using Referrals.Engine.History;

namespace Referrals.Api.Ui;

/// <summary>Who looks at the page, and how.</summary>
public sealed class Visitor(IHttpContextAccessor accessor)
{
    /// <summary>Name of the cookie that keeps light or dark.</summary>
    public const string ThemeCookie = "darstellung";

    private HttpContext Context => accessor.HttpContext ?? throw new InvalidOperationException("there is no request");

    /// <summary>Whether somebody is signed in, for an organisation.</summary>
    public bool IsSignedIn => Context.User.Identity?.IsAuthenticated == true && Context.User.IsMember();

    /// <summary>Who is signed in, with what the session says of it.</summary>
    public System.Security.Claims.ClaimsPrincipal User => Context.User;

    /// <summary>Login name.</summary>
    public string Login => Context.User.Subject();

    /// <summary>Name for people.</summary>
    public string Name => Context.User.FindFirst(Claims.NameClaim)?.Value ?? Login;

    /// <summary>The organisation acted for.</summary>
    public OrganisationId Organisation => Context.User.Organisation();

    /// <summary>Who acts, for the engine.</summary>
    public Actor Actor => new(Login, Organisation, Activity.Current?.TraceId.ToHexString() ?? Context.TraceIdentifier, TraceParent: Activity.Current?.Id);

    /// <summary>Whether the visitor has one of these roles.</summary>
    public bool Has(params IEnumerable<string> roles) => IsSignedIn && roles.Any(Context.User.IsInRole);

    /// <summary>Whether the visitor draws this chain, and so sees its draft.</summary>
    public bool Draws(Engine.Chains.ChainState chain) => Context.User.Draws(chain);

    /// <summary>Language code for the page.</summary>
    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary><c>light</c>, <c>dark</c>, or null: as the system is set.</summary>
    public string? Theme => HostCookies.Read(Context, ThemeCookie) is ("light" or "dark") and var theme ? theme : null;

    /// <summary>Whether single keys act; on unless switched off.</summary>
    public bool Shortcuts => Context.User.FindFirst(Claims.ShortcutsClaim)?.Value != "off";

    /// <summary>Path and query of the page as it is shown, to come back to.</summary>
    public string Here => HttpMethods.IsGet(Context.Request.Method) ? Context.Request.Path + Context.Request.QueryString : Context.Request.Path;

    /// <summary>Whether a page is looked at, not a form sent.</summary>
    public bool Looks => HttpMethods.IsGet(Context.Request.Method);

    /// <summary>Path of the page.</summary>
    public string Path => Context.Request.Path;

    /// <summary>Keeps a setting of the pages in a cookie of the visitor's own, for a year.</summary>
    internal static void Keep(HttpContext context, string name, string value) => HostCookies.Keep(context, name, value, TimeSpan.FromDays(365));
}
