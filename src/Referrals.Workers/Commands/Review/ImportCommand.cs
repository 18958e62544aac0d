using System.CommandLine;
using System.Globalization;
using Referrals.Engine;
using Referrals.Engine.Review.Logs;
using Spectre.Console;

namespace Referrals.Workers.Commands.Review;

/// <summary><c>referrals review import</c>.</summary>
internal static class ImportCommand
{
    private static readonly Argument<FileInfo> File = new("FILE") { Description = "XES (.xes), OCEL 2.0 (.jsonocel, .json) or a table (.csv), also packed (.gz)" };
    private static readonly Option<string?> Name = new("--name") { Description = "What to call it: lower-case letters, digits and hyphens; else after the file" };
    private static readonly Option<string?> Title = new("--title") { Description = "What people call it; else the file's name" };
    private static readonly Option<string?> ObjectType = new("--object-type") { Description = "OCEL: which objects are the cases; else the type with the most events" };
    private static readonly Option<string?> Separator = new("--separator") { Description = "Table: one character, or tab; else recognised" };
    private static readonly Option<string?> Zone = new("--time-zone") { Description = "Where clocks stood for times without an offset; else Europe/Berlin" };
    private static readonly Option<string?> TimeFormat = new("--time-format") { Description = "How times are written, such as \"MM/dd/yyyy HH:mm\"; ISO 8601 and German ones need none" };

    private static readonly IReadOnlyList<(LogColumn Column, Option<string?> Option)> Columns =
        [.. Enum.GetValues<LogColumn>().Select(c => (c, new Option<string?>("--" + c.ToString().ToLowerInvariant()) { Description = Describe(c) }))];

    /// <summary>The command.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command(
            "import",
            """
            Import an event log and print the name that it is kept under. What had to be left out or guessed is said on standard error.

            Examples:
              ./referrals review import permits.xes.gz
              ./referrals review import tickets.csv --case "Ticket No" --activity Step --time "Done at" --group Team
              ./referrals review import orders.jsonocel --object-type order --name orders
            """)
        {
            File, Name, Title, ObjectType, Separator, Zone, TimeFormat,
        };
        foreach (var (_, option) in Columns)
        {
            command.Add(option);
        }

        command.SetAction((parsed, ct) => ImportAsync(console, configuration, parsed, ct));
        return command;
    }

    private static string Describe(LogColumn column) => column switch
    {
        LogColumn.Case => "Column or key of the case",
        LogColumn.Activity => "… of what was done",
        LogColumn.Time => "… of when",
        LogColumn.Resource => "… of who did it",
        LogColumn.Group => "… of the group or organisation",
        LogColumn.Transition => "… of start, complete …",
        LogColumn.Instance => "… of the run of the activity",
        LogColumn.Start => "… of when the case began",
        LogColumn.End => "… of when the case ended",
        _ => "… of until when the case should have ended",
    };

    private static async Task<int> ImportAsync(IAnsiConsole console, IConfiguration configuration, ParseResult parsed, CancellationToken ct)
    {
        var (file, name) = (parsed.GetValue(File)!, parsed.GetValue(Name));
        if (name is not null && !Codes.IsCode(name))
        {
            return LogCommands.Fail(console, "The name is to be lower-case letters, digits and hyphens.");
        }

        try
        {
            // Before the file is read, so that what is wrong with the database shows at once.
            await using var session = new EngineSession(configuration, TimeProvider.System);
            await session.MigrateAsync(ct);
            LogReading reading;
            await using (var content = file.OpenRead())
            {
                reading = EventLogReader.Read(content, file.Name, Options(parsed), ct);
            }

            await TellAsync(reading);
            var title = parsed.GetValue(Title) ?? file.Name;
            if (await session.ReviewLogs.AddAsync(name ?? ReviewLogStore.NameOf(file.Name), name is not null, title, LogCommands.Keeper(configuration), reading, ct) is not { } kept)
            {
                return LogCommands.Fail(console, $"There is a log {name} already.");
            }

            console.Profile.Out.Writer.WriteLine(kept);
            return ExitCodes.Fine;
        }
        catch (Exception e) when (e is LogFormatException or UnauthorizedAccessException or TimeZoneNotFoundException or InvalidTimeZoneException or FormatException)
        {
            return LogCommands.Fail(console, e is LogFormatException ? $"{file.Name}: {e.Message}" : e.Message);
        }
    }

    private static LogOptions Options(ParseResult parsed)
    {
        var options = new LogOptions
        {
            Columns = Columns.Where(c => parsed.GetValue(c.Option) is not null).ToDictionary(c => c.Column, c => parsed.GetValue(c.Option)!),
            ObjectType = parsed.GetValue(ObjectType),
            TimeFormat = parsed.GetValue(TimeFormat),
            Separator = parsed.GetValue(Separator) switch
            {
                null => null,
                "tab" or "\\t" => '\t',
                [var one] when !char.IsLetterOrDigit(one) && one != '"' => one,
                _ => throw new FormatException("The separator is to be one character that is no letter, digit or quotation mark, or tab."),
            },
        };
        return parsed.GetValue(Zone) is { } zone ? options with { Zone = TimeZoneInfo.FindSystemTimeZoneById(zone) } : options;
    }

    // On standard error, so that a script gets nothing but the name.
    private static async Task TellAsync(LogReading reading)
    {
        foreach (var note in reading.Notes)
        {
            await Console.Error.WriteLineAsync(note);
        }

        foreach (var warning in reading.Warnings)
        {
            var line = warning.Line is { } first ? string.Create(CultureInfo.InvariantCulture, $" (first in line {first})") : "";
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{warning.Count} ×{line}: {warning.Text}"));
        }
    }
}
