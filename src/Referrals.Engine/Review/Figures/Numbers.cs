namespace Referrals.Engine.Review.Figures;

/// <summary>How many of how many.</summary>
/// <param name="Count">Those meant.</param>
/// <param name="Of">All.</param>
public sealed record ShareOf(int Count, int Of)
{
    /// <summary>The share from 0 to 1; null of none.</summary>
    public double? Share => Of == 0 ? null : (double)Count / Of;
}

/// <summary>Durations in short. What too few stand for is null.</summary>
/// <param name="N">How many there are.</param>
/// <param name="Total">All together, in days of the page's unit.</param>
/// <param name="Mean">Mean in days.</param>
/// <param name="Median">Median in days.</param>
/// <param name="P90">What nine of ten do not exceed, in days.</param>
public sealed record Durations(int N, double? Total, double? Mean, double? Median, double? P90)
{
    /// <summary>None.</summary>
    public static Durations None { get; } = new(0, null, null, null, null);
}

/// <summary>A month of a series.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="N">How many count with it.</param>
/// <param name="Value">The figure; null where too few stand for it.</param>
public sealed record MonthValue(DateOnly Month, int N, double? Value);

/// <summary>A percentile.</summary>
/// <param name="Share">Which one, from 0 to 1.</param>
/// <param name="Days">Its value; null where fewer than the threshold lie on one of its sides.</param>
public sealed record PercentileValue(double Share, double? Days);
