using System.Collections.Concurrent;
using System.Diagnostics;

namespace Referrals.Workers.Commands.Drive;

/// <summary>How long the calls of the API took and how often they had to be repeated.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<double> _milliseconds = [];
    private long _retries;

    /// <summary>Calls that were answered.</summary>
    public int Count => _milliseconds.Count;

    /// <summary>Calls that were made again: too many at once, not available, changed meanwhile.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Notes a call that began at this time stamp.</summary>
    public void Add(long began) => _milliseconds.Enqueue(Stopwatch.GetElapsedTime(began).TotalMilliseconds);

    /// <summary>Notes a call that has to be made again.</summary>
    public void Again() => Interlocked.Increment(ref _retries);

    /// <summary>The time within which this share of the calls was answered; 0 when there was none.</summary>
    public TimeSpan Within(double share)
    {
        var sorted = _milliseconds.Order().ToList();
        return sorted.Count == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)]);
    }
}
