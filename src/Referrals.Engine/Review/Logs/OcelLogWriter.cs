using System.Globalization;
using System.Text.Json;

namespace Referrals.Engine.Review.Logs;

/// <summary>Writes OCEL 2.0 as JSON: each case is an object of the type <c>case</c>, all else about an event is an attribute of it.</summary>
internal static class OcelLogWriter
{
    private const string Case = "case";
    private const int Buffer = 1 << 16;

    private static readonly string[] OfEvents = ["org:resource", "org:group", "lifecycle:transition", "concept:instance"];
    private static readonly string[] OfCases = [LogColumns.StartKey, LogColumns.EndKey, LogColumns.DeadlineKey];

    // Attributes of objects hold from a time on; from the beginning, here.
    private static readonly string Always = EventLogWriter.Time(DateTime.UnixEpoch);

    public static void Write(EventLog log, Stream to)
    {
        using var json = new Utf8JsonWriter(to);
        json.WriteStartObject();
        Types(json, "objectTypes", [Case], OfCases, "time");
        Types(json, "eventTypes", log.Activities, OfEvents, "string");
        json.WriteStartArray("objects");
        foreach (ref readonly var one in log.Cases)
        {
            Object(json, one);
            Flush(json);
        }

        json.WriteEndArray();
        json.WriteStartArray("events");
        var number = 0;
        foreach (ref readonly var one in log.Cases)
        {
            foreach (ref readonly var e in log.EventsOf(one))
            {
                Event(json, log, one.Id, e, ++number);
                Flush(json);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Flush(Utf8JsonWriter json)
    {
        if (json.BytesPending > Buffer)
        {
            json.Flush();
        }
    }

    private static void Types(Utf8JsonWriter json, string list, IEnumerable<string> names, string[] attributes, string type)
    {
        json.WriteStartArray(list);
        foreach (var name in names)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteStartArray("attributes");
            foreach (var attribute in attributes)
            {
                json.WriteStartObject();
                json.WriteString("name", attribute);
                json.WriteString("type", type);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Object(Utf8JsonWriter json, in LogCase one)
    {
        json.WriteStartObject();
        json.WriteString("id", one.Id);
        json.WriteString("type", Case);
        json.WriteStartArray("attributes");
        ReadOnlySpan<DateTime?> dates = [one.Start, one.End, one.Deadline];
        for (var i = 0; i < dates.Length; i++)
        {
            if (dates[i] is { } at)
            {
                json.WriteStartObject();
                json.WriteString("name", OfCases[i]);
                json.WriteString("value", EventLogWriter.Time(at));
                json.WriteString("time", Always);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Event(Utf8JsonWriter json, EventLog log, string of, in LogEvent e, int number)
    {
        json.WriteStartObject();
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"e{number}"));
        json.WriteString("type", log.Activities[e.Activity]);
        json.WriteString("time", EventLogWriter.Time(e.At));
        json.WriteStartArray("attributes");
        Attribute(json, OfEvents[0], log.Resources, e.Resource);
        Attribute(json, OfEvents[1], log.Groups, e.Group);
        Attribute(json, OfEvents[2], log.Transitions, e.Transition);
        Attribute(json, OfEvents[3], log.Instances, e.Instance);
        json.WriteEndArray();
        json.WriteStartArray("relationships");
        json.WriteStartObject();
        json.WriteString("objectId", of);
        json.WriteString("qualifier", Case);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Attribute(Utf8JsonWriter json, string name, IReadOnlyList<string> names, int place)
    {
        if (place != EventLog.None)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", names[place]);
            json.WriteEndObject();
        }
    }
}
