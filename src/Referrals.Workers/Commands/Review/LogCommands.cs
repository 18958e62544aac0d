using System.CommandLine;
using System.Globalization;
using Referrals.Engine.Review.Logs;
using Spectre.Console;

namespace Referrals.Workers.Commands.Review;

/// <summary><c>referrals review</c>, for event logs of other programs and what can be measured in them.</summary>
internal static class LogCommands
{
    private static readonly Argument<string> Name = new("NAME") { Description = "The log's name" };
    private static readonly Option<string> Log = new("--log") { Description = "The log's name, see review list", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "As one JSON object" };
    private static readonly Option<string?> Until = new("--until") { Description = "Also how long it takes to this activity, open cases among them" };

    /// <summary>The commands.</summary>
    public static IEnumerable<Command> All(IAnsiConsole console, IConfiguration configuration) =>
        [ImportCommand.Create(console, configuration), List(console, configuration), Figures(console, configuration), ExportCommand.Create(console, configuration), Delete(console, configuration)];

    /// <summary>The command line, which stands in the list of the network's operator.</summary>
    public static LogKeeper Keeper(IConfiguration configuration) => new(ClientCommand.Operator(configuration), "command-line");

    /// <summary>Says why something was not done.</summary>
    public static int Fail(IAnsiConsole console, string why)
    {
        console.MarkupLineInterpolated($"[red]{why}[/]");
        return ExitCodes.Failed;
    }

    private static Command List(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command("list", "List the imported logs");
        command.SetAction(async (_, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            var table = new Table().Border(TableBorder.Rounded).AddColumns("Name", "Title", "Format", "Cases", "Events", "Activities", "Warnings", "Imported", "By");
            foreach (var log in await session.ReviewLogs.ListAsync(ct))
            {
                table.AddRow(
                    log.Name, Markup.Escape(log.Title), ReviewLogStore.Code(log.Format), Number(log.Cases), Number(log.Events), Number(log.Activities),
                    Number(log.Warnings.Sum(w => w.Count)), log.ImportedAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Markup.Escape(log.ImportedBy));
            }

            console.Write(table);
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Figures(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command(
            "figures",
            """
            Measure an imported log: counts, variants, waiting between activities, changes of hands. docs/event-logs.md defines each figure.

            Examples:
              ./referrals review figures --log wabo-receipt
              ./referrals review figures --log wabo-receipt --json --until "T05 Print and send confirmation of receipt"
            """)
        {
            Log, Json, Until,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var (name, until) = (parsed.GetValue(Log)!, parsed.GetValue(Until));
            await using var session = new EngineSession(configuration, TimeProvider.System);
            if (await session.ReviewLogs.FindAsync(name, ct) is not (_, { } log))
            {
                return NotFound(console, name);
            }

            if (until is not null && !log.Activities.Contains(until))
            {
                return Fail(console, $"No event of {name} has the activity {until}.");
            }

            var (figures, survival) = (LogFigures.Of(log), until is null ? null : LogSurvival.Of(log, until));
            FiguresText.Write(console, figures, survival, parsed.GetValue(Json));
            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Delete(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command("delete", "Delete an imported log") { Name };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            var name = parsed.GetValue(Name)!;
            if (!await session.ReviewLogs.DeleteAsync(name, Keeper(configuration), ct))
            {
                return NotFound(console, name);
            }

            console.MarkupLineInterpolated($"{name} is deleted.");
            return ExitCodes.Fine;
        });
        return command;
    }

    /// <summary>Says that there is no such log.</summary>
    public static int NotFound(IAnsiConsole console, string name) => Fail(console, $"There is no log {name}; see ./referrals review list.");

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
