using System.CommandLine;
using Referrals.Engine.History.Keys;
using Referrals.Workers.Commands.Demo;
using Referrals.Workers.Commands.Drive;
using Referrals.Workers.Commands.Network;
using Referrals.Workers.Commands.Review;
using Referrals.Workers.Commands.Screen;
using Referrals.Workers.Commands.Show;
using Referrals.Workers.Hosting;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary>The operators' command line.</summary>
public static class CommandLine
{
    private const int WidthOfFiles = 200;

    /// <summary>Runs a command; without one, or with <c>serve</c>, the workers' host.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="console">Where people read.</param>
    /// <param name="configuration">Where the database is; null: environment variables.</param>
    /// <returns>The exit status, see <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, IAnsiConsole? console = null, IConfiguration? configuration = null)
    {
        var output = console ?? AnsiConsole.Console;
        if (console is null && Console.IsOutputRedirected)
        {
            output.Profile.Width = WidthOfFiles;
        }

        var parsed = Create(output, configuration ?? new ConfigurationBuilder().AddEnvironmentVariables().Build()).Parse(args);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output.Profile.Out.Writer,
                Error = output.Profile.Out.Writer,
            });
        }
        catch (Exception e) when (e is NoConnectionException or MasterKeyException or Npgsql.NpgsqlException or IOException)
        {
            output.MarkupLineInterpolated($"[red]{e.Message}[/]");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Whether these arguments mean a command for people, not the host: the host takes settings as arguments.</summary>
    public static bool IsCommand(string[] args) =>
        args is ["--help" or "-h" or "-?" or "--version", ..] or ["serve", "--help" or "-h" or "-?"] || (args is [not "serve", ..] && !args[0].StartsWith('-'));

    private static RootCommand Create(IAnsiConsole console, IConfiguration configuration)
    {
        var root = new RootCommand(
            """
            Referrals along agreed service chains: the operators' commands.

            The database is that of ConnectionStrings__Owner (or ConnectionStrings__App), else the private one of ./run in the folder that
            --data names (.data). Without a command the workers' host is served.
            """)
        {
            Serve(), NetworkCommand.Create(console, configuration), ChainCommand.Create(console), ShowCommands.Referral(console, configuration),
            ShowCommands.Assignment(console, configuration), ClientCommand.Create(console, configuration), UserCommand.Create(console, configuration), DriveCommand.Create(console),
            DemoCommand.Create(console, configuration), ReviewCommand.Create(console, configuration), AuditCommand.Create(console, configuration), ScreenCommand.Create(console),
            KeysCommand.Create(console, configuration), EraseCommand.Create(console, configuration), RetentionCommand.Create(console, configuration),
        };
        return root;
    }

    private static Command Serve()
    {
        var serve = new Command("serve", "Serve the workers' host: relay, consumers, due dates; settings as arguments, such as --Referrals:Broker=amqp://…")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        serve.SetAction(async (parsed, ct) =>
        {
            await WorkersHost.Build([.. parsed.UnmatchedTokens]).RunAsync(ct);
            return ExitCodes.Fine;
        });
        return serve;
    }
}
