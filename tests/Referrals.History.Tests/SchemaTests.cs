using Npgsql;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>The four tables are Marten's: what its schema comparison looks at must be as it made them.</summary>
public sealed class SchemaTests(LocalPostgres server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tables_have_martens_columns()
    {
        var (options, db) = await OpenAsync();
        await using var _ = db;

        var columns = await db.LinesAsync(
            $"""
            select table_name, column_name, udt_name || coalesce('(' || character_maximum_length || ')', ''), is_nullable, column_default
            from information_schema.columns where table_schema = '{options.Schema}' and table_name like 'mt\_%'
            order by table_name, ordinal_position
            """, Ct);

        Assert.Equal(
            [
                "mt_event_progression|name|varchar|NO|",
                "mt_event_progression|last_seq_id|int8|YES|",
                "mt_event_progression|last_updated|timestamptz|YES|transaction_timestamp()",
                $"mt_events|seq_id|int8|NO|nextval('{options.Schema}.mt_events_sequence'::regclass)",
                "mt_events|id|uuid|NO|",
                "mt_events|stream_id|uuid|YES|",
                "mt_events|version|int8|NO|",
                "mt_events|data|jsonb|NO|",
                "mt_events|bdata|bytea|YES|",
                "mt_events|type|varchar(500)|NO|",
                "mt_events|timestamp|timestamptz|NO|now()",
                "mt_events|tenant_id|varchar|YES|'*DEFAULT*'::character varying",
                "mt_events|mt_dotnet_type|varchar|YES|",
                "mt_events|correlation_id|varchar|YES|",
                "mt_events|causation_id|varchar|YES|",
                "mt_events|headers|jsonb|YES|",
                "mt_events|user_name|varchar|YES|",
                "mt_events|is_archived|bool|YES|false",
                "mt_high_water_skips|ending_sequence|int8|NO|",
                "mt_high_water_skips|starting_sequence|int8|NO|",
                "mt_high_water_skips|timestamp|timestamptz|YES|transaction_timestamp()",
                "mt_streams|tenant_id|varchar|NO|'*DEFAULT*'::character varying",
                "mt_streams|id|uuid|NO|",
                "mt_streams|type|varchar|YES|",
                "mt_streams|version|int8|YES|",
                "mt_streams|timestamp|timestamptz|NO|now()",
                "mt_streams|created|timestamptz|NO|now()",
                "mt_streams|is_archived|bool|YES|false",
            ],
            columns);
    }

    [Fact]
    public async Task Tables_have_martens_keys_and_indexes_and_no_other()
    {
        var (options, db) = await OpenAsync();
        await using var _ = db;

        var indexes = await db.LinesAsync(
            $"select replace(indexdef, '{options.Schema}.', '') from pg_indexes where schemaname = '{options.Schema}' and tablename like 'mt\\_%' order by indexname", Ct);
        var constraints = await db.LinesAsync(
            $"""
            select c.conname, c.contype, replace(pg_get_constraintdef(c.oid), '{options.Schema}.', '')
            from pg_constraint c join pg_class t on t.oid = c.conrelid
            where t.relnamespace = '{options.Schema}'::regnamespace and t.relname like 'mt\_%' order by c.conname
            """, Ct);

        Assert.Equal(
            [
                "CREATE UNIQUE INDEX pk_mt_event_progression ON mt_event_progression USING btree (name)",
                "CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON mt_events USING btree (tenant_id, stream_id, version)",
                "CREATE UNIQUE INDEX pkey_mt_events_seq_id ON mt_events USING btree (seq_id)",
                "CREATE UNIQUE INDEX pkey_mt_high_water_skips_ending_sequence ON mt_high_water_skips USING btree (ending_sequence)",
                "CREATE UNIQUE INDEX pkey_mt_streams_tenant_id_id ON mt_streams USING btree (tenant_id, id)",
            ],
            indexes);
        Assert.Equal(
            [
                "fkey_mt_events_stream_id_tenant_id|f|FOREIGN KEY (tenant_id, stream_id) REFERENCES mt_streams(tenant_id, id)",
                "pk_mt_event_progression|p|PRIMARY KEY (name)",
                "pkey_mt_events_seq_id|p|PRIMARY KEY (seq_id)",
                "pkey_mt_high_water_skips_ending_sequence|p|PRIMARY KEY (ending_sequence)",
                "pkey_mt_streams_tenant_id_id|p|PRIMARY KEY (tenant_id, id)",
            ],
            constraints);
    }

    [Fact]
    public async Task The_sequence_is_martens()
    {
        var (options, db) = await OpenAsync();
        await using var _ = db;

        Assert.Equal(
            [$"1|1|1|False|{options.Schema}.mt_events.seq_id"],
            await db.LinesAsync(
                $"""
                select s.seqstart, s.seqincrement, s.seqcache, s.seqcycle, d.refobjid::regclass || '.' || a.attname
                from pg_sequence s
                join pg_depend d on d.objid = s.seqrelid and d.deptype = 'a'
                join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
                where s.seqrelid = '{options.Schema}.mt_events_sequence'::regclass
                """, Ct));
    }

    [Fact]
    public async Task Rows_hold_what_marten_puts_there()
    {
        var (options, db) = await OpenAsync();
        await using var _ = db;
        await using var log = new PostgresEventLog(options, Given.Codec);
        var stream = Given.Stream("alpha", "referral");
        await log.AppendAsync(Given.Append(stream, 0, new Opened("a"), new Opened("b")), Ct);
        await log.AppendAsync(Given.Append(stream, 2, new Opened("c")), Ct);

        Assert.Equal(
            ["alpha|referral|3|False"],
            await db.LinesAsync($"select tenant_id, type, version, is_archived from {options.Schema}.mt_streams", Ct));
        Assert.Equal(
            ["opened|Referrals.History.Tests.Opened, Referrals.History.Tests|request-1|message-1|frau-muster|jobcenter-elbland|00-aa-bb-01|2026-03-02T11:00:00|False"],
            await db.LinesAsync(
                $"""
                select distinct type, mt_dotnet_type, correlation_id, causation_id, user_name, headers ->> 'organisation', headers ->> 'traceparent',
                  to_char(timestamp at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'), is_archived
                from {options.Schema}.mt_events
                """, Ct));
    }

    private async Task<(PostgresOptions Options, NpgsqlConnection Db)> OpenAsync()
    {
        var options = await server.MigratedAsync(Ct);
        return (options, await Sql.OpenAsync(options.Owner!, Ct));
    }
}
