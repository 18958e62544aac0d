using Referrals.LocalServers;

namespace Referrals.Workers.Tests;

public sealed class ChainEndToEndTests(LocalPostgres postgres, LocalRabbit rabbit)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_referral_runs_through_both_partners_and_closes_and_every_message_is_confirmed(bool overRabbit)
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        await network.StartWorkersAsync(overRabbit ? rabbit.Uri : null, Ct);
        var ids = new List<Engine.ReferralId>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await network.StartReferralAsync(Ct));
        }

        await network.RunToEndAsync(ids, Ct);

        await Wait.UntilAsync("every message has its receipt", async () => await network.UnconfirmedAsync(Ct) == 0, Ct);
        Assert.Empty(await network.DeadLettersAsync(TestNetwork.Jobcenter, Ct));
        Assert.Empty(await network.DeadLettersAsync(TestNetwork.Childcare, Ct));
    }
}
