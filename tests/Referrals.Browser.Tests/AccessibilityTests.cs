using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Referrals.Browser.Tests.Scenery;

namespace Referrals.Browser.Tests;

/// <summary>axe-core finds nothing on any page in any state, light and dark, at a desk and on a phone; and no page has to be scrolled sideways.</summary>
public sealed class AccessibilityTests(Stage stage)
{
    // Colour is all that dark changes at a desk; on a phone everything is asked again.
    private static readonly string[] Standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    public static TheoryData<string> Names() => [.. Scenes.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Axe_finds_nothing(string name)
    {
        var page = await stage.ReachAsync(Scenes.All.Single(s => s.Name == name), Screen.Desk);
        await CheckAsync(page, name, new AxeRunOptions { RunOnly = RunOnlyOptions.Tags(Standards) });

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await CheckAsync(page, name + ", dark", new AxeRunOptions { RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block") });

        await page.SetViewportSizeAsync(Screen.Phone.Width, 844);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Screen.Phone.Width, $"{name} is wider than the screen of a phone");
        await CheckAsync(page, name + ", on a phone, dark", new AxeRunOptions { RunOnly = RunOnlyOptions.Tags(Standards) });
        await page.Context.CloseAsync();
    }

    private static async Task CheckAsync(IPage page, string what, AxeRunOptions options)
    {
        var result = await page.RunAxe(options);
        Assert.True(result.Violations.Length == 0, $"{what}: " + string.Join("; ", result.Violations.Select(Tell)));
    }

    private static string Tell(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Take(5).Select(n => n.Html))}";
}
