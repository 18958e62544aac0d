using System.CommandLine;
using Referrals.Browser.Tests.Scenery;

namespace Referrals.Browser.Tests.Screenshots;

/// <summary><c>./referrals screenshots --out DIR</c>: starts the product with demo data and writes one picture per page, role, theme and state.</summary>
internal static class ScreenshotCommand
{
    private static readonly (string Name, Screen Screen)[] Looks =
    [
        ("hell", Screen.Desk),
        ("dunkel", Screen.Desk with { Dark = true }),
        ("telefon", Screen.Phone),
    ];

    /// <summary>Runs it. Exit status 0: all pictures were taken.</summary>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder for the pictures; made if it isn't there.", Required = true };
        var only = new Option<string?>("--only") { Description = "Only scenes whose name begins so." };
        var command = new RootCommand("Starts the product with demo data and takes a picture of every page, role, theme and state.") { folder, only };
        command.SetAction((parsed, ct) => TakeAsync(parsed.GetValue(folder)!, parsed.GetValue(only), ct));
        return command.Parse([.. arguments]).InvokeAsync();
    }

    private static async Task<int> TakeAsync(DirectoryInfo folder, string? only, CancellationToken ct)
    {
        folder.Create();
        await using var stage = new Stage();
        await stage.InitializeAsync();
        var scenes = Scenes.All.Where(s => only is null || s.Name.StartsWith(only, StringComparison.Ordinal)).ToList();
        foreach (var scene in scenes)
        {
            foreach (var (look, screen) in Looks)
            {
                ct.ThrowIfCancellationRequested();
                var page = await stage.ReachAsync(scene, screen);
                var path = Path.Combine(folder.FullName, $"{scene.Name}.{look}.png");
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
                await page.Context.CloseAsync();
            }

            Console.WriteLine(scene.Name);
        }

        Console.WriteLine($"{scenes.Count * Looks.Length} pictures of {scenes.Count} scenes in {folder.FullName}");
        return 0;
    }
}
