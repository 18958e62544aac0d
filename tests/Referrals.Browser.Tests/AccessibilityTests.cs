using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Referrals.Browser.Tests.Scenery;

namespace Referrals.Browser.Tests;

/// <summary>axe-core finds nothing on any page in any state, light and dark, at a desk and on a phone; and no page has to be scrolled sideways.</summary>
public sealed class AccessibilityTests(Stage stage)
{
    public static TheoryData<string> Names() => [.. Scenes.All.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Axe_finds_nothing(string name)
    {
        var scene = Scenes.All.Single(s => s.Name == name);
        foreach (var screen in (Screen[])[Screen.Desk, Screen.Desk with { Dark = true }, Screen.Phone])
        {
            var page = await stage.ReachAsync(scene, screen);
            var result = await page.RunAxe(new AxeRunOptions { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice") });
            Assert.True(result.Violations.Length == 0, $"{name} at {screen}: " + string.Join("; ", result.Violations.Select(Tell)));
            if (screen.Width == Screen.Phone.Width)
            {
                Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= screen.Width, $"{name} is wider than the screen of a phone");
            }

            await page.Context.CloseAsync();
        }
    }

    private static string Tell(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help} at {string.Join(", ", violation.Nodes.Take(5).Select(n => n.Html))}";
}
