namespace Referrals.Engine.Review.Release;

/// <summary>
/// What ended, gathered in any order and given out by position. Millions at the first start: so in blocks, each of which is sorted by itself and let go
/// when all of it was given out, instead of one list that is copied each time it grows.
/// </summary>
internal sealed class EndedSoFar<TKind>
    where TKind : struct
{
    private const int Block = 1 << 14;

    private readonly List<(long[] Positions, Ended<TKind>[] Ends)> _blocks = [];
    private int _last;

    public void Add(long position, Ended<TKind> ended)
    {
        if (_blocks.Count == 0 || _last == _blocks[^1].Positions.Length)
        {
            // The first block is small: as a rule a handful has ended since the last time.
            var size = _blocks.Count == 0 ? Block / 64 : Block;
            _blocks.Add((new long[size], new Ended<TKind>[size]));
            _last = 0;
        }

        (_blocks[^1].Positions[_last], _blocks[^1].Ends[_last]) = (position, ended);
        _last++;
    }

    /// <summary>All of them by position; afterwards there are none.</summary>
    public IEnumerable<(long Position, Ended<TKind> Ended)> TakeAll()
    {
        var next = new PriorityQueue<(int Block, int At), long>(_blocks.Count);
        for (var block = 0; block < _blocks.Count; block++)
        {
            var (positions, ends) = _blocks[block];
            Array.Sort(positions, ends, 0, CountOf(block));
            next.Enqueue((block, 0), positions[0]);
        }

        while (next.TryDequeue(out var taken, out var position))
        {
            var (block, at) = taken;
            yield return (position, _blocks[block].Ends[at]);
            if (at + 1 < CountOf(block))
            {
                next.Enqueue((block, at + 1), _blocks[block].Positions[at + 1]);
            }
            else
            {
                _blocks[block] = ([], []);
            }
        }

        _blocks.Clear();
    }

    private int CountOf(int block) => block == _blocks.Count - 1 ? _last : _blocks[block].Positions.Length;
}

/// <summary>One that ended: its kind, the month in which it did, and a hash of its case.</summary>
internal readonly record struct Ended<TKind>(TKind Kind, ushort Month, int Whose)
    where TKind : struct;
