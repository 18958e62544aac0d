using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Spectre.Console;

namespace Referrals.Workers.Commands;

/// <summary><c>referrals retention</c>: the chains' rules for how long words are kept, what they would erase now, and erasing it.</summary>
internal static class RetentionCommand
{
    private const int Batch = 1000;

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what is due; nothing is erased" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Erase what is due now: it can't be undone" };
    private static readonly Argument<string> Chain = new("CHAIN") { Description = "Code of the chain" };
    private static readonly Option<int?> Months = new("--months") { Description = "After how many months from a referral's end its words are erased, 6 to 120" };
    private static readonly Option<bool> None = new("--none") { Description = "Erase nothing by itself any more" };

    /// <summary>The command.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command(
            "retention",
            """
            How long words are kept: each chain's rule, how many referrals are due by it, and when the oldest of them ended. With --yes erases what is due.

            The workers do it by themselves, once an hour. Erased is as `erase` does it, with the reason retention; partners are told.

            Examples:
              ./referrals retention --dry-run
              ./referrals retention rule arbeit-mit-kind --months 36
            """)
        {
            DryRun, Yes, Rule(console, configuration),
        };
        command.SetAction(async (parsed, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            await ShowAsync(console, session, ct);
            if (parsed.GetValue(Yes) && !parsed.GetValue(DryRun))
            {
                var runs = await session.Retention.RunAsync(Batch, ct);
                console.Profile.Out.Writer.WriteLine($"erased={runs.Sum(r => r.Erased)} left={runs.Sum(r => r.Refused)}");
            }

            return ExitCodes.Fine;
        });
        return command;
    }

    private static Command Rule(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command("rule", "Set a chain's rule in the name of its coordinator, or take it away.\n\nExample:\n  ./referrals retention rule arbeit-mit-kind --months 36") { Chain, Months, None };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(Months) is null == !parsed.GetValue(None))
            {
                console.MarkupLine("[red]Say either --months or --none.[/]");
                return ExitCodes.Failed;
            }

            await using var session = new EngineSession(configuration, TimeProvider.System);
            var id = new ChainId(parsed.GetValue(Chain)!);
            if ((await session.Chains.FindAsync(id, ct))?.Chain.Coordinator is not { } coordinator)
            {
                console.MarkupLineInterpolated($"[red]{ChainRefusal.NotFound.Message}[/]");
                return ExitCodes.Failed;
            }

            var set = new Engine.Chains.ChainCommand.SetRetention(coordinator, parsed.GetValue(Months));
            switch (await session.Chains.DoAsync(new Actor("command-line", coordinator), id, set, null, ct))
            {
                case ChainOutcome.Done:
                    await ShowAsync(console, session, ct);
                    return ExitCodes.Fine;
                case ChainOutcome.Refused refused:
                    console.MarkupLineInterpolated($"[red]{refused.Refusal.Message}[/]");
                    return ExitCodes.Failed;
                case ChainOutcome.Stale:
                    console.MarkupLine("[red]The chain changes at the moment; try again.[/]");
                    return ExitCodes.Failed;
                default:
                    throw new UnreachableException();
            }
        });
        return command;
    }

    private static async Task ShowAsync(IAnsiConsole console, EngineSession session, CancellationToken ct)
    {
        var table = new Table().AddColumns("chain", "rule", "due now", "oldest ended");
        foreach (var line in await session.Retention.LookAsync(null, ct))
        {
            table.AddRow(
                Markup.Escape(line.Chain.Value), line.Months is { } months ? $"{months} months" : "none", line.Due.ToString(CultureInfo.InvariantCulture),
                line.Oldest?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "");
        }

        console.Write(table);
    }
}
