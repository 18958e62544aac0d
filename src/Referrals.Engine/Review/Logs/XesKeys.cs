using System.Xml;

namespace Referrals.Engine.Review.Logs;

/// <summary>Which keys of a XES log mean what, and the name that its first event classifier gives to the event at hand.</summary>
internal sealed class XesKeys(LogOptions options)
{
    private static readonly Dictionary<LogColumn, string> Standard = new()
    {
        [LogColumn.Activity] = "concept:name",
        [LogColumn.Time] = "time:timestamp",
        [LogColumn.Resource] = "org:resource",
        [LogColumn.Group] = "org:group",
        [LogColumn.Transition] = "lifecycle:transition",
        [LogColumn.Instance] = "concept:instance",
    };

    private readonly Dictionary<string, LogColumn?> _ofTrace = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogColumn?> _ofEvent = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _classified = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _classifier = [];

    /// <summary>What the classifier calls the event whose attributes were remembered; null if it has none of its keys.</summary>
    public string? Classified
    {
        get
        {
            var values = _classifier.Select(k => _classified.GetValueOrDefault(k)).OfType<string>().ToList();
            return values.Count == 0 ? null : string.Join('+', values);
        }
    }

    /// <summary>What a key means, if anything.</summary>
    public LogColumn? Column(string key, bool ofEvent)
    {
        var known = ofEvent ? _ofEvent : _ofTrace;
        if (!known.TryGetValue(key, out var column))
        {
            column = ofEvent ? OfEvent(key) : OfTrace(key);

            // A log with ever new keys must not fill the memory.
            if (known.Count < 1000)
            {
                known.Add(key, column);
            }
        }

        return column;
    }

    /// <summary>Takes note of a classifier; the first one of events counts.</summary>
    public void Classifier(string? scope, string? keys)
    {
        if (_classifier.Count > 0 || string.IsNullOrWhiteSpace(keys) || scope is not (null or "event"))
        {
            return;
        }

        // Keys with spaces stand in quotes; many tools forget that, so all of it may be one key as well.
        var parts = keys.Split('\'').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        _classifier = [.. parts.Append(keys).Distinct().Where(k => k != Standard[LogColumn.Activity] && k != Standard[LogColumn.Transition])];
    }

    /// <summary>Keeps an attribute of an event if the classifier names it.</summary>
    public void Remember(string key, XmlReader attribute)
    {
        if (_classifier.Count > 0 && _classifier.Contains(key) && attribute.GetAttribute("value") is { Length: > 0 } value)
        {
            _classified[key] = value;
        }
    }

    /// <summary>The next event begins.</summary>
    public void Forget() => _classified.Clear();

    private LogColumn? OfEvent(string key)
    {
        foreach (var (column, standard) in Standard)
        {
            if (key == options.Columns.GetValueOrDefault(column, standard))
            {
                return column;
            }
        }

        return null;
    }

    private LogColumn? OfTrace(string key)
    {
        if (key == options.Columns.GetValueOrDefault(LogColumn.Case, "concept:name"))
        {
            return LogColumn.Case;
        }

        foreach (var column in new[] { LogColumn.Start, LogColumn.End, LogColumn.Deadline })
        {
            if (options.Columns.TryGetValue(column, out var given) ? key == given : LogColumns.Means(column, key))
            {
                return column;
            }
        }

        return null;
    }
}
