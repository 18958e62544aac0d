using Npgsql;

namespace Referrals.Benchmarks.Chain;

/// <summary>How much room the tables of a schema take.</summary>
internal sealed class DiskUse(string owner, string schema) : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(owner);

    /// <summary>Bytes of each table with its indexes.</summary>
    public async Task<IReadOnlyDictionary<string, long>> ReadAsync(CancellationToken ct)
    {
        await using var command = _source.CreateCommand(
            """
            select c.relname::text, pg_total_relation_size(c.oid)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = $1 and c.relkind = 'r'
            """);
        command.Parameters.Add(new() { Value = schema });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tables = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            tables.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return tables;
    }

    /// <summary>Writes what was changed.</summary>
    public Task CheckpointAsync(CancellationToken ct) => ExecuteAsync("checkpoint", ct);

    /// <summary>Removes what is no longer used from the files.</summary>
    public async Task PackAsync(CancellationToken ct)
    {
        foreach (var table in (await ReadAsync(ct)).Keys)
        {
            await ExecuteAsync($"vacuum full {schema}.{table}", ct);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }
}
