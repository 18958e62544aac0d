using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Referrals.Workers.Commands.Demo;

/// <summary><c>referrals demo history</c>.</summary>
public static class DemoCommand
{
    private static readonly Option<int> Months = new("--months") { Description = "How many months", DefaultValueFactory = _ => 24 };
    private static readonly Option<long> Seed = new("--seed") { Description = "Decides what everybody does", DefaultValueFactory = _ => 1 };
    private static readonly Option<int?> Referrals = new("--referrals") { Description = $"How many referrals; {HistoryOrder.PerMonth} a month unless given" };
    private static readonly Option<DateOnly?> Until = new("--until") { Description = "The last day (YYYY-MM-DD); today unless given" };

    /// <summary>The commands for data to look at.</summary>
    internal static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var history = new Command(
            "history",
            """
            Play months of a whole network into a fresh database, through the real engine on a virtual clock.

            About thirty partners with habits, holidays, illness and full desks; one slowly becomes the bottleneck, and one chain gets a better
            version halfway. The same seed and end give the same history. Loads the demo network first where it is missing; refuses where
            there are referrals already, or while the product runs.

            Examples:
              ./referrals demo history
              ./referrals demo history --months 6 --referrals 900 --seed 3 --until 2026-06-30
            """)
        {
            Months, Seed, Referrals, Until,
        };
        Between(Months, 1, 120);
        history.Validators.Add(r =>
        {
            if (r.GetValue(Referrals) is < 1 or > 1_000_000)
            {
                r.AddError($"{Referrals.Name} is from 1 to 1,000,000");
            }
        });
        history.SetAction((parsed, ct) => RunAsync(
            console, configuration, Order(parsed.GetValue(Months), parsed.GetValue(Seed), parsed.GetValue(Referrals), parsed.GetValue(Until), TimeProvider.System), ct));
        return new Command("demo", "Data to look at") { history };
    }

    /// <summary>Plays a history where there is no referral yet, as <c>./run --history</c> asks; says so in a line where there are.</summary>
    /// <param name="configuration">Where the database is, and in <c>Referrals:History:Months</c>, <c>:Seed</c> and <c>:Referrals</c> what is played.</param>
    /// <param name="ct">Ends it early.</param>
    /// <exception cref="InvalidOperationException">It could not be played.</exception>
    public static async Task PlayOnceAsync(IConfiguration configuration, CancellationToken ct)
    {
        if (await DemoHistory.HasReferralsAsync(configuration, ct))
        {
            if (await DemoHistory.WasEndedEarlyAsync(configuration, ct))
            {
                throw new InvalidOperationException("A history was ended early in this folder and can't be continued. Remove the folder, or choose another one with --data.");
            }

            AnsiConsole.WriteLine("There are referrals already, so no history is played; for a fresh one choose another folder with --data.");
            return;
        }

        var order = Order(
            configuration.GetValue("Referrals:History:Months", 24), configuration.GetValue("Referrals:History:Seed", 1L),
            configuration.GetValue<int?>("Referrals:History:Referrals"), null, TimeProvider.System);
        if (await RunAsync(AnsiConsole.Console, configuration, order, ct) != ExitCodes.Fine)
        {
            throw new InvalidOperationException("the history could not be played");
        }
    }

    private static HistoryOrder Order(int months, long seed, int? referrals, DateOnly? until, TimeProvider time)
    {
        // To the hour, so that the same day gives the same history whatever the minute.
        var now = time.GetUtcNow();
        var end = until is { } day ? OfficeTime.At(day, 11) : new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero);
        return new HistoryOrder(months, seed, referrals ?? (months * HistoryOrder.PerMonth), end);
    }

    private static void Between(Option<int> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) && (number < least || number > most))
        {
            result.AddError($"{option.Name} is from {least} to {most}");
        }
    });

    private static async Task<int> RunAsync(IAnsiConsole console, IConfiguration configuration, HistoryOrder order, CancellationToken ct)
    {
        try
        {
            var result = await WithProgressAsync(console, order, progress => new DemoHistory(configuration, order).RunAsync(progress, ct));
            Write(console, result);
            return ExitCodes.Fine;
        }
        catch (HistoryException e)
        {
            console.MarkupLineInterpolated($"[red]{e.Message}[/]");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            console.MarkupLine("[red]Ended early: the database holds a part of the history. Begin again in a fresh folder.[/]");
            return ExitCodes.Failed;
        }
    }

    private static Task<HistoryResult> WithProgressAsync(IAnsiConsole console, HistoryOrder order, Func<Action<HistoryProgress>, Task<HistoryResult>> run) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async progress =>
            {
                var task = progress.AddTask("a history begins", maxValue: (order.Until - order.From).TotalHours);
                var began = TimeProvider.System.GetTimestamp();
                var result = await run(now =>
                {
                    var minutes = Math.Max(TimeProvider.System.GetElapsedTime(began).TotalMinutes, 0.001);
                    task.Value = (now.At - order.From).TotalHours;
                    task.Description = string.Create(
                        CultureInfo.InvariantCulture, $"{now.At:yyyy-MM-dd}  {now.Started} of {order.Referrals} started, {now.Finished} finished, {now.Started / minutes:0}/min");
                });
                task.Value = task.MaxValue;
                return result;
            });

    private static void Write(IAnsiConsole console, HistoryResult result)
    {
        var invariant = CultureInfo.InvariantCulture;
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"History, seed {result.Order.Seed}").AddColumn(new TableColumn("").RightAligned());
        table.AddRow("from", result.Order.From.ToString("yyyy-MM-dd", invariant));
        table.AddRow("until", result.Order.Until.ToString("yyyy-MM-dd", invariant));
        table.AddRow("referrals", (result.Finished + result.Open).ToString(invariant));
        table.AddRow("finished", result.Finished.ToString(invariant));
        table.AddRow("open", result.Open.ToString(invariant));
        table.AddRow("events", result.Events.ToString(invariant));
        table.AddRow("took", string.Create(invariant, $"{result.Took.TotalSeconds:0.0} s"));
        table.AddRow("referrals/min", result.PerMinute.ToString("0", invariant));
        console.Write(table);
    }
}
