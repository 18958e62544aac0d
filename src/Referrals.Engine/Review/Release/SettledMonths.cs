namespace Referrals.Engine.Review.Release;

/// <summary>The month for each settled position of the log, in blocks: nothing is copied when it grows, and ten bytes hold one of millions.</summary>
internal sealed class SettledMonths
{
    private const int BlockBits = 14;
    private const int Block = 1 << BlockBits;

    private readonly List<long[]> _positions = [];
    private readonly List<ushort[]> _months = [];
    private int _count;

    /// <summary>The latest position; 0 when there is none.</summary>
    public long Latest { get; private set; }

    /// <summary>Adds a position behind all others, with no month yet; gives its index.</summary>
    public int Add(long position)
    {
        if (_count >> BlockBits == _positions.Count)
        {
            _positions.Add(new long[Block]);
            _months.Add(new ushort[Block]);
        }

        Latest = _positions[_count >> BlockBits][_count & (Block - 1)] = position;
        return _count++;
    }

    /// <summary>Sets the month of an index.</summary>
    public void Set(int index, ushort month) => _months[index >> BlockBits][index & (Block - 1)] = month;

    /// <summary>The month of a position, or null where it was never added.</summary>
    public ushort? Find(long position)
    {
        var (from, to) = (0, _positions.Count);
        while (from < to)
        {
            var middle = (from + to) >> 1;
            (from, to) = _positions[middle][0] <= position ? (middle + 1, to) : (from, middle);
        }

        if (from == 0)
        {
            return null;
        }

        var filled = Math.Min(Block, _count - ((from - 1) << BlockBits));
        var at = Array.BinarySearch(_positions[from - 1], 0, filled, position);
        return at < 0 ? null : _months[from - 1][at];
    }
}
