using System.Diagnostics;

namespace Referrals.Benchmarks.Measuring;

/// <summary>One measurement of one thing: how many operations per second, and how long each took.</summary>
/// <param name="Count">Operations that ended within the time.</param>
/// <param name="PerSecond">Operations per second.</param>
/// <param name="Times">How long they took.</param>
internal sealed record Sample(int Count, double PerSecond, Percentiles Times)
{
    /// <summary>A sample of operations that took so many ticks each and ended within that time.</summary>
    public static Sample Of(IEnumerable<long> ticks, TimeSpan within)
    {
        var sorted = ticks.Order().ToArray();
        return new(sorted.Length, sorted.Length / within.TotalSeconds, Percentiles.Of(sorted));
    }
}

/// <summary>The middle one, and those that only one in twenty and one in a hundred is slower than, in milliseconds.</summary>
internal readonly record struct Percentiles(double P50, double P95, double P99)
{
    /// <summary>Of times in the ticks of <see cref="Stopwatch"/>, sorted.</summary>
    public static Percentiles Of(ReadOnlySpan<long> sorted) =>
        sorted.IsEmpty ? new(double.NaN, double.NaN, double.NaN) : new(At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99));

    // Nearest rank.
    private static double At(ReadOnlySpan<long> sorted, double share) =>
        Stopwatch.GetElapsedTime(0, sorted[(int)Math.Ceiling(share * sorted.Length) - 1]).TotalMilliseconds;
}
