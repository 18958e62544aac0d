using Npgsql;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

public sealed class MigratorTests(LocalPostgres server)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_that_start_at_once_apply_each_file_once()
    {
        var options = server.NewSchema();

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => new SchemaMigrator(options).ApplyAsync(Ct))));

        var only = Assert.Single(applied, a => a.Count > 0);
        Assert.Equal(only.Order(StringComparer.Ordinal), only);
        await using var db = await Sql.OpenAsync(options.Owner!, Ct);
        Assert.Equal(only, await db.LinesAsync($"select name from {options.Schema}.migrations order by name", Ct));
    }

    [Fact]
    public async Task Several_databases_of_a_cluster_can_be_migrated_at_once()
    {
        var schema = server.NewSchema().Schema;
        var databases = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => server.CreateDatabaseAsync($"{schema}_{i}", Ct)));

        await Task.WhenAll(databases.Select(d => Task.Run(() => new SchemaMigrator(PostgresOptions.FromOwner(d, schema)).ApplyAsync(Ct))));

        await using var log = new PostgresEventLog(PostgresOptions.FromOwner(databases[2], schema), Given.Codec);
        Assert.IsType<AppendResult.Appended>(await log.AppendAsync(Given.Append(Given.Stream(), 0, new Counted(1)), Ct));
    }

    [Fact]
    public async Task A_file_that_changed_after_it_was_applied_is_an_error()
    {
        var options = server.NewSchema();
        SqlScript[] scripts = [new("001_a.sql", "create table @schema.a (x int);"), new("002_b.sql", "create table @schema.b (x int);")];
        await new SchemaMigrator(options, scripts).ApplyAsync(Ct);

        Assert.Empty(await new SchemaMigrator(options, [scripts[0] with { Text = scripts[0].Text }, scripts[1]]).ApplyAsync(Ct));
        var error = await Assert.ThrowsAsync<SchemaChangedException>(
            () => new SchemaMigrator(options, [scripts[0], new("002_b.sql", "create table @schema.b (y int);"), new("003_c.sql", "select 1")]).ApplyAsync(Ct));

        Assert.Contains("002_b.sql", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_fails_leaves_nothing_and_can_be_mended()
    {
        var options = server.NewSchema();
        await Assert.ThrowsAsync<PostgresException>(
            () => new SchemaMigrator(options, [new("001_a.sql", "create table @schema.a (x int); select 1 / 0;")]).ApplyAsync(Ct));

        Assert.Equal(["001_a.sql"], await new SchemaMigrator(options, [new("001_a.sql", "create table @schema.a (x int);")]).ApplyAsync(Ct));
    }

    [Fact]
    public async Task Referrals_that_were_open_before_consents_ended_are_looked_at_once()
    {
        var options = server.NewSchema();
        await new SchemaMigrator(options, [.. SqlScript.Embedded().Where(s => string.CompareOrdinal(s.Name, "240") < 0)]).ApplyAsync(Ct);
        await using (var db = await Sql.OpenAsync(options.Owner!, Ct))
        {
            await db.RunAsync(
                $$"""
                insert into {{options.Schema}}.list_rows (tenant_id, list, id, status, subject, due_at, sort_at, data)
                select 'office', l.list, gen_random_uuid(), l.status, 'chain', 'infinity', now(), '{}'
                from (values ('referrals', 'running'), ('referrals', 'needs-decision'), ('referrals', 'completed'), ('assignments', 'running')) l(list, status)
                """, Ct);
        }

        await new SchemaMigrator(options).ApplyAsync(Ct);

        await using var after = await Sql.OpenAsync(options.Owner!, Ct);
        Assert.Equal(["office referral", "office referral"], await after.LinesAsync($"select tenant_id || ' ' || stream_type from {options.Schema}.due_streams where due_at <= now()", Ct));
    }

    [Theory]
    [InlineData("a\"; drop schema public; --")]
    [InlineData("A")]
    [InlineData("pg_x")]
    [InlineData("")]
    public void A_schema_has_a_plain_name(string schema) =>
        Assert.Throws<ArgumentException>(() => new SchemaMigrator(new() { App = "", Schema = schema }));

    [Fact]
    public async Task A_role_logs_in_with_its_password_only()
    {
        var options = await server.MigratedAsync(Ct);
        var app = new NpgsqlConnectionStringBuilder(options.App);

        Assert.Equal(options.AppRole, app.Username);
        Assert.NotEqual(new NpgsqlConnectionStringBuilder(options.Owner).Password, app.Password);
        app.Password = "wrong";
        await Assert.ThrowsAsync<PostgresException>(() => Sql.OpenAsync(app.ConnectionString, Ct));
    }
}
