using System.Diagnostics;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests;

public sealed class KilledProcessTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workers_killed_at_any_moment_lose_nothing_although_messages_stay_within_the_process()
    {
        const int kills = 4;
        var random = new Random(20260504);
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var ids = new List<Engine.ReferralId>();
        for (var kill = 0; kill < kills; kill++)
        {
            await using var process = WorkerProcess.Start(network, null);
            await Wait.UntilAsync("it is ready", () => process.IsReadyAsync(Ct), Ct);
            ids.AddRange(await network.StartReferralsAsync(4, Ct));
            var until = Stopwatch.StartNew();
            var life = TimeSpan.FromMilliseconds(random.Next(0, 400));
            while (until.Elapsed < life)
            {
                await network.WorkAsync(TestNetwork.Childcare, Ct);
                await network.WorkAsync(TestNetwork.Debt, Ct);
            }

            // A process that is through with everything loses nothing: it is caught while something is under way.
            await process.FreezeAsync(Ct);
            while (await network.UnconfirmedAsync(Ct) == 0)
            {
                await process.ThawAsync(Ct);
                ids.AddRange(await network.StartReferralsAsync(2, Ct));
                await process.FreezeAsync(Ct);
            }

            await process.KillAsync(Ct);
        }

        await using var last = WorkerProcess.Start(network, null);
        await network.RunToEndAsync(ids, Ct);
        await Wait.UntilAsync("every message has its receipt", async () => await network.UnconfirmedAsync(Ct) == 0, Ct);
    }

    [Fact]
    public async Task Of_two_processes_one_relays_and_the_other_takes_over_when_it_is_killed()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await using var first = WorkerProcess.Start(network, null);
        await Wait.UntilAsync("the first leads", () => first.LeadsAsync(Ct), Ct);
        await using var second = WorkerProcess.Start(network, null);
        await Wait.UntilAsync("the second is ready", () => second.IsReadyAsync(Ct), Ct);
        Assert.False(await second.LeadsAsync(Ct));
        Assert.True(await first.LeadsAsync(Ct));

        await first.KillAsync(Ct);

        await Wait.UntilAsync("the second leads", () => second.LeadsAsync(Ct), Ct);
        await network.RunToEndAsync(await network.StartReferralsAsync(3, Ct), Ct);
    }
}
