namespace Referrals.Engine.Review.Figures;

/// <summary>A value with its 95 % interval.</summary>
internal readonly record struct Estimate(double Value, double Lower, double Upper)
{
    private const double Normal = 1.959963984540054;

    /// <summary>
    /// A median in days with the interval between two order statistics (Conover 1999), each told like a percentile; null where the law of small
    /// numbers does not tell the median or one of its ends.
    /// </summary>
    public static Estimate? Median(SmallNumbers law, in Measured values)
    {
        var (n, width) = (values.Length, law.Width(values));
        var lower = (int)Math.Floor((n / 2.0) - (Normal * Math.Sqrt(n) / 2));
        if (lower < width || law.Percentile(values, 0.5) is not { } median)
        {
            return null;
        }

        return new(median, law.Days(Percentiles.Around(values.Seconds, lower - 1, width)), law.Days(Percentiles.Around(values.Seconds, n - lower, width)));
    }

    /// <summary>A share with Wilson's interval (1927, JASA 22); null of none.</summary>
    public static Estimate? Share(ShareOf share)
    {
        if (share.Share is not { } p)
        {
            return null;
        }

        double n = share.Of;
        var (z, center) = (Normal * Normal / n, p + (Normal * Normal / (2 * n)));
        var width = Normal * Math.Sqrt((p * (1 - p) / n) + (z / (4 * n)));
        return new(p, Math.Max(0, (center - width) / (1 + z)), Math.Min(1, (center + width) / (1 + z)));
    }

    /// <summary>
    /// The second less the first, its interval taken from those of the two (Newcombe 1998, Statistics in Medicine 17; for any estimates Zou and
    /// Donner 2008, ibid. 27).
    /// </summary>
    public static Estimate? Difference(Estimate? first, Estimate? second)
    {
        if (first is not { } a || second is not { } b)
        {
            return null;
        }

        var difference = b.Value - a.Value;
        return new(
            difference,
            difference - Math.Sqrt(Math.Pow(b.Value - b.Lower, 2) + Math.Pow(a.Upper - a.Value, 2)),
            difference + Math.Sqrt(Math.Pow(b.Upper - b.Value, 2) + Math.Pow(a.Value - a.Lower, 2)));
    }
}

/// <summary>How much a measure differs between two periods or versions.</summary>
/// <param name="Value">The second less the first; null where one of the two is not told.</param>
/// <param name="Lower">Lower end of its 95 % interval; null where too few stand for one.</param>
/// <param name="Upper">Upper end of it.</param>
public sealed record Difference(double? Value, double? Lower, double? Upper)
{
    /// <summary>Whether it is more than chance: the interval does not hold 0.</summary>
    public bool IsBeyondChance => Lower > 0 || Upper < 0;

    internal static Difference Of(double? first, double? second, Estimate? interval) =>
        new(second - first is { } value ? Math.Round(value, 4) : null, interval is { } i ? Math.Round(i.Lower, 4) : null, interval is { } j ? Math.Round(j.Upper, 4) : null);
}
