using System.Diagnostics;

namespace Referrals.Browser.Tests;

/// <summary>Waits for what comes by itself.</summary>
internal static class Wait
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What is found, as soon as it is.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> find, CancellationToken ct)
        where T : class
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            if (await find() is { } found)
            {
                return found;
            }

            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"waited {Patience} in vain");
            }

            await Task.Delay(20, ct);
        }
    }
}
