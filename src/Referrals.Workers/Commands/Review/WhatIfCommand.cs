using System.CommandLine;
using System.Globalization;
using Referrals.Engine.Chains;
using Referrals.Engine.Review;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf;
using Referrals.Workers.Hosting;
using Spectre.Console;
using ValidationResult = Referrals.Engine.Review.WhatIf.ValidationResult;

namespace Referrals.Workers.Commands.Review;

/// <summary><c>referrals review what-if --validate</c>: says what the simulation is worth on this network's own history.</summary>
internal static class WhatIfCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly Option<bool> Validate = new("--validate") { Description = "Predict the second half of the history from the first", Required = true };
    private static readonly Option<string?> Chain = new("--chain") { Description = "Print the steps of this chain only" };
    private static readonly Option<int> Runs = new("--replications") { Description = "How many runs", DefaultValueFactory = _ => 30 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Where the random numbers begin", DefaultValueFactory = _ => 1 };

    /// <summary>The command.</summary>
    public static Command Create(IAnsiConsole console, IConfiguration configuration)
    {
        var command = new Command(
            "what-if",
            """
            Fit the simulation on the first half of the history, go on from the referrals that ran then, and compare with the second half.

            Prints for each step at each partner with at least 30 visits what was predicted and what happened (working days, numbers), and the mean
            absolute percentage error (MAPE) and the error as a share of the sum (WAPE): once with the referrals that really came, once with
            predicted ones. All chains are simulated, as they share partners; --chain only chooses what is printed.

            Examples:
              ./referrals review what-if --validate
              ./referrals review what-if --validate --chain arbeit-mit-kind
            """)
        {
            Validate, Chain, Runs, Seed,
        };
        command.SetAction((parsed, ct) => RunAsync(
            console, configuration, parsed.GetValue(Chain), new() { Replications = Math.Clamp(parsed.GetValue(Runs), 1, SimulationSettings.MostReplications), Seed = parsed.GetValue(Seed) }, ct));
        return command;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, IConfiguration configuration, string? chain, SimulationSettings settings, CancellationToken ct)
    {
        await using var session = new EngineSession(configuration, TimeProvider.System);
        await using var store = new ReviewStore(HistoryRegistration.Database(configuration));
        using var own = new OwnReview(store, session.Chains, (configuration.GetSection("Review").Get<ReviewOptions>() ?? new ReviewOptions()).Checked(), TimeProvider.System);
        if (await own.LatestAsync(Patience, ct) is not { } table || Begin(table) is not { } begin)
        {
            console.MarkupLine("[red]There is no history to be read yet: start the workers, or build it with ./referrals review rebuild.[/]");
            return ExitCodes.Failed;
        }

        var chains = await ChainsAsync(table, session.Chains, ct);
        var middle = begin + ((table.AsOf - begin) / 2);
        foreach (var observed in new[] { true, false })
        {
            if (Validation.Run(table, chains, begin, middle, table.AsOf, observed, settings, ct) is { } result)
            {
                Write(console, result, chain, observed);
            }
        }

        return ExitCodes.Fine;
    }

    private static uint? Begin(ReviewTable table)
    {
        var starts = table.Parts.SelectMany(p => p.Cases.Started.Take(p.Cases.Count)).ToList();
        return starts.Count == 0 ? null : starts.Min();
    }

    private static async Task<List<ChainVersion>> ChainsAsync(ReviewTable table, ChainService chains, CancellationToken ct)
    {
        var found = new List<ChainVersion>();
        foreach (var chain in table.Chains)
        {
            if (await chains.FindAsync(chain.Id, chain.Version, ct) is { } known)
            {
                found.Add(known.Version);
            }
        }

        return found;
    }

    private static void Write(IAnsiConsole console, ValidationResult result, string? chain, bool observed)
    {
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.From:yyyy-MM-dd} to {result.Until:yyyy-MM-dd}, with {(observed ? "the referrals that came" : "predicted referrals")}: predicted / observed"));
        var table = new Table().AddColumns("step", "partner", "begun", "wait median", "wait p90", "in work");
        foreach (var place in result.Predictions.Where(p => p.Scope is { Step: not null, Partner: not null } && (chain is null || p.Scope.Chain == chain)).GroupBy(p => p.Scope))
        {
            string Cell(Measure measure) => place.FirstOrDefault(p => p.Measure == measure) is { } p
                ? string.Create(CultureInfo.InvariantCulture, $"{p.Predicted.Mean:F1} / {p.Observed:F1}")
                : "–";
            table.AddRow(
                Markup.Escape($"{place.Key.Chain} {place.Key.Step}"), Markup.Escape(place.Key.Partner!),
                Cell(Measure.Started), Cell(Measure.WaitingMedian), Cell(Measure.WaitingP90), Cell(Measure.InWork));
        }

        console.Write(table);
        foreach (var error in result.Errors)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{error.Measure}: MAPE {error.Mape:P0}, WAPE {error.Wape:P0} over {error.Count} steps at partners"));
        }
    }
}
