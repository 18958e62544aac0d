using Referrals.Benchmarks.Measuring;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Review;

/// <summary>Builds the data set on which the review is measured, and says what that took.</summary>
internal static class ReviewFillBenchmark
{
    private const long Seed = 1;

    /// <summary>Builds it on that server, in a database of its own.</summary>
    public static async Task<IReadOnlyList<Table>> RunAsync(LocalPostgres postgres, int referrals, CancellationToken ct)
    {
        var owner = await postgres.CreateDatabaseAsync("bench_review", ct);
        var tenant = new ReviewTenant(owner, "referrals");
        var fill = await tenant.FillAsync(referrals, Seed, written => Console.Error.Write($"\rreview: {written:N0} events written"), ct);
        await Console.Error.WriteLineAsync();
        return [Told(fill)];
    }

    /// <summary>The table of what was written.</summary>
    public static Table Told(ReviewFill fill) => new(
        $"Review: data set of {fill.Referrals:N0} finished referrals",
        ["events", "s", "events/s", "GB", "bytes per event"],
        [
            new Row("fill by COPY", $"{fill.Templates:N0} played", new Dictionary<string, Spread>
            {
                ["events"] = Spread.Of([fill.Events]),
                ["s"] = Spread.Of([fill.Took.TotalSeconds]),
                ["events/s"] = Spread.Of([fill.Events / fill.Took.TotalSeconds]),
                ["GB"] = Spread.Of([fill.Bytes / 1e9]),
                ["bytes per event"] = Spread.Of([fill.Bytes / (double)fill.Events]),
            }),
        ],
        "Streams of the holders of two years over the demo network's organisations, cut chains and both versions; see ReviewTenant.",
        "Played: how many different referrals the engine played in memory to copy from. GB: events and streams with their indexes, after vacuum.");
}
