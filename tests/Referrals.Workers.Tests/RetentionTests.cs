using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;
using Referrals.Workers.Tests.Commands;

namespace Referrals.Workers.Tests;

/// <summary>The workers erase by a chain's rule what was kept long enough, and nothing else.</summary>
public sealed class RetentionTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_due_is_erased_by_itself_and_nothing_else()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var holder = new Actor("caseworker", network.Own(TestNetwork.Jobcenter));
        var (old, recent, open) = (await StartAsync(network, holder), await StartAsync(network, holder), await StartAsync(network, holder));
        foreach (var id in (ReferralId[])[old, recent])
        {
            await network.Referrals.DoAsync(holder, id, new ReferralCommand.Close(), null, Ct);
        }

        await AgeAsync(network, old, "7 months");
        await AgeAsync(network, recent, "5 months");
        await AgeAsync(network, open, "9 months");
        Assert.Contains("none", (await RunAsync(network, "--dry-run")).Text, StringComparison.Ordinal);

        var ruled = await RunAsync(network, "rule", Chain(network).Value, "--months", "6");
        Assert.Equal(0, ruled.Status);
        Assert.Matches(@"6 months\s*│\s*1\s*│", ruled.Text);
        Assert.Matches(@"6 months\s*│\s*1\s*│", (await RunAsync(network, "--dry-run", "--yes")).Text);
        Assert.Null(await ErasedAsync(network, holder, old));
        Assert.Equal(1, (await RunAsync(network, "rule", Chain(network).Value, "--months", "5")).Status);

        await network.ExecuteAsync(
            $$"""
            insert into {0}.referral_drafts (tenant_id, login, id, fields, changed_at) values
              ('{{holder.Tenant}}', 'gone', gen_random_uuid(), json_build_object(), now() - interval '31 days'), ('{{holder.Tenant}}', 'here', gen_random_uuid(), json_build_object(), now() - interval '29 days')
            """, Ct);

        // Two processes: one of them has the turn.
        await network.StartWorkersAsync(null, Ct, "--Referrals:Workers:RetentionEvery", "00:00:00.2");
        await network.StartWorkersAsync(null, Ct, "--Referrals:Workers:RetentionEvery", "00:00:00.2");
        await Wait.UntilAsync("the old one is erased", async () => await ErasedAsync(network, holder, old) == ErasureReason.Retention, Ct);
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        Assert.Null(await ErasedAsync(network, holder, recent));
        Assert.Equal(1, await network.CountAsync("select count(*)::int from {0}.referral_drafts where login = 'here' or login = 'gone'", Ct));
        Assert.Equal(1, await network.CountAsync("select count(*)::int from {0}.referral_drafts where login = 'here'", Ct));
        Assert.Null(await ErasedAsync(network, holder, open));
        Assert.Equal("retention", (await network.Referrals.HistoryAsync(holder.Organisation, old, Ct))[^1].Context.User);

        await using var tables = new TenantDatabase(network.Options);
        var entries = await new AuditStore(tables, TimeProvider.System).ListAsync([holder.Organisation], new AuditFilter([AuditCodes.RetentionRun]), null, 10, Ct);
        Assert.Equal(("1", "0"), (Assert.Single(entries).Details!["erased"], entries[0].Details!["left"]));
    }

    [Fact]
    public async Task A_command_erases_at_once_what_is_due()
    {
        await using var network = await TestNetwork.CreateAsync(postgres, Ct);
        var holder = new Actor("caseworker", network.Own(TestNetwork.Jobcenter));
        var id = await StartAsync(network, holder);
        await network.Referrals.DoAsync(holder, id, new ReferralCommand.Close(), null, Ct);
        await AgeAsync(network, id, "13 months");
        await RunAsync(network, "rule", Chain(network).Value, "--months", "12");
        Assert.Contains("erased=1 left=0", (await RunAsync(network, "--yes")).Text, StringComparison.Ordinal);
        Assert.Contains("erased=0 left=0", (await RunAsync(network, "--yes")).Text, StringComparison.Ordinal);
        Assert.Equal(ErasureReason.Retention, await ErasedAsync(network, holder, id));
        Assert.Equal(1, (await RunAsync(network, "rule", Chain(network).Value)).Status);
        Assert.Contains("none", (await RunAsync(network, "rule", Chain(network).Value, "--none")).Text, StringComparison.Ordinal);
    }

    private static ChainId Chain(TestNetwork network) => new(network.Prefix + TestNetwork.ChainName.Value);

    private static async Task<ErasureReason?> ErasedAsync(TestNetwork network, Actor holder, ReferralId id) =>
        (await network.Referrals.FindAsync(holder.Organisation, id, Ct))!.State.Erased?.Reason;

    private static Task<(int Status, string Text)> RunAsync(TestNetwork network, params string[] args) => CommandRun.Of(
        new Dictionary<string, string?>
        {
            ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text,
            ["ConnectionStrings:Owner"] = network.Options.Owner,
            ["Referrals:Schema"] = network.Options.Schema,
        },
        ["retention", .. args]);

    // The line says when the referral last changed.
    private static Task AgeAsync(TestNetwork network, ReferralId id, string by) => network.ExecuteAsync(
        $$"""
        update {0}.list_rows set data = jsonb_set(data::jsonb, array['changedAt'], to_jsonb(to_char((now() - interval '{{by}}') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))::json
        where id = '{{id}}'
        """, Ct);

    private static async Task<ReferralId> StartAsync(TestNetwork network, Actor holder)
    {
        var id = new ReferralId(Guid.CreateVersion7());
        var outcome = await network.Referrals.StartAsync(
            holder, Chain(network),
            chain => new ReferralCommand.Start(
                id, holder.Organisation, chain.ContentHash, "case-77177", new Consent(ConsentForm.Written, new DateOnly(2020, 1, 1), "service-chain"),
                new Dictionary<string, FactValue>(), new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>(),
                Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen("Bitte ruhig.")).Note),
            Ct);
        Assert.IsType<ReferralOutcome.Done>(outcome);
        return id;
    }
}
