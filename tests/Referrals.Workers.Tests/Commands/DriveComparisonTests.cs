using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Referrals.Engine.Chains;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands;

/// <summary>The driver against an API that says something else than the seed: it has to notice.</summary>
public sealed class DriveComparisonTests
{
    [Fact]
    public async Task Referrals_that_end_otherwise_than_the_seed_says_end_the_drive_with_1()
    {
        await using var api = await StartAsync(status: "withdrawn");

        var (status, text) = await CommandRun.Of("drive", "--api", api.Urls.First(), "--count", "3", "--seed", "7", "--timeout", "20");

        Assert.Equal(1, status);
        Assert.Contains("ended otherwise", text, StringComparison.Ordinal);
        Assert.Contains("differences from what seed 7 says", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_refuses_ends_the_drive_with_1_and_its_code()
    {
        await using var api = await StartAsync(status: null);

        var (status, text) = await CommandRun.Of("drive", "--api", api.Urls.First(), "--count", "1", "--seed", "7");

        Assert.Equal(1, status);
        Assert.Contains("422 referral-invalid", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_API_the_drive_ends_with_1()
    {
        var (status, text) = await CommandRun.Of("drive", "--api", "http://127.0.0.1:1", "--count", "1");

        Assert.Equal(1, status);
        Assert.Contains("can't be driven", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_below_one_is_a_wrong_call() => Assert.Equal(1, (await CommandRun.Of("drive", "--count", "0")).Status);

    // Has one chain, and every referral is at its end at once, without anything having happened in it; or none can be started.
    private static async Task<WebApplication> StartAsync(string? status)
    {
        var chain = ChainJson.Read(await File.ReadAllTextAsync(Repository.Path("deploy", "demo", "chains", "arbeit-mit-kind.json"), TestContext.Current.CancellationToken)).Chain!;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var (referral, at) = (Guid.NewGuid(), DateTimeOffset.UtcNow);
        var shown = new { id = referral, status, steps = Array.Empty<object>(), waiting = Array.Empty<object>() };
        app.MapPost("/connect/token", () => Results.Json(new Dictionary<string, object> { ["access_token"] = "token", ["expires_in"] = 3600 }));
        app.MapGet("/api/v1/organisations", () => Results.Json(new { items = new[] { new { id = "jobcenter-elbtal" } } }));
        app.MapGet("/api/v1/chains", () => Results.Json(new { items = new[] { new { id = chain.Id.Value, inForce = 1 } } }));
        app.MapGet("/api/v1/chains/{id}/versions/1", () => Results.Text(
            $$"""{"contentHash":"{{ChainJson.ContentHash(chain)}}","definition":{{ChainJson.Write(chain)}}}""", "application/json"));
        app.MapPost("/api/v1/referrals", () => status is null ? Results.Json(new { code = "referral-invalid" }, statusCode: 422) : Results.Json(shown, statusCode: 201));
        app.MapGet("/api/v1/referrals", () => Results.Json(new { items = new[] { new { id = referral, status, changedAt = at, startedAt = at } } }));
        app.MapGet("/api/v1/referrals/{id}", () => Results.Json(shown));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
