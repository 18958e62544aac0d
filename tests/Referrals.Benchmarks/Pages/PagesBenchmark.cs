using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.Benchmarks.Pages;

/// <summary>
/// How long the server takes for each page that people work from, with 100,000 referrals in the organisation's tenant, asked over HTTP on
/// this machine by one person after the other. Floor: a page that asks the database nothing.
/// </summary>
internal static class PagesBenchmark
{
    private const int Referrals = 100_000;
    private const int WarmUp = 60;
    private const int Asked = 300;
    private const string Floor = "/impressum";
    private static readonly string[] Caseworkers = [PageSite.Caseworker, .. Enumerable.Range(1, 19).Select(n => $"caseworker-{n}")];

    /// <summary>Runs it on that server.</summary>
    public static async Task<IReadOnlyList<Table>> RunAsync(LocalPostgres postgres, BenchSettings settings, CancellationToken ct)
    {
        await using var site = await PageSite.StartAsync(await postgres.CreateDatabaseAsync("bench_pages", ct), ct);
        var log = site.Services.GetRequiredService<IEventLog>();
        var chain = await site.Services.GetRequiredService<IChainCatalog>().InForceAsync(new ChainId("arbeit-mit-kind"), ct)
            ?? throw new InvalidOperationException("the demo network has no such chain");
        var began = Stopwatch.GetTimestamp();
        await Console.Error.WriteLineAsync($"pages: writing {Referrals:N0} referrals");
        await new FullTenant(log, chain, DateTimeOffset.UtcNow).FillAsync(Referrals, Caseworkers, ct);
        await Console.Error.WriteLineAsync($"pages: written in {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s");
        await site.AnalyseAsync(ct);

        var pages = await site.PagesAsync(log, ct);
        var results = pages.ToDictionary(p => p, _ => new List<Sample>());
        await settings.EachRoundAsync("pages", async () =>
        {
            foreach (var page in pages)
            {
                results[page].Add(await MeasureAsync(site, page, ct));
            }
        });

        var floor = results[pages[0]];
        return
        [
            new Table(
                $"Pages: server time with {Referrals:N0} referrals in the tenant",
                ["p50 ms", "p95 ms", "p99 ms", "ratio to floor", "kB"],
                [.. pages.Select(p => Row(p, results[p], floor))],
                $"Each page asked {Asked} times per round by one person, after {WarmUp} times to warm up; from request to last byte over loopback.",
                $"Floor: {Floor}, which asks the database nothing. Ratio: of the p50."),
        ];
    }

    private static async Task<Sample> MeasureAsync(PageSite site, BenchPage page, CancellationToken ct)
    {
        var ticks = new List<long>(Asked);
        for (var i = 0; i < WarmUp + Asked; i++)
        {
            var began = Stopwatch.GetTimestamp();
            page.Bytes = await site.AskAsync(page, ct);
            if (i >= WarmUp)
            {
                ticks.Add(Stopwatch.GetTimestamp() - began);
            }
        }

        return Sample.Of(ticks, Stopwatch.GetElapsedTime(0, ticks.Sum()));
    }

    private static Row Row(BenchPage page, IReadOnlyList<Sample> rounds, IReadOnlyList<Sample> floor) => new(page.Name, "1 person", new Dictionary<string, Spread>
    {
        ["p50 ms"] = Spread.Of(rounds.Select(r => r.Times.P50)),
        ["p95 ms"] = Spread.Of(rounds.Select(r => r.Times.P95)),
        ["p99 ms"] = Spread.Of(rounds.Select(r => r.Times.P99)),
        ["ratio to floor"] = Spread.Ratio(Spread.Of(rounds.Select(r => r.Times.P50)), Spread.Of(floor.Select(r => r.Times.P50))),
        ["kB"] = Spread.Of([page.Bytes / 1000.0]),
    });
}

/// <summary>A page that is measured.</summary>
internal sealed record BenchPage(string Name, string Path, string? Login)
{
    /// <summary>How large it was when asked last.</summary>
    public int Bytes { get; set; }
}
