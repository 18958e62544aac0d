using System.Diagnostics;

namespace Referrals.Benchmarks.Measuring;

/// <summary>
/// Operations that begin on a fixed schedule, however long the ones before take: tells how long people wait at a given load. A
/// client that waits for the answer before it asks again would ask less while the system is slow, and so hide the waiting.
/// </summary>
internal static class OpenLoop
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(1);

    /// <summary>Begins operations at a steady rate and waits until all have returned.</summary>
    /// <param name="perSecond">How many begin per second.</param>
    /// <param name="during">How long.</param>
    /// <param name="begin">Begins the operation of that number; gets the time that it was scheduled for.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task RunAsync(int perSecond, TimeSpan during, Func<int, long, Task> begin, CancellationToken ct)
    {
        var start = Stopwatch.GetTimestamp();
        var apart = (double)Stopwatch.Frequency / perSecond;
        var running = new List<Task>();
        for (var no = 0; no < perSecond * during.TotalSeconds; no++)
        {
            var due = start + (long)(no * apart);
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(Nap, ct);
            }

            var number = no;
            running.Add(Task.Run(() => begin(number, due), ct));
        }

        await Task.WhenAll(running);
    }
}
