using System.Numerics;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// Percentiles, by one definition everywhere: linear interpolation between order statistics at (n − 1)·p, which is type 7 of Hyndman and
/// Fan (1996, The American Statistician 50), the default of R, NumPy and spreadsheets.
/// </summary>
public static class Percentiles
{
    // A pivot is the median of three; after this many rounds per doubling of the length the rest is sorted, so that no order of the values is slow.
    private const int RoundsPerDoubling = 4;
    private const int Few = 24;

    /// <summary>A percentile, found by selection in linear time, not by sorting.</summary>
    /// <param name="values">The values, none of them NaN; they are put in another order.</param>
    /// <param name="share">Which one: 0 is the least, 0.5 the median, 1 the greatest.</param>
    /// <returns>The percentile in the unit of the values; null if there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share does not lie between 0 and 1.</exception>
    public static double? Of<T>(Span<T> values, double share)
        where T : struct, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (double.IsNaN(share))
        {
            throw new ArgumentOutOfRangeException(nameof(share));
        }

        if (values.IsEmpty)
        {
            return null;
        }

        var place = (values.Length - 1) * share;
        var below = (int)place;
        var low = double.CreateChecked(Select(values, below));
        var part = place - below;
        return part == 0 ? low : low + (part * (double.CreateChecked(Least(values[(below + 1)..])) - low));
    }

    /// <summary>The value that would have this index if the values were sorted.</summary>
    /// <param name="values">The values, none of them NaN; afterwards nothing before the index is greater, nothing after it is less.</param>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such index.</exception>
    public static T Select<T>(Span<T> values, int index)
        where T : struct, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, values.Length);
        var (from, to) = (0, values.Length - 1);
        for (var rounds = RoundsPerDoubling * BitOperations.Log2((uint)values.Length); to - from > Few && rounds > 0; rounds--)
        {
            var (left, right) = Part(values, from, to);
            if (index <= left)
            {
                to = left;
            }
            else if (index >= right)
            {
                from = right;
            }
            else
            {
                return values[index];
            }
        }

        values[from..(to + 1)].Sort();
        return values[index];
    }

    // Afterwards: up to left nothing is greater than the pivot, from right on nothing is less, between them all equal it.
    private static (int Left, int Right) Part<T>(Span<T> values, int from, int to)
        where T : struct, INumber<T>
    {
        var pivot = Middle(values[from], values[from + ((to - from) / 2)], values[to]);
        var (left, right) = (from, to);
        while (left <= right)
        {
            while (values[left] < pivot)
            {
                left++;
            }

            while (values[right] > pivot)
            {
                right--;
            }

            if (left <= right)
            {
                (values[left], values[right]) = (values[right], values[left]);
                left++;
                right--;
            }
        }

        return (right, left);
    }

    private static T Middle<T>(T a, T b, T c)
        where T : struct, INumber<T> => T.Max(T.Min(a, b), T.Min(T.Max(a, b), c));

    private static T Least<T>(ReadOnlySpan<T> values)
        where T : struct, INumber<T>
    {
        var least = values[0];
        foreach (var value in values)
        {
            least = value < least ? value : least;
        }

        return least;
    }
}
