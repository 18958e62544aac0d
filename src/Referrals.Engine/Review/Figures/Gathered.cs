namespace Referrals.Engine.Review.Figures;

/// <summary>Values by group.</summary>
/// <param name="values">Values, those of a group together.</param>
/// <param name="starts">Where each group begins, and behind them where the last one ends.</param>
/// <param name="counts">How far the values of each group, and behind them perhaps all values, are of different cases.</param>
internal sealed class Gathered(uint[] values, int[] starts, GroupCount[] counts) : IDisposable
{
    /// <summary>Number of groups.</summary>
    public int Groups => starts.Length - 1;

    /// <summary>The values of a group; free to be put in another order.</summary>
    public Measured this[int group] => new(values.AsSpan(starts[group], N(group)), counts[group].Repeats, counts[group].Most);

    /// <summary>All values, of one group or of several that were gathered to be looked at together.</summary>
    /// <exception cref="InvalidOperationException">They were not gathered for that.</exception>
    public Measured All => Groups == 1 || counts.Length > Groups
        ? new(values.AsSpan(0, starts[^1]), counts[^1].Repeats, counts[^1].Most)
        : throw new InvalidOperationException("several groups were not gathered to be looked at together");

    /// <summary>How many values there are.</summary>
    public int Total => starts[^1];

    /// <summary>How many values a group has.</summary>
    public int N(int group) => starts[group + 1] - starts[group];

    /// <summary>What is told of each group.</summary>
    public Durations[] Durations(SmallNumbers law)
    {
        var told = new Durations[Groups];
        ForEach(group => told[group] = law.Durations(this[group]));
        return told;
    }

    /// <summary>The median of each group in days, where it is told.</summary>
    public double?[] Medians(SmallNumbers law)
    {
        var told = new double?[Groups];
        ForEach(group => told[group] = law.Percentile(this[group], 0.5));
        return told;
    }

    /// <inheritdoc/>
    public void Dispose() => Room.Return(values);

    private void ForEach(Action<int> @do)
    {
        if (starts[^1] < 50_000)
        {
            for (var group = 0; group < Groups; group++)
            {
                @do(group);
            }
        }
        else
        {
            Scan.Each(Groups, @do);
        }
    }
}
