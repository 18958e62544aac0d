using Npgsql;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.Engine.Network.Audit;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands;

/// <summary><c>./referrals audit verify</c> over a real database.</summary>
public sealed class AuditCommandTests(LocalPostgres postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_whole_log_is_ok_a_changed_one_is_not_and_a_shortened_one_is_found_with_what_was_kept()
    {
        var owner = await postgres.CreateDatabaseAsync("audit_verify", Ct);
        var settings = new Dictionary<string, string?> { ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text, ["ConnectionStrings:Owner"] = owner };
        var options = PostgresOptions.FromOwner(owner) with { MasterKeys = MasterKeys.FromText(TestMasterKeys.Text) };
        await new SchemaMigrator(options).ApplyAsync(Ct);
        await WriteAsync(options, "jobcenter-north", 5);
        await WriteAsync(options, "daycare-south", 3);
        var kept = Path.GetTempFileName();

        var (status, text) = await CommandRun.Of(settings, "audit", "verify");
        Assert.Equal(0, status);
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Matches("^daycare-south:3:[0-9a-f]{64} ok$", lines[0]);
        Assert.Matches("^jobcenter-north:5:[0-9a-f]{64} ok$", lines[1]);
        Assert.StartsWith("chains=2 broken=0 entries=8 ", lines[2], StringComparison.Ordinal);
        await File.WriteAllTextAsync(kept, text, Ct);

        await WriteAsync(options, "jobcenter-north", 1);
        Assert.Equal(0, (await CommandRun.Of(settings, "audit", "verify", "--against", kept)).Status);

        await TamperAsync(owner, "delete from audit_entries where tenant_id = 'daycare-south' and chain_no = 3; update audit_heads h set count = 2, hash = e.hash from audit_entries e where h.tenant_id = 'daycare-south' and e.tenant_id = h.tenant_id and e.chain_no = 2");
        Assert.Equal(0, (await CommandRun.Of(settings, "audit", "verify")).Status);
        var shortened = await CommandRun.Of(settings, "audit", "verify", "--against", kept);
        Assert.Equal(1, shortened.Status);
        Assert.Contains("daycare-south BROKEN at entry 3 of 2: it and what came after is missing at the end", shortened.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await CommandRun.Of(settings, "audit", "verify", "--expect", lines[0].Split(' ')[0])).Status);
        Assert.Equal(0, (await CommandRun.Of(settings, "audit", "verify", "--organisation", "jobcenter-north", "--against", kept)).Status);

        await TamperAsync(owner, "update audit_entries set who = 'nobody' where tenant_id = 'jobcenter-north' and chain_no = 4");
        var changed = await CommandRun.Of(settings, "audit", "verify");
        Assert.Equal(1, changed.Status);
        Assert.Contains("jobcenter-north BROKEN at entry 4 of 6: it is not as it was written", changed.Text, StringComparison.Ordinal);
        Assert.Contains("chains=2 broken=1", changed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("jobcenter-north:", changed.Text, StringComparison.Ordinal);

        Assert.Equal(1, (await CommandRun.Of(settings, "audit", "verify", "--organisation", "nowhere")).Status);
        Assert.Equal(2, (await CommandRun.Of(settings, "audit", "verify", "--against", kept + ".not")).Status);
        Assert.Equal(2, (await CommandRun.Of(settings, "audit", "verify", "--expect", "nonsense")).Status);
        File.Delete(kept);
    }

    private static async Task WriteAsync(PostgresOptions options, string organisation, int count)
    {
        await using var database = new TenantDatabase(options);
        var looks = new LookStore(database, TimeProvider.System);
        for (var i = 0; i < count; i++)
        {
            await looks.WriteAsync(
                new Look(new OrganisationId(organisation), "kim", LookCodes.Referral, "caseworker", LookPurposes.Casework, LookOutcomes.Shown) { Subject = Guid.NewGuid() }, Ct);
        }
    }

    private static async Task TamperAsync(string owner, string sql)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand($"set search_path = referrals; set session_replication_role = replica; {sql}", connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
