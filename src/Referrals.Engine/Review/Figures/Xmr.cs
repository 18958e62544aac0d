namespace Referrals.Engine.Review.Figures;

/// <summary>What makes a point of a control chart a signal rather than chance.</summary>
public enum XmrRule
{
    /// <summary>It lies beyond a limit.</summary>
    BeyondLimit,

    /// <summary>It is the last of two of three in a row that lie beyond two thirds of the way to the same limit.</summary>
    TwoOfThree,

    /// <summary>It is the last of four of five in a row that lie beyond one third of the way to the same limit.</summary>
    FourOfFive,

    /// <summary>It is the last of at least eight in a row on the same side of the centre.</summary>
    RunOfEight,
}

/// <summary>A signal.</summary>
/// <param name="Index">Index of its point, from 0.</param>
/// <param name="Rule">What makes it one.</param>
/// <param name="Above">Whether it lies above the centre.</param>
public sealed record XmrSignal(int Index, XmrRule Rule, bool Above);

/// <summary>Centre and natural limits.</summary>
/// <param name="Center">Mean of the points.</param>
/// <param name="Lower">Lower limit; may lie below zero.</param>
/// <param name="Upper">Upper limit.</param>
/// <param name="MeanRange">Mean moving range: how much a point differs from the one before.</param>
public sealed record XmrLimits(double Center, double Lower, double Upper, double MeanRange);

/// <summary>A change that lasts: values in a row, each beyond the same natural limit of all values before it.</summary>
/// <param name="Index">Index of the first of them, from 0.</param>
/// <param name="Last">Index of the last of them.</param>
/// <param name="Above">Whether they lie above.</param>
public sealed record XmrChange(int Index, int Last, bool Above);

/// <summary>
/// Control chart of individuals and moving ranges (Shewhart; Wheeler, "Understanding Variation"): what lies within the mean ± 2.66 mean moving ranges is
/// the usual coming and going; a signal is not. Rules as of Western Electric (1956). Points without a value are passed over.
/// </summary>
public static class Xmr
{
    /// <summary>The fewest points from which limits are drawn.</summary>
    public const int FewestPoints = 6;

    private const double Scale = 2.66;
    private const int Run = 8;
    private const int FewestChanged = 2;
    private const int StillLatest = 3;

    /// <summary>The limits; null with fewer than <see cref="FewestPoints"/> points.</summary>
    /// <param name="values">Points in order.</param>
    public static XmrLimits? Limits(IReadOnlyList<double?> values)
    {
        var known = values.OfType<double>().ToList();
        if (known.Count < FewestPoints)
        {
            return null;
        }

        var range = 0.0;
        for (var i = 1; i < known.Count; i++)
        {
            range += Math.Abs(known[i] - known[i - 1]);
        }

        range /= known.Count - 1;
        var center = known.Average();
        return new(center, center - (Scale * range), center + (Scale * range), range);
    }

    /// <summary>
    /// The change that the latest values show, or null: at least two values in a row that end among the latest three. The months of a long change would
    /// otherwise widen the limits over themselves, so that what was usual before it looks like the exception.
    /// </summary>
    /// <param name="values">Points in order.</param>
    public static XmrChange? Change(IReadOnlyList<double?> values)
    {
        var known = Enumerable.Range(0, values.Count).Where(i => values[i] is not null).ToList();
        var before = known.Select((_, i) => Limits([.. known.Take(i).Select(k => values[k])])).ToList();
        for (var last = known.Count - 1; last >= Math.Max(0, known.Count - StillLatest); last--)
        {
            foreach (var above in (bool[])[true, false])
            {
                var first = last + 1;
                while (first > 0 && before[first - 1] is { } limits && (above ? values[known[first - 1]] > limits.Upper : values[known[first - 1]] < limits.Lower))
                {
                    first--;
                }

                if (last - first + 1 >= FewestChanged)
                {
                    return new(known[first], known[last], above);
                }
            }
        }

        return null;
    }

    /// <summary>All signals in the order of their points; a point may be one by several rules.</summary>
    /// <param name="values">Points in order.</param>
    /// <param name="limits">Limits, of these points or of earlier ones.</param>
    public static IReadOnlyList<XmrSignal> Signals(IReadOnlyList<double?> values, XmrLimits limits)
    {
        var sigma = (limits.Upper - limits.Center) / 3;
        var points = values.Select((v, i) => (Value: v, Index: i)).Where(p => p.Value is not null).Select(p => (Off: p.Value!.Value - limits.Center, p.Index)).ToList();
        var signals = new List<XmrSignal>();
        for (var i = 0; i < points.Count; i++)
        {
            foreach (var above in (bool[])[true, false])
            {
                signals.AddRange(Rules(points, i, above ? 1 : -1, sigma).Select(rule => new XmrSignal(points[i].Index, rule, above)));
            }
        }

        return signals;
    }

    private static IEnumerable<XmrRule> Rules(List<(double Off, int Index)> points, int at, int side, double sigma)
    {
        if (points[at].Off * side > 3 * sigma)
        {
            yield return XmrRule.BeyondLimit;
        }

        if (Beyond(points, at, side, 2 * sigma, 3) >= 2)
        {
            yield return XmrRule.TwoOfThree;
        }

        if (Beyond(points, at, side, sigma, 5) >= 4)
        {
            yield return XmrRule.FourOfFive;
        }

        if (Beyond(points, at, side, 0, Run) == Run)
        {
            yield return XmrRule.RunOfEight;
        }
    }

    // How many of the last few lie beyond a distance; none when the point itself does not.
    private static int Beyond(List<(double Off, int Index)> points, int at, int side, double distance, int of)
    {
        if (points[at].Off * side <= distance)
        {
            return 0;
        }

        var count = 0;
        for (var i = Math.Max(0, at - of + 1); i <= at; i++)
        {
            count += points[i].Off * side > distance ? 1 : 0;
        }

        return count;
    }
}
