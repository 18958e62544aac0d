using System.Globalization;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Appending;

/// <summary>
/// One event per transaction to streams that exist, the version checked, through the log; beside it one plain INSERT of the same
/// bytes per transaction into a copy of the events table.
/// </summary>
internal static class AppendBenchmark
{
    private const string Schema = "bench_append";

    private static readonly int[] Clients = [1, 4, 16];

    /// <summary>Runs it on that server.</summary>
    public static async Task<Table> RunAsync(LocalPostgres postgres, BenchSettings settings, CancellationToken ct)
    {
        var options = settings.Options(postgres.ConnectionString, Schema);
        await new SchemaMigrator(options).ApplyAsync(ct);
        await using var log = new PostgresEventLog(options, EngineEvents.Codec);
        var appending = new List<AppendingClient>();
        for (var no = 0; no < Clients.Max(); no++)
        {
            appending.Add(await AppendingClient.CreateAsync(log, no, ct));
        }

        await using var floor = await PlainInserts.CreateAsync(postgres.ConnectionString, Schema, Clients.Max(), ct);
        using var batches = new BatchSizes();
        var results = Clients.ToDictionary(c => c, _ => (Floor: new List<Sample>(), Log: new List<Sample>(), PerTransaction: new List<double>()));
        await settings.EachRoundAsync("append", async () =>
        {
            foreach (var clients in Clients)
            {
                var (floors, logs, perTransaction) = results[clients];
                floors.Add(await floor.SampleAsync(clients, settings.Seconds ?? 3, ct));
                await floor.CheckpointAsync(ct);
                batches.Restart();
                logs.Add(await ClosedLoop.RunAsync(
                    [.. appending.Take(clients).Select(c => (Func<Recorder, Task>)(r => c.RunAsync(r, ct)))],
                    TimeSpan.FromSeconds(settings.Seconds ?? 3)));
                perTransaction.Add(batches.Average);
                await floor.CheckpointAsync(ct);
            }
        });

        return new Table(
            "Append: one event to existing streams, version checked",
            ["tx/s", "p50 ms", "p99 ms", "ratio to floor", "appends per transaction"],
            [.. Clients.SelectMany(c => Rows(c, results[c].Floor, results[c].Log, results[c].PerTransaction))],
            "Floor: one prepared INSERT per transaction into a copy of mt_events with all its indexes, without foreign key and row-level security.",
            $"Event: step_offered, {floor.Bytes} bytes of JSON in both. Aim: ratio at least 0.7 with 1 client and above 1 with 16.",
            "tx/s: appends acknowledged; those that waited at the same time shared transactions.");
    }

    private static IEnumerable<Row> Rows(int clients, IReadOnlyList<Sample> floor, IReadOnlyList<Sample> log, IReadOnlyList<double> perTransaction)
    {
        var load = clients == 1 ? "1 client" : string.Create(CultureInfo.InvariantCulture, $"{clients} clients");
        var (floorFigures, logFigures) = (Figures.Of(floor), Figures.Of(log));
        logFigures["ratio to floor"] = Spread.Ratio(logFigures["tx/s"], floorFigures["tx/s"]);
        logFigures["appends per transaction"] = Spread.Of(perTransaction);
        yield return new Row("floor", load, floorFigures);
        yield return new Row("log", load, logFigures);
    }
}
