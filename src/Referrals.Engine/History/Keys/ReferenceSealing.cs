using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History.Keys;

/// <summary>
/// Seals the references of rows that were written before references were sealed. Goes in batches, each a transaction of its own: it can be ended at any
/// time and goes on with what is left. Meanwhile such rows are shown as ever, but not found by their reference.
/// </summary>
/// <param name="options">Must have master keys and the worker's connection: it goes over all tenants.</param>
public sealed class ReferenceSealing(PostgresOptions options) : IAsyncDisposable
{
    private const string Tenants = "select distinct s.tenant_id from @schema.mt_streams s order by 1";

    private const string Left =
        """
        select r.list, r.id, coalesce(r.data ->> 'caseReference', r.reference),
          (select coalesce(k.master_key || ' ' || k.wrapped, '') from @schema.stream_keys k where k.tenant_id = r.tenant_id and k.stream_id = r.id)
        from @schema.list_rows r where r.tenant_id = $1 and r.reference is not null limit $2
        """;

    // What an append or an erasure did meanwhile is left as it is.
    private const string Replace =
        """
        with sealed as (
          select * from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[]) as n(list, id, text, master_key, wrapped)),
        keys as (
          insert into @schema.stream_keys (tenant_id, stream_id, master_key, wrapped)
          select $1, n.id, n.master_key, n.wrapped from sealed n where n.wrapped is not null),
        changed as (
          update @schema.list_rows r set sealed_reference = n.text, reference = null, data = (r.data::jsonb - 'caseReference')::json
          from sealed n where r.tenant_id = $1 and r.list = n.list and r.id = n.id and r.reference is not null
          returning r.list, r.id)
        insert into @schema.list_references (tenant_id, list, token, id)
        select $1, c.list, t.token, c.id from changed c
        join unnest($7::text[], $8::uuid[], $9::bigint[]) as t(list, id, token) on t.list = c.list and t.id = c.id
        on conflict do nothing
        """;

    private readonly NpgsqlDataSource _worker = options.OpenPool(options.Worker ?? throw new InvalidOperationException("sealing references needs the worker's connection"));
    private readonly NpgsqlDataSource _app = options.OpenPool(options.App);
    private readonly IMasterKeys _masters = options.MasterKeys ?? throw new MasterKeyException("there is no master key");

    /// <summary>Seals what is left of all tenants; gives how many references it sealed.</summary>
    /// <param name="batch">At most so many in one transaction.</param>
    /// <param name="ct">Ends it after a batch.</param>
    /// <exception cref="MasterKeyException">A master key can't be had.</exception>
    public async Task<int> RunAsync(int batch, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batch);
        var (keys, all) = (new ReferenceKeys(options, _app), 0);
        foreach (var tenant in await TenantsAsync(ct))
        {
            while (await NextAsync(tenant, keys, batch, ct) is var count and > 0)
            {
                all += count;
            }
        }

        return all;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _app.DisposeAsync();
    }

    private async Task<List<string>> TenantsAsync(CancellationToken ct)
    {
        await using var command = _worker.CreateCommand(options.Sql(Tenants));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tenants = new List<string>();
        while (await reader.ReadAsync(ct))
        {
            tenants.Add(reader.GetString(0));
        }

        return tenants;
    }

    private async Task<int> NextAsync(string tenant, ReferenceKeys keys, int batch, CancellationToken ct)
    {
        var left = await ActAsync(
            tenant, Left, r => new ClearReference(new('l', tenant, r.GetString(0), r.GetGuid(1)), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3)), ct, new NpgsqlParameter { Value = (long)batch });
        if (left.Count == 0)
        {
            return 0;
        }

        var index = await keys.OfAsync(tenant, ct);
        var done = new List<(RowKey Row, SealedReference? Sealed, WrappedKey? New)>();
        foreach (var (row, reference, stored) in left)
        {
            var (key, made) = await KeyAsync(StoredKey.Read(stored, tenant, row.Id), row, ct);
            done.Add((row, key is null ? null : SealedReference.Seal(key, index, row, reference), made));
        }

        var marks = done.Where(d => d.Sealed is not null).SelectMany(d => d.Sealed!.Tokens.Select(token => (d.Row, Token: token))).ToList();
        await ActAsync(
            tenant, Replace, _ => true, ct,
            Many(done.Select(d => d.Row.List), NpgsqlDbType.Text), Many(done.Select(d => d.Row.Id), NpgsqlDbType.Uuid), Many(done.Select(d => d.Sealed?.Text), NpgsqlDbType.Text),
            Many(done.Select(d => d.New?.MasterKey), NpgsqlDbType.Text), Many(done.Select(d => d.New?.Text), NpgsqlDbType.Text),
            Many(marks.Select(m => m.Row.List), NpgsqlDbType.Text), Many(marks.Select(m => m.Row.Id), NpgsqlDbType.Uuid), Many(marks.Select(m => m.Token), NpgsqlDbType.Bigint));
        return left.Count;
    }

    // Referrals from before there were keys get one now; of a destroyed one nothing is kept.
    private async ValueTask<(byte[]? Key, WrappedKey? New)> KeyAsync(StoredKey stored, RowKey row, CancellationToken ct)
    {
        if (stored.Wrapped is { } wrapped)
        {
            return ((await _masters.UnwrapAsync([wrapped], ct))[0].Bytes.ToArray(), null);
        }

        if (stored.Destroyed)
        {
            return (null, null);
        }

        var key = StreamKey.Random();
        return (key, (await _masters.WrapAsync([new(key, StreamKey.For(row.Tenant, row.Id))], ct))[0]);
    }

    private async Task<List<T>> ActAsync<T>(string tenant, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params NpgsqlParameter[] values)
    {
        await using var connection = await _app.OpenConnectionAsync(ct);
        await using var batch = ActingFor.Batch(connection, tenant);
        var command = new NpgsqlBatchCommand(options.Sql(sql)) { Parameters = { new() { Value = tenant } } };
        command.Parameters.AddRange(values);
        batch.BatchCommands.Add(command);
        return await ActingFor.ReadAsync(batch, read, ct);
    }

    private static NpgsqlParameter Many<T>(IEnumerable<T> values, NpgsqlDbType type) => new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };

    private readonly record struct ClearReference(RowKey Row, string Reference, string? Key);
}
