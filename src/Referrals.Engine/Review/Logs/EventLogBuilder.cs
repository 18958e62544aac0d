using System.Globalization;
using System.Runtime.InteropServices;

namespace Referrals.Engine.Review.Logs;

/// <summary>Puts an event log together, in whatever order its parts come.</summary>
/// <param name="limits">How much it may hold.</param>
public sealed class EventLogBuilder(LogLimits limits)
{
    private readonly NameTable _activities = new(limits);
    private readonly NameTable _resources = new(limits);
    private readonly NameTable _groups = new(limits);
    private readonly NameTable _transitions = new(limits);
    private readonly NameTable _instances = new(limits);
    private readonly NameTable _ids = new(limits);

    private readonly List<OpenCase> _cases = [];
    private readonly List<(int Case, LogEvent Event)> _events = [];
    private readonly Dictionary<int, int> _byId = [];

    /// <summary>How many cases were named like an earlier one, and therefore renamed.</summary>
    public int Renamed { get; private set; }

    /// <summary>How many cases had no name.</summary>
    public int Unnamed { get; private set; }

    /// <summary>The case of this name; makes one if there is none yet. Null if the name is empty.</summary>
    /// <exception cref="LogFormatException">There are too many.</exception>
    public int? Case(ReadOnlySpan<char> id)
    {
        if (_ids.Place(id) is var name && name == EventLog.None)
        {
            return null;
        }

        if (!_byId.TryGetValue(name, out var place))
        {
            place = New();
            _byId.Add(name, place);
            Open(place).Id = _ids.Names[name];
        }

        return place;
    }

    /// <summary>A new case, whose name comes later.</summary>
    /// <exception cref="LogFormatException">There are too many.</exception>
    public int New()
    {
        if (_cases.Count == limits.Events)
        {
            throw new LogFormatException(string.Create(CultureInfo.InvariantCulture, $"The log has more than {limits.Events:N0} cases.")) { Code = "too-many-cases", Values = [LogFormatException.Number(limits.Events)] };
        }

        _cases.Add(new OpenCase());
        return _cases.Count - 1;
    }

    /// <summary>Names a case that was made without a name. If another has the name already, or it is empty, it is given one.</summary>
    public void Name(int place, ReadOnlySpan<char> id)
    {
        var name = _ids.Place(id);
        if (name == EventLog.None)
        {
            Unnamed++;
            name = _ids.Place(string.Create(CultureInfo.InvariantCulture, $"case {place + 1}"));
        }
        else if (_byId.ContainsKey(name))
        {
            Renamed++;
        }

        var first = _ids.Names[name];
        for (var again = 2; !_byId.TryAdd(name, place); again++)
        {
            name = _ids.Place(string.Create(CultureInfo.InvariantCulture, $"{first} ({again})"));
        }

        Open(place).Id = _ids.Names[name];
    }

    /// <summary>Says when a case began, ended and was due, in UTC; what is known already, or null, is left as it is.</summary>
    public void Dates(int place, DateTime? start, DateTime? end, DateTime? deadline)
    {
        var open = Open(place);
        (open.Start, open.End, open.Deadline) = (open.Start ?? start, open.End ?? end, open.Deadline ?? deadline);
    }

    /// <summary>Adds an event to a case; empty names are none.</summary>
    /// <returns>False, and nothing is added, if the activity is empty.</returns>
    /// <exception cref="LogFormatException">There are too many, or a name is too long.</exception>
    public bool Add(
        int place, DateTime at, ReadOnlySpan<char> activity, ReadOnlySpan<char> resource, ReadOnlySpan<char> group, ReadOnlySpan<char> transition, ReadOnlySpan<char> instance)
    {
        var what = _activities.Place(activity);
        if (what == EventLog.None)
        {
            return false;
        }

        if (_events.Count == limits.Events)
        {
            throw new LogFormatException(string.Create(CultureInfo.InvariantCulture, $"The log has more than {limits.Events:N0} events.")) { Code = "too-many-events", Values = [LogFormatException.Number(limits.Events)] };
        }

        Open(place).Count++;
        _events.Add((place, new LogEvent(
            at.Ticks, what, _resources.Place(resource), _groups.Place(group), _transitions.Place(transition), _instances.Place(instance))));
        return true;
    }

    /// <summary>The log of what was added. Cases without events are left out.</summary>
    /// <exception cref="LogFormatException">There is no event.</exception>
    public EventLog Build()
    {
        if (_events.Count == 0)
        {
            throw new LogFormatException("The log has no event that can be used.") { Code = "no-event" };
        }

        var (cases, next, used) = (new LogCase[_cases.Count(c => c.Count > 0)], new int[_cases.Count], 0);
        for (int i = 0, first = 0; i < _cases.Count; i++)
        {
            if (_cases[i] is { Count: > 0 } open)
            {
                cases[used++] = new LogCase(open.Id!, first, open.Count, open.Start, open.End, open.Deadline);
                next[i] = first;
                first += open.Count;
            }
        }

        var events = new LogEvent[_events.Count];
        foreach (ref readonly var added in CollectionsMarshal.AsSpan(_events))
        {
            events[next[added.Case]++] = added.Event;
        }

        foreach (ref readonly var one in cases.AsSpan())
        {
            InOrder(events.AsSpan(one.First, one.Count));
        }

        return new EventLog(cases, events, new LogNames(_activities.Names, _resources.Names, _groups.Names, _transitions.Names, _instances.Names));
    }

    /// <summary>How many cases have no event.</summary>
    public int Empty => _cases.Count(c => c.Count == 0);

    private OpenCase Open(int place) => _cases[place];

    // Most logs are in order already; those that are not are sorted so that events at the same time stay as they were.
    private static void InOrder(Span<LogEvent> events)
    {
        for (var i = 1; i < events.Length; i++)
        {
            if (events[i].Ticks < events[i - 1].Ticks)
            {
                events.ToArray().OrderBy(e => e.Ticks).ToArray().CopyTo(events);
                return;
            }
        }
    }

    private sealed class OpenCase
    {
        public string? Id { get; set; }

        public int Count { get; set; }

        public DateTime? Start { get; set; }

        public DateTime? End { get; set; }

        public DateTime? Deadline { get; set; }
    }
}
