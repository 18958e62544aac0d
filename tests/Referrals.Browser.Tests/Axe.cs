using System.Text.Json;
using Deque.AxeCore.Commons;

namespace Referrals.Browser.Tests;

/// <summary>
/// axe-core in a page. Its own wrapper for Playwright puts the script into the page anew for each run and opens another page for each report, which is
/// most of the time that a run takes; it is needed only where there are frames.
/// </summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Gives what breaks the rules with these tags.</summary>
    public static Task<IReadOnlyList<string>> CheckAsync(IPage page, params string[] tags) => RunAsync(page, "tag", tags);

    /// <summary>Gives what breaks these rules.</summary>
    public static Task<IReadOnlyList<string>> CheckRulesAsync(IPage page, params string[] rules) => RunAsync(page, "rule", rules);

    private static async Task<IReadOnlyList<string>> RunAsync(IPage page, string by, string[] values)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(Script);
        }

        var faults = await page.EvaluateAsync<JsonElement>(
            "async runOnly => (await axe.run(document, { runOnly, resultTypes: ['violations'] })).violations", new { type = by, values });
        Assert.Equal(JsonValueKind.Array, faults.ValueKind);
        return [.. faults.EnumerateArray().Select(Tell)];
    }

    private static string Tell(JsonElement fault) =>
        $"{fault.GetProperty("id")}: {fault.GetProperty("help")} at {string.Join(", ", fault.GetProperty("nodes").EnumerateArray().Take(5).Select(n => n.GetProperty("html").GetString()))}";
}
