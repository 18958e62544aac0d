using Microsoft.Extensions.Configuration;
using Referrals.Workers.Commands;
using Spectre.Console;

namespace Referrals.Workers.Tests.Commands;

/// <summary>Runs a command as the program would, and gives what it says.</summary>
internal static class CommandRun
{
    /// <summary>A command without a database.</summary>
    public static Task<(int Status, string Text)> Of(params string[] args) => Of(new Dictionary<string, string?>(), args);

    /// <summary>A command with these settings.</summary>
    public static async Task<(int Status, string Text)> Of(Dictionary<string, string?> settings, params string[] args)
    {
        await using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 200;
        var status = await CommandLine.RunAsync(args, console, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return (status, text.ToString());
    }
}
