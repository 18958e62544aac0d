using Referrals.Browser.Tests.Scenery;

namespace Referrals.Browser.Tests;

/// <summary>What is meant for paper fits on a sheet, and nothing to press is on it.</summary>
public sealed class PrintTests(Stage stage)
{
    // A4 upright, in CSS pixels, less margins of one centimetre.
    private const int Sheet = 718;

    [Fact]
    public async Task Of_a_slip_nothing_but_the_slip_is_printed()
    {
        var page = await stage.ReachAsync(Scenes.All.Single(s => s.Name == "ueberleitung-uebergabezettel"), Screen.Desk);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await page.SetViewportSizeAsync(Sheet, 1000);

        Assert.True(await page.Locator(".app-slip").IsVisibleAsync());
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('h1, a, button, .app-header, .app-footer')].filter(e => e.checkVisibility()).map(e => e.textContent.trim()).join('|')"));
        Assert.DoesNotMatch(@"\d{4}-\d{4}", new Uri(page.Url).AbsolutePath + await page.TitleAsync());
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("ueberleitung-laeuft")]
    [InlineData("steuerung-bericht")]
    [InlineData("kette-einwilligung")]
    [InlineData("kette-information")]
    [InlineData("kette-schweigepflicht")]
    public async Task A_printed_page_fits_on_the_sheet(string scene)
    {
        var page = await stage.ReachAsync(Scenes.All.Single(s => s.Name == scene), Screen.Desk);
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        await page.SetViewportSizeAsync(Sheet, 1000);

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Sheet, $"{scene} is wider than a sheet");
        Assert.Empty(await page.Locator("button:visible").AllInnerTextsAsync());
        Assert.NotEmpty(await page.Locator("main h1:visible").AllInnerTextsAsync());
        await page.Context.CloseAsync();
    }
}
