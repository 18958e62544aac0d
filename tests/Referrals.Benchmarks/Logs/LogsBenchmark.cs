using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml;
using CsvHelper;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine.Review.Logs;
using Referrals.LocalServers;
using EventLog = Referrals.Engine.Review.Logs.EventLog;

namespace Referrals.Benchmarks.Logs;

/// <summary>
/// How fast event logs are read: the real one, if it lies beside the repository, and a made one of 50,000 events in each format.
/// Floor: the bare parser over the same bytes, every value of it looked at by nobody.
/// </summary>
internal static class LogsBenchmark
{
    private const int Cases = 5_000;
    private const int EventsOfCase = 10;
    private const int WarmUp = 2;
    private const int Runs = 3;

    private static readonly string Wabo = Repository.Path("..", "shared", "data", "event-logs", "wabo-receipt.xes.gz");

    /// <summary>Runs it; needs no server.</summary>
    public static async Task<IReadOnlyList<Table>> RunAsync(BenchSettings settings, CancellationToken ct)
    {
        var made = Made();
        var subjects = new List<Subject>();
        var real = File.Exists(Wabo);
        if (real)
        {
            subjects.Add(new Subject("wabo-receipt.xes.gz", await File.ReadAllBytesAsync(Wabo, ct), LogFormat.Xes));
        }

        subjects.AddRange(Enum.GetValues<LogFormat>().Select(f => new Subject($"made log as {f}", Written(made, f), f)));
        await settings.EachRoundAsync("logs", () =>
        {
            foreach (var subject in subjects)
            {
                subject.Floor.Add(Milliseconds(() => Bare(subject), ct));
                subject.Read.Add(Milliseconds(() => subject.Log = Read(subject, ct), ct));
                subject.Figures.Add(Milliseconds(() => LogFigures.Of(subject.Log!), ct));
                subject.Kept.Add(Milliseconds(() => EventLogBytes.Read(subject.Packed = EventLogBytes.Write(subject.Log!)), ct));
            }

            return Task.CompletedTask;
        });
        return
        [
            new Table(
                "Event logs",
                ["bare parser ms", "read ms", "ratio", "events/s", "figures ms", "kept and back ms", "kB file", "kB kept"],
                [.. subjects.Select(Row)],
                real ? "The first one is the real log beside the repository." : $"There is no {Wabo}; the real log is no part of the repository, so only a made one is measured.",
                $"Median of {Runs} runs a round after {WarmUp} to warm up. Bare parser: XmlReader, Utf8JsonReader or CsvParser over the same bytes, unpacked.",
                "Figures: everything that ./referrals review figures prints. Kept: the bytes in the database, written and read again."),
        ];
    }

    private static Row Row(Subject subject)
    {
        var (floor, read) = (Spread.Of(subject.Floor), Spread.Of(subject.Read));
        return new Row(subject.Name, string.Create(CultureInfo.InvariantCulture, $"{subject.Log!.Events.Length:N0} events"), new Dictionary<string, Spread>
        {
            ["bare parser ms"] = floor,
            ["read ms"] = read,
            ["ratio"] = Spread.Ratio(read, floor),
            ["events/s"] = Spread.Of(subject.Read.Select(ms => subject.Log!.Events.Length / ms * 1000)),
            ["figures ms"] = Spread.Of(subject.Figures),
            ["kept and back ms"] = Spread.Of(subject.Kept),
            ["kB file"] = Spread.Of([subject.Bytes.Length / 1000.0]),
            ["kB kept"] = Spread.Of([subject.Packed.Length / 1000.0]),
        });
    }

    private static double Milliseconds(Action run, CancellationToken ct)
    {
        var times = new List<double>();
        for (var i = 0; i < WarmUp + Runs; i++)
        {
            ct.ThrowIfCancellationRequested();
            var began = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Spread.Of(times.Skip(WarmUp)).Median;
    }

    private static EventLog Read(Subject subject, CancellationToken ct) => EventLogReader.Read(new MemoryStream(subject.Bytes), subject.Name, new LogOptions(), ct).Log;

    private static void Bare(Subject subject)
    {
        using var content = subject.Bytes is [0x1F, 0x8B, ..]
            ? (Stream)new GZipStream(new MemoryStream(subject.Bytes), CompressionMode.Decompress)
            : new MemoryStream(subject.Bytes);
        switch (subject.Format)
        {
            case LogFormat.Xes:
                using (var xml = XmlReader.Create(content))
                {
                    while (xml.Read())
                    {
                    }
                }

                break;
            case LogFormat.Ocel:
                var json = new Utf8JsonReader(subject.Bytes);
                while (json.Read())
                {
                }

                break;
            default:
                using (var table = new CsvParser(new StreamReader(content, Encoding.UTF8), CultureInfo.InvariantCulture))
                {
                    while (table.Read())
                    {
                    }
                }

                break;
        }
    }

    private static byte[] Written(EventLog log, LogFormat format)
    {
        using var memory = new MemoryStream();
        EventLogWriter.Write(log, format, memory);
        return memory.ToArray();
    }

    private static EventLog Made()
    {
        var (log, random) = (new EventLogBuilder(new LogLimits()), new Random(7));
        var start = new DateTime(2025, 1, 6, 8, 0, 0, DateTimeKind.Utc);
        for (var number = 0; number < Cases; number++)
        {
            var (place, at) = (log.Case($"case-{number}")!.Value, start.AddMinutes(number * 3));
            log.Dates(place, at, at.AddDays(30), at.AddDays(28));
            for (var i = 0; i < EventsOfCase; i++)
            {
                at = at.AddSeconds(random.Next(1, 400_000));
                log.Add(place, at, $"step {random.Next(25)}", $"person {random.Next(60)}", $"office {random.Next(30)}", "complete", $"run-{number}-{i}");
            }
        }

        return log.Build();
    }

    private sealed record Subject(string Name, byte[] Bytes, LogFormat Format)
    {
        public List<double> Floor { get; } = [];

        public List<double> Read { get; } = [];

        public List<double> Figures { get; } = [];

        public List<double> Kept { get; } = [];

        public EventLog? Log { get; set; }

        public byte[] Packed { get; set; } = [];
    }
}
