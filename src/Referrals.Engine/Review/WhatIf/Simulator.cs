using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Review.WhatIf.Running;

namespace Referrals.Engine.Review.WhatIf;

/// <summary>
/// Simulates a network as it is and as it would be, many times each, and compares. Pure: the same models, settings and seed give the same result.
/// The same referrals start in both variants and meet the same fate as far as the variants agree (common random numbers).
/// </summary>
public static class Simulator
{
    /// <summary>All that speaks against a run; empty: nothing.</summary>
    public static IReadOnlyList<ScenarioFault> Check(NetworkModel baseline, NetworkModel? scenario, SimulationSettings settings)
    {
        var faults = new List<ScenarioFault>();
        void Range(string path, int value, int least, int most)
        {
            if (value < least || value > most)
            {
                faults.Add(new(path, "out-of-range", $"must lie between {least} and {most}"));
            }
        }

        Range("replications", settings.Replications, 1, SimulationSettings.MostReplications);
        Range("days", settings.Days, 1, SimulationSettings.MostDays);
        Range("warmUp", settings.WarmUp, 0, SimulationSettings.MostDays);
        if (faults.Count == 0)
        {
            var referrals = settings.Replications * (ReferralsOf(baseline, settings) + (scenario is null ? 0 : ReferralsOf(scenario, settings)));
            if (referrals > SimulationSettings.MostReferrals)
            {
                faults.Add(new("replications", "too-much", $"about {referrals:N0} referrals would be simulated; at most {SimulationSettings.MostReferrals:N0} are: take fewer runs or days"));
            }
        }

        return faults;
    }

    /// <summary>Runs and compares.</summary>
    /// <param name="baseline">The network as it is.</param>
    /// <param name="scenario">The network as it would be; null: only as it is.</param>
    /// <param name="settings">How it is run.</param>
    /// <param name="progress">Told the share that is done, 0 to 1, after each run.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="ArgumentException"><see cref="Check"/> has something against it.</exception>
    public static WhatIfResult Run(
        NetworkModel baseline, NetworkModel? scenario, SimulationSettings settings, IProgress<double>? progress = null, CancellationToken ct = default)
    {
        if (Check(baseline, scenario, settings) is [var fault, ..])
        {
            throw new ArgumentException($"{fault.Path}: {fault.Message}", nameof(settings));
        }

        CompiledNetwork[] variants = scenario is null ? [new(baseline)] : [new(baseline), new(scenario)];
        var window = WindowOf(baseline, settings);
        var gathered = new Gathered(settings.Replications);
        var offers = 0L;
        for (var replication = 0; replication < settings.Replications; replication++)
        {
            var seed = SeedOf(settings, replication);
            for (var variant = 0; variant < variants.Length; variant++)
            {
                offers += RunOne(variants[variant], variant, replication, seed, window, gathered, ct);
            }

            progress?.Report((replication + 1.0) / settings.Replications);
        }

        return new(settings, gathered.Rows(), offers);
    }

    internal static ulong SeedOf(SimulationSettings settings, int replication) => Draw.Key(Draw.Key(0, (ulong)settings.Seed), (ulong)replication + 1);

    internal static Window WindowOf(NetworkModel model, SimulationSettings settings)
    {
        var begins = Math.Ceiling(model.Until);
        return new(begins, begins + settings.WarmUp, begins + settings.WarmUp + settings.Days, settings.GoesOn);
    }

    private static long RunOne(CompiledNetwork network, int variant, int replication, ulong seed, Window window, Gathered gathered, CancellationToken ct)
    {
        var run = new Replication(network, window);
        run.Run(Arrivals.Make(network.Model, network.Chains, seed, (int)window.Begins, (int)window.Until), seed, ct);
        foreach (var (scope, values) in new Running.Figures(network, window.Until - window.From).Of(run.Tallies, run.Cases))
        {
            gathered.Add(variant, replication, scope, values);
        }

        return run.Offers;
    }

    private static double ReferralsOf(NetworkModel model, SimulationSettings settings)
    {
        var window = WindowOf(model, settings);
        return Arrivals.Expected(model, (int)window.Begins, (int)window.Until) + (settings.GoesOn ? model.Open.Count : 0);
    }
}
