using System.Buffers;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>Says to which group each row of a part belongs. A struct, so that loops over millions of rows are compiled for it.</summary>
internal interface IKey<TSelf>
    where TSelf : struct, IKey<TSelf>
{
    /// <summary>Number of groups.</summary>
    int Groups { get; }

    /// <summary>Number of rows of a part.</summary>
    static abstract int Rows(ReviewPart part);

    /// <summary>For each row of a part the row of its case, those of one case together; null where every row is a case of its own.</summary>
    static abstract int[]? Owners(ReviewPart part);

    /// <summary>The key with the columns of a part at hand.</summary>
    TSelf On(ReviewPart part);

    /// <summary>The group of a row, or a negative number where it does not count.</summary>
    int Of(int row);
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

/// <summary>Adds rows up.</summary>
internal interface ITally<TSelf>
    where TSelf : struct, ITally<TSelf>
{
    /// <summary>Adds a row.</summary>
    void Add(in TallyColumns columns, int row);

    /// <summary>Adds another sum.</summary>
    void Add(in TSelf other);
}

/// <summary>Goes through all parts, on several processors where it is worth it.</summary>
internal static class Scan
{
    private const int WorthSharing = 200_000;

    /// <summary>Adds up the visits of each group.</summary>
    public static TTally[] Tally<TKey, TTally>(ReviewTable table, TKey key)
        where TKey : struct, IKey<TKey>
        where TTally : struct, ITally<TTally>
    {
        var rerouted = IndexOf(table.Reasons, "rerouted");
        var shares = Shares(table);
        var sums = new TTally[shares.Length][];
        Each(shares.Length, s =>
        {
            var sum = sums[s] = new TTally[key.Groups];
            foreach (var part in shares[s])
            {
                var (of, columns) = (key.On(part), new TallyColumns(part.Visits.End, part.Visits.Reason, part.Visits.Marks, part.Visits.Round, part.Visits.Attempt, rerouted));
                for (var row = 0; row < TKey.Rows(part); row++)
                {
                    if (of.Of(row) is >= 0 and var group)
                    {
                        sum[group].Add(columns, row);
                    }
                }
            }
        });
        foreach (var other in sums.AsSpan(1))
        {
            for (var i = 0; i < other.Length; i++)
            {
                sums[0][i].Add(other[i]);
            }
        }

        return sums[0];
    }

    /// <summary>Counts the rows of each group.</summary>
    public static int[] Count<TKey>(ReviewTable table, TKey key)
        where TKey : struct, IKey<TKey>
    {
        var counts = Counts(Shares(table), key);
        foreach (var other in counts.AsSpan(1))
        {
            for (var i = 0; i < other.Length; i++)
            {
                counts[0][i] += other[i];
            }
        }

        return counts[0];
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
        var shares = Shares(table);
        var counts = Owned(shares, key, together);
        var next = new int[shares.Length][];
        for (var s = 0; s < shares.Length; s++)
        {
            next[s] = new int[key.Groups];
        }

        var starts = new int[key.Groups + 1];
        var total = 0;
        for (var group = 0; group < key.Groups; group++)
        {
            starts[group] = total;
            for (var s = 0; s < shares.Length; s++)
            {
                (next[s][group], total) = (total, total + counts[s][group].N);
            }
        }

        starts[key.Groups] = total;
        var values = ArrayPool<uint>.Shared.Rent(total);
        Each(shares.Length, s =>
        {
            var at = next[s];
            foreach (var part in shares[s])
            {
                var (of, told) = (key.On(part), value.On(part));
                for (var row = 0; row < TKey.Rows(part); row++)
                {
                    if (of.Of(row) is >= 0 and var group)
                    {
                        values[at[group]++] = told.Of(row);
                    }
                }
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

    private static int[][] Counts<TKey>(ReviewPart[][] shares, TKey key)
        where TKey : struct, IKey<TKey>
    {
        var counts = new int[shares.Length][];
        Each(shares.Length, s =>
        {
            var count = counts[s] = new int[key.Groups];
            foreach (var part in shares[s])
            {
                var of = key.On(part);
                for (var row = 0; row < TKey.Rows(part); row++)
                {
                    if (of.Of(row) is >= 0 and var group)
                    {
                        count[group]++;
                    }
                }
            }
        });
        return counts;
    }

    // The rows of each group and how far they are of different cases; behind them, where asked for, those of all groups.
    private static GroupCount[][] Owned<TKey>(ReviewPart[][] shares, TKey key, bool together)
        where TKey : struct, IKey<TKey>
    {
        var counts = new GroupCount[shares.Length][];
        Each(shares.Length, s =>
        {
            var count = counts[s] = new GroupCount[key.Groups + (together ? 1 : 0)];
            var before = 1;
            foreach (var part in shares[s])
            {
                var (of, owners) = (key.On(part), TKey.Owners(part));
                for (var row = 0; row < TKey.Rows(part); row++)
                {
                    if (of.Of(row) is >= 0 and var group)
                    {
                        var owner = before + (owners is null ? row : owners[row]);
                        count[group].Add(owner);
                        if (together)
                        {
                            count[^1].Add(owner);
                        }
                    }
                }

                before += part.Cases.Count;
            }
        });
        return counts;
    }

    // Each processor gets some of the parts, one after the other.
    private static ReviewPart[][] Shares(ReviewTable table)
    {
        ReviewPart[] parts = [.. table.Parts];
        var rows = 0L;
        foreach (var part in parts)
        {
            rows += part.Visits.Count;
        }

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
