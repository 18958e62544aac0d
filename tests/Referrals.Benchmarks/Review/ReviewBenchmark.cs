using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Review;

/// <summary>
/// Everything that is promised of the review's speed, over one large data set: the read side built anew, every page and figure, memory, and an imported log. The
/// product's programs run in processes of their own.
/// </summary>
internal static class ReviewBenchmark
{
    private const double PageAim = 300;
    private const double RebuildAim = 20_000;
    private const double ImportAim = 2;
    private const double MemoryAim = 500;

    private static readonly string Wabo = Repository.Path("..", "shared", "data", "event-logs", "wabo-receipt.xes.gz");

    /// <summary>Runs it on that server.</summary>
    /// <param name="postgres">The server.</param>
    /// <param name="referrals">How many referrals.</param>
    /// <param name="again">Whether the read side is built anew though it is there.</param>
    /// <param name="settings">How to measure.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<Table>> RunAsync(LocalPostgres postgres, int referrals, bool again, BenchSettings settings, CancellationToken ct)
    {
        var set = await ReviewSet.OpenAsync(postgres, referrals, ct);
        await ReviewHost.PrepareAsync(set.Owner, ct);
        List<Row> rows = again || !await set.IsBuiltAsync(ct) ? [.. await RebuildAsync(set.Owner, ct), .. await ImportAsync(set.Owner, settings, ct)] : [];
        var (memory, addresses) = await AskAsync(set.Owner, settings, ct);
        rows.AddRange(memory);
        return
        [
            ReviewFillBenchmark.Told(set.Fill),
            new Table(
                $"Review of {set.Fill.Referrals:N0} referrals",
                ["measured", "aim", "floor", "of the floor"],
                rows,
                "Floor of the rebuild: a bare select of the same columns of all events in their order, over one connection.",
                "Memory: the most that was resident (VmHWM), in MB of a million bytes; each from where the one before ended.",
                $"Load of the machine at the end: {Machine.Load()}."),
            Pages(addresses, settings),
        ];
    }

    private static async Task<IReadOnlyList<Row>> RebuildAsync(string owner, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync("review: building the read side");
        var (events, took) = await ReadBareAsync(owner, ct);
        await using var process = ServiceProcess.Start(ReviewHost.Program("Referrals.Workers"), ["review", "rebuild"], Settings(owner));
        var peak = await process.EndAsync(ct);
        var line = await process.LineAsync("eventsPerSecond=", ct);
        var perSecond = double.Parse(line[(line.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture);
        return
        [
            Row("read side built anew", "events/s", perSecond, RebuildAim, events / took.TotalSeconds),
            Row("read side built anew", "most memory, MB", peak, MemoryAim),
        ];
    }

    private static async Task<IReadOnlyList<Row>> ImportAsync(string owner, BenchSettings settings, CancellationToken ct)
    {
        if (!File.Exists(Wabo))
        {
            await Console.Error.WriteLineAsync($"review: there is no {Wabo}, so no import is measured");
            return [];
        }

        var (times, peaks) = (new List<double>(), new List<double>());
        await settings.EachRoundAsync("review: import", async () =>
        {
            var began = Stopwatch.GetTimestamp();
            await using var process = ServiceProcess.Start(ReviewHost.Program("Referrals.Workers"), ["review", "import", Wabo], Settings(owner));
            peaks.Add(await process.EndAsync(ct));
            times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
        });
        return [Row("import of wabo-receipt.xes.gz", "s, start of the program and all", Spread.Of(times), ImportAim), Row("import of wabo-receipt.xes.gz", "most memory, MB", Spread.Of(peaks), MemoryAim)];
    }

    // First a host whose every answer has a table that nobody has asked anything yet, then one that keeps its table.
    private static async Task<(IReadOnlyList<Row> Memory, IReadOnlyList<ReviewAddress> Addresses)> AskAsync(string owner, BenchSettings settings, CancellationToken ct)
    {
        var rows = new List<Row>();
        IReadOnlyList<ReviewAddress> addresses;
        await using (var host = await ReviewHost.StartAsync(owner, TimeSpan.Zero, ct))
        {
            await Console.Error.WriteLineAsync("review: reading the history");
            rows.Add(Memory("service after its start", host));
            rows.Add(Row("service reads the history", "s", await host.ReadAsync(ct)));
            rows.Add(Memory("service reads the history", host));
            addresses = await ReviewAddresses.ReadAsync(host, ct);
            await AskEachAsync(host, addresses, (address, took) => address.First = took, ct);
            rows.Add(Memory("service answers for the first time", host));
            await settings.EachRoundAsync("review: each with a new table", () => AskEachAsync(host, addresses, Cold, ct));
            rows.Add(Memory("service answers", host));
            await using var flow = await ReviewFlow.StartAsync(PostgresOptions.FromOwner(owner, ReviewSet.Schema) with { MasterKeys = MasterKeys.FromText(TestMasterKeys.Text) }, ct);
            await AskEachAsync(host, addresses, (_, _) => { }, ct);
            rows.Add(Memory($"service answers while {flow.Written:N0} referrals begin and end", host));
        }

        await using var warm = await ReviewHost.StartAsync(owner, TimeSpan.FromHours(1), ct);
        await warm.ReadAsync(ct);
        await settings.EachRoundAsync("review: each twice", async () =>
        {
            foreach (var address in addresses)
            {
                await warm.AskAsync(address.Path, ct);
                address.Warm.Add((await warm.AskAsync(address.Path, ct)).Milliseconds);
            }
        });
        rows.Add(Memory("service that keeps its table", warm));
        return (rows, addresses);
    }

    private static void Cold(ReviewAddress address, double took)
    {
        address.Cold.Add(took);
        address.NewTableProcessor += (address.Processor - address.NewTableProcessor) / address.Cold.Count;
    }

    private static async Task AskEachAsync(ReviewHost host, IReadOnlyList<ReviewAddress> addresses, Action<ReviewAddress, double> took, CancellationToken ct)
    {
        foreach (var address in addresses)
        {
            var before = host.Process.Processor();
            var (milliseconds, bytes) = await host.AskAsync(address.Path, ct);
            (address.Bytes, address.Processor) = (bytes, (host.Process.Processor() - before).TotalMilliseconds);
            took(address, milliseconds);
        }
    }

    private static Table Pages(IReadOnlyList<ReviewAddress> addresses, BenchSettings settings) => new(
        "Review: server time of its pages and figures, ms",
        ["new table", "the slowest", "aim", "processor", "known table", "slowest", "first of all", "kB"],
        [.. addresses.GroupBy(a => a.What).Select(Row)],
        $"Each page and each figure with {addresses.Select(a => a.Filter).Distinct().Count()} filters and choices, {settings.Rounds} times; from request to last byte over loopback, one after the other.",
        "New table: what changed was read just before, and nobody has asked it anything yet. Known table: the same was asked before. Median over all, and the slowest single answer; load is the filter of that one.",
        "Processor: processor time of the service for an answer with a new table, its collection of garbage and its compiler among it; depends less on what else runs.",
        "First of all: the slowest of the very first answers of the process, when its code is still being compiled.");

    private static Row Row(IGrouping<string, ReviewAddress> same)
    {
        var slowest = same.MaxBy(a => a.Cold.Max())!;
        return new(same.Key, slowest.Filter, new Dictionary<string, Spread>
        {
            ["new table"] = Spread.Of([Spread.Of(same.SelectMany(a => a.Cold)).Median]),
            ["the slowest"] = Spread.Of([slowest.Cold.Max()]),
            ["aim"] = Spread.Of([PageAim]),
            ["processor"] = Spread.Of([same.Average(a => a.NewTableProcessor)]),
            ["known table"] = Spread.Of([Spread.Of(same.SelectMany(a => a.Warm)).Median]),
            ["slowest"] = Spread.Of([same.Max(a => a.Warm.Max())]),
            ["first of all"] = Spread.Of([same.Max(a => a.First)]),
            ["kB"] = Spread.Of([same.Max(a => a.Bytes) / 1000.0]),
        });
    }

    private static Row Memory(string what, ReviewHost host)
    {
        var peak = host.Process.Peak() ?? double.NaN;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"review: {what}: {peak:N0} MB at most"));
        host.Process.Forget();
        return Row(what, "most memory, MB", peak, MemoryAim);
    }

    private static Row Row(string what, string unit, double measured, double? aim = null, double? floor = null) => Row(what, unit, Spread.Of([measured]), aim, floor);

    private static Row Row(string what, string unit, Spread measured, double? aim = null, double? floor = null)
    {
        var figures = new Dictionary<string, Spread> { ["measured"] = measured };
        if (aim is { } wanted)
        {
            figures["aim"] = Spread.Of([wanted]);
        }

        if (floor is { } bare)
        {
            (figures["floor"], figures["of the floor"]) = (Spread.Of([bare]), Spread.Of([measured.Median / bare]));
        }

        return new(what, unit, figures);
    }

    private static Dictionary<string, string> Settings(string owner) => new() { ["Referrals__MasterKeys__Text"] = TestMasterKeys.Text, ["ConnectionStrings__Owner"] = owner, ["Logging__LogLevel__Default"] = "Warning" };

    private static async Task<(long Events, TimeSpan Took)> ReadBareAsync(string owner, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        await using var source = NpgsqlDataSource.Create(owner);
        await using var command = source.CreateCommand($"select seq_id, stream_id, timestamp, type, data from {ReviewSet.Schema}.mt_events order by seq_id");
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(ct);
        long count = 0;
        for (; await row.ReadAsync(ct); count++)
        {
            row.GetFieldValue<byte[]>(4);
        }

        return (count, Stopwatch.GetElapsedTime(began));
    }
}
