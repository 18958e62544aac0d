using System.Globalization;
using Npgsql;
using Referrals.Engine.History;
using Referrals.LocalServers;

namespace Referrals.History.Tests;

/// <summary>What a change of rows reads doesn't depend on how many rows there are.</summary>
public sealed class RowChangeCostTests(LocalPostgres server)
{
    private const int Many = 3000;

    // Most that a change of five rows may look at; a plan that reads a tenant's rows looks at thousands.
    private const long Few = 30;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_reads_the_rows_that_it_names_however_many_there_are(bool analysed)
    {
        var options = await server.MigratedAsync(Ct);
        await using var app = await Sql.OpenAsync(options.App, Ct);
        await app.RunAsync($"set referrals.tenants = 'alpha'; set plan_cache_mode = force_generic_plan; {Change(options, Fill())}", Ct);
        if (analysed)
        {
            await using var owner = await Sql.OpenAsync(options.Owner!, Ct);
            await owner.RunAsync($"analyze {options.Schema}.list_rows, {options.Schema}.due_streams, {options.Schema}.deliveries", Ct);
        }

        await app.RunAsync("begin", Ct);
        var before = await ReadAsync(app, options);
        await app.RunAsync(Change(options, One()), Ct);
        var after = await ReadAsync(app, options);
        await app.RunAsync("commit", Ct);

        Assert.Equal(["deliveries", "due_streams", "list_rows"], after.Keys.Order(StringComparer.Ordinal));
        Assert.All(after, table => Assert.InRange(table.Value - before[table.Key], 1, Few));
        Assert.Equal(
            Many + 1,
            await app.ScalarAsync<int>($"select number from {options.Schema}.list_rows where tenant_id = 'alpha' and status = 'new'", Ct));
        Assert.Equal(Many, await app.ScalarAsync<long>($"select count(*) from {options.Schema}.list_rows", Ct));
        Assert.Equal(Many - 1, await app.ScalarAsync<long>($"select count(*) from {options.Schema}.due_streams", Ct));
        Assert.Equal(Many - 1, await app.ScalarAsync<long>($"select count(*) from {options.Schema}.deliveries", Ct));
    }

    /// <summary>Rows read so far, by table. What the connection did before and hasn't reported yet counts too, so only differences tell something.</summary>
    private static async Task<IReadOnlyDictionary<string, long>> ReadAsync(NpgsqlConnection app, PostgresOptions options)
    {
        var lines = await app.LinesAsync(
            "select relname, seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables "
            + $"where schemaname = '{options.Schema}' and relname in ('list_rows', 'due_streams', 'deliveries')",
            Ct);
        return lines.Select(line => line.Split('|')).ToDictionary(cells => cells[0], cells => long.Parse(cells[1], CultureInfo.InvariantCulture));
    }

    private static string Change(PostgresOptions options, string rows) => $"select {options.Schema}.change_rows('{rows}'::json, '{{}}')";

    private static string Fill() => $$"""
        {"put": [{{Join(i => Put(i, "open"))}}],
         "due": [{{Join(i => $$"""{"a":0,"tenant":"alpha","id":"{{Id(i)}}","type":"thing","at":"2026-03-02T12:00:00Z"}""")}}],
         "deliver": [{{Join(i => $$"""{"a":0,"tenant":"alpha","id":"{{Id(i)}}","sequence":{{i}},"at":"2026-03-02T12:00:00Z"}""")}}]}
        """;

    private static string One() => $$"""
        {"drop": [{"a":0,"tenant":"alpha","list":"referrals","id":"{{Id(7)}}"}], "put": [{{Put(Many + 1, "new")}}],
         "due": [{"a":0,"tenant":"alpha","id":"{{Id(8)}}","type":"thing","at":null}],
         "delivered": [{"a":0,"tenant":"alpha","id":"{{Id(9)}}"}]}
        """;

    private static string Put(int no, string status) => $$"""
        {"a":0,"tenant":"alpha","list":"referrals","id":"{{Id(no)}}","status":"{{status}}","subject":"chain-a","sort":"2026-03-02T12:00:00Z","data":{},"series":"2026"}
        """;

    private static string Join(Func<int, string> item) => string.Join(',', Enumerable.Range(1, Many).Select(item));

    private static Guid Id(int no) => new(no, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
}
