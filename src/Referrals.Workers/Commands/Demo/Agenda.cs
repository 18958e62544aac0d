namespace Referrals.Workers.Commands.Demo;

/// <summary>What people mean to do, by time. Whether they still do is asked when the time has come.</summary>
internal sealed class Agenda
{
    private readonly PriorityQueue<Entry, (DateTimeOffset At, long Order)> _entries = new();
    private long _order;
    private DateTimeOffset _now = DateTimeOffset.MinValue;

    /// <summary>Means to do something in a referral.</summary>
    /// <param name="at">When; not before the next hour.</param>
    /// <param name="life">In which.</param>
    /// <param name="deed">What; null when there is no reason any more.</param>
    public void Add(DateTimeOffset at, CaseLife life, Func<DateTimeOffset, Deed?> deed) => Enqueue(at, new Entry(life, deed, null));

    /// <summary>Something beside the referrals happens, before anything else of that hour.</summary>
    public void Add(DateTimeOffset at, Func<DateTimeOffset, CancellationToken, Task> happens) => Enqueue(at, new Entry(null, null, happens));

    /// <summary>Takes everything of the next hour in which there is anything, if that begins before a time.</summary>
    public bool TryTake(DateTimeOffset until, out DateTimeOffset ends, out List<(DateTimeOffset At, Entry Entry)> entries)
    {
        entries = [];
        ends = until;
        if (!_entries.TryPeek(out _, out var first) || first.At >= until)
        {
            return false;
        }

        ends = new DateTimeOffset(first.At.UtcTicks - (first.At.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(1);
        ends = ends > until ? until : ends;
        _now = ends;
        while (_entries.TryPeek(out var entry, out var key) && key.At < ends)
        {
            _entries.Dequeue();
            entries.Add((key.At, entry));
        }

        return true;
    }

    // What would be sooner than the hour that begins is done in its first minutes.
    private void Enqueue(DateTimeOffset at, Entry entry)
    {
        var due = at >= _now ? at : _now.AddTicks(at.UtcTicks % (20 * TimeSpan.TicksPerMinute));
        due = due.AddTicks(-(due.UtcTicks % TimeSpan.TicksPerSecond));
        _entries.Enqueue(entry, (due < _now ? _now : due, _order++));
    }

    /// <summary>One of them.</summary>
    internal sealed record Entry(CaseLife? Life, Func<DateTimeOffset, Deed?>? Deed, Func<DateTimeOffset, CancellationToken, Task>? Happens);
}
