using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History.Keys;

/// <summary>
/// Wraps the keys of all streams anew with the active master key. Goes in batches, each a transaction of its own: it can be ended at any time and
/// goes on with what is left. Meanwhile keys are read and made as ever; what an append wrapped with the old key is met by the next run.
/// </summary>
/// <param name="options">Must have master keys and the worker's connection: it goes over all tenants.</param>
public sealed class KeyRotation(PostgresOptions options) : IAsyncDisposable
{
    private const string Counts = "select k.master_key, count(*) from @schema.stream_keys k where k.wrapped is not null group by 1 order by 1";

    private const string Left =
        """
        select k.tenant_id, k.stream_id, k.master_key, k.wrapped from @schema.stream_keys k
        where k.wrapped is not null and (k.master_key < $1 or k.master_key > $1) order by k.master_key, k.tenant_id, k.stream_id limit $2
        """;

    // One that was destroyed meanwhile stays destroyed.
    private const string Replace =
        """
        update @schema.stream_keys k set master_key = n.master_key, wrapped = n.wrapped
        from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[]) as n(tenant_id, stream_id, before, master_key, wrapped)
        where k.tenant_id = n.tenant_id and k.stream_id = n.stream_id and k.wrapped = n.before
        """;

    private readonly NpgsqlDataSource _pool = options.OpenPool(options.Worker ?? throw new InvalidOperationException("changing the master key needs the worker's connection"));
    private readonly IMasterKeys _masters = options.MasterKeys ?? throw new MasterKeyException("there is no master key");

    /// <summary>How many keys each master key wraps.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken ct)
    {
        await using var command = _pool.CreateCommand(options.Sql(Counts));
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return counts;
    }

    /// <summary>Wraps a batch anew; gives how many it took, 0 when all are done.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="ct">Cancels it; nothing of the batch is changed then.</param>
    /// <exception cref="MasterKeyException">A master key can't be had.</exception>
    public async Task<int> WrapNextAsync(int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var rows = await LeftAsync(limit, ct);
        if (rows.Count == 0)
        {
            return 0;
        }

        var anew = await _masters.WrapAsync(await _masters.UnwrapAsync([.. rows.Select(r => r.Key)], ct), ct);
        await using var command = _pool.CreateCommand(options.Sql(Replace));
        Add(command, rows.Select(r => r.Tenant), NpgsqlDbType.Text);
        Add(command, rows.Select(r => r.Stream), NpgsqlDbType.Uuid);
        Add(command, rows.Select(r => r.Key.Text), NpgsqlDbType.Text);
        Add(command, anew.Select(k => k.MasterKey), NpgsqlDbType.Text);
        Add(command, anew.Select(k => k.Text), NpgsqlDbType.Text);
        await command.ExecuteNonQueryAsync(ct);
        return rows.Count;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<List<(string Tenant, Guid Stream, WrappedKey Key)>> LeftAsync(int limit, CancellationToken ct)
    {
        await using var command = _pool.CreateCommand(options.Sql(Left));
        command.Parameters.Add(new() { Value = _masters.Active });
        command.Parameters.Add(new() { Value = (long)limit });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<(string, Guid, WrappedKey)>();
        while (await reader.ReadAsync(ct))
        {
            var (tenant, stream) = (reader.GetString(0), reader.GetGuid(1));
            rows.Add((tenant, stream, new(reader.GetString(2), reader.GetString(3), StreamKey.For(tenant, stream))));
        }

        return rows;
    }

    private static void Add<T>(NpgsqlCommand command, IEnumerable<T> values, NpgsqlDbType type) =>
        command.Parameters.Add(new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
