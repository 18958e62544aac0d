namespace Referrals.Benchmarks.Measuring;

/// <summary>A figure over all rounds.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Rounds">Each round's.</param>
internal sealed record Spread(double Median, double Min, double Max, IReadOnlyList<double> Rounds)
{
    /// <summary>The spread of one figure per round.</summary>
    public static Spread Of(IEnumerable<double> rounds)
    {
        var all = rounds.ToList();
        var sorted = all.Order().ToList();
        var middle = sorted.Count / 2;
        var median = sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1], all);
    }

    /// <summary>The ratios of two things measured in the same rounds, round by round.</summary>
    public static Spread Ratio(Spread subject, Spread floor) => Of(subject.Rounds.Zip(floor.Rounds, (s, f) => s / f));
}
