namespace Referrals.Engine.Review.Logs;

/// <summary>An event of a case. What it names are places in the lists of its <see cref="EventLog"/>, or <see cref="EventLog.None"/>.</summary>
/// <param name="Ticks">When, as <see cref="DateTime.Ticks"/> in UTC.</param>
/// <param name="Activity">What was done, in <see cref="EventLog.Activities"/>; every event has one.</param>
/// <param name="Resource">Who did it, in <see cref="EventLog.Resources"/>.</param>
/// <param name="Group">In which group or organisation, in <see cref="EventLog.Groups"/>.</param>
/// <param name="Transition">Which part of the activity's life it is (start, complete …), in <see cref="EventLog.Transitions"/>.</param>
/// <param name="Instance">Which run of the activity it belongs to, in <see cref="EventLog.Instances"/>.</param>
public readonly record struct LogEvent(long Ticks, int Activity, int Resource, int Group, int Transition, int Instance)
{
    /// <summary>When, in UTC.</summary>
    public DateTime At => new(Ticks, DateTimeKind.Utc);
}

/// <summary>A case: its events lie together, in order of time.</summary>
/// <param name="Id">Its name, which no other case of the log has.</param>
/// <param name="First">Where its events begin in <see cref="EventLog.Events"/>.</param>
/// <param name="Count">How many events it has, at least one.</param>
/// <param name="Start">When it began, by its own attribute, in UTC.</param>
/// <param name="End">When it ended, by its own attribute, in UTC.</param>
/// <param name="Deadline">Until when it should have ended, in UTC.</param>
public readonly record struct LogCase(string Id, int First, int Count, DateTime? Start, DateTime? End, DateTime? Deadline);

/// <summary>
/// An event log as XES (IEEE 1849-2016) means it, reduced to what is computed from: cases, their events in order of time, and lists of
/// the names that events refer to. Events at the same time keep the order of the file.
/// </summary>
/// <remarks>Made by <see cref="EventLogBuilder"/>; never changes. Names hold no control characters and no space at either end.</remarks>
public sealed class EventLog
{
    /// <summary>The place of what an event doesn't name.</summary>
    public const int None = -1;

    private readonly LogCase[] _cases;
    private readonly LogEvent[] _events;

    internal EventLog(LogCase[] cases, LogEvent[] events, LogNames names)
    {
        (_cases, _events) = (cases, events);
        (Activities, Resources, Groups, Transitions, Instances) = (names.Activities, names.Resources, names.Groups, names.Transitions, names.Instances);
    }

    /// <summary>The cases, in the order in which the file first names them.</summary>
    public ReadOnlySpan<LogCase> Cases => _cases;

    /// <summary>The events of all cases, case by case.</summary>
    public ReadOnlySpan<LogEvent> Events => _events;

    /// <summary>The activities.</summary>
    public IReadOnlyList<string> Activities { get; }

    /// <summary>The resources (people or machines that do the work).</summary>
    public IReadOnlyList<string> Resources { get; }

    /// <summary>The groups (departments, organisations).</summary>
    public IReadOnlyList<string> Groups { get; }

    /// <summary>The transitions of activities' lives.</summary>
    public IReadOnlyList<string> Transitions { get; }

    /// <summary>The runs of activities.</summary>
    public IReadOnlyList<string> Instances { get; }

    /// <summary>The events of a case, in order of time.</summary>
    public ReadOnlySpan<LogEvent> EventsOf(in LogCase of) => _events.AsSpan(of.First, of.Count);

    /// <summary>When the last event of all happened, in UTC; null when there is none.</summary>
    public DateTime? LastAt()
    {
        if (_events.Length == 0)
        {
            return null;
        }

        var last = long.MinValue;
        foreach (var e in _events)
        {
            last = Math.Max(last, e.Ticks);
        }

        return new DateTime(last, DateTimeKind.Utc);
    }
}

/// <summary>The lists of names of a log.</summary>
internal sealed record LogNames(
    IReadOnlyList<string> Activities, IReadOnlyList<string> Resources, IReadOnlyList<string> Groups, IReadOnlyList<string> Transitions, IReadOnlyList<string> Instances);
