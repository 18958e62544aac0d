using Microsoft.Extensions.Time.Testing;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests;

public sealed class DeadlineTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_came_due_while_the_workers_were_down_fires_after_their_start()
    {
        var past = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-30));
        await using var network = await TestNetwork.CreateAsync(postgres, Ct, past);
        var id = await network.StartReferralAsync(Ct);

        await network.StartWorkersAsync(null, Ct);

        var coordinator = network.Own(TestNetwork.Coordinator);
        await Wait.UntilAsync("the coordinator is told", async () =>
            (await network.Log.QueryRowsAsync(new ListQuery(coordinator.Value, Escalations.List), Ct)).Count == 1, Ct);
        var history = await network.Referrals.HistoryAsync(network.Own(TestNetwork.Jobcenter), id, Ct);
        Assert.Single(history, e => e.Type == "step_escalated");
    }

    [Fact]
    public async Task A_stream_for_which_time_can_not_be_passed_keeps_no_other_one_waiting()
    {
        var past = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-30));
        await using var network = await TestNetwork.CreateAsync(postgres, Ct, past);
        var broken = new StreamName(network.Own(TestNetwork.Jobcenter).Value, "referral", Guid.NewGuid());
        var context = new Actor("test", network.Own(TestNetwork.Jobcenter)).At(past.GetUtcNow());
        await network.Log.AppendAsync(new Append(context, [], [new RowChange.SetDue(broken, past.GetUtcNow())]), Ct);
        var id = await network.StartReferralAsync(Ct);

        await network.StartWorkersAsync(null, Ct);

        await Wait.UntilAsync("the other one is escalated", async () =>
            (await network.Referrals.HistoryAsync(network.Own(TestNetwork.Jobcenter), id, Ct)).Any(e => e.Type == "step_escalated"), Ct);
    }
}
