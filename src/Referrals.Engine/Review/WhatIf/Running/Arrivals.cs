using Referrals.Engine.Review.WhatIf.Model;

namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>A referral that starts.</summary>
/// <param name="At">When.</param>
/// <param name="Chain">Index of its chain.</param>
/// <param name="Key">Name of its random numbers.</param>
/// <param name="Version">Version of the chain; 0: the current one.</param>
internal readonly record struct Arrival(double At, int Chain, ulong Key, int Version = 0);

/// <summary>Makes the referrals that start: the same ones in two variants, as far as the variants let as many start.</summary>
internal static class Arrivals
{
    // Referrals start while offices are open.
    private const double Opens = 8.0 / 24;
    private const double Open = 8.0 / 24;

    public static List<Arrival> Make(NetworkModel model, IReadOnlyList<CompiledChain> chains, ulong seed, int from, int until)
    {
        var made = new List<Arrival>();
        foreach (var chain in chains)
        {
            var key = Draw.Key(seed, chain.Hash);
            for (var day = from; day < until; day++)
            {
                var ofDay = Draw.Key(key, (ulong)day);
                var mean = chain.Model.Arrivals.On(model.Days.Date(day));
                var count = Draw.Poisson(Draw.Uniform(ofDay, Purpose.Count), mean * Crowd(ofDay, chain.Model.Arrivals.Crowding, mean));
                for (var i = 0; i < count; i++)
                {
                    var own = Draw.Key(ofDay, (ulong)i + 1);
                    made.Add(new(day + Opens + (Open * Draw.Uniform(own, Purpose.Moment)), chain.Index, own));
                }
            }
        }

        made.Sort((a, b) => a.At.CompareTo(b.At));
        return made;
    }

    /// <summary>The mean number of referrals that start.</summary>
    public static double Expected(NetworkModel model, int from, int until) =>
        model.Chains.Sum(c => Enumerable.Range(from, until - from).Sum(day => c.Arrivals.On(model.Days.Date(day))));

    // Days differ by a log-normal factor of mean 1 beside chance.
    private static double Crowd(ulong key, double crowding, double mean)
    {
        if (crowding <= 1 || mean <= 0)
        {
            return 1;
        }

        var variance = Math.Log(1 + ((crowding - 1) / mean));
        return Math.Exp((Math.Sqrt(variance) * Normal.Quantile(Math.Clamp(Draw.Uniform(key, Purpose.Crowd), 1e-9, 1 - 1e-9))) - (variance / 2));
    }
}
