using System.Globalization;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands;

/// <summary>The whole product in a process of its own, driven through its HTTP API.</summary>
public sealed class DriveEndToEndTests(LocalPostgres postgres, LocalRabbit rabbit)
{
    [Fact]
    public async Task Thirty_referrals_end_as_the_seed_says_with_messages_within_the_process() => await DriveAsync("drive_memory", null);

    [Fact]
    public async Task Thirty_referrals_end_as_the_seed_says_over_RabbitMQ() => await DriveAsync("drive_rabbit", rabbit.Uri.ToString());

    [Fact]
    public async Task A_kill_amid_the_drive_loses_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var product = await ProductProcess.StartAsync(await postgres.CreateDatabaseAsync("drive_killed", ct), null, ct);
        var drive = CommandRun.Of("drive", "--api", product.Address.ToString(), "--count", "20", "--seed", "11", "--parallel", "4", "--timeout", "240");
        await Task.WhenAny(drive, SomethingRunsAsync(product.Address, ct));

        await product.KillAsync(ct);
        await product.StartAsync(ct);
        var (status, text) = await drive;

        Assert.True(status == 0, text);
    }

    private async Task DriveAsync(string database, string? broker)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var product = await ProductProcess.StartAsync(await postgres.CreateDatabaseAsync(database, ct), broker, ct);

        var (status, text) = await CommandRun.Of(
            "drive", "--api", product.Address.ToString(), "--count", "30", "--seed", "7", "--timeout", 240.ToString(CultureInfo.InvariantCulture));

        Assert.True(status == 0, text);
        Assert.Contains("Every one of 30 referrals ended", text, StringComparison.Ordinal);
    }

    // The demo's sign-in needs no other help than the address.
    private static async Task SomethingRunsAsync(Uri address, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var api = new Workers.Commands.Drive.ApiNetwork(http, "{organisation}", "demo", DateTimeOffset.UtcNow.AddMinutes(-1));
        while (true)
        {
            foreach (var holder in (string[])["jobcenter-elbtal", "sozialamt-elbtal", "jugendamt-elbtal", "gesundheitsamt-elbtal"])
            {
                if ((await api.Of(new(holder)).Referrals.AllAsync(ct)).Count > 1)
                {
                    return;
                }
            }

            await Task.Delay(50, ct);
        }
    }
}
