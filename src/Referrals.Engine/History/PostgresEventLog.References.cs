using System.Security.Cryptography;
using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>References of rows: sealed where they lie, found by marks of their beginnings.</summary>
public sealed partial class PostgresEventLog
{
    private async Task<List<StoredRow>> AskRowsAsync(ListQuery query, CancellationToken ct)
    {
        var token = await TokenAsync(query, ct);
        return await AskAsync(query.Tenant, () => ListQueries.ToCommand(query, token), ListQueries.Read, ct);
    }

    private async ValueTask<long?> TokenAsync(ListQuery query, CancellationToken ct) => query.ReferenceStartsWith is { Length: > 0 } start
        ? SealedReference.Token(await _references.OfAsync(query.Tenant, ct), query.List, start)
        : null;

    private async ValueTask<List<ListRow>> OpenAsync(List<StoredRow> rows, CancellationToken ct)
    {
        var wrapped = new Dictionary<(string, Guid), WrappedKey>();
        foreach (var (row, reference, stored) in rows)
        {
            if (reference is null)
            {
                continue;
            }

            var found = StoredKey.Read(stored, row.Tenant, row.Id);
            if (found.Wrapped is { } key)
            {
                wrapped[(row.Tenant, row.Id)] = key;
            }
            else if (!found.Destroyed)
            {
                throw new SealBrokenException(row.List, row.Id, "reference", new KeyNotFoundException("the key of the stream is missing"));
            }
        }

        if (wrapped.Count == 0)
        {
            return [.. rows.Select(r => r.Row)];
        }

        var masters = _options.MasterKeys ?? throw new MasterKeyException("there is no master key, so references can't be read");
        var clear = await masters.UnwrapAsync([.. wrapped.Values], ct);
        var keys = wrapped.Keys.Zip(clear).ToDictionary(k => k.First, k => k.Second.Bytes.ToArray());
        return [.. rows.Select(r => r.Reference is null || !keys.TryGetValue((r.Row.Tenant, r.Row.Id), out var key) ? r.Row : r.Row with { Reference = Open(key, r) })];
    }

    private static string Open(byte[] key, StoredRow stored)
    {
        try
        {
            return SealedReference.Open(key, new('l', stored.Row.Tenant, stored.Row.List, stored.Row.Id), stored.Reference!);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw new SealBrokenException(stored.Row.List, stored.Row.Id, "reference", e);
        }
    }
}
