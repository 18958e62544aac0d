using System.Collections.Concurrent;
using System.Diagnostics;
using Referrals.Benchmarks.Measuring;

namespace Referrals.Benchmarks.Hop;

/// <summary>When things were scheduled, sent, and arrived, by id.</summary>
internal sealed class Arrivals
{
    private readonly ConcurrentDictionary<Guid, (long Scheduled, long Sent)> _sent = new();
    private readonly ConcurrentDictionary<Guid, long> _arrived = new();

    /// <summary>How many were sent.</summary>
    public int Sent => _sent.Count;

    /// <summary>How many were sent but have not arrived yet.</summary>
    public int Missing => _sent.Keys.Count(id => !_arrived.ContainsKey(id));

    /// <summary>Ids of what was sent.</summary>
    public IEnumerable<Guid> Ids => _sent.Keys;

    /// <summary>It was due then and has been sent at that time.</summary>
    public void Add(Guid id, long scheduled, long sent) => _sent[id] = (scheduled, sent);

    /// <summary>It arrived; only the first time counts.</summary>
    public void Arrived(Guid id, long at) => _arrived.TryAdd(id, at);

    /// <summary>Waits until everything has arrived, or for that long.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken ct)
    {
        for (var begun = Stopwatch.GetTimestamp(); Missing > 0 && Stopwatch.GetElapsedTime(begun) < atMost;)
        {
            await Task.Delay(20, ct);
        }
    }

    /// <summary>The figures of everything that arrived.</summary>
    /// <param name="backlog">How many had not arrived when the last one had been sent.</param>
    public HopSample Measure(int backlog)
    {
        var pairs = _sent.Where(s => _arrived.ContainsKey(s.Key)).Select(s => (s.Value.Scheduled, s.Value.Sent, Arrived: _arrived[s.Key])).ToList();
        if (pairs.Count == 0)
        {
            throw new InvalidOperationException("nothing arrived");
        }

        var took = Stopwatch.GetElapsedTime(pairs.Min(p => p.Scheduled), pairs.Max(p => p.Arrived));

        // A message can arrive before its sender's task got to look at the clock.
        return new(
            Percentiles.Of([.. pairs.Select(p => Math.Max(0, p.Arrived - p.Sent)).Order()]),
            Percentiles.Of([.. pairs.Select(p => p.Arrived - p.Scheduled).Order()]),
            pairs.Count / took.TotalSeconds,
            backlog,
            Missing);
    }
}

/// <summary>What one measurement at one load found.</summary>
/// <param name="Sent">From sent to arrived.</param>
/// <param name="Scheduled">From the scheduled time to arrived, which also counts what waited to be sent.</param>
/// <param name="PerSecond">Arrivals per second, from the first scheduled time to the last arrival.</param>
/// <param name="Backlog">On their way when the last one had been sent.</param>
/// <param name="Missing">Not arrived in all the time waited.</param>
internal sealed record HopSample(Percentiles Sent, Percentiles Scheduled, double PerSecond, int Backlog, int Missing);
