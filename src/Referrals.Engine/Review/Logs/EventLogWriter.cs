using System.Globalization;
using System.Text;
using System.Xml;
using CsvHelper;
using CsvHelper.Configuration;

namespace Referrals.Engine.Review.Logs;

/// <summary>Writes event logs so that other programs read them. Reading what was written gives the same log again.</summary>
public static class EventLogWriter
{
    private const string Namespace = "http://www.xes-standard.org/";

    private static readonly (string Name, string Prefix)[] Extensions =
        [("Concept", "concept"), ("Time", "time"), ("Organizational", "org"), ("Lifecycle", "lifecycle")];

    private static readonly string[] Headings =
    [
        "case:concept:name", "concept:name", "time:timestamp", "org:resource", "org:group", "lifecycle:transition", "concept:instance",
        "case:" + LogColumns.StartKey, "case:" + LogColumns.EndKey, "case:" + LogColumns.DeadlineKey,
    ];

    /// <summary>Writes a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="format">As what.</param>
    /// <param name="to">Where to; stays open.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Write(EventLog log, LogFormat format, Stream to)
    {
        switch (format)
        {
            case LogFormat.Xes:
                Xes(log, to);
                break;
            case LogFormat.Ocel:
                OcelLogWriter.Write(log, to);
                break;
            case LogFormat.Csv:
                Csv(log, to);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format));
        }
    }

    /// <summary>A time in UTC, with as many fractions of a second as it has.</summary>
    internal static string Time(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z";

    /// <summary>The name at a place of a list, or nothing.</summary>
    internal static string Name(IReadOnlyList<string> names, int place) => place == EventLog.None ? "" : names[place];

    private static void Xes(EventLog log, Stream to)
    {
        using var xml = XmlWriter.Create(to, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true });
        xml.WriteStartElement("log", Namespace);
        xml.WriteAttributeString("xes.version", "1849.2016");
        xml.WriteAttributeString("xes.features", "");
        foreach (var (name, prefix) in Extensions)
        {
            Element(xml, "extension", ("name", name), ("prefix", prefix), ("uri", $"{Namespace}{prefix}.xesext"));
        }

        xml.WriteStartElement("global");
        xml.WriteAttributeString("scope", "event");
        Attribute(xml, "string", "concept:name", "__INVALID__");
        Attribute(xml, "date", "time:timestamp", Time(DateTime.UnixEpoch));
        xml.WriteEndElement();
        Element(xml, "classifier", ("name", "Activity"), ("scope", "event"), ("keys", "concept:name"));
        foreach (ref readonly var one in log.Cases)
        {
            Trace(xml, log, one);
        }

        xml.WriteEndElement();
    }

    private static void Trace(XmlWriter xml, EventLog log, in LogCase one)
    {
        xml.WriteStartElement("trace");
        Attribute(xml, "string", "concept:name", one.Id);
        Attribute(xml, "date", LogColumns.StartKey, Optional(one.Start));
        Attribute(xml, "date", LogColumns.EndKey, Optional(one.End));
        Attribute(xml, "date", LogColumns.DeadlineKey, Optional(one.Deadline));
        foreach (ref readonly var e in log.EventsOf(one))
        {
            xml.WriteStartElement("event");
            Attribute(xml, "string", "concept:name", log.Activities[e.Activity]);
            Attribute(xml, "date", "time:timestamp", Time(e.At));
            Attribute(xml, "string", "org:resource", Name(log.Resources, e.Resource));
            Attribute(xml, "string", "org:group", Name(log.Groups, e.Group));
            Attribute(xml, "string", "lifecycle:transition", Name(log.Transitions, e.Transition));
            Attribute(xml, "string", "concept:instance", Name(log.Instances, e.Instance));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string type, string key, string value)
    {
        if (value.Length > 0)
        {
            Element(xml, type, ("key", key), ("value", value));
        }
    }

    private static void Element(XmlWriter xml, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }

        xml.WriteEndElement();
    }

    private static string Optional(DateTime? at) => at is { } known ? Time(known) : "";

    // With a byte order mark: spreadsheets take the file for something else without it.
    private static void Csv(EventLog log, Stream to)
    {
        using var writer = new StreamWriter(to, new UTF8Encoding(true), leaveOpen: true);
        using var table = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture));
        Row(table, Headings);
        foreach (ref readonly var one in log.Cases)
        {
            var (start, end, deadline) = (Optional(one.Start), Optional(one.End), Optional(one.Deadline));
            foreach (ref readonly var e in log.EventsOf(one))
            {
                Row(
                    table, one.Id, log.Activities[e.Activity], Time(e.At), Name(log.Resources, e.Resource), Name(log.Groups, e.Group), Name(log.Transitions, e.Transition),
                    Name(log.Instances, e.Instance), start, end, deadline);
            }
        }
    }

    private static void Row(CsvWriter table, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            table.WriteField(CsvCells.Guarded(cell));
        }

        table.NextRecord();
    }
}
