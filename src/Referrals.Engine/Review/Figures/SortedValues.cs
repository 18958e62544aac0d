using System.Numerics;
using System.Runtime.InteropServices;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// Sorts many whole numbers digit by digit (radix sort), which takes less than selecting a few of them from among all: each of the millions is
/// moved three times, and nothing is compared. Where they are sorted already, that is seen at once.
/// </summary>
internal static class SortedValues
{
    private const int Bits = 11;
    private const int Digits = 1 << Bits;

    /// <summary>Sorts them.</summary>
    public static void Sort(Span<uint> values)
    {
        if (IsSorted(values))
        {
            return;
        }

        Span<int> counts = stackalloc int[3 * Digits];
        Count(values, counts);
        var scratch = Room.Rent(values.Length);
        var from = values;
        var to = scratch.AsSpan(0, values.Length);
        for (var digit = 0; digit < 3; digit++)
        {
            var places = counts.Slice(digit * Digits, Digits);
            if (places[(int)(from[0] >> (digit * Bits)) & (Digits - 1)] == values.Length)
            {
                // All have the same digit here.
                continue;
            }

            Move(from, to, places, digit * Bits);
            var moved = to;
            to = from;
            from = moved;
        }

        if (from != values)
        {
            from.CopyTo(values);
        }

        Room.Return(scratch);
    }

    private static void Count(ReadOnlySpan<uint> values, Span<int> counts)
    {
        var low = counts[..Digits];
        var middle = counts.Slice(Digits, Digits);
        var high = counts.Slice(2 * Digits, Digits);
        foreach (var value in values)
        {
            low[(int)value & (Digits - 1)]++;
            middle[(int)(value >> Bits) & (Digits - 1)]++;
            high[(int)(value >> (2 * Bits))]++;
        }
    }

    private static void Move(ReadOnlySpan<uint> from, Span<uint> to, Span<int> places, int shift)
    {
        var next = 0;
        foreach (ref var place in places)
        {
            (place, next) = (next, next + place);
        }

        foreach (var value in from)
        {
            to[places[(int)(value >> shift) & (Digits - 1)]++] = value;
        }
    }

    private static bool IsSorted(ReadOnlySpan<uint> values)
    {
        var at = 0;
        ref var first = ref MemoryMarshal.GetReference(values);
        for (; Vector.IsHardwareAccelerated && at + Vector<uint>.Count < values.Length; at += Vector<uint>.Count)
        {
            if (Vector.GreaterThanAny(Vector.LoadUnsafe(ref first, (nuint)at), Vector.LoadUnsafe(ref first, (nuint)at + 1)))
            {
                return false;
            }
        }

        for (at = Math.Max(at, 1); at < values.Length; at++)
        {
            if (values[at - 1] > values[at])
            {
                return false;
            }
        }

        return true;
    }
}
