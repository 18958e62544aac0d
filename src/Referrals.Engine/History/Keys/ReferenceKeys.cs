using System.Collections.Concurrent;
using Npgsql;

namespace Referrals.Engine.History.Keys;

/// <summary>
/// The keys of the marks by which references are found, one for each tenant. Each lies wrapped among the keys of streams, under an id that no
/// stream has, so that it is wrapped anew with them. Made when it is first needed; remembered, since it never changes.
/// </summary>
internal sealed class ReferenceKeys(PostgresOptions options, NpgsqlDataSource app)
{
    private const string Find = "select coalesce(k.master_key || ' ' || k.wrapped, '') from @schema.stream_keys k where k.tenant_id = $1 and k.stream_id = $2";
    private const string Add = "insert into @schema.stream_keys (tenant_id, stream_id, master_key, wrapped) values ($1, $2, $3, $4) on conflict do nothing";

    private readonly ConcurrentDictionary<string, byte[]> _known = new(StringComparer.Ordinal);

    /// <summary>The id under which a tenant's key lies.</summary>
    public static Guid Id { get; } = new("00000000-0000-4000-8000-000000000001");

    /// <summary>The keys of those tenants of which the append names references.</summary>
    /// <exception cref="MasterKeyException">There are no master keys, or one can't be had.</exception>
    public async ValueTask<IReadOnlyDictionary<string, byte[]>> ForAsync(Append append, CancellationToken ct)
    {
        var keys = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var tenant in append.Rows.OfType<RowChange.PutListRow>().Where(r => r.Row.Reference is not null).Select(r => r.Row.Tenant))
        {
            keys[tenant] = await OfAsync(tenant, ct);
        }

        return keys;
    }

    /// <summary>The key of a tenant.</summary>
    /// <exception cref="MasterKeyException">There are no master keys, or one can't be had.</exception>
    public async ValueTask<byte[]> OfAsync(string tenant, CancellationToken ct)
    {
        if (_known.TryGetValue(tenant, out var known))
        {
            return known;
        }

        var masters = options.MasterKeys ?? throw new MasterKeyException("there is no master key, so references can't be stored or found");
        StoredText.CheckTenant(tenant);
        if (await StoredAsync(tenant, ct) is not { } stored)
        {
            var wrapped = (await masters.WrapAsync([new(StreamKey.Random(), StreamKey.For(tenant, Id))], ct))[0];
            await RunAsync(tenant, Add, ct, wrapped.MasterKey, wrapped.Text);

            // Whoever else made one at the same time may have been first.
            stored = await StoredAsync(tenant, ct) ?? throw new MasterKeyException($"the key of references of {tenant} can't be stored");
        }

        var key = (await masters.UnwrapAsync([stored], ct))[0].Bytes.ToArray();
        return _known.GetOrAdd(tenant, key);
    }

    private async Task<WrappedKey?> StoredAsync(string tenant, CancellationToken ct) =>
        await RunAsync(tenant, Find, ct) is [var text] ? StoredKey.Read(text, tenant, Id).Wrapped : null;

    private async Task<List<string>> RunAsync(string tenant, string sql, CancellationToken ct, params string[] values)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = ActingFor.Batch(connection, tenant);
        var command = new NpgsqlBatchCommand(options.Sql(sql)) { Parameters = { new() { Value = tenant }, new() { Value = Id } } };
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        batch.BatchCommands.Add(command);
        return await ActingFor.ReadAsync(batch, r => r.GetString(0), ct);
    }
}
