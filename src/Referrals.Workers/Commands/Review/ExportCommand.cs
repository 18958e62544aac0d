using System.CommandLine;
using System.IO.Compression;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Review.Logs;
using Spectre.Console;

namespace Referrals.Workers.Commands.Review;

/// <summary><c>referrals review export</c>.</summary>
internal static class ExportCommand
{
    private static readonly Option<string?> Log = new("--log") { Description = "The name of an imported log, see review list" };
    private static readonly Option<string?> Own = new("--own") { Description = "An organisation: its own referrals, instead of an imported log" };
    private static readonly Option<string?> From = new("--from") { Description = "With --own: the first month in which they were started, such as 2026-01; else the latest twelve" };
    private static readonly Option<string?> To = new("--to") { Description = "With --own: the last month" };
    private static readonly Option<string> Format = new("--format") { Description = "xes, ocel (2.0, JSON) or csv", Required = true };
    private static readonly Option<FileInfo> Out = new("--out") { Description = "The file; .gz at the end of its name packs it", Required = true };

    static ExportCommand() => Format.AcceptOnlyFromAmong("xes", "ocel", "csv");

    /// <summary>The command.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command(
            "export",
            """
            Write an imported log, or the referrals that an organisation itself holds, to a file that other programs read.

            With --own every case gets a number by chance; no referral, client or person can be found by it. It is the organisation's own data
            and not cut by small numbers: for its own use, not to be passed on. That it was exported is written down.

            Examples:
              ./referrals review export --log permits --format xes --out permits.xes.gz
              ./referrals review export --own jobcenter-elbtal --from 2026-01 --to 2026-06 --format ocel --out own.jsonocel
            """)
        {
            Log, Own, From, To, Format, Out,
        };
        command.SetAction((parsed, ct) => ExportAsync(console, configuration, parsed, ct));
        return command;
    }

    private static async Task<int> ExportAsync(IAnsiConsole console, IConfiguration configuration, ParseResult parsed, CancellationToken ct)
    {
        var (name, own) = (parsed.GetValue(Log), parsed.GetValue(Own));
        if ((name is null) == (own is null))
        {
            return LogCommands.Fail(console, "Either --log or --own says what is to be exported.");
        }

        var format = Enum.Parse<LogFormat>(parsed.GetValue(Format)!, ignoreCase: true);
        await using var session = new EngineSession(configuration, TimeProvider.System);
        if (own is not null)
        {
            return await ExportOwnAsync(console, session, own, format, parsed, ct);
        }

        return await session.ReviewLogs.FindAsync(name!, ct) is (_, { } log) ? await WriteAsync(console, log, format, parsed.GetValue(Out)!) : LogCommands.NotFound(console, name!);
    }

    private static async Task<int> ExportOwnAsync(IAnsiConsole console, EngineSession session, string own, LogFormat format, ParseResult parsed, CancellationToken ct)
    {
        if (!Codes.IsCode(own) || await session.Organisations.LookUpAsync(new OrganisationId(own), ct) is null)
        {
            return LogCommands.Fail(console, $"There is no organisation {own}.");
        }

        if (HistoryPeriod.Read(parsed.GetValue(From), parsed.GetValue(To), WorkingCalendar.LocalDay(TimeProvider.System.GetUtcNow())) is not { } period)
        {
            return LogCommands.Fail(console, "--from and --to are months such as 2026-01, the first not after the last.");
        }

        var told = await session.OwnHistory.ExportAsync(new LogKeeper(new OrganisationId(own), "command-line"), period, format, ct);
        if (told.Log is null)
        {
            return LogCommands.Fail(console, "No referral of these months was offered to anybody.");
        }

        await Console.Error.WriteLineAsync(FormattableString.Invariant($"{told.Cases} referrals of {own}; {told.LeftOut} that were never offered are left out. For its own use, not to be passed on."));
        return await WriteAsync(console, told.Log, format, parsed.GetValue(Out)!);
    }

    private static async Task<int> WriteAsync(IAnsiConsole console, EventLog log, LogFormat format, FileInfo file)
    {
        try
        {
            await using var plain = file.Create();
            await using Stream to = file.Extension == ".gz" ? new GZipStream(plain, CompressionLevel.Optimal) : plain;
            EventLogWriter.Write(log, format, to);
            return ExitCodes.Fine;
        }
        catch (UnauthorizedAccessException e)
        {
            return LogCommands.Fail(console, e.Message);
        }
    }
}
