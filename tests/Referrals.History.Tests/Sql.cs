using Npgsql;
using Referrals.Engine.History;

namespace Referrals.History.Tests;

/// <summary>Plain SQL beside the log, as somebody else with a connection could send it.</summary>
internal static class Sql
{
    public static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }

    public static async Task<int> RunAsync(this NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The first column of the last row of the last statement.</summary>
    public static async Task<T> ScalarAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        object? value = null;
        do
        {
            while (await reader.ReadAsync(ct))
            {
                value = reader.GetValue(0);
            }
        }
        while (await reader.NextResultAsync(ct));

        return (T)value!;
    }

    /// <summary>The rows, their columns joined with a bar.</summary>
    public static async Task<List<string>> LinesAsync(this NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i).ToString())));
        }

        return lines;
    }

    /// <summary>Writes an event past the log, in the connection's open transaction if there is one, and gives its position.</summary>
    public static Task<long> InsertEventAsync(this NpgsqlConnection connection, PostgresOptions options, CancellationToken ct)
    {
        var stream = Guid.NewGuid();
        return connection.ScalarAsync<long>(
            $$"""
            select set_config('referrals.tenants', 'alpha', false);
            insert into {{options.Schema}}.mt_streams (tenant_id, id, type, version) values ('alpha', '{{stream}}', 'thing', 1);
            insert into {{options.Schema}}.mt_events (id, stream_id, version, data, type, tenant_id, user_name)
            values (gen_random_uuid(), '{{stream}}', 1, '{"number": 1}', 'counted_v2', 'alpha', 'raw');
            select currval('{{options.Schema}}.mt_events_sequence');
            """,
            ct);
    }
}
