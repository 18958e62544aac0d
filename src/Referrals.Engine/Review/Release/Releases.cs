using System.Runtime.InteropServices;

namespace Referrals.Engine.Review.Release;

/// <summary>
/// Says with which month each ended visit and each finished case counts. Those of one kind are released in batches as large as the threshold, in the
/// order of the log: until its batch is full none of it counts; from then on all of it counts, with the month of its latest. Every figure is
/// therefore a sum over whole batches, and so is the difference of any two figures, whatever filters, periods and days they were asked
/// with: none stands for fewer than the threshold. What counts are cases: several visits of one case count as one towards a batch.
/// </summary>
/// <typeparam name="TKind">What makes two of one kind: everything that figures are filtered or broken down by.</typeparam>
/// <param name="threshold">Size of a batch; 1 releases everything at once.</param>
public sealed class Releases<TKind>(int threshold)
    where TKind : struct, IEquatable<TKind>
{
    private readonly SettledMonths _settled = new();
    private readonly EndedSoFar<TKind> _collected = new();
    private readonly Dictionary<TKind, List<(int Index, ushort Month, int Whose)>> _waiting = [];

    /// <summary>The latest position of the log that is settled.</summary>
    public long Until => _settled.Latest;

    /// <summary>Notes one that ended, in any order; what is settled already counts once.</summary>
    /// <param name="position">Position in the log of the event that ended it, unique.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="month">Month in which it ended.</param>
    /// <param name="whose">A hash of its case: two cases with the same one only wait a little longer.</param>
    public void Collect(long position, TKind kind, ushort month, int whose)
    {
        if (position > Until)
        {
            _collected.Add(position, new(kind, month, whose));
        }
    }

    /// <summary>Settles what was collected. Everything that ended between the last time and now must have been.</summary>
    public void Settle()
    {
        foreach (var (position, (kind, month, whose)) in _collected.TakeAll())
        {
            var index = _settled.Add(position);
            ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, kind, out _);
            waiting ??= new List<(int, ushort, int)>(Math.Min(threshold, 16));
            waiting.Add((index, month, whose));
            if (waiting.Count >= threshold && IsFull(waiting))
            {
                Release(waiting);
            }
        }
    }

    /// <summary>The month with which what ended at a position counts; 0: not yet.</summary>
    /// <exception cref="InvalidOperationException">Nothing was collected for it.</exception>
    public ushort MonthOf(long position) => _settled.Find(position) ?? throw new InvalidOperationException("what ended there was not collected");

    private bool IsFull(List<(int Index, ushort Month, int Whose)> batch)
    {
        var cases = new HashSet<int>(batch.Count);
        foreach (var (_, _, whose) in batch)
        {
            cases.Add(whose);
        }

        return cases.Count >= threshold;
    }

    private void Release(List<(int Index, ushort Month, int Whose)> batch)
    {
        var latest = batch.Max(b => b.Month);
        foreach (var (index, _, _) in batch)
        {
            _settled.Set(index, latest);
        }

        batch.Clear();
    }
}
