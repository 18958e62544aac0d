using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Review.WhatIf.Jobs;

/// <summary>The questions in PostgreSQL, with the workers' role.</summary>
public sealed class WhatIfQueue : IWhatIfQueue, IAsyncDisposable
{
    // Only who holds it may write.
    private const string Held = "where id = $1 and holder = $2 and state = 'running' returning 1";

    private readonly PostgresOptions _options;
    private readonly TimeProvider _time;
    private readonly NpgsqlDataSource _pool;

    /// <summary>Opens no connection yet. Needs the workers' connection string.</summary>
    public WhatIfQueue(PostgresOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _pool = options.OpenPool(options.Worker ?? throw new InvalidOperationException("this process has no connection for work over all tenants"));
    }

    /// <inheritdoc/>
    public async Task<WhatIfJob?> TakeAsync(Guid holder, CancellationToken ct)
    {
        var now = _time.GetUtcNow();
        return await RunAsync(
            $"select {WhatIfRows.Columns} from @schema.take_what_if($1, $2, $3, $4)", WhatIfRows.Read, ct,
            holder, now, now + WhatIfLimits.Lease, WhatIfLimits.MostTries) is [var one] ? one : null;
    }

    /// <inheritdoc/>
    public async Task<bool> HoldAsync(Guid id, Guid holder, double progress, CancellationToken ct) => (await RunAsync(
        $"update @schema.what_if_jobs set progress = $3, lease_until = $4 {Held}", r => r.GetInt32(0), ct,
        id, holder, (float)Math.Clamp(progress, 0, 1), _time.GetUtcNow() + WhatIfLimits.Lease)).Count > 0;

    /// <inheritdoc/>
    public async Task<bool> AnswerAsync(Guid id, Guid holder, WhatIfAnswer answer, CancellationToken ct) => (await RunAsync(
        $"update @schema.what_if_jobs set state = 'done', progress = 1, ended_at = $3, answer = $4::json, holder = null, lease_until = null {Held}",
        r => r.GetInt32(0), ct, id, holder, _time.GetUtcNow(), WhatIfRows.Write(answer))).Count > 0;

    /// <inheritdoc/>
    public Task FailAsync(Guid id, Guid holder, string reason, CancellationToken ct) => RunAsync(
        $"update @schema.what_if_jobs set state = 'failed', ended_at = $3, reason = $4, holder = null, lease_until = null {Held}", r => r.GetInt32(0), ct,
        id, holder, _time.GetUtcNow(), reason);

    /// <inheritdoc/>
    public Task PutBackAsync(Guid id, Guid holder, CancellationToken ct) => RunAsync(
        $"update @schema.what_if_jobs set state = 'queued', progress = 0, tries = tries - 1, holder = null, lease_until = null, started_at = null {Held}",
        r => r.GetInt32(0), ct, id, holder);

    /// <inheritdoc/>
    public Task ForgetAsync(CancellationToken ct) => RunAsync(
        "delete from @schema.what_if_jobs where asked_at < $1 and state not in ('queued', 'running') returning 1", r => r.GetInt32(0), ct,
        _time.GetUtcNow() - WhatIfLimits.Kept);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<IReadOnlyList<T>> RunAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params IReadOnlyList<object> values)
    {
        await using var command = _pool.CreateCommand(_options.Sql(sql));
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
