using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// What may be told of a group. Counts need no decision: they are sums over whole batches, or over what <see cref="Shown"/> lets show. A mean or a
/// total stands for all of its group; a percentile is one value of it, which is told only where at least the threshold lie on each side.
/// </summary>
/// <param name="Threshold">The fewest that a number may stand for; 1 tells everything.</param>
internal readonly record struct SmallNumbers(int Threshold)
{
    private const double Rounding = 1e-9;

    public bool TellsMean(int n) => n >= Math.Max(1, Threshold);

    public bool TellsPercentile(int n, double share) =>
        Threshold <= 1 ? n > 0 : (n * Math.Min(share, 1 - share)) + Rounding >= Threshold;

    /// <summary>A percentile of seconds in days, or null. Puts the values in another order.</summary>
    public double? Percentile(Span<uint> seconds, double share) =>
        TellsPercentile(seconds.Length, share) ? Days(Percentiles.Of(seconds, share)!.Value) : null;

    /// <summary>Seconds in days, to two digits: nobody needs more than a quarter of an hour.</summary>
    public double Days(double seconds) => Threshold <= 1 ? seconds / Moments.Day : Math.Round(seconds / Moments.Day, 2);

    /// <summary>Durations in short. Puts the values in another order.</summary>
    public Durations Durations(Span<uint> seconds)
    {
        if (!TellsMean(seconds.Length))
        {
            return Figures.Durations.None;
        }

        ulong total = 0;
        foreach (var value in seconds)
        {
            total += value;
        }

        return new(seconds.Length, Days(total), Days((double)total / seconds.Length), Percentile(seconds, 0.5), Percentile(seconds, 0.9));
    }
}
