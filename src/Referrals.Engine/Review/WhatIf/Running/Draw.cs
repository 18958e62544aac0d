namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>
/// Random numbers by name instead of by turn: the number that belongs to a thing (this referral, this step, what it is for) is the same in every
/// run of the same seed, whatever else happens before. So the same referrals meet the same fate in two variants as far as the variants are the
/// same (common random numbers), and their difference shows with far fewer runs.
/// </summary>
internal static class Draw
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>A name within a name.</summary>
    public static ulong Key(ulong of, ulong what) => Mix(of ^ (what * Golden));

    /// <summary>A name from text, the same on every machine (FNV-1a).</summary>
    public static ulong Key(ulong of, string what)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in what)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Key(of, hash);
    }

    /// <summary>Uniform from 0 to below 1.</summary>
    public static double Uniform(ulong key, Purpose what) => (Mix(key + ((ulong)what * Golden)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Exponential with this rate; endless for rate 0.</summary>
    public static double Exponential(ulong key, Purpose what, double rate) =>
        rate <= 0 ? double.PositiveInfinity : -Math.Log(1 - Uniform(key, what)) / rate;

    /// <summary>Which one, with these weights; the last one that weighs anything where rounding leaves none.</summary>
    public static int Weighted(double uniform, ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var (left, last) = (uniform * sum, 0);
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
            {
                last = i;
                left -= weights[i];
                if (left < 0)
                {
                    return i;
                }
            }
        }

        return last;
    }

    /// <summary>Poisson by inversion: the greater the mean the greater the number for the same uniform one.</summary>
    public static int Poisson(double uniform, double mean)
    {
        const double MostInOneGo = 500;
        if (mean > MostInOneGo)
        {
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Normal.Quantile(Math.Clamp(uniform, 1e-12, 1 - 1e-12)))));
        }

        var (count, term) = (0, Math.Exp(-mean));
        for (var sum = term; uniform > sum && term > 0; sum += term)
        {
            term *= mean / ++count;
        }

        return count;
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

/// <summary>What a random number is for.</summary>
internal enum Purpose
{
    Count = 1,
    Crowd,
    Moment,
    Gap,
    Acknowledge,
    Decide,
    Decline,
    Begin,
    Work,
    Outcome,
    ExitWaiting,
    ExitWorking,
    ExitKind,
    Partner,
    DeadEnd,
    Path,
    DropAfter,
}
