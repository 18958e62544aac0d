using Microsoft.Extensions.Time.Testing;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Notifications;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Notifications;

/// <summary>Each is told of what concerns it, once, and nobody of its own acts.</summary>
public sealed class NotificationTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partner_and_caseworker_are_told_what_the_other_side_does_and_nobody_of_what_it_does_itself()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct);
        var (jobcenter, childcare) = (network.Own(TestNetwork.Jobcenter), network.Own(TestNetwork.Childcare));
        await host.AddAsync(jobcenter, "caseworker", NetworkRoles.Caseworker);
        await host.AddAsync(jobcenter, "a.colleague", NetworkRoles.Caseworker);
        await host.AddAsync(childcare, "partner.one", NetworkRoles.Partner);
        await host.AddAsync(childcare, "partner.two", NetworkRoles.Partner);
        await host.AddAsync(childcare, "an.admin", NetworkRoles.Admin);

        await network.StartReferralAsync(Ct);
        var arrived = Assert.Single(await host.ToldAsync(childcare, "partner.one", NotificationKinds.New));
        await host.ToldAsync(childcare, "partner.two", NotificationKinds.New);
        Assert.Equal((1, true), (arrived.Number!.Value.Number, arrived.Step is { De.Length: > 0 }));

        var id = new AssignmentId((await network.Log.QueryRowsAsync(new ListQuery(childcare.Value, AssignmentBoard.List), Ct))[0].Id);
        await DoAsync(network, childcare, id, "partner.one", new AssignmentCommand.Assign("partner.two"));
        await DoAsync(network, childcare, id, "partner.two", new AssignmentCommand.Ask(new QuestionId(Guid.NewGuid()), Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen("Ab wann?")).Note));
        await host.ToldAsync(childcare, "partner.two", NotificationKinds.New, NotificationKinds.AssignmentHanded);
        var asked = Assert.Single(await host.ToldAsync(jobcenter, "caseworker", NotificationKinds.Question));
        Assert.Equal(1, asked.Number!.Value.Number);
        await DoAsync(network, childcare, id, "partner.two", new AssignmentCommand.Accept());
        var referral = new ReferralId((await network.Log.QueryRowsAsync(new ListQuery(jobcenter.Value, ReferralBoard.List), Ct))[0].Id);
        var made = await new HandoverService(network.Referrals).IssueAsync(new Actor("caseworker", jobcenter), referral, id, null, Ct);
        await Wait.UntilAsync("the code has arrived", async () => (await network.Assignments.FindAsync(childcare, id, Ct))!.State.Handover is not null, Ct);
        Assert.IsType<AssignmentOutcome.Done>(await new HandoverDesk(network.Assignments, network.Log).RedeemAnywhereAsync(new Actor("partner.two", childcare), made.Code!, Ct));
        await host.ToldAsync(jobcenter, "caseworker", NotificationKinds.Question, NotificationKinds.HandedOver);
        await DoAsync(network, childcare, id, "partner.two", new AssignmentCommand.Complete("helped", new Dictionary<string, FactValue>()));
        await host.ToldAsync(jobcenter, "caseworker", NotificationKinds.Question, NotificationKinds.HandedOver, NotificationKinds.Completed);
        Assert.Empty(await host.ToldAsync(childcare, "an.admin"));
        Assert.Single(await host.ToldAsync(childcare, "partner.one"));
    }

    [Fact]
    public async Task Partners_are_told_of_proposals_and_what_is_in_force_and_the_coordinator_of_withdrawals()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct);
        var (childcare, coordinator) = (network.Own(TestNetwork.Childcare), network.Own(TestNetwork.Coordinator));
        await host.AddAsync(childcare, "partner.one", NetworkRoles.Partner);
        await host.AddAsync(coordinator, "a.coordinator", NetworkRoles.Coordinator);
        await host.AddAsync(childcare, "an.admin", NetworkRoles.Admin);
        await network.WithdrawAsync(childcare, Ct);
        var told = Assert.Single(await host.ToldAsync(coordinator, "a.coordinator", NotificationKinds.ChainWithdrew));
        Assert.Equal((network.Prefix + TestNetwork.ChainName.Value, NotificationArea.Chain), (told.Chain!.Value.Value, told.Area));
        await network.AgreeNextAsync(WorkingCalendar.LocalDay(DateTimeOffset.UtcNow), Ct);
        await host.ToldAsync(childcare, "partner.one", NotificationKinds.ChainProposed, NotificationKinds.ChainInForce);
        await host.ToldAsync(coordinator, "a.coordinator", NotificationKinds.ChainWithdrew, NotificationKinds.ChainInForce);
        Assert.Empty(await host.ToldAsync(childcare, "an.admin"));
        Assert.Equal("Arbeit mit Kind", told.Step!.De);
    }

    [Fact]
    public async Task Partners_are_told_that_what_they_were_asked_for_is_taken_back_and_that_a_chain_goes_out_of_use()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct);
        var (coordinator, childcare, debt) = (network.Own(TestNetwork.Coordinator), network.Own(TestNetwork.Childcare), network.Own(TestNetwork.Debt));
        await host.AddAsync(childcare, "partner.one", NetworkRoles.Partner);
        await host.AddAsync(debt, "debt.one", NetworkRoles.Partner);
        await host.AddAsync(coordinator, "a.coordinator", NetworkRoles.Coordinator);
        await network.ProposeDebtOnlyAsync(2, Ct);
        await network.RetireAsync(2, Ct);
        await host.ToldAsync(debt, "debt.one", NotificationKinds.ChainProposed, NotificationKinds.ChainRetired);
        await network.ProposeDebtOnlyAsync(3, Ct);
        await network.AgreeAsync(debt, 3, Ct);
        await network.RetireAsync(3, Ct);
        await host.ToldAsync(
            debt, "debt.one", NotificationKinds.ChainProposed, NotificationKinds.ChainRetired, NotificationKinds.ChainProposed, NotificationKinds.ChainInForce, NotificationKinds.ChainRetired);

        // Named in the first version alone, on which referrals may still run: told that the chain is no more, and nothing else.
        var told = Assert.Single(await host.ToldAsync(childcare, "partner.one", NotificationKinds.ChainRetired));
        Assert.Equal("Arbeit mit Kind", told.Step!.De);
        Assert.Equal(NotificationArea.Chain, told.Area);
    }

    [Fact]
    public async Task A_follower_that_begins_again_tells_nobody_twice()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct);
        var childcare = network.Own(TestNetwork.Childcare);
        await host.AddAsync(childcare, "partner.one", NetworkRoles.Partner);
        await network.StartReferralAsync(Ct);
        await host.ToldAsync(childcare, "partner.one", NotificationKinds.New);
        await host.StopAsync(Ct);
        await network.ExecuteAsync("update {0}.mt_event_progression set last_seq_id = 0 where name = 'notifications'", Ct);

        var again = await network.StartWorkersAsync(null, Ct);
        await network.StartReferralAsync(Ct);
        await again.ToldAsync(childcare, "partner.one", NotificationKinds.New, NotificationKinds.New);
    }

    [Fact]
    public async Task Coordinator_and_caseworker_are_told_when_a_deadline_passed()
    {
        var past = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-30));
        await using var network = await TestNetwork.CreateAsync(postgres, Ct, past);
        await network.StartReferralAsync(Ct);
        var host = await network.StartWorkersAsync(null, Ct, "--Referrals:Workers:Relay", "false");
        var (jobcenter, coordinator) = (network.Own(TestNetwork.Jobcenter), network.Own(TestNetwork.Coordinator));
        await host.AddAsync(jobcenter, "caseworker", NetworkRoles.Caseworker);
        await host.AddAsync(coordinator, "a.coordinator", NetworkRoles.Coordinator);

        var working = await network.StartWorkersAsync(null, Ct);
        var told = Assert.Single(await working.ToldAsync(coordinator, "a.coordinator", NotificationKinds.Escalation));
        Assert.Null(told.Number);
        Assert.NotNull(told.Step);
        await Wait.UntilAsync("the caseworker is told", async () =>
            (await working.ToldAsync(jobcenter, "caseworker")).Any(n => n.Kind == NotificationKinds.Overdue), Ct);
    }

    [Fact]
    public async Task A_consent_ends_once_and_its_caseworker_is_told()
    {
        var past = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-30));
        await using var network = await TestNetwork.CreateAsync(postgres, Ct, past);
        var id = await network.StartReferralAsync(Ct, consentUntil: WorkingCalendar.LocalDay(past.GetUtcNow()).AddDays(10));
        var host = await network.StartWorkersAsync(null, Ct, "--Referrals:Workers:Relay", "false");
        var jobcenter = network.Own(TestNetwork.Jobcenter);
        await host.AddAsync(jobcenter, "caseworker", NetworkRoles.Caseworker);

        var working = await network.StartWorkersAsync(null, Ct);
        await Wait.UntilAsync("the caseworker is told", async () =>
            (await working.ToldAsync(jobcenter, "caseworker")).Any(n => n.Kind == NotificationKinds.ConsentExpired), Ct);
        var history = await network.Referrals.HistoryAsync(jobcenter, id, Ct);
        Assert.Equal(["referral_started", "step_offered", "consent_expired", "offer_withdrawn"], history.Select(e => e.Type).Distinct());
        Assert.Single(history, e => e.Type == "consent_expired");
    }

    [Fact]
    public async Task Administrators_are_told_of_a_dead_letter_once_however_often_it_is_written()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var host = await network.StartWorkersAsync(null, Ct);
        var childcare = network.Own(TestNetwork.Childcare);
        await host.AddAsync(childcare, "an.admin", NetworkRoles.Admin);
        var row = DeadLetters.UnreadableRow(childcare, "offer", Guid.NewGuid(), DateTimeOffset.UtcNow);
        foreach (var change in (RowChange[])[new RowChange.PutListRow(row), new RowChange.DropListRow(row.Tenant, row.List, row.Id), new RowChange.PutListRow(row)])
        {
            await network.Log.AppendAsync(new Append(new Actor("network", childcare).At(DateTimeOffset.UtcNow), [], [change]), Ct);
        }

        var other = DeadLetters.UnreadableRow(childcare, "offer", Guid.NewGuid(), DateTimeOffset.UtcNow);
        await network.Log.AppendAsync(new Append(new Actor("network", childcare).At(DateTimeOffset.UtcNow), [], [new RowChange.PutListRow(other)]), Ct);
        await host.ToldAsync(childcare, "an.admin", NotificationKinds.DeadLetter, NotificationKinds.DeadLetter);
    }

    private static async Task DoAsync(TestNetwork network, OrganisationId partner, AssignmentId id, string login, AssignmentCommand command) =>
        Assert.IsType<AssignmentOutcome.Done>(await network.Assignments.DoAsync(new Actor(login, partner), id, command, null, Ct));
}
