using System.IO.Compression;
using System.Text;

namespace Referrals.Engine.Review.Logs;

/// <summary>An event log as few bytes, for keeping: lists of names, cases, then the events column by column, compressed.</summary>
public static class EventLogBytes
{
    // The first byte. Another shape gets another number; bytes that are kept must stay readable.
    private const byte Shape = 1;

    // Compression works by what it is given at once; single numbers would make it slow and bad.
    private const int Buffer = 1 << 16;

    /// <summary>The bytes of a log.</summary>
    public static byte[] Write(EventLog log)
    {
        using var memory = new MemoryStream();
        memory.WriteByte(Shape);
        using (var packed = new BrotliStream(memory, CompressionLevel.Fastest, leaveOpen: true))
        using (var buffered = new BufferedStream(packed, Buffer))
        using (var writer = new BinaryWriter(buffered, Encoding.UTF8))
        {
            foreach (var names in new[] { log.Activities, log.Resources, log.Groups, log.Transitions, log.Instances })
            {
                Names(writer, names);
            }

            Cases(writer, log);
            Events(writer, log);
        }

        return memory.ToArray();
    }

    /// <summary>The log of these bytes.</summary>
    /// <exception cref="InvalidDataException">They were not written by <see cref="Write"/>.</exception>
    public static EventLog Read(byte[] bytes)
    {
        if (bytes is not [Shape, ..])
        {
            throw new InvalidDataException("these bytes are no event log, or one of a later version");
        }

        using var packed = new BrotliStream(new MemoryStream(bytes, 1, bytes.Length - 1), CompressionMode.Decompress);
        using var buffered = new BufferedStream(packed, Buffer);
        using var reader = new BinaryReader(buffered, Encoding.UTF8);
        try
        {
            var names = new LogNames(Names(reader), Names(reader), Names(reader), Names(reader), Names(reader));
            var cases = Cases(reader);
            return new EventLog(cases, Events(reader, cases, names), names);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException("the bytes of an event log are damaged", e);
        }
    }

    private static void Names(BinaryWriter writer, IReadOnlyList<string> names)
    {
        writer.Write7BitEncodedInt(names.Count);
        foreach (var name in names)
        {
            writer.Write(name);
        }
    }

    private static List<string> Names(BinaryReader reader)
    {
        var names = new List<string>();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            names.Add(reader.ReadString());
        }

        return names;
    }

    private static void Cases(BinaryWriter writer, EventLog log)
    {
        writer.Write7BitEncodedInt(log.Cases.Length);
        foreach (ref readonly var one in log.Cases)
        {
            writer.Write(one.Id);
            writer.Write7BitEncodedInt(one.Count);
            writer.Write(one.Start?.Ticks ?? -1);
            writer.Write(one.End?.Ticks ?? -1);
            writer.Write(one.Deadline?.Ticks ?? -1);
        }
    }

    private static LogCase[] Cases(BinaryReader reader)
    {
        var cases = new List<LogCase>();
        for (int left = reader.Read7BitEncodedInt(), first = 0; left > 0; left--)
        {
            cases.Add(new LogCase(reader.ReadString(), first, reader.Read7BitEncodedInt(), Date(reader), Date(reader), Date(reader)));
            first = checked(first + cases[^1].Count);
        }

        return [.. cases];
    }

    private static DateTime? Date(BinaryReader reader) => reader.ReadInt64() is var ticks and >= 0 ? new DateTime(ticks, DateTimeKind.Utc) : null;

    private static void Events(BinaryWriter writer, EventLog log)
    {
        foreach (ref readonly var one in log.Cases)
        {
            // Times within a case are near each other and never go back.
            var before = 0L;
            foreach (ref readonly var e in log.EventsOf(one))
            {
                writer.Write7BitEncodedInt64(e.Ticks - before);
                before = e.Ticks;
            }
        }

        foreach (var column in Columns)
        {
            foreach (ref readonly var e in log.Events)
            {
                writer.Write7BitEncodedInt(column(e) + 1);
            }
        }
    }

    private static readonly Func<LogEvent, int>[] Columns = [e => e.Activity, e => e.Resource, e => e.Group, e => e.Transition, e => e.Instance];

    private static LogEvent[] Events(BinaryReader reader, LogCase[] cases, LogNames names)
    {
        var ticks = new List<long>();
        foreach (var one in cases)
        {
            var before = 0L;
            for (var i = 0; i < one.Count; i++)
            {
                ticks.Add(before += reader.Read7BitEncodedInt64());
            }
        }

        int[] Column(IReadOnlyList<string> of)
        {
            var column = new int[ticks.Count];
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = reader.Read7BitEncodedInt() - 1;
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column[i], of.Count);
            }

            return column;
        }

        var (activity, resource, group, transition, instance) =
            (Column(names.Activities), Column(names.Resources), Column(names.Groups), Column(names.Transitions), Column(names.Instances));
        return [.. ticks.Select((t, i) => new LogEvent(t, activity[i], resource[i], group[i], transition[i], instance[i]))];
    }
}
