namespace Referrals.Api.Ui.Pages.Footer;

/// <summary>The pages that every public site has.</summary>
internal static class FooterPages
{
    public static void Map(RouteGroupBuilder open)
    {
        open.MapGet(Links.Imprint, () => Answer.With<FooterPage>("Imprint"));
        open.MapGet(Links.Privacy, () => Answer.With<FooterPage>("Privacy"));
        open.MapGet(Links.Accessibility, () => Answer.With<FooterPage>("Accessibility"));
        open.MapGet(Links.Barrier, () => Answer.With<FooterPage>("Barrier"));
    }
}
