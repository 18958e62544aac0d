using System.Diagnostics;

namespace Referrals.Benchmarks.Measuring;

/// <summary>What one client does within the time that counts. Used by one client only.</summary>
internal sealed class Recorder(long from, long until)
{
    private readonly List<long> _ticks = [];

    /// <summary>Whether the time is up; the client then ends what it has begun and begins nothing more.</summary>
    public bool Ended => Stopwatch.GetTimestamp() >= until;

    /// <summary>How long each operation took that ended within the time, in the ticks of <see cref="Stopwatch"/>.</summary>
    public IReadOnlyList<long> Ticks => _ticks;

    /// <summary>Runs an operation and keeps how long it took, if it ends within the time that counts.</summary>
    public async Task<T> TimeAsync<T>(Func<Task<T>> run)
    {
        var begun = Stopwatch.GetTimestamp();
        var result = await run();
        var now = Stopwatch.GetTimestamp();
        if (now >= from && now < until)
        {
            _ticks.Add(now - begun);
        }

        return result;
    }
}
