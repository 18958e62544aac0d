using Referrals.Api.Ui;

namespace Referrals.Api.Security;

/// <summary>
/// What every answer tells browsers, also one that shows an error: to load and to run nothing that isn't from here, to keep nothing, and to come back over
/// https only.
/// </summary>
internal static class AnswerHeaders
{
    // Nothing from elsewhere, nothing inline: a slip in a page can't become somebody's script.
    private const string OfPages =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

    // What programs get is no page. Where a browser opens it all the same, it is text without rights.
    private const string OfPrograms = "default-src 'none'; form-action 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";

    private const string ForAYear = "max-age=31536000; includeSubDomains";

    /// <summary>Puts them on all answers. Set last of all, because an answer to an exception begins with none.</summary>
    public static void Use(IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Set, context);
        return next(context);
    });

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = PageRequests.IsPage(context) ? OfPages : OfPrograms;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = ForAYear;
        }

        // What is answered is for one pair of eyes; files with a hash in their address say otherwise themselves.
        headers.CacheControl = headers.CacheControl.Count > 0 ? headers.CacheControl : "no-store";
        headers.Remove("blazor-enhanced-nav");
        return Task.CompletedTask;
    }
}
