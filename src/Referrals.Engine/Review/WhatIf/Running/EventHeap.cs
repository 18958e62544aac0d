namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>What happens next: a heap with four children per node, ordered by time and then by the order in which it was put in.</summary>
internal sealed class EventHeap
{
    private const int Arity = 4;

    private Entry[] _entries = new Entry[1024];
    private long _sequence;

    public int Count { get; private set; }

    public void Clear()
    {
        _entries.AsSpan(0, Count).Clear();
        (Count, _sequence) = (0, 0);
    }

    /// <summary>Time of the next one; endless when there is none.</summary>
    public double NextAt => Count == 0 ? double.PositiveInfinity : _entries[0].At;

    public void Add(double at, SimVisit visit)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        var entry = new Entry(at, _sequence++, visit, visit.Stamp);
        var place = Count++;
        while (place > 0 && entry.IsBefore(_entries[(place - 1) / Arity]))
        {
            _entries[place] = _entries[(place - 1) / Arity];
            place = (place - 1) / Arity;
        }

        _entries[place] = entry;
    }

    /// <summary>Takes the next one out.</summary>
    /// <returns>Whether it still counts: nothing else happened to the visit since it was put in.</returns>
    public bool Take(out double at, out SimVisit visit)
    {
        var first = _entries[0];
        var last = _entries[--Count];
        _entries[Count] = default;
        if (Count > 0)
        {
            SiftDown(last);
        }

        (at, visit) = (first.At, first.Visit);
        return first.Stamp == visit.Stamp;
    }

    private void SiftDown(Entry entry)
    {
        var place = 0;
        while (true)
        {
            var child = (place * Arity) + 1;
            if (child >= Count)
            {
                break;
            }

            var least = child;
            for (var other = child + 1; other < Math.Min(child + Arity, Count); other++)
            {
                least = _entries[other].IsBefore(_entries[least]) ? other : least;
            }

            if (!_entries[least].IsBefore(entry))
            {
                break;
            }

            _entries[place] = _entries[least];
            place = least;
        }

        _entries[place] = entry;
    }

    private readonly record struct Entry(double At, long Sequence, SimVisit Visit, int Stamp)
    {
        public bool IsBefore(in Entry other) => At < other.At || (At == other.At && Sequence < other.Sequence);
    }
}
