namespace Referrals.Workers.Commands.Demo;

/// <summary>What people mean to do, by time. Whether they still do is asked when the time has come.</summary>
internal sealed class Agenda
{
    /// <summary>
    /// How long a slot is: people look at what came in the morning and after lunch. What is done in one slot shares transactions, so a longer one
    /// is played faster; but nobody reacts to anything before the next, so a shorter one is truer.
    /// </summary>
    public static readonly TimeSpan Slot = TimeSpan.FromHours(4);

    private static readonly TimeSpan FirstHours = TimeSpan.FromHours(2);

    private readonly PriorityQueue<Entry, (DateTimeOffset At, long Order)> _entries = new();
    private long _order;
    private DateTimeOffset _now = DateTimeOffset.MinValue;

    /// <summary>Somebody means to do something in a referral.</summary>
    /// <param name="at">When; what would be before the next slot is done in the first office hours from there on.</param>
    /// <param name="life">In which.</param>
    /// <param name="deed">What; null when there is no reason any more.</param>
    public void Add(DateTimeOffset at, CaseLife life, Func<DateTimeOffset, Deed?> deed) =>
        Enqueue(at >= _now ? at : OfficeTime.Later(_now, TimeSpan.FromTicks(at.UtcTicks % FirstHours.Ticks).TotalHours / OfficeTime.HoursOfDay), new Entry(life, deed, null));

    /// <summary>Time makes something due in a referral, at any hour.</summary>
    /// <param name="at">When; what would be before the next slot is done when that begins.</param>
    /// <param name="life">In which.</param>
    /// <param name="deed">What; null when there is no reason any more.</param>
    public void AddDue(DateTimeOffset at, CaseLife life, Func<DateTimeOffset, Deed?> deed) => Enqueue(at, new Entry(life, deed, null));

    /// <summary>Something beside the referrals happens, before anything else of that slot.</summary>
    public void Add(DateTimeOffset at, Func<DateTimeOffset, CancellationToken, Task> happens) => Enqueue(at, new Entry(null, null, happens));

    /// <summary>Takes everything of the next slot in which there is anything, if that begins before a time.</summary>
    public bool TryTake(DateTimeOffset until, out DateTimeOffset ends, out List<(DateTimeOffset At, Entry Entry)> entries)
    {
        entries = [];
        ends = until;
        if (!_entries.TryPeek(out _, out var first) || first.At >= until)
        {
            return false;
        }

        ends = new DateTimeOffset(first.At.UtcTicks - (first.At.UtcTicks % Slot.Ticks), TimeSpan.Zero) + Slot;
        ends = ends > until ? until : ends;
        _now = ends;
        while (_entries.TryPeek(out var entry, out var key) && key.At < ends)
        {
            _entries.Dequeue();
            entries.Add((key.At, entry));
        }

        return true;
    }

    private void Enqueue(DateTimeOffset at, Entry entry)
    {
        var due = at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond));
        _entries.Enqueue(entry, (due < _now ? _now : due, _order++));
    }

    /// <summary>One of them.</summary>
    internal sealed record Entry(CaseLife? Life, Func<DateTimeOffset, Deed?>? Deed, Func<DateTimeOffset, CancellationToken, Task>? Happens);
}
