using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Localization;
using Referrals.Api.Security;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Errors;

namespace Referrals.Api.Ui;

/// <summary>What all requests for pages have in common, apart from those of programs: language, headers, and errors as pages.</summary>
public static class PageRequests
{
    private static readonly string[] OfPrograms = ["/api", "/connect", "/openapi", "/health", "/.well-known"];

    /// <summary>The languages of the pages, first the one for who has chosen none.</summary>
    public static IReadOnlyList<CultureInfo> Cultures { get; } = [CultureInfo.GetCultureInfo("de-DE"), CultureInfo.GetCultureInfo("en-GB")];

    /// <summary>Whether a person with a browser asks, not a program.</summary>
    public static bool IsPage(HttpContext context) => !OfPrograms.Any(p => context.Request.Path.StartsWithSegments(p, StringComparison.Ordinal));

    /// <summary>Language.</summary>
    internal static void Use(IApplicationBuilder app) => app.UseWhen(IsPage, pages =>
    {
        pages.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(Cultures[0]),
            SupportedCultures = [.. Cultures],
            SupportedUICultures = [.. Cultures],
            RequestCultureProviders = [new KeptCulture()],
        });
    });

    /// <summary>An error as a page.</summary>
    internal static Task ShowErrorAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Answer.With<ErrorPage>(new ErrorModel(status), status).ExecuteAsync(context);
    }

    /// <summary>Lets a form through only with its token against forgery.</summary>
    internal static async ValueTask<object?> CheckTokenAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesFile>() is { } takes && await takes.ReadAsync(context) is { } refused)
        {
            return refused;
        }

        if (HttpMethods.IsGet(context.Request.Method) || await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            return await next(call);
        }

        context.RequestServices.GetRequiredService<SecurityLog>().FormTokenMissing();
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        return Answer.With<ExpiredPage>(new FormInput(form), StatusCodes.Status400BadRequest);
    }

    // As the visitor set it, see SettingsPages.
    private sealed class KeptCulture : RequestCultureProvider
    {
        public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext) => Task.FromResult(
            HostCookies.Read(httpContext, CookieRequestCultureProvider.DefaultCookieName) is { } kept ? CookieRequestCultureProvider.ParseCookieValue(kept) : null);
    }
}
