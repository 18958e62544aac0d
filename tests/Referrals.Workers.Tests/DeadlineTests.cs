using Microsoft.Extensions.Time.Testing;
using Referrals.Engine.Chains;
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

    [Fact]
    public async Task A_chain_agreed_with_a_day_to_come_is_put_in_force_once_on_that_day()
    {
        var past = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-30));
        await using var network = await TestNetwork.CreateAsync(postgres, Ct, past);
        var chain = await network.AgreeNextAsync(WorkingCalendar.LocalDay(past.GetUtcNow()).AddDays(10), Ct);
        Assert.Equal(1, (await network.Chains.InForceAsync(chain, Ct))!.Version.Version);

        await network.StartWorkersAsync(null, Ct);

        await Wait.UntilAsync("the next version is in force", async () => (await network.Chains.InForceAsync(chain, Ct))!.Version.Version == 2, Ct);
        Assert.Equal(2, (await network.Chains.HistoryAsync(chain, Ct)).Count(e => e.Type == "chain_put_in_force"));
    }
}
