namespace Referrals.Benchmarks.Measuring;

/// <summary>The figures of one thing over all rounds.</summary>
internal static class Figures
{
    /// <summary>Throughput and times.</summary>
    public static Dictionary<string, Spread> Of(IReadOnlyList<Sample> rounds, string throughput = "tx/s") => new()
    {
        [throughput] = Spread.Of(rounds.Select(r => r.PerSecond)),
        ["p50 ms"] = Spread.Of(rounds.Select(r => r.Times.P50)),
        ["p99 ms"] = Spread.Of(rounds.Select(r => r.Times.P99)),
    };
}
