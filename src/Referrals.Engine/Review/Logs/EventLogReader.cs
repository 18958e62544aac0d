using System.IO.Compression;
using System.Text.Json;
using System.Xml;

namespace Referrals.Engine.Review.Logs;

/// <summary>The formats of event logs.</summary>
public enum LogFormat
{
    /// <summary>XES, IEEE 1849-2016.</summary>
    Xes,

    /// <summary>OCEL 2.0 as JSON.</summary>
    Ocel,

    /// <summary>A table with a row for each event.</summary>
    Csv,
}

/// <summary>What a file holds.</summary>
/// <param name="Log">The log.</param>
/// <param name="Format">What the file was taken for.</param>
/// <param name="Warnings">What could not be taken as it is.</param>
/// <param name="Notes">What was guessed, such as which column means what.</param>
public sealed record LogReading(EventLog Log, LogFormat Format, IReadOnlyList<LogWarning> Warnings, IReadOnlyList<string> Notes);

/// <summary>
/// Reads event logs, packed (gzip) or not; what a file is tells its content, and its name where the content doesn't. Lenient with what logs from practice get
/// wrong: such events are left out and counted. Strict with what does harm: see <see cref="LogLimits"/>; entities and DTDs are refused.
/// </summary>
public static class EventLogReader
{
    /// <summary>Reads a log to its end.</summary>
    /// <param name="file">The file; needs no seeking, stays open.</param>
    /// <param name="name">Its name, such as <c>log.xes.gz</c>.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="ct">Stops reading.</param>
    /// <exception cref="LogFormatException">It is no log, or too much of one.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static LogReading Read(Stream file, string name, LogOptions options, CancellationToken ct)
    {
        try
        {
            var packed = BoundedStream.File(file, options.Limits);
            var (first, content) = Peek(packed);
            if (first is not [0x1F, 0x8B, ..])
            {
                return Read(first, content, name, options, ct);
            }

            using var unpacking = new GZipStream(content, CompressionMode.Decompress);
            var bounded = BoundedStream.Unpacked(unpacking, packed, options.Limits);
            var (inner, unpacked) = Peek(bounded);
            var reading = Read(inner, unpacked, WithoutGz(name), options, ct);
            return packed.CanUnpackTo(bounded.Count) ? reading : throw new InvalidDataException();
        }
        catch (InvalidDataException e)
        {
            throw new LogFormatException("The packed file is damaged or cut short.", e) { Code = "damaged" };
        }
        catch (XmlException e)
        {
            throw new LogFormatException(Math.Max(1, e.LineNumber), Explain(e), e) { Code = IsDtd(e) ? "entities" : "xml" };
        }
        catch (JsonException e)
        {
            throw new LogFormatException((e.LineNumber ?? 0) + 1, "The JSON is malformed, cut short or nested too deeply.", e) { Code = "json" };
        }
    }

    /// <summary>What a file is, from its beginning; it is not read further.</summary>
    /// <param name="file">The file; needs no seeking, stays open.</param>
    /// <param name="name">Its name.</param>
    /// <param name="limits">How much of it is taken.</param>
    /// <exception cref="LogFormatException">It is empty, damaged or an archive.</exception>
    public static LogFormat Recognise(Stream file, string name, LogLimits limits) => Open(file, name, limits, (content, plain) => Recognise(Peek(content).First, plain));

    /// <summary>Does something with the beginning of a file, which it unpacks if need be.</summary>
    internal static T Open<T>(Stream file, string name, LogLimits limits, Func<Stream, string, T> read)
    {
        var packed = BoundedStream.File(file, limits);
        var (first, content) = Peek(packed);
        if (first is not [0x1F, 0x8B, ..])
        {
            return read(content, name);
        }

        try
        {
            using var unpacking = new GZipStream(content, CompressionMode.Decompress);
            return read(BoundedStream.Unpacked(unpacking, packed, limits), WithoutGz(name));
        }
        catch (InvalidDataException e)
        {
            throw new LogFormatException("The packed file is damaged or cut short.", e) { Code = "damaged" };
        }
    }

    private static string WithoutGz(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;

    private static LogReading Read(byte[] first, Stream content, string name, LogOptions options, CancellationToken ct) => Recognise(first, name) switch
    {
        LogFormat.Xes => new XesLogReader(options, ct).Read(content),
        LogFormat.Ocel => new OcelLogReader(options, ct).Read(content),
        _ => new CsvLogReader(options, ct).Read(content),
    };

    private static LogFormat Recognise(byte[] first, string name)
    {
        if (first.Length == 0)
        {
            throw new LogFormatException("The file is empty.") { Code = "empty" };
        }

        if (first is [0x50, 0x4B, 0x03, 0x04, ..] or [0x1F, 0x8B, ..])
        {
            throw new LogFormatException("The file is an archive; unpack it first.") { Code = "archive" };
        }

        var start = Array.Find(first, b => b is not (0xEF or 0xBB or 0xBF or 0xFE or 0xFF or 0x00 or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'));
        return ((char)start, Path.GetExtension(name).ToLowerInvariant()) switch
        {
            ('<', _) => LogFormat.Xes,
            ('{', _) => LogFormat.Ocel,
            (_, ".xes" or ".xml") => LogFormat.Xes,
            (_, ".json" or ".jsonocel") => LogFormat.Ocel,
            _ => LogFormat.Csv,
        };
    }

    private static (byte[] First, Stream All) Peek(Stream stream)
    {
        var first = new byte[64];
        first = first[..stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)];
        return (first, new ChainedStream(first, stream));
    }

    private static bool IsDtd(XmlException e) => e.Message.Contains("DTD", StringComparison.Ordinal) || e.Message.Contains("undeclared entity", StringComparison.Ordinal);

    private static string Explain(XmlException e) => e.Message.Contains("DTD", StringComparison.Ordinal)
        ? "The XML has a document type definition, which is refused."
        : $"The XML can't be read: {e.Message.Split(" Line ")[0]}";

    /// <summary>Everything that is left, in memory.</summary>
    internal static byte[] ReadAll(Stream content)
    {
        using var memory = new MemoryStream();
        content.CopyTo(memory);
        return memory.ToArray();
    }
}
