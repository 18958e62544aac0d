using Npgsql;
using Referrals.Engine.History;

namespace Referrals.History.Tests;

/// <summary>
/// A connection with the application's role that acts for alpha: whatever it sends, it neither reads nor changes nor adds what is
/// beta's, and no event of anybody's is ever changed.
/// </summary>
public sealed class RowSecurityTests(RowSecuritySchema schema) : IClassFixture<RowSecuritySchema>
{
    private static readonly string[] TenantTables = ["mt_streams", "mt_events", "list_rows", "due_streams", "inbox", "deliveries", "list_series"];

    private readonly PostgresOptions _options = schema.Options;
    private readonly NpgsqlConnection _owner = schema.Owner;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_table_with_a_tenant_is_protected_and_the_protection_holds_for_the_owner_too()
    {
        var protectedTables = await _owner.LinesAsync(
            $"""
            select c.relname from pg_class c
            where c.relnamespace = '{_options.Schema}'::regnamespace and c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity
            order by 1
            """, Ct);
        var withTenant = await _owner.LinesAsync(
            $"select table_name from information_schema.columns where table_schema = '{_options.Schema}' and column_name = 'tenant_id' order by 1", Ct);

        Assert.Empty(withTenant.Except(protectedTables));
        Assert.Empty(TenantTables.Except(withTenant));
    }

    [Theory]
    [InlineData("select count(*) from S.T where tenant_id = 'beta'")]
    [InlineData("select count(*) from S.T where tenant_id not in ('alpha', '*DEFAULT*')")]
    [InlineData("select count(*) from S.T where tenant_id = 'beta' or true limit 1 offset 2")]
    [InlineData("with x as materialized (select * from S.T) select count(*) from x where tenant_id = 'beta'")]
    [InlineData("select count(*) from S.T a full join S.T b on a.tenant_id = b.tenant_id where b.tenant_id = 'beta'")]
    [InlineData("select count(*) from (table S.T) x where x.tenant_id like 'b%'")]
    public async Task Rows_of_another_tenant_are_not_read(string sql)
    {
        await using var app = await ActingForAlphaAsync();
        foreach (var table in TenantTables)
        {
            var text = sql.Replace("S.T", $"{_options.Schema}.{table}", StringComparison.Ordinal);
            Assert.DoesNotContain(await app.LinesAsync(text, Ct), line => line is not "0");
            Assert.Equal(2, await app.ScalarAsync<long>($"select count(*) from {_options.Schema}.{table}", Ct));
        }
    }

    [Fact]
    public async Task A_copy_holds_no_rows_of_another_tenant()
    {
        await using var app = await ActingForAlphaAsync();
        foreach (var table in TenantTables)
        {
            using var export = await app.BeginTextExportAsync($"copy {_options.Schema}.{table} to stdout", Ct);
            var text = await export.ReadToEndAsync(Ct);
            Assert.Contains("alpha", text, StringComparison.Ordinal);
            Assert.DoesNotContain("beta", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_condition_with_a_side_effect_does_not_see_rows_of_another_tenant()
    {
        await using var app = await ActingForAlphaAsync();
        await app.RunAsync(
            """
            create function pg_temp.peek(t text) returns boolean language plpgsql cost 0.0000001 as $$
            begin if t = 'beta' then raise exception 'seen'; end if; return true; end $$
            """, Ct);

        foreach (var table in TenantTables)
        {
            await app.LinesAsync($"select 1 from {_options.Schema}.{table} where pg_temp.peek(tenant_id)", Ct);
        }
    }

    [Theory]
    [InlineData("insert into S.mt_streams (tenant_id, id, type, version) values ('beta', gen_random_uuid(), 'thing', 0)")]
    [InlineData("insert into S.mt_streams (tenant_id, id, type, version) values ('*DEFAULT*', gen_random_uuid(), 'thing', 0)")]
    [InlineData("insert into S.mt_streams (tenant_id, id, type, version) values ('beta', 'BETA', 'thing', 0) on conflict (tenant_id, id) do update set version = 9")]
    [InlineData("insert into S.mt_events (id, stream_id, version, data, type, tenant_id) values (gen_random_uuid(), 'BETA', 2, '{}', 'opened', 'beta')")]
    [InlineData("insert into S.mt_events (id, stream_id, version, data, type) values (gen_random_uuid(), 'NETWORK', 2, '{}', 'opened')")]
    [InlineData("insert into S.mt_events (seq_id, id, stream_id, version, data, type, tenant_id) values (9999, gen_random_uuid(), 'ALPHA', 2, '{}', 'opened', 'alpha')")]
    [InlineData("insert into S.list_rows (tenant_id, list, id, status, subject, sort_at, data) values ('beta', 'l', gen_random_uuid(), 's', 's', now(), '{}')")]
    [InlineData("insert into S.due_streams values ('beta', gen_random_uuid(), 'thing', now(), now())")]
    [InlineData("insert into S.inbox values ('beta', gen_random_uuid())")]
    [InlineData("insert into S.deliveries values ('beta', gen_random_uuid(), 1, 0, now())")]
    [InlineData("insert into S.list_series values ('beta', 'things', '2027', 1)")]
    [InlineData("update S.list_series set tenant_id = 'beta'")]
    [InlineData("delete from S.list_series")]
    [InlineData("update S.list_rows set tenant_id = 'beta'")]
    [InlineData("update S.due_streams set tenant_id = 'beta'")]
    [InlineData("update S.mt_streams set tenant_id = 'beta'")]
    [InlineData("update S.mt_streams set type = 'x'")]
    [InlineData("update S.mt_events set data = '{}'")]
    [InlineData("update S.mt_events set version = version where false")]
    [InlineData("delete from S.mt_events")]
    [InlineData("delete from S.mt_events where tenant_id = 'alpha'")]
    [InlineData("delete from S.mt_streams")]
    [InlineData("delete from S.inbox")]
    [InlineData("truncate S.mt_events cascade")]
    [InlineData("truncate S.list_rows")]
    [InlineData("select setval('S.mt_events_sequence', 1)")]
    [InlineData("alter table S.mt_events disable row level security")]
    [InlineData("drop policy read_own on S.mt_events")]
    [InlineData("create policy mine on S.mt_events for select using (true)")]
    [InlineData("create table S.mine (x int)")]
    [InlineData("drop table S.mt_events")]
    [InlineData("alter role current_user bypassrls")]
    [InlineData("set role postgres")]
    [InlineData("set session authorization postgres")]
    [InlineData("set role WORKER")]
    [InlineData("set row_security = off; select * from S.mt_events")]
    [InlineData("update S.mt_event_progression set last_seq_id = 0")]
    [InlineData("select * from S.migrations")]
    public async Task What_is_not_allowed_is_an_error_and_changes_nothing(string sql)
    {
        var before = await EverythingAsync();
        await using var app = await ActingForAlphaAsync();

        var error = await Assert.ThrowsAsync<PostgresException>(() => app.RunAsync(Fill(sql), Ct));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        Assert.Equal(before, await EverythingAsync());
    }

    [Theory]
    [InlineData("update S.mt_streams set version = 99 where tenant_id = 'beta'")]
    [InlineData("update S.mt_streams set version = 99 where id = 'BETA'")]
    [InlineData("update S.mt_streams set version = 99 where tenant_id = '*DEFAULT*'")]
    [InlineData("update S.list_rows set status = 'x' where tenant_id <> 'alpha'")]
    [InlineData("update S.list_rows r set status = 'x' from S.mt_streams s where s.id = r.id and s.tenant_id = 'beta'")]
    [InlineData("delete from S.list_rows where tenant_id <> 'alpha'")]
    [InlineData("delete from S.due_streams where tenant_id <> 'alpha'")]
    [InlineData("delete from S.deliveries where tenant_id <> 'alpha'")]
    [InlineData("update S.deliveries set tries = 9 where message_id = 'BETA'")]
    [InlineData("select S.change_rows('{\"drop\": [{\"a\": 0, \"tenant\": \"beta\", \"list\": \"things\", \"id\": \"BETA\"}]}', '{}')")]
    public async Task What_is_not_seen_is_not_changed(string sql)
    {
        var before = await EverythingAsync();
        await using var app = await ActingForAlphaAsync();

        await app.RunAsync(Fill(sql), Ct);

        Assert.Equal(before, await EverythingAsync());
    }

    [Fact]
    public async Task Without_a_tenant_only_what_is_the_networks_is_seen()
    {
        await using var app = await Sql.OpenAsync(_options.App, Ct);

        foreach (var table in TenantTables)
        {
            Assert.Equal(["*DEFAULT*"], await app.LinesAsync($"select tenant_id from {_options.Schema}.{table}", Ct));
        }
    }

    [Fact]
    public async Task The_log_leaves_no_tenant_behind_on_its_connections()
    {
        await using var log = new PostgresEventLog(_options with { App = _options.App + ";Maximum Pool Size=1" }, Given.Codec);
        await log.AppendAsync(Given.Append(Given.Stream("beta"), 0, new Counted(1)), Ct);

        Assert.Single(await log.ReadStreamAsync(schema.Alpha, 0, Ct));
        await using var pool = NpgsqlDataSource.Create(_options.App + ";Maximum Pool Size=1;No Reset On Close=true");
        await using (var connection = await pool.OpenConnectionAsync(Ct))
        {
            await connection.LinesAsync("begin; select set_config('referrals.tenants', 'beta', true); commit", Ct);
        }

        await using var again = await pool.OpenConnectionAsync(Ct);
        Assert.Equal(0, await again.ScalarAsync<long>($"select count(*) from {_options.Schema}.mt_events where tenant_id = 'beta'", Ct));
    }

    [Fact]
    public async Task The_workers_role_reads_all_events_but_changes_none_and_adds_only_for_tenants_it_acts_for()
    {
        await using var worker = await Sql.OpenAsync(_options.Worker!, Ct);

        Assert.Equal(3, await worker.ScalarAsync<long>($"select count(distinct tenant_id) from {_options.Schema}.mt_events", Ct));
        Assert.Equal(1, await worker.ScalarAsync<long>($"select count(*) from {_options.Schema}.list_rows", Ct));
        foreach (var sql in new[] { "update S.mt_events set data = '{}'", "delete from S.mt_events", "insert into S.inbox values ('beta', gen_random_uuid())" })
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => worker.RunAsync(Fill(sql), Ct));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }
    }

    private string Fill(string sql) => sql
        .Replace("S.", _options.Schema + ".", StringComparison.Ordinal)
        .Replace("ALPHA", schema.Alpha.Id.ToString(), StringComparison.Ordinal)
        .Replace("BETA", schema.Beta.Id.ToString(), StringComparison.Ordinal)
        .Replace("NETWORK", schema.Network.Id.ToString(), StringComparison.Ordinal)
        .Replace("WORKER", _options.WorkerRole, StringComparison.Ordinal);

    private async Task<NpgsqlConnection> ActingForAlphaAsync()
    {
        var app = await Sql.OpenAsync(_options.App, Ct);
        await app.LinesAsync("select set_config('referrals.tenants', 'alpha', false)", Ct);
        return app;
    }

    private async Task<List<string>> EverythingAsync()
    {
        var all = new List<string>();
        foreach (var table in TenantTables)
        {
            all.AddRange(await _owner.LinesAsync($"select '{table}', to_jsonb(t) from {_options.Schema}.{table} t order by 2", Ct));
        }

        return all;
    }
}
