using Npgsql;

namespace Referrals.Engine.History;

/// <summary>
/// How far the log can be read without skipping an event whose transaction is still open. Numbers are given out before commit, so an
/// event with a smaller number may become visible after one with a greater. But an INSERT holds its lock on the table before it
/// gets its number, and until its transaction has ended. So: read the last number given; then see who holds that lock; once they all are gone,
/// everything up to that number is visible or will never be.
/// </summary>
/// <remarks>
/// Snapshots would not do: a transaction's id is not below the snapshot's <c>xmax</c> while no later one has ended, so the oldest
/// open transaction cannot be told from one not yet begun. And ids are the whole cluster's, so that any writer elsewhere would hold us up.
/// </remarks>
internal sealed class SafeHorizon
{
    private readonly string _lastNumber;
    private readonly string _writers;
    private long _candidate;
    private HashSet<string> _waitingFor = [];

    public SafeHorizon(PostgresOptions options)
    {
        _lastNumber = options.Sql("select case when is_called then last_value else 0 end from @schema.mt_events_sequence");
        _writers = options.Sql(
            """
            select virtualtransaction from pg_locks
            where locktype = 'relation' and relation = '@schema.mt_events'::regclass and mode = 'RowExclusiveLock' and granted
              and database = (select oid from pg_database where datname = current_database())
            """);
    }

    /// <summary>Every event up to this number can be read.</summary>
    public long Value { get; private set; }

    /// <summary>True when numbers after <see cref="Value"/> were given out to transactions that may be open.</summary>
    public bool Pending => _candidate > Value;

    /// <summary>Looks again. One round trip; each of the two statements sees the moment it runs, the second after the first.</summary>
    public async Task MoveAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var (last, writers) = await LookAsync(connection, ct);
        if (Pending)
        {
            _waitingFor.IntersectWith(writers);
        }
        else
        {
            (_candidate, _waitingFor) = (last, writers);
        }

        if (_waitingFor.Count == 0)
        {
            Value = _candidate;
        }
    }

    private async Task<(long Last, HashSet<string> Writers)> LookAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(_lastNumber), new(_writers) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var last = reader.GetInt64(0);
        await reader.NextResultAsync(ct);
        var writers = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            writers.Add(reader.GetString(0));
        }

        return (last, writers);
    }
}
