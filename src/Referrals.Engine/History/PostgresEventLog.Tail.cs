using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History;

public sealed partial class PostgresEventLog
{
    /// <inheritdoc/>
    public async Task<TenantTail> ReadTenantTailAsync(string tenant, long? afterSequence, int limit, CancellationToken ct)
    {
        StoredText.CheckTenant(tenant);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var horizon = await _retry.ExecuteAsync(async token => await _tail.HorizonAsync(token), ct);
        if (afterSequence is not { } after || after >= horizon)
        {
            return new TenantTail([], Math.Max(afterSequence ?? horizon, horizon), false);
        }

        var to = Math.Min(horizon, after + TailReader.Span);
        var events = await ReadAsync(
            tenant,
            () => new NpgsqlBatchCommand(_tail.Page)
            {
                Parameters =
                {
                    new() { Value = tenant },
                    new() { Value = after, NpgsqlDbType = NpgsqlDbType.Bigint },
                    new() { Value = to, NpgsqlDbType = NpgsqlDbType.Bigint },
                    new() { Value = (long)limit },
                },
            },
            r => TailReader.Read(tenant, r),
            ct,
            planned: true);
        var readTo = events.Count == limit ? events[^1].Sequence : to;
        return new TenantTail(events, readTo, readTo < horizon);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CommitWake> WatchCommitsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await using var watch = new CommitWatch(_options);
        while (true)
        {
            yield return await watch.NextAsync(ct);
        }
    }
}
