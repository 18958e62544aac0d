using System.Diagnostics;
using Npgsql;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Review.Reading;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Review;

/// <summary>The review's read side built anew from a log of finished referrals, and read whole. Beside it a bare reading of the same rows.</summary>
internal static class RebuildBenchmark
{
    private const string Schema = "bench_review";
    private const int Referrals = 100_000;
    private const int Single = 200;

    /// <summary>Runs it on that server.</summary>
    public static async Task<IReadOnlyList<Table>> RunAsync(LocalPostgres postgres, BenchSettings settings, CancellationToken ct)
    {
        var options = settings.Options(postgres.ConnectionString, Schema);
        await new SchemaMigrator(options).ApplyAsync(ct);
        await Console.Error.WriteLineAsync($"review-rebuild: writing {Referrals:N0} referrals");
        await new BulkLog(options, Referrals).WriteAsync(ct);
        await using var store = new ReviewStore(options);
        List<double> floor = [], rebuild = [], read = [], memory = [];
        long events = 0;
        await settings.EachRoundAsync("review-rebuild", async () =>
        {
            var watch = Stopwatch.StartNew();
            events = await ReadBareAsync(options, ct);
            floor.Add(events / watch.Elapsed.TotalSeconds);
            var peak = new Peak();
            watch.Restart();
            await new ReviewRebuild(options).RunAsync(peak, ct);
            rebuild.Add(events / watch.Elapsed.TotalSeconds);
            memory.Add(peak.Bytes / 1e6);
            watch.Restart();
            var cases = await store.ReadAsync((await store.LiveAsync(ct))!, ct).CountAsync(ct);
            read.Add(cases / watch.Elapsed.TotalSeconds);
        });
        var seen = await FreshnessAsync(options, ct);
        var (bytes, visits) = await SizeAsync(options, store, ct);
        return
        [
            new Table(
                "Review: the read side built anew from the log",
                ["per second", "ratio to floor", "managed memory MB"],
                [
                    new Row("floor: select", "events", new Dictionary<string, Spread> { ["per second"] = Spread.Of(floor) }),
                    new Row("rebuild", "events", new Dictionary<string, Spread>
                    {
                        ["per second"] = Spread.Of(rebuild),
                        ["ratio to floor"] = Spread.Ratio(Spread.Of(rebuild), Spread.Of(floor)),
                        ["managed memory MB"] = Spread.Of(memory),
                    }),
                    new Row("read whole", "cases", new Dictionary<string, Spread> { ["per second"] = Spread.Of(read) }),
                ],
                $"{Referrals:N0} finished referrals of two years, {events:N0} events that change them, among those of the partners, in the order of their times.",
                $"One more event is seen {seen.Order().ElementAt(seen.Count / 2):N1} ms after its commit (median of {seen.Count}; the slowest {seen.Max():N1}).",
                $"A case takes {bytes / (double)Referrals:N0} bytes beside its columns, {bytes / (double)visits:N0} for each visit."),
        ];
    }

    // What changes a case of this log.
    private static readonly string[] Names =
        ["referral_started", "step_offered", "step_received", "step_acknowledged", "step_accepted", "step_completed", "referral_closed"];

    private static async Task<long> ReadBareAsync(PostgresOptions options, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(options.Worker);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(
            $"select seq_id, stream_id, timestamp, type, data from {options.Schema}.mt_events where type = any ($1) order by seq_id", connection)
        {
            CommandTimeout = 600,
            Parameters = { new() { Value = Names } },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        long count = 0;
        for (; await row.ReadAsync(ct); count++)
        {
            row.GetFieldValue<byte[]>(4);
        }

        return count;
    }

    // From the return of the append until the follower has committed what it changed.
    private static async Task<IReadOnlyList<double>> FreshnessAsync(PostgresOptions options, CancellationToken ct)
    {
        await using var log = new PostgresEventLog(options, EngineEvents.Codec);
        await using var follower = await ReviewFollower.StartAsync(options, null, null, ct);
        var took = new List<double>();
        for (var n = 0; n < Single; n++)
        {
            var stream = new StreamName("jobcenter-0", "referral", Guid.NewGuid());
            var next = follower.NextAsync(ct);
            await log.AppendAsync(Append.To(stream, 0, [BulkLog.Started(new ReferralId(stream.Id), n, DateTimeOffset.UtcNow)], new EventContext(DateTimeOffset.UtcNow, "benchmark")), ct);
            var committed = Stopwatch.GetTimestamp();
            await next;
            took.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }

        return took;
    }

    private static async Task<(long Bytes, long Visits)> SizeAsync(PostgresOptions options, ReviewStore store, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(options.Owner);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"select sum(length(body)) from {options.Schema}.review_cases", connection);
        var bytes = (long)(await command.ExecuteScalarAsync(ct))!;
        return (bytes, await store.ReadAsync((await store.LiveAsync(ct))!, ct).Select(c => (long)c.Visits.Length).SumAsync(ct));
    }

    private sealed class Peak : IProgress<RebuildProgress>
    {
        public long Bytes { get; private set; }

        public void Report(RebuildProgress value) => Bytes = Math.Max(Bytes, GC.GetTotalMemory(forceFullCollection: false));
    }
}
