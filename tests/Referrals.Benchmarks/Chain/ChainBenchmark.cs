using System.Diagnostics;
using Referrals.Benchmarks.Appending;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Chain;

/// <summary>
/// Referrals along a chain of three steps, from start to closed, both sides, through decider, log and board but without a broker: the
/// benchmark carries the messages itself. Beside it the same number of plain INSERTs.
/// </summary>
internal static class ChainBenchmark
{
    private const string Schema = "bench_chain";

    private static readonly int[] Clients = [1, 8];
    private static readonly OrganisationId[] Partners = [new("childcare"), new("debt-counselling"), new("training")];

    /// <summary>Runs it on that server.</summary>
    public static async Task<IReadOnlyList<Table>> RunAsync(LocalPostgres postgres, BenchSettings settings, CancellationToken ct)
    {
        await using var network = await BenchNetwork.CreateAsync(settings.Options(postgres.ConnectionString, Schema), ct);
        var chain = await network.AgreeAsync("work-with-child", Partners, ct);
        await new ReferralRun(network, chain).RunAsync(new Recorder(0, Stopwatch.GetTimestamp() + Stopwatch.Frequency), ct);
        var runner = new ReferralRun(network, chain);
        await using var disk = new DiskUse(postgres.ConnectionString, Schema);
        await using var floor = await PlainInserts.CreateAsync(postgres.ConnectionString, Schema, Clients.Max(), ct);
        await disk.CheckpointAsync(ct);
        var before = await disk.ReadAsync(ct);
        var results = Clients.ToDictionary(c => c, _ => (Floor: new List<Sample>(), Chain: new List<Sample>()));
        await settings.EachRoundAsync("chain", async () =>
        {
            foreach (var clients in Clients)
            {
                results[clients].Floor.Add(await floor.SampleAsync(clients, settings.Seconds ?? 3, ct));
                await disk.CheckpointAsync(ct);
                results[clients].Chain.Add(await ClosedLoop.RunAsync(
                    [.. Enumerable.Repeat<Func<Recorder, Task>>(r => runner.RunAsync(r, ct), clients)],
                    TimeSpan.FromSeconds(settings.Seconds ?? 3)));
                await disk.CheckpointAsync(ct);
            }
        });

        return
        [
            Speed(results, runner, floor.Bytes),
            await SizeAsync(disk, before, runner, ct),
        ];
    }

    private static Table Speed(Dictionary<int, (List<Sample> Floor, List<Sample> Chain)> results, ReferralRun runner, int bytes) => new(
        "Chain: three steps from start to closed, both sides, without a broker",
        ["transitions/s", "p50 ms", "p99 ms", "ratio to floor", "referrals/s"],
        [.. results.SelectMany(r => Rows(r.Key, r.Value.Floor, r.Value.Chain))],
        $"A transition loads a stream, decides, and appends with its rows in the lists. A referral takes {ReferralRun.Transitions} of them, "
            + $"which record {(double)runner.Events / runner.Finished:N1} events.",
        $"Floor: one plain INSERT of an event of {bytes} bytes of JSON per transition; nothing read, nothing else written.");

    private static IEnumerable<Row> Rows(int clients, IReadOnlyList<Sample> floor, IReadOnlyList<Sample> chain)
    {
        var load = clients == 1 ? "1 client" : $"{clients} clients";
        var floorFigures = Figures.Of(floor, "transitions/s");
        var figures = Figures.Of(chain, "transitions/s");
        figures["ratio to floor"] = Spread.Ratio(figures["transitions/s"], floorFigures["transitions/s"]);
        figures["referrals/s"] = Spread.Of(chain.Select(c => c.PerSecond / ReferralRun.Transitions));
        yield return new Row("floor", load, floorFigures);
        yield return new Row("chain", load, figures);
    }

    private static async Task<Table> SizeAsync(DiskUse disk, IReadOnlyDictionary<string, long> before, ReferralRun runner, CancellationToken ct)
    {
        var grown = await disk.ReadAsync(ct);
        await disk.PackAsync(ct);
        var packed = await disk.ReadAsync(ct);
        Row Row(string what, IReadOnlyCollection<string> tables)
        {
            Spread Per(IReadOnlyDictionary<string, long> now, long by) => Spread.Of([(double)tables.Sum(t => now[t] - before[t]) / by]);
            return new Row(what, "", new Dictionary<string, Spread>
            {
                ["bytes per referral"] = Per(grown, runner.Finished),
                ["packed"] = Per(packed, runner.Finished),
                ["bytes per event"] = Per(grown, runner.Events),
                ["packed per event"] = Per(packed, runner.Events),
            });
        }

        var changed = grown.Keys.Where(t => grown[t] != before[t]).OrderByDescending(t => grown[t] - before[t]).ToList();
        return new Table(
            "Chain: disk space of a finished referral, both sides, with indexes",
            ["bytes per referral", "packed", "bytes per event", "packed per event"],
            [Row("all tables", [.. grown.Keys]), .. changed.Select(t => Row(t, [t]))],
            $"{runner.Finished} referrals with {runner.Events} events. As the tables lie after a checkpoint; packed: after VACUUM FULL.");
    }
}
