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
        var missed = 0;
        foreach (var (scene, look, screen) in scenes.SelectMany(s => Looks.Select(l => (s, l.Name, l.Screen))))
        {
            ct.ThrowIfCancellationRequested();
            var path = Path.Combine(folder.FullName, $"{scene.Name}.{look}.png");
            if (await TakeAsync(stage, scene, screen, path) is { } trouble)
            {
                missed++;
                await Console.Error.WriteLineAsync($"{scene.Name}.{look}: {trouble}");
            }
        }

        Console.WriteLine($"{(scenes.Count * Looks.Length) - missed} pictures of {scenes.Count} scenes in {folder.FullName}");
        return missed == 0 ? 0 : 1;
    }

    // Null, or why there is no picture: one page that can't be reached doesn't keep people from seeing the others.
    private static async Task<string?> TakeAsync(Stage stage, Scene scene, Screen screen, string path)
    {
        var page = await stage.WindowAsync(scene, screen);
        try
        {
            await scene.Reach(new Person(page));
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
            return null;
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            return e.Message.Split('\n')[0];
        }
        finally
        {
            await page.Context.CloseAsync();
        }
    }
}
