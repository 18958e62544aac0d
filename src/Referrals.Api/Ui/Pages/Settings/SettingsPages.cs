using Microsoft.AspNetCore.Localization;
using Referrals.Api.Ui.Forms;

namespace Referrals.Api.Ui.Pages.Settings;

/// <summary>Language and theme, for anybody; kept in cookies of the visitor's own.</summary>
internal static class SettingsPages
{
    public static void Map(RouteGroupBuilder open)
    {
        open.MapPost(Links.Language, SetLanguage).WithMetadata(new NeverRefuses());
        open.MapPost(Links.Theme, SetTheme).WithMetadata(new NeverRefuses());
    }

    private static IResult SetLanguage(FormInput form, HttpContext context)
    {
        if (PageRequests.Cultures.FirstOrDefault(c => c.TwoLetterISOLanguageName == form["sprache"]) is { } culture)
        {
            Visitor.Keep(context, CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)));
        }

        return Answer.Go(Links.Local(form[PageForm.Back]));
    }

    private static IResult SetTheme(FormInput form, HttpContext context)
    {
        Visitor.Keep(context, Visitor.ThemeCookie, form["darstellung"] is "light" or "dark" ? form["darstellung"] : "auto");
        return Answer.Go(Links.Local(form[PageForm.Back]));
    }
}
