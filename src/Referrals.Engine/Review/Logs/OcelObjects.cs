using System.Text.Json;

namespace Referrals.Engine.Review.Logs;

/// <summary>An object of an OCEL log, with the dates that it has as attributes.</summary>
internal sealed record OcelObject(string Id, string Type)
{
    public string? Start { get; set; }

    public string? End { get; set; }

    public string? Deadline { get; set; }

    public bool Used { get; set; }
}

/// <summary>The objects of an OCEL log: which of them are cases, resources, groups.</summary>
internal sealed class OcelObjects(LogOptions options)
{
    private readonly Dictionary<string, OcelObject> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _events = new(StringComparer.Ordinal);
    private string? _type;

    /// <summary>The types of objects, in the order in which they come.</summary>
    public IEnumerable<string> Types => _objects.Values.Select(o => o.Type).Distinct();

    /// <summary>How many objects of the chosen type no event used.</summary>
    public int Unused => _objects.Values.Count(o => o.Type == _type && !o.Used);

    /// <summary>Reads an object.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        if (_objects.Count > options.Limits.Events)
        {
            throw new LogFormatException(FormattableString.Invariant($"The log has more than {options.Limits.Events:N0} objects.")) { Code = "too-many-objects", Values = [LogFormatException.Number(options.Limits.Events)] };
        }

        var (id, type) = ("", "");
        var attributes = new Dictionary<LogColumn, string>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"))
            {
                id = OcelJson.Text(ref json);
            }
            else if (json.ValueTextEquals("type"))
            {
                type = OcelJson.Text(ref json);
            }
            else if (json.ValueTextEquals("attributes"))
            {
                OcelJson.Pairs(ref json, "name", "value", (name, value) =>
                {
                    if (Column(name) is { } column)
                    {
                        attributes[column] = value;
                    }
                });
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        _objects[id] = new OcelObject(id, type)
        {
            Start = attributes.GetValueOrDefault(LogColumn.Start),
            End = attributes.GetValueOrDefault(LogColumn.End),
            Deadline = attributes.GetValueOrDefault(LogColumn.Deadline),
        };
    }

    /// <summary>Counts an event for every type of object that it relates to.</summary>
    public void Count(IReadOnlyList<string> related)
    {
        foreach (var type in related.Select(_objects.GetValueOrDefault).OfType<OcelObject>().Select(o => o.Type).Distinct())
        {
            _events[type] = _events.GetValueOrDefault(type) + 1;
        }
    }

    /// <summary>The type with the most events; one that is called like a resource or a group only if there is no other.</summary>
    public string? MostEvents() => _events
        .OrderBy(e => LogColumns.Means(LogColumn.Resource, e.Key) || LogColumns.Means(LogColumn.Group, e.Key)).ThenByDescending(e => e.Value)
        .ThenBy(e => e.Key, StringComparer.Ordinal).Select(e => e.Key).FirstOrDefault();

    /// <summary>Makes the objects of this type the cases.</summary>
    public void Choose(string type) => _type = type;

    /// <summary>The cases among related objects.</summary>
    public IEnumerable<OcelObject> Cases(IReadOnlyList<string> related)
    {
        foreach (var id in related.Distinct())
        {
            if (_objects.GetValueOrDefault(id) is { } one && one.Type == _type)
            {
                one.Used = true;
                yield return one;
            }
        }
    }

    /// <summary>The resource among related objects.</summary>
    public string? Resource(IReadOnlyList<string> related) => First(related, LogColumn.Resource);

    /// <summary>The group among related objects.</summary>
    public string? Group(IReadOnlyList<string> related) => First(related, LogColumn.Group);

    private string? First(IReadOnlyList<string> related, LogColumn column) => related
        .Select(_objects.GetValueOrDefault).OfType<OcelObject>().FirstOrDefault(o => o.Type != _type && Means(column, o.Type))?.Id;

    private bool Means(LogColumn column, string name) =>
        options.Columns.TryGetValue(column, out var given) ? name == given : LogColumns.Means(column, name);

    private LogColumn? Column(string name)
    {
        foreach (var column in new[] { LogColumn.Start, LogColumn.End, LogColumn.Deadline })
        {
            if (Means(column, name))
            {
                return column;
            }
        }

        return null;
    }
}
