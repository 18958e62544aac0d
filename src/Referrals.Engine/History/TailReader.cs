using System.Diagnostics;
using Npgsql;

namespace Referrals.Engine.History;

/// <summary>Says how far the log can be read now without skipping an event; one for all who ask in this process.</summary>
internal sealed class TailReader(PostgresOptions options, NpgsqlDataSource pool) : IDisposable
{
    /// <summary>How many events of all tenants one question passes over at most.</summary>
    public const int Span = 20_000;

    // Longer than a transaction of ours takes; who waits for more than that comes again with the next commit.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly SafeHorizon _horizon = new(options);

    /// <summary>The text of the question: the tenant's events after a position up to another one.</summary>
    public string Page { get; } = options.Sql(
        $"""
        select e.seq_id, e.stream_id, {EventRows.StreamType}, e.type, e.user_name from @schema.mt_events e
        where e.tenant_id = $1 and e.seq_id > $2 and e.seq_id <= $3
        order by e.seq_id limit $4
        """);

    /// <summary>The position up to which everything that was committed before this call can be read, but for transactions that take long.</summary>
    public async Task<long> HorizonAsync(CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var (value, pending) = await LookAsync(ct);
            if (!pending || Stopwatch.GetElapsedTime(since) > Patience)
            {
                return value;
            }

            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>An event in the answer.</summary>
    public static TailEvent Read(string tenant, NpgsqlDataReader r) =>
        new(r.GetInt64(0), new StreamName(tenant, r.GetString(2), r.GetGuid(1)), r.GetString(3), r.IsDBNull(4) ? "" : r.GetString(4));

    public void Dispose() => _gate.Dispose();

    private async Task<(long Value, bool Pending)> LookAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            await using var connection = await pool.OpenConnectionAsync(ct);
            await _horizon.MoveAsync(connection, ct);
            if (!_horizon.Pending)
            {
                return (_horizon.Value, false);
            }
        }
        finally
        {
            _gate.Release();
        }

        return (_horizon.Value, true);
    }
}
