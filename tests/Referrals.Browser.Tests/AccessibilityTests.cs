using Referrals.Browser.Tests.Scenery;

namespace Referrals.Browser.Tests;

/// <summary>
/// axe-core finds nothing on any page in any state, light and dark, at a desk and on a phone; and no page has to be scrolled sideways. In classes of
/// like size, because classes are checked side by side.
/// </summary>
public abstract class AccessibilityTests(Stage stage)
{
    // Colour is all that dark changes at a desk; on a phone everything is asked again.
    private static readonly string[] Standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private protected static TheoryData<string> NamesOf(params IEnumerable<Scene> scenes) => [.. scenes.Select(s => s.Name)];

    private protected async Task CheckAsync(string name)
    {
        var page = await stage.ReachAsync(Scenes.All.Single(s => s.Name == name), Screen.Desk);
        AssertNone(name, await Axe.CheckAsync(page, Standards));

        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        AssertNone(name + ", dark", await Axe.CheckRulesAsync(page, "color-contrast", "link-in-text-block"));

        await page.SetViewportSizeAsync(Screen.Phone.Width, 844);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= Screen.Phone.Width, $"{name} is wider than the screen of a phone");
        AssertNone(name + ", on a phone, dark", await Axe.CheckAsync(page, Standards));
        await page.Context.CloseAsync();
    }

    private static void AssertNone(string what, IReadOnlyList<string> faults) => Assert.True(faults.Count == 0, $"{what}: {string.Join("; ", faults)}");
}

/// <summary>What anybody, caseworkers and partners see.</summary>
public sealed class EverydayAccessibilityTests(Stage stage) : AccessibilityTests(stage)
{
    public static TheoryData<string> Names() => NamesOf(Scenes.Everyday);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Axe_finds_nothing(string name) => CheckAsync(name);
}

/// <summary>What administrators, coordinators and the steering group see.</summary>
public sealed class OfficeAccessibilityTests(Stage stage) : AccessibilityTests(stage)
{
    public static TheoryData<string> Names() => NamesOf(Scenes.Office);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Axe_finds_nothing(string name) => CheckAsync(name);
}

/// <summary>What those see who agree to chains.</summary>
public sealed class ChainAccessibilityTests(Stage stage) : AccessibilityTests(stage)
{
    public static TheoryData<string> Names() => NamesOf(Scenes.Chains);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Axe_finds_nothing(string name) => CheckAsync(name);
}
