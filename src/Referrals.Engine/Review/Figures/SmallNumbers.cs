using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// What may be told of a group. Counts need no decision: they are sums over whole batches, or over what <see cref="Shown"/> lets show. A mean or a
/// total stands for all of its group; a percentile is told as the mean of so many values around it that they are of the threshold of different
/// cases, and only where at least as many lie on each side.
/// </summary>
/// <param name="Threshold">The fewest cases that a number may stand for; 1 tells everything.</param>
internal readonly record struct SmallNumbers(int Threshold)
{
    private const double Rounding = 1e-9;

    /// <summary>
    /// How many of a group's values are surely of at least the threshold of different cases, whichever they are: no case has more than
    /// <see cref="Measured.Most"/> of them, and only <see cref="Measured.Repeats"/> of them are of a case that has another.
    /// </summary>
    public int Width(in Measured values) =>
        Threshold <= 1 ? 1 : (int)Math.Min(((Threshold - 1L) * Math.Max(values.Most, 1)) + 1, (long)Threshold + values.Repeats);

    public bool TellsMean(in Measured values) => values.Length - values.Repeats >= Math.Max(1, Threshold);

    public bool TellsPercentile(in Measured values, double share) =>
        Threshold <= 1 ? values.Length > 0 : (values.Length * Math.Min(share, 1 - share)) + Rounding >= Width(values);

    /// <summary>A percentile of seconds in days, or null. Puts the values in another order.</summary>
    public double? Percentile(in Measured values, double share) =>
        TellsPercentile(values, share) ? Days(Percentiles.Of(values.Seconds, share, Width(values))!.Value) : null;

    /// <summary>Seconds in days, to two digits: nobody needs more than a quarter of an hour.</summary>
    public double Days(double seconds) => Threshold <= 1 ? seconds / Moments.Day : Math.Round(seconds / Moments.Day, 2);

    /// <summary>Durations in short. Puts the values in another order.</summary>
    public Durations Durations(in Measured values)
    {
        if (!TellsMean(values))
        {
            return Figures.Durations.None;
        }

        ulong total = 0;
        foreach (var value in values.Seconds)
        {
            total += value;
        }

        return new(values.Length, Days(total), Days((double)total / values.Length), Percentile(values, 0.5), Percentile(values, 0.9));
    }
}
