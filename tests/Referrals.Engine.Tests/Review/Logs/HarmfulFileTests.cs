using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Referrals.Engine.Review.Logs;

namespace Referrals.Engine.Tests.Review.Logs;

/// <summary>Files that do harm, or are no logs at all: one clear sentence, never another exception, never a dead machine.</summary>
public sealed class HarmfulFileTests
{
    private static readonly byte[][] Samples = [.. new[] { LogSamples.Xes, LogSamples.Ocel, LogSamples.Csv }.Select(Encoding.UTF8.GetBytes)];
    private static readonly string[] Names = ["log", "log.xes", "log.jsonocel", "log.csv"];

    [Theory]
    [InlineData("", "log.xes", "The file is empty.")]
    [InlineData("PK\u0003\u0004", "log.xes", "The file is an archive; unpack it first.")]
    [InlineData("hello", "log.xes", "Line 1: The XML can't be read: Data at the root level is invalid.")]
    [InlineData("<html/>", "log.xes", "Line 1: The XML is no XES: its root element is not log.")]
    [InlineData("<log xes.version='1.0'/>", "log.xes", "The log has no event that can be used.")]
    [InlineData("<log/>", "log.xes", "The log has no event that can be used. The log does not say its XES version as a decimal number.")]
    [InlineData("<log xes.version='1.0'>\n<trace>", "log.xes", "Line 2: The XML can't be read: Unexpected end of file has occurred. The following elements are not closed: trace, log.")]
    [InlineData("<!DOCTYPE log [<!ENTITY a 'aaaa'>]><log>&a;</log>", "log.xes", "Line 1: The XML has a document type definition, which is refused.")]
    [InlineData("<!DOCTYPE log SYSTEM 'file:///etc/passwd'><log/>", "log.xes", "Line 1: The XML has a document type definition, which is refused.")]
    [InlineData("<log>&a;</log>", "log.xes", "Line 1: The XML can't be read: Reference to undeclared entity 'a'.")]
    [InlineData("{", "log.json", "Line 1: The JSON is malformed, cut short or nested too deeply.")]
    [InlineData("{\n\"objects\": [}", "log.json", "Line 2: The JSON is malformed, cut short or nested too deeply.")]
    [InlineData("[]", "log.json", "The JSON is no OCEL 2.0: it is no object.")]
    [InlineData("{}", "log.json", "The JSON is no OCEL 2.0: it has no list of objects.")]
    [InlineData("{\"objects\":[],\"events\":[]}", "log.json", "No event relates to an object, so there is no case.")]
    [InlineData("{\"ocel:global-log\":{}}", "log.json", "The file is OCEL 1.0; only OCEL 2.0 can be read.")]
    [InlineData("{\"objects\":[{\"id\":\"\\ud800\",\"type\":\"x\"}],\"events\":[]}", "log.json", "Line 1: The JSON holds a value of another kind than OCEL 2.0 has there.")]
    [InlineData("a,b,c\n1,2,3\n", "log.csv", "Line 1: No column is known to hold the case; name it with --case. There are a, b, c.")]
    [InlineData("case,activity,time\n", "log.csv", "The log has no event that can be used.")]
    [InlineData("case,activity,time\nc,a,never\n", "log.csv", "Line 2: The log has no event that can be used. A row's time is missing or can't be read, and it was left out; --time-format says how times are written.")]
    [InlineData("\n\n", "log.csv", "The table is empty.")]
    public void Files_that_are_no_logs_are_named_for_what_they_are(string content, string name, string message) =>
        Assert.Equal(message, LogSamples.Refused(Encoding.Latin1.GetBytes(content), name).Message);

    [Fact]
    public void A_bomb_is_defused()
    {
        var bomb = LogSamples.Packed(Encoding.UTF8.GetBytes("<log>" + new string(' ', 60_000_000)));
        var since = Stopwatch.GetTimestamp();

        Assert.Contains("unpacks to more than", LogSamples.Refused(bomb).Message, StringComparison.Ordinal);
        Assert.Contains("unpacks to more than", LogSamples.Refused(bomb, options: With(new LogLimits { Ratio = 5000, UnpackedBytes = 1000 })).Message, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal("The file is an archive; unpack it first.", LogSamples.Refused(LogSamples.Packed(LogSamples.Packed(Samples[0]))).Message);
    }

    [Fact]
    public void A_packed_file_that_was_cut_short_is_no_shorter_log()
    {
        // A table has no mark at its end that would be missed.
        var packed = LogSamples.Packed(Samples[2]);

        Assert.All(Enumerable.Range(1, packed.Length - 1), length => LogSamples.Refused(packed[..length], "log.csv.gz"));
        Assert.Equal(4, LogSamples.Read([.. packed, .. LogSamples.Packed(Encoding.UTF8.GetBytes("c1;Prüfen;02.03.2026 09:00;Kim;Amt\nc2;Prüfen;02.03.2026 09:00;Kim;Amt\n"))]).Log.Events.Length);
    }

    [Fact]
    public void Depth_is_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("<string key='x'>", 100_000));

        Assert.Equal("Line 1: Elements are nested more than 64 deep.", LogSamples.Refused("<log xes.version='1.0'>" + deep).Message);
        Assert.StartsWith("Line 1: The JSON is", LogSamples.Refused("{\"events\":" + new string('[', 100_000)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogSamples.Xes)]
    [InlineData(LogSamples.Ocel)]
    [InlineData(LogSamples.Csv)]
    public void Size_is_bounded(string content)
    {
        Assert.Contains("larger than 100 bytes", LogSamples.Refused(content, options: With(new LogLimits { FileBytes = 100 })).Message, StringComparison.Ordinal);
        Assert.Contains("more than 1 events", LogSamples.Refused(content, options: With(new LogLimits { Events = 1 })).Message.Replace("cases", "events", StringComparison.Ordinal).Replace("objects", "events", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("longer than 1", LogSamples.Refused(content, options: With(new LogLimits { TextLength = 1 })).Message.Replace("too long", "longer than 1", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_quotation_mark_that_never_closes_is_found()
    {
        var refused = LogSamples.Refused("case,activity,time\nc,\"a,2026-03-02\n" + string.Concat(Enumerable.Repeat("c,a,2026-03-02\n", 10_000)));

        Assert.Contains("quotation mark", refused.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 400)]
    public void Random_bytes_throw_nothing_else(byte[] bytes, PositiveInt which) => ReadOrRefused(bytes, Names[which.Get % Names.Length]);

    [Property(MaxTest = 1500)]
    public void Spoilt_files_throw_nothing_else(PositiveInt which, PositiveInt place, byte value, PositiveInt cut)
    {
        var bytes = Samples[which.Get % Samples.Length].ToArray();
        bytes[place.Get * 7919 % bytes.Length] = value;
        bytes[place.Get * 104_729 % bytes.Length] ^= (byte)cut.Get;
        var name = Names[place.Get % Names.Length];
        ReadOrRefused(bytes, name);
        ReadOrRefused(bytes[..(cut.Get * 31 % bytes.Length)], name);
        var packed = LogSamples.Packed(bytes);
        packed[place.Get % packed.Length] ^= value;
        ReadOrRefused(packed, name + ".gz");
    }

    private static void ReadOrRefused(byte[] bytes, string name)
    {
        try
        {
            Assert.NotEqual(0, LogSamples.Read(bytes, name).Log.Events.Length);
        }
        catch (LogFormatException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static LogOptions With(LogLimits limits) => new() { Limits = limits };
}
