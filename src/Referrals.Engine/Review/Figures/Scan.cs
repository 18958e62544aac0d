using System.Buffers;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>Says to which group the rows of a part's cell belong. A struct, so that loops over thousands of cells are compiled for it.</summary>
internal interface IKey<TSelf>
    where TSelf : struct, IKey<TSelf>
{
    /// <summary>Number of groups.</summary>
    int Groups { get; }

    /// <summary>The cells of a part that it looks at.</summary>
    static abstract IPartCells Cells(ReviewPart part);

    /// <summary>For each row of a part the row of its case, those of one case together; null where every row is a case of its own.</summary>
    static abstract int[]? Owners(ReviewPart part);

    /// <summary>The key with the cells of a part at hand.</summary>
    TSelf On(ReviewPart part);

    /// <summary>The group of a cell, or a negative number where it does not count.</summary>
    int Of(int cell);
}

/// <summary>Says what is measured of each row.</summary>
internal interface IValue<TSelf>
    where TSelf : struct, IValue<TSelf>
{
    /// <summary>The value with the columns of a part at hand.</summary>
    TSelf On(ReviewPart part);

    /// <summary>The value of a row, in seconds.</summary>
    uint Of(int row);
}

/// <summary>
/// Goes through all parts, on several processors where it is worth it. Counts come from cells alone; values are taken row by row, each once.
/// </summary>
internal static class Scan
{
    private const int WorthSharing = 200_000;

    /// <summary>Adds up the visits of each group.</summary>
    public static VisitTally[] Tally<TKey>(ReviewTable table, TKey key)
        where TKey : struct, IKey<TKey>
    {
        var (rerouted, sums) = (IndexOf(table.Reasons, "rerouted"), new VisitTally[key.Groups]);
        foreach (var part in table.Parts)
        {
            var (of, cells) = (key.On(part), part.VisitCells);
            for (var cell = 0; cell < cells.Sizes.Length; cell++)
            {
                if (of.Of(cell) is >= 0 and var group)
                {
                    sums[group].Add(cells, cell, rerouted);
                }
            }
        }

        return sums;
    }

    /// <summary>Counts the rows of each group.</summary>
    public static int[] Count<TKey>(ReviewTable table, TKey key)
        where TKey : struct, IKey<TKey>
    {
        var counts = new int[key.Groups];
        foreach (var part in table.Parts)
        {
            Count(counts, key.On(part), TKey.Cells(part).Sizes);
        }

        return counts;
    }

    /// <summary>Puts the values of each group next to each other. To be disposed of.</summary>
    /// <param name="table">Table.</param>
    /// <param name="key">Groups.</param>
    /// <param name="value">What is measured.</param>
    /// <param name="together">Whether several groups are looked at as one, too.</param>
    public static Gathered Gather<TKey, TValue>(ReviewTable table, TKey key, TValue value, bool together = false)
        where TKey : struct, IKey<TKey>
        where TValue : struct, IValue<TValue>
    {
        var shares = Shares<TKey>(table);
        var (next, counts) = (new int[shares.Length][], new GroupCount[shares.Length][]);
        for (var share = 0; share < shares.Length; share++)
        {
            (next[share], counts[share]) = (new int[key.Groups], new GroupCount[key.Groups + (together ? 1 : 0)]);
            foreach (var part in shares[share])
            {
                Count(next[share], key.On(part), TKey.Cells(part).Sizes);
            }
        }

        var starts = Starts(next, key.Groups);
        var values = Room.Rent(starts[^1]);
        Each(shares.Length, share =>
        {
            var before = 1;
            foreach (var part in shares[share])
            {
                Place(key.On(part), value.On(part), TKey.Cells(part), TKey.Owners(part), before, next[share], values, counts[share]);
                before += part.Cases.Count;
            }
        });
        foreach (var other in counts.AsSpan(1))
        {
            for (var i = 0; i < other.Length; i++)
            {
                counts[0][i].Add(other[i]);
            }
        }

        return new(values, starts, counts[0]);
    }

    /// <summary>Does something for each of a number of groups, on several processors.</summary>
    public static void Each(int count, Action<int> @do)
    {
        if (count == 1)
        {
            @do(0);
        }
        else
        {
            Parallel.For(0, count, @do);
        }
    }

    private static void Count<TKey>(int[] counts, TKey of, int[] sizes)
        where TKey : struct, IKey<TKey>
    {
        for (var cell = 0; cell < sizes.Length; cell++)
        {
            if (of.Of(cell) is >= 0 and var group)
            {
                counts[group] += sizes[cell];
            }
        }
    }

    // Where each group begins, and behind them where the last one ends. What was counted becomes where each share's values of a group go.
    private static int[] Starts(int[][] counts, int groups)
    {
        var (starts, total) = (new int[groups + 1], 0);
        for (var group = 0; group < groups; group++)
        {
            starts[group] = total;
            foreach (var share in counts)
            {
                (share[group], total) = (total, total + share[group]);
            }
        }

        starts[groups] = total;
        return starts;
    }

    // Takes the values of a part, and how far those of each group are of different cases; behind them, where asked for, those of all groups.
    private static void Place<TKey, TValue>(
        TKey key, TValue told, IPartCells cells, int[]? owners, int before, int[] next, uint[] values, GroupCount[] counts)
        where TKey : struct, IKey<TKey>
        where TValue : struct, IValue<TValue>
    {
        var (sizes, of) = (cells.Sizes, cells.Of);
        var groups = ArrayPool<int>.Shared.Rent(sizes.Length);
        var counting = false;
        for (var cell = 0; cell < sizes.Length; cell++)
        {
            groups[cell] = key.Of(cell);
            counting |= groups[cell] >= 0;
        }

        var together = counts.Length > next.Length;
        var all = counts.Length == 0 ? default : counts[^1];
        for (var row = 0; counting && row < of.Length; row++)
        {
            if (groups[of[row]] is >= 0 and var group)
            {
                values[next[group]++] = told.Of(row);
                if (owners is not null)
                {
                    counts[group].Add(before + owners[row]);
                    if (together)
                    {
                        all.Add(before + owners[row]);
                    }
                }
            }
        }

        if (together)
        {
            counts[^1] = all;
        }

        ArrayPool<int>.Shared.Return(groups);
    }

    // Each processor gets some of the parts, one after the other.
    private static ReviewPart[][] Shares<TKey>(ReviewTable table)
        where TKey : struct, IKey<TKey>
    {
        ReviewPart[] parts = [.. table.Parts];
        var rows = parts.Sum(part => (long)TKey.Cells(part).Of.Length);
        return rows < WorthSharing ? [parts] : [.. parts.Chunk((parts.Length + Environment.ProcessorCount - 1) / Environment.ProcessorCount)];
    }

    private static int IndexOf(IReadOnlyList<string> reasons, string code)
    {
        for (var i = 0; i < reasons.Count; i++)
        {
            if (reasons[i] == code)
            {
                return i;
            }
        }

        return -1;
    }
}
