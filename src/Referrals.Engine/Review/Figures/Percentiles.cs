using System.Numerics;
using System.Runtime.InteropServices;

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

    // From here on sorting digit by digit is faster, and the next percentile of the same values costs nothing.
    private const int Many = 1_000;

    /// <summary>A percentile, found by selection in linear time, not by sorting.</summary>
    /// <param name="values">The values, none of them NaN; they are put in another order.</param>
    /// <param name="share">Which one: 0 is the least, 0.5 the median, 1 the greatest.</param>
    /// <param name="width">Over how many order statistics around it the mean is taken; 1: it is the percentile itself.</param>
    /// <returns>The percentile in the unit of the values; null if there are fewer than the width.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share does not lie between 0 and 1, or the width is less than 1.</exception>
    public static double? Of<T>(Span<T> values, double share, int width = 1)
        where T : struct, INumber<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        if (double.IsNaN(share))
        {
            throw new ArgumentOutOfRangeException(nameof(share));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        return values.Length < width ? null : Around(values, (values.Length - 1) * share, width);
    }

    /// <summary>The mean of some order statistics around a place; the two at its ends count in part where the place lies between two.</summary>
    /// <param name="values">The values, none of them NaN, at least as many as the width; they are put in another order.</param>
    /// <param name="place">Index from 0, as if the values were sorted.</param>
    /// <param name="width">How many; where some of them would lie outside, the nearest that do not.</param>
    public static double Around<T>(Span<T> values, double place, int width)
        where T : struct, INumber<T>
    {
        var from = Math.Clamp(place - ((width - 1) / 2.0), 0, values.Length - width);
        var first = (int)from;
        var part = from - first;
        var low = double.CreateChecked(Select(values, first));
        var rest = values[(first + 1)..];
        if (width == 1)
        {
            return part == 0 ? low : low + (part * (double.CreateChecked(Least(rest)) - low));
        }

        var last = part == 0 ? width - 2 : width - 1;
        var sum = ((1 - part) * low) + ((part == 0 ? 1 : part) * double.CreateChecked(Select(rest, last)));
        foreach (var value in rest[..last])
        {
            sum += double.CreateChecked(value);
        }

        return sum / width;
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
        if (values.Length >= Many && typeof(T) == typeof(uint))
        {
            SortedValues.Sort(MemoryMarshal.Cast<T, uint>(values));
            return values[index];
        }

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
