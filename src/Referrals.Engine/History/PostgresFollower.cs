using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace Referrals.Engine.History;

/// <summary>
/// A follower on PostgreSQL. Lease, notifications, reading and checkpoint all live on one connection: the lease is a session lock, so
/// whoever can still write through this connection still has it, and when the process dies the server frees it.
/// </summary>
internal sealed class PostgresFollower : IFollower
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private readonly PostgresOptions _options;
    private readonly EventRows _rows;
    private readonly NpgsqlConnection _connection;
    private readonly SafeHorizon _horizon;
    private readonly string _name;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly string _page;
    private long _read;
    private int _advancing;
    private bool _notified;
    private CancellationTokenSource? _sleep;

    private PostgresFollower(PostgresOptions options, EventCodec codec, NpgsqlConnection connection, string name, long position)
    {
        (_options, _connection, _name) = (options, connection, name);
        _horizon = new(options);
        _rows = new(codec, options.MasterKeys);
        _page = options.Sql(
            $"select {_rows.Columns}, {EventRows.StreamType} from @schema.mt_events e where e.seq_id > $1 and e.seq_id <= $2 order by e.seq_id limit $3");
        Position = _read = position;

        // A notification may also come in with the answer to a statement; then nothing would wake a later wait.
        connection.Notification += (_, _) => _notified = true;
    }

    /// <inheritdoc/>
    public long Position { get; private set; }

    /// <summary>Waits for the lease and starts after the checkpoint.</summary>
    public static async Task<PostgresFollower> StartAsync(PostgresOptions options, EventCodec codec, string name, CancellationToken ct)
    {
        var connection = await FollowerLease.AcquireAsync(options, name, ct);
        try
        {
            var position = await FollowerLease.PrepareAsync(options, connection, name, ct);
            return new(options, codec, connection, name, position);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedEvent>> NextAsync(int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var pause = ShortestPause;
        while (true)
        {
            var (events, pending) = await WithLeaseAsync(() => LookAsync(limit, ct), ct);
            if (events.Count > 0)
            {
                return events;
            }

            if (pending)
            {
                await Task.Delay(pause, ct);
                pause = pause < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <inheritdoc/>
    public async Task AdvanceAsync(long position, IReadOnlyList<RowChange> rows, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(position, Position);
        var encoded = EncodedRows.FromFollower(rows);
        Interlocked.Increment(ref _advancing);
        try
        {
            WakeUp();
            await WithLeaseAsync(() => MoveAsync(position, encoded, ct), ct);
        }
        finally
        {
            Interlocked.Decrement(ref _advancing);
        }
    }

    /// <summary>Gives up the lease.</summary>
    public async ValueTask DisposeAsync()
    {
        Interlocked.Increment(ref _advancing);
        WakeUp();
        await _gate.WaitAsync();
        await _connection.DisposeAsync();
        _gate.Release();
    }

    // The events that are safe to read; if there are none, whether some may come as soon as an open transaction ends. If nothing is
    // in sight it sleeps until a notification, or until the connection is wanted for something else.
    private async Task<(IReadOnlyList<RecordedEvent> Events, bool Pending)> LookAsync(int limit, CancellationToken ct)
    {
        if (_read >= _horizon.Value)
        {
            _notified = false;
            await _horizon.MoveAsync(_connection, ct);
        }

        if (_read < _horizon.Value)
        {
            var events = await ReadPageAsync(limit, ct);
            _read = events.Count == limit ? events[^1].Sequence : _horizon.Value;
            return (events, false);
        }

        if (!_horizon.Pending && !_notified)
        {
            await SleepAsync(ct);
        }

        return ([], _horizon.Pending);
    }

    private async Task<IReadOnlyList<RecordedEvent>> ReadPageAsync(int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(_page, _connection);
        command.Parameters.Add(new() { Value = _read });
        command.Parameters.Add(new() { Value = _horizon.Value });
        command.Parameters.Add(new() { Value = (long)limit });
        var events = new List<StoredEvent>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                events.Add(EventRows.Read(reader));
            }
        }

        return await _rows.OpenAsync(events, ct);
    }

    private async Task SleepAsync(CancellationToken ct)
    {
        using var sleep = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Volatile.Write(ref _sleep, sleep);
        try
        {
            if (Volatile.Read(ref _advancing) == 0)
            {
                await _connection.WaitAsync(_options.SafetyPoll, sleep.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Woken to let the checkpoint be moved.
        }
        finally
        {
            Volatile.Write(ref _sleep, null);
        }
    }

    private void WakeUp()
    {
        try
        {
            Volatile.Read(ref _sleep)?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It woke by itself at this moment.
        }
    }

    private async Task<bool> MoveAsync(long position, EncodedRows rows, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(_options.Sql("select @schema.advance_follower($1, $2, $3, $4)"), _connection);
        command.Parameters.Add(new() { Value = _name });
        command.Parameters.Add(new() { Value = position });
        command.Parameters.Add(new() { Value = string.Join(',', rows.Keys.Select(k => k.Tenant).Distinct(StringComparer.Ordinal)) });
        command.Parameters.Add(new() { Value = (object?)RowsJson.Write([rows]) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json });
        if (await command.ExecuteScalarAsync(ct) is not true)
        {
            throw new InvalidOperationException($"the checkpoint of follower '{_name}' is gone or ahead of {position}");
        }

        Position = position;
        _read = Math.Max(_read, position);
        return true;
    }

    // One statement at a time on the connection. If the connection is gone, so is the lease.
    private async Task<T> WithLeaseAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            return await work();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException && _connection.State != ConnectionState.Open)
        {
            throw new FollowerLeaseLostException(_name);
        }
        finally
        {
            _gate.Release();
        }
    }
}
