using System.Diagnostics;

namespace Referrals.Benchmarks.Measuring;

/// <summary>Clients that do one operation after the other, each as fast as it can: tells throughput.</summary>
internal static class ClosedLoop
{
    /// <summary>Runs all clients at once. A quarter of the time that counts goes before it, to warm up.</summary>
    /// <param name="clients">Each runs until its recorder says that the time is up.</param>
    /// <param name="counted">The time that counts.</param>
    public static async Task<Sample> RunAsync(IReadOnlyList<Func<Recorder, Task>> clients, TimeSpan counted)
    {
        var from = Stopwatch.GetTimestamp() + (long)(counted.TotalSeconds / 4 * Stopwatch.Frequency);
        var until = from + (long)(counted.TotalSeconds * Stopwatch.Frequency);
        var recorders = clients.Select(_ => new Recorder(from, until)).ToList();
        await Task.WhenAll(clients.Zip(recorders, (client, recorder) => Task.Run(() => client(recorder))));
        return Sample.Of(recorders.SelectMany(r => r.Ticks), counted);
    }
}
