namespace Referrals.Browser.Tests;

public sealed class AxeTests(Stage stage)
{
    [Fact]
    public async Task What_breaks_a_rule_is_told()
    {
        var page = await stage.OpenAsync(Screen.Desk);
        await page.SetContentAsync("<html lang='de'><title>A page</title><main><h1>A page</h1><img src='data:,'><p style='color:#eee;background:#fff'>Pale</p></main></html>");

        Assert.Contains(await Axe.CheckAsync(page, "wcag2a"), f => f.StartsWith("image-alt: ", StringComparison.Ordinal) && f.Contains("<img", StringComparison.Ordinal));
        Assert.StartsWith("color-contrast: ", Assert.Single(await Axe.CheckRulesAsync(page, "color-contrast")), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }
}
