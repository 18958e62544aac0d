using Referrals.Benchmarks.Measuring;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Hop;

/// <summary>
/// One hop over RabbitMQ: from the sender's accepted append to the assignment in the partner's list, at a given load; beside it a bare
/// publish and consume.
/// </summary>
internal static class HopBenchmark
{
    private const double DefaultSeconds = 10;

    private static readonly int[] Loads = [50, 500];

    /// <summary>Runs it on that server and a broker of its own.</summary>
    public static async Task<Table> RunAsync(LocalPostgres postgres, BenchSettings settings, CancellationToken ct)
    {
        await using var rabbit = new LocalRabbit();
        await rabbit.StartAsync(ct);
        await using var bare = await BareMessaging.StartAsync(rabbit.Uri, ct);
        await using var network = await HopNetwork.StartAsync(postgres, rabbit, settings, ct);
        var during = TimeSpan.FromSeconds(settings.Seconds ?? DefaultSeconds);
        var results = Loads.ToDictionary(l => l, _ => (Bare: new List<HopSample>(), Hop: new List<HopSample>()));
        await bare.SampleAsync(Loads[0], during / 4, ct);
        await network.SampleAsync(Loads[0], during / 4, ct);
        await settings.EachRoundAsync("hop", async () =>
        {
            foreach (var load in Loads)
            {
                results[load].Bare.Add(await bare.SampleAsync(load, during, ct));
                results[load].Hop.Add(await network.SampleAsync(load, during, ct));
            }
        });
        await network.CheckAsync(ct);

        return new Table(
            "Hop: accepted at the sender → in the partner's list, over RabbitMQ",
            ["p50 ms", "p99 ms", "from schedule p50", "from schedule p99", "ratio of p50", "arrived/s", "backlog", "missing"],
            [.. Loads.SelectMany(l => Rows(l, results[l].Bare, results[l].Hop))],
            [
                "Bare: MassTransit publish → consume over one quorum queue, from the call of publish. Hop: from the return of the append that offered the "
                    + "step to the commit of the row in the partner's list; the relay, receipts and everything else of the product run beside it.",
                "Sent on a fixed schedule; \"from schedule\" counts from the time at which it should have been sent, the sender's own append included.",
                "Backlog: on their way when the last one had been sent.",
                .. Loads.Where(l => results[l].Hop.Any(h => !IsSustained(h, l))).Select(l => $"{l} referrals/s were NOT sustained: see arrived/s and backlog."),
            ]);
    }

    // Else the backlog would have grown on.
    private static bool IsSustained(HopSample sample, int load) =>
        sample.Missing == 0 && sample.Backlog <= load && sample.PerSecond >= 0.9 * load;

    private static IEnumerable<Row> Rows(int load, IReadOnlyList<HopSample> bare, IReadOnlyList<HopSample> hop)
    {
        var (bareFigures, hopFigures) = (Of(bare), Of(hop));
        hopFigures["ratio of p50"] = Spread.Ratio(hopFigures["p50 ms"], bareFigures["p50 ms"]);
        yield return new Row("bare", $"{load}/s", bareFigures);
        yield return new Row("hop", $"{load}/s", hopFigures);
    }

    private static Dictionary<string, Spread> Of(IReadOnlyList<HopSample> rounds) => new()
    {
        ["p50 ms"] = Spread.Of(rounds.Select(r => r.Sent.P50)),
        ["p99 ms"] = Spread.Of(rounds.Select(r => r.Sent.P99)),
        ["from schedule p50"] = Spread.Of(rounds.Select(r => r.Scheduled.P50)),
        ["from schedule p99"] = Spread.Of(rounds.Select(r => r.Scheduled.P99)),
        ["arrived/s"] = Spread.Of(rounds.Select(r => r.PerSecond)),
        ["backlog"] = Spread.Of(rounds.Select(r => (double)r.Backlog)),
        ["missing"] = Spread.Of(rounds.Select(r => (double)r.Missing)),
    };
}
