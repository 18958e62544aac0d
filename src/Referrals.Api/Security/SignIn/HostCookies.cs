using Microsoft.AspNetCore.Authentication.Cookies;

namespace Referrals.Api.Security.SignIn;

/// <summary>
/// Cookies whose names begin with <c>__Host-</c> where the page came over https: browsers then take them from this host only, for the whole host, and send
/// them over https only. Plain names over http, as on the loopback address.
/// </summary>
internal sealed class HostCookies : ICookieManager
{
    private readonly ChunkingCookieManager _cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) => _cookies.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, Name(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _cookies.DeleteCookie(context, Name(context, key), options);

    /// <summary>The name that a cookie has in this request.</summary>
    public static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;

    /// <summary>The value of a cookie that <see cref="Keep"/> set, or null.</summary>
    public static string? Read(HttpContext context, string key) => context.Request.Cookies[Name(context, key)];

    /// <summary>Keeps a value for so long, out of reach of scripts.</summary>
    public static void Keep(HttpContext context, string key, string value, TimeSpan lasts) =>
        context.Response.Cookies.Append(Name(context, key), value, Options(context, lasts));

    /// <summary>Takes a value away that <see cref="Keep"/> set.</summary>
    public static void Drop(HttpContext context, string key) => context.Response.Cookies.Delete(Name(context, key), Options(context, null));

    private static CookieOptions Options(HttpContext context, TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lasts,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}

/// <summary>The same for the cookies that the platform writes by itself, which asks for the name only.</summary>
internal sealed class HostCookie : CookieBuilder
{
    private static readonly HttpContextAccessor Current = new();
    private readonly string _name;

    public HostCookie(string name)
    {
        _name = name;
        HttpOnly = true;
        IsEssential = true;
        Path = "/";
        SameSite = SameSiteMode.Lax;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public override string? Name
    {
        get => Current.HttpContext is { } context ? HostCookies.Name(context, _name) : _name;
        set => throw new NotSupportedException("the name is given once");
    }
}
