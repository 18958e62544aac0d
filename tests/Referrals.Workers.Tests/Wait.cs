using System.Diagnostics;

namespace Referrals.Workers.Tests;

/// <summary>Waiting for something to become true, with a limit.</summary>
internal static class Wait
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task UntilAsync(string what, Func<Task<bool>> condition, CancellationToken ct, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (limit ?? Limit))
            {
                Assert.Fail($"still not after {watch.Elapsed.TotalSeconds:F0} s: {what}");
            }

            await Task.Delay(25, ct);
        }
    }
}
