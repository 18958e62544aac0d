using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Referrals.Engine.Review.Reading;
using Referrals.Workers.Hosting;
using Spectre.Console;

namespace Referrals.Workers.Commands.Review;

/// <summary><c>referrals review rebuild</c>: builds the read side anew from the log while the old one is read on.</summary>
internal static class RebuildCommand
{
    /// <summary>The command.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command(
            "rebuild",
            """
            Build what the review reads anew from the log. Meanwhile the old one is read and follows; when the new one has caught up it takes
            its place at once. Can be interrupted (Ctrl-C, kill): the next one goes on where this one was.

            Examples:
              ./referrals review rebuild
            """);
        command.SetAction(async (_, ct) =>
        {
            await using var session = new EngineSession(configuration, TimeProvider.System);
            await session.MigrateAsync(ct);
            var watch = Stopwatch.StartNew();
            var shown = new Shown(watch);
            try
            {
                var live = await RunAsync(console, new ReviewRebuild(HistoryRegistration.Database(configuration)), shown, ct);
                return live is null ? Busy(console) : Done(console, live, shown, watch.Elapsed);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                console.MarkupLine("[yellow]Interrupted. The old one stays; the next rebuild goes on from the last checkpoint.[/]");
                return ExitCodes.Failed;
            }
        });
        return command;
    }

    private static Task<Generation?> RunAsync(IAnsiConsole console, ReviewRebuild rebuild, Shown shown, CancellationToken ct) => console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .StartAsync(async progress =>
        {
            shown.Task = progress.AddTask("reading the log");
            return await Task.Run(() => rebuild.RunAsync(shown, ct), ct);
        });

    private static int Busy(IAnsiConsole console)
    {
        console.MarkupLine("[yellow]It is being built already, by another process.[/]");
        return ExitCodes.Failed;
    }

    private static int Done(IAnsiConsole console, Generation live, Shown shown, TimeSpan took)
    {
        console.Profile.Out.Writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"generation={live.Number} events={shown.Events} seconds={took.TotalSeconds:F1} eventsPerSecond={shown.Events / took.TotalSeconds:F0}"));
        return ExitCodes.Fine;
    }

    // The bar, with the events of a second so far.
    private sealed class Shown(Stopwatch watch) : IProgress<RebuildProgress>
    {
        public ProgressTask? Task { get; set; }

        public long Events { get; private set; }

        public void Report(RebuildProgress value)
        {
            Events = value.Events;
            if (Task is { } task)
            {
                (task.MaxValue, task.Value) = (Math.Max(value.Aim, 1), value.Position);
                task.Description = string.Create(CultureInfo.InvariantCulture, $"generation {value.Generation}: {value.Events / watch.Elapsed.TotalSeconds:N0} events/s");
            }
        }
    }
}
