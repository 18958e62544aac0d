using System.IO.Compression;
using System.Text;
using Referrals.Engine.Review.Logs;

namespace Referrals.Engine.Tests.Review.Logs;

/// <summary>Small files, and reading them.</summary>
internal static class LogSamples
{
    public const string Xes = """
        <?xml version="1.0" encoding="UTF-8"?>
        <log xes.version="1.0" xmlns="http://www.xes-standard.org/">
          <global scope="event"><string key="org:group" value="Amt"/><string key="org:resource" value="UNKNOWN"/></global>
          <trace>
            <string key="concept:name" value="c1"/><date key="startdate" value="2026-03-02T08:00:00+01:00"/>
            <event><string key="concept:name" value="b"/><date key="time:timestamp" value="2026-03-02T10:00:00+01:00"/></event>
            <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-02T08:30:00Z"/></event>
          </trace>
        </log>
        """;

    public const string Ocel = """
        {
          "objectTypes": [{ "name": "order", "attributes": [] }, { "name": "employee", "attributes": [] }],
          "eventTypes": [{ "name": "pay", "attributes": [] }],
          "events": [
            { "id": "e1", "type": "pay", "time": "2026-03-02T08:00:00Z", "attributes": [],
              "relationships": [{ "objectId": "o1", "qualifier": "" }, { "objectId": "o2", "qualifier": "" }, { "objectId": "Kim", "qualifier": "by" }] },
            { "id": "e2", "type": "ship", "time": "2026-03-03T08:00:00Z", "attributes": [{ "name": "department", "value": "Lager" }],
              "relationships": [{ "objectId": "o1", "qualifier": "" }] }
          ],
          "objects": [
            { "id": "o1", "type": "order", "attributes": [{ "name": "deadline", "value": "2026-03-02T09:00:00Z", "time": "1970-01-01T00:00:00Z" }] },
            { "id": "o2", "type": "order" }, { "id": "o3", "type": "order" }, { "id": "Kim", "type": "employee" }
          ]
        }
        """;

    public const string Csv = "Fall-ID;Aktivität;Zeitpunkt;Bearbeiter;Abteilung\nc1;Prüfen;02.03.2026 09:00;Kim;Amt\nc1;Annehmen;01.07.2026 09:00:30;;Amt\n";

    public static LogReading Read(string text, string name = "log", LogOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), name, options);

    public static LogReading Read(byte[] bytes, string name = "log", LogOptions? options = null) =>
        EventLogReader.Read(new MemoryStream(bytes), name, options ?? new LogOptions(), TestContext.Current.CancellationToken);

    public static LogFormatException Refused(byte[] bytes, string name = "log", LogOptions? options = null) => Assert.Throws<LogFormatException>(() => Read(bytes, name, options));

    public static LogFormatException Refused(string text, string name = "log", LogOptions? options = null) => Refused(Encoding.UTF8.GetBytes(text), name, options);

    public static byte[] Packed(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var packing = new GZipStream(memory, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            packing.Write(bytes);
        }

        return memory.ToArray();
    }
}
