using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Referrals.Engine.Review.Logs;

/// <summary>
/// Reads OCEL 2.0 as JSON. The objects of one type are the cases: an event belongs to the case of every such object that it relates to. Resource and group are
/// attributes of the event, or else related objects of a type that is usually called so.
/// </summary>
internal sealed class OcelLogReader(LogOptions options, CancellationToken ct)
{
    private readonly EventLogBuilder _log = new(options.Limits);
    private readonly WarningCounter _warnings = new();
    private readonly LogTimes _times = options.Times;
    private readonly OcelObjects _objects = new(options);
    private readonly OcelEvent _event = new(options);
    private byte[] _json = [];

    public LogReading Read(Stream content)
    {
        _json = EventLogReader.ReadAll(content);
        if (!Utf8.IsValid(_json))
        {
            throw new LogFormatException("The JSON is not encoded in UTF-8.") { Code = "json-encoding" };
        }

        var (line, at) = (0L, 0L);
        try
        {
            // The objects may stand after the events, so the file is gone through three times.
            Walk("objects", (ref Utf8JsonReader json) => _objects.Read(ref json), ref at);
            var type = ObjectType(ref at);
            _objects.Choose(type);
            Walk("events", (ref Utf8JsonReader json) => Add(ref json), ref at);
            _warnings.Add("object-without-event", count: _objects.Unused);
            _warnings.Add("event-without-object", count: _event.Homeless);
            return new LogReading(_log.Build(), LogFormat.Ocel, _warnings.All, [$"The case is an object of the type {type}."]);
        }
        catch (LogFormatException e)
        {
            line = Line(at);
            throw line > 1 ? e.In(line) : e;
        }
        catch (InvalidOperationException e)
        {
            throw new LogFormatException(Line(at), "The JSON holds a value of another kind than OCEL 2.0 has there.", e) { Code = "ocel-value" };
        }
    }

    private string ObjectType(ref long at)
    {
        if (options.ObjectType is { } given)
        {
            return _objects.Types.Contains(given)
                ? given
                : throw new LogFormatException($"The log has no object of the type {given}; it has {string.Join(", ", _objects.Types.Take(20))}.") { Code = "no-object-type", Values = [given, string.Join(", ", _objects.Types.Take(20))] };
        }

        Walk("events", (ref Utf8JsonReader json) =>
        {
            _event.Read(ref json);
            _objects.Count(_event.Related);
        }, ref at);
        return _objects.MostEvents() ?? throw new LogFormatException("No event relates to an object, so there is no case.") { Code = "no-object" };
    }

    private void Add(ref Utf8JsonReader json)
    {
        var position = json.TokenStartIndex;
        _event.Read(ref json);
        if (!_times.TryRead(_event.Time, out var at))
        {
            _warnings.Add(_event.Time.Length == 0 ? "event-without-time" : "event-time", Line(position));
            return;
        }

        if (string.IsNullOrWhiteSpace(_event.Activity))
        {
            _warnings.Add("event-without-type", Line(position));
            return;
        }

        var (resource, group) = (_event.Resource ?? _objects.Resource(_event.Related), _event.Group ?? _objects.Group(_event.Related));
        var found = false;
        foreach (var of in _objects.Cases(_event.Related))
        {
            if (_log.Case(of.Id) is { } place)
            {
                found = true;
                _log.Add(place, at, _event.Activity, resource, group, _event.Transition, _event.Instance);
                _log.Dates(place, Date(of.Start, position), Date(of.End, position), Date(of.Deadline, position));
            }
        }

        _event.Homeless += found ? 0 : 1;
    }

    private DateTime? Date(string? text, long position)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (_times.TryRead(text, out var at))
        {
            return at;
        }

        _warnings.Add("object-date", Line(position));
        return null;
    }

    private delegate void ElementReader(ref Utf8JsonReader json);

    // Reads the elements of a list at the top of the document; each reader leaves the reader at the end of its element.
    private void Walk(string list, ElementReader read, ref long at)
    {
        var json = new Utf8JsonReader(WithoutMark(), new JsonReaderOptions
        {
            MaxDepth = options.Limits.Depth,
            CommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        });
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new LogFormatException("The JSON is no OCEL 2.0: it is no object.") { Code = "no-ocel" };
        }

        var found = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = json.ValueTextEquals(list);
            if (json.ValueTextEquals("ocel:events") || json.ValueTextEquals("ocel:global-log"))
            {
                throw new LogFormatException("The file is OCEL 1.0; only OCEL 2.0 can be read.") { Code = "ocel-1" };
            }

            json.Read();
            if (!wanted || json.TokenType != JsonTokenType.StartArray)
            {
                json.Skip();
                continue;
            }

            found = true;
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                at = json.TokenStartIndex;
                ct.ThrowIfCancellationRequested();
                if (json.TokenType == JsonTokenType.StartObject)
                {
                    read(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
        }

        // To the end, so that what is cut short is noticed.
        while (json.Read())
        {
        }

        if (!found)
        {
            throw new LogFormatException(string.Create(CultureInfo.InvariantCulture, $"The JSON is no OCEL 2.0: it has no list of {list}.")) { Code = "no-ocel" };
        }
    }

    private ReadOnlySpan<byte> WithoutMark() => _json is [0xEF, 0xBB, 0xBF, ..] ? _json.AsSpan(3) : _json;

    private long Line(long position) => 1 + WithoutMark()[..(int)position].Count((byte)'\n');
}
