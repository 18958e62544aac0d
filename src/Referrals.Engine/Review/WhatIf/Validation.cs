using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;
using Referrals.Engine.Review.WhatIf.Fitting;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Review.WhatIf.Running;

namespace Referrals.Engine.Review.WhatIf;

/// <summary>A figure that was predicted, and what it came to be.</summary>
/// <param name="Scope">What it tells of.</param>
/// <param name="Measure">What is measured.</param>
/// <param name="Predicted">Predicted, with its interval.</param>
/// <param name="Observed">What it came to be.</param>
public sealed record Prediction(ResultScope Scope, Measure Measure, Estimate Predicted, double Observed)
{
    /// <summary>Difference as a share of what was observed; not a number where that is nothing.</summary>
    public double Error => Observed == 0 ? double.NaN : (Predicted.Mean - Observed) / Observed;
}

/// <summary>How far predictions of a measure were off.</summary>
/// <param name="Measure">What was predicted.</param>
/// <param name="Count">Number of predictions.</param>
/// <param name="Mape">Mean of the absolute errors, each as a share of what was observed.</param>
/// <param name="Wape">Sum of the absolute differences as a share of the sum observed: small numbers weigh little.</param>
public sealed record PredictionError(Measure Measure, int Count, double Mape, double Wape);

/// <summary>What came of predicting a part of the history from what was before it.</summary>
/// <param name="From">Begin of the part predicted.</param>
/// <param name="Until">Its end.</param>
/// <param name="Predictions">Steps, steps at partners and services of partners with enough visits.</param>
/// <param name="Errors">How far off they were, by measure.</param>
public sealed record ValidationResult(DateOnly From, DateOnly Until, IReadOnlyList<Prediction> Predictions, IReadOnlyList<PredictionError> Errors);

/// <summary>
/// Shows what the simulation is worth: fits a model on the first part of a history, goes on from the referrals that ran then, and compares with
/// what happened in the second part, by the same definitions.
/// </summary>
public static class Validation
{
    /// <summary>With fewer visits begun, chance alone makes errors large.</summary>
    public const int FewestVisits = 30;

    private static readonly Measure[] Measures = [Measure.WaitingMedian, Measure.WaitingP90, Measure.Started, Measure.InWork];

    /// <summary>Predicts what happened between two moments from what was known at the first.</summary>
    /// <param name="table">All that is reviewed.</param>
    /// <param name="chains">Versions of the chains.</param>
    /// <param name="begin">Begin of the history (<see cref="Moments"/>).</param>
    /// <param name="middle">Where knowing ends and predicting begins.</param>
    /// <param name="end">End of what is predicted.</param>
    /// <param name="arrivalsAsObserved">Whether referrals start when they really did, each on its version; else as the model has it, on the version known then.</param>
    /// <param name="settings">Runs and seed; days and warm-up are those of the history.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The comparison; null where no referral of the chains had started by the middle.</returns>
    public static ValidationResult? Run(
        ReviewTable table, IReadOnlyList<ChainVersion> chains, uint begin, uint middle, uint end, bool arrivalsAsObserved, SimulationSettings settings, CancellationToken ct = default)
    {
        var known = arrivalsAsObserved ? chains : KnownAt(table, chains, middle);
        if (ModelFit.Fit(table, known, begin, middle, ct) is not { } model)
        {
            return null;
        }

        var network = new CompiledNetwork(model);
        var window = new Window(model.Until, model.Until, model.Days.Of(Math.Min(end, table.AsOf)), GoesOn: true);
        var versions = model.Chains.Select(c => (IReadOnlyList<ChainVersion>)[c.Current, .. c.Earlier]).ToList();
        var happened = new SeenHistory(table, versions, model.Days, Math.Min(end, table.AsOf)).Cases().ToList();
        var gathered = new Gathered(settings.Replications);
        var figures = new Running.Figures(network, window.Until - window.From);
        for (var replication = 0; replication < settings.Replications; replication++)
        {
            var seed = Simulator.SeedOf(settings, replication);
            var run = new Replication(network, window);
            run.Run(arrivalsAsObserved ? Observed(happened, window, seed) : Arrivals.Make(model, network.Chains, seed, (int)Math.Ceiling(window.Begins), (int)window.Until), seed, ct);
            foreach (var (scope, values) in figures.Of(run.Tallies, run.Cases))
            {
                gathered.Add(0, replication, scope, values);
            }
        }

        var observed = figures.Of(Count(network, happened, window), [.. network.Chains.Select(_ => new CaseTally())]).ToDictionary(f => f.Scope, f => f.Values);
        return Compare(model.Days, window, gathered.Rows(), observed);
    }

    private static List<ChainVersion> KnownAt(ReviewTable table, IReadOnlyList<ChainVersion> chains, uint middle)
    {
        var seen = table.Parts.SelectMany(p => Enumerable.Range(0, p.Cases.Count).Where(i => p.Cases.Started[i] < middle).Select(i => p.Cases.Chain[i])).ToHashSet();
        return [.. chains.Where(c => seen.Any(i => table.Chains[i].Id == c.Id && table.Chains[i].Version == c.Version))];
    }

    private static List<Arrival> Observed(List<SeenCase> happened, Window window, ulong seed) =>
    [
        .. happened.Select((c, i) => (Case: c, Key: Draw.Key(seed, (ulong)i + 1))).Where(c => window.Has(c.Case.Started)).OrderBy(c => c.Case.Started)
            .Select(c => new Arrival(c.Case.Started, c.Case.Chain, c.Key, c.Case.Version)),
    ];

    private static Tally[] Count(CompiledNetwork network, List<SeenCase> happened, Window window)
    {
        var rows = network.Places.Select((p, i) => (p, i)).ToDictionary(p => p.p, p => p.i);
        Tally[] tallies = [.. network.Places.Select(_ => new Tally())];
        foreach (var seen in happened)
        {
            foreach (var visit in seen.Visits)
            {
                if (rows.TryGetValue(new(network.Chains[seen.Chain].Model.Current.Id.Value, visit.Step, visit.Partner), out var row))
                {
                    Count(tallies[row], visit, window);
                }
            }
        }

        return tallies;
    }

    private static void Count(Tally tally, SeenVisit visit, Window window)
    {
        var end = visit.Watched(window.Until);
        tally.DaysWaiting += window.Overlap(visit.Offered, double.IsNaN(visit.Started) ? end : visit.Started);
        if (!double.IsNaN(visit.Started))
        {
            tally.DaysInWork += window.Overlap(visit.Started, end);
            if (window.Has(visit.Started))
            {
                tally.Waits.Add(visit.Started - visit.Offered);
            }
        }
    }

    private static ValidationResult Compare(WorkingDays days, Window window, IReadOnlyList<ResultRow> rows, Dictionary<ResultScope, double[]> observed)
    {
        var predictions = new List<Prediction>();
        foreach (var row in rows.Where(r => (r.Scope.Step ?? r.Scope.Service) is not null))
        {
            if (observed[row.Scope][(int)Measure.Started] >= FewestVisits)
            {
                predictions.AddRange(Measures.Where(m => row[m]?.Baseline is not null)
                    .Select(m => new Prediction(row.Scope, m, row[m]!.Baseline!, observed[row.Scope][(int)m])));
            }
        }

        return new(days.Date(window.From), days.Date(window.Until), predictions, [.. Measures.Select(m => ErrorOf(m, predictions)).OfType<PredictionError>()]);
    }

    // By step at partner, so that nothing counts twice.
    private static PredictionError? ErrorOf(Measure measure, List<Prediction> predictions)
    {
        var those = predictions.Where(p => p.Measure == measure && p.Scope is { Step: not null, Partner: not null } && double.IsFinite(p.Error)).ToList();
        return those.Count == 0 ? null : new(
            measure, those.Count, those.Average(p => Math.Abs(p.Error)), those.Sum(p => Math.Abs(p.Predicted.Mean - p.Observed)) / those.Sum(p => p.Observed));
    }
}
