using System.Text.Json;

namespace Referrals.Engine.Review.Logs;

/// <summary>The event of an OCEL log that was read last.</summary>
internal sealed class OcelEvent(LogOptions options)
{
    private static readonly LogColumn[] Columns = [LogColumn.Activity, LogColumn.Resource, LogColumn.Group, LogColumn.Transition, LogColumn.Instance];

    private readonly Dictionary<string, LogColumn?> _meaning = new(StringComparer.Ordinal);
    private readonly Dictionary<LogColumn, string> _attributes = [];
    private readonly List<string> _related = [];
    private string _type = "";

    /// <summary>How many events had no case.</summary>
    public int Homeless { get; set; }

    /// <summary>Its time as written; nothing if it has none.</summary>
    public string Time { get; private set; } = "";

    /// <summary>Its type, unless another attribute was named as the activity.</summary>
    public string Activity => _attributes.GetValueOrDefault(LogColumn.Activity, _type);

    /// <summary>Who did it, by attribute.</summary>
    public string? Resource => _attributes.GetValueOrDefault(LogColumn.Resource);

    /// <summary>In which group, by attribute.</summary>
    public string? Group => _attributes.GetValueOrDefault(LogColumn.Group);

    /// <summary>Which part of the activity's life.</summary>
    public string? Transition => _attributes.GetValueOrDefault(LogColumn.Transition);

    /// <summary>Which run of the activity.</summary>
    public string? Instance => _attributes.GetValueOrDefault(LogColumn.Instance);

    /// <summary>The ids of the objects that it relates to.</summary>
    public IReadOnlyList<string> Related => _related;

    /// <summary>Reads an event.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        (_type, Time) = ("", "");
        _attributes.Clear();
        _related.Clear();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("type"))
            {
                _type = OcelJson.Text(ref json);
            }
            else if (json.ValueTextEquals("time"))
            {
                Time = OcelJson.Text(ref json);
            }
            else if (json.ValueTextEquals("attributes"))
            {
                OcelJson.Pairs(ref json, "name", "value", Attribute);
            }
            else if (json.ValueTextEquals("relationships"))
            {
                OcelJson.Pairs(ref json, "objectId", "qualifier", (id, _) => _related.Add(id));
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }
    }

    private void Attribute(string name, string value)
    {
        if (!_meaning.TryGetValue(name, out var column))
        {
            column = Meaning(name);
            if (_meaning.Count < 1000)
            {
                _meaning.Add(name, column);
            }
        }

        if (column is { } known)
        {
            _attributes.TryAdd(known, value);
        }
    }

    private LogColumn? Meaning(string name)
    {
        foreach (var column in Columns)
        {
            // The activity is the event's type, whatever its attributes are called, unless one was named.
            if (options.Columns.TryGetValue(column, out var given) ? name == given : column != LogColumn.Activity && LogColumns.Means(column, name))
            {
                return column;
            }
        }

        return null;
    }
}
