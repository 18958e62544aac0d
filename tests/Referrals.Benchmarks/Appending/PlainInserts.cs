using System.Text;
using Npgsql;
using NpgsqlTypes;
using Referrals.Benchmarks.Measuring;

namespace Referrals.Benchmarks.Appending;

/// <summary>
/// The floor: what the same bytes cost without a log. One prepared INSERT per transaction, each client on a connection of its own, into
/// a table like <c>mt_events</c> with the same indexes.
/// </summary>
internal sealed class PlainInserts : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly List<PlainClient> _clients = [];

    private PlainInserts(NpgsqlDataSource source) => _source = source;

    /// <summary>Size of an event's JSON.</summary>
    public int Bytes { get; private set; }

    /// <summary>Makes the copy beside the log's schema, which must hold a <c>step_offered</c> already: its values are inserted.</summary>
    public static async Task<PlainInserts> CreateAsync(string owner, string schema, int clients, CancellationToken ct)
    {
        var connection = new NpgsqlConnectionStringBuilder(owner) { NoResetOnClose = true, MaxPoolSize = clients + 2 };
        var inserts = new PlainInserts(NpgsqlDataSource.Create(connection));
        await inserts.ExecuteAsync(
            $"""
            create schema {schema}_floor;
            create table {schema}_floor.mt_events (like {schema}.mt_events including all);
            create sequence {schema}_floor.mt_events_sequence as bigint cache 1;
            alter table {schema}_floor.mt_events alter column seq_id set default nextval('{schema}_floor.mt_events_sequence');
            """,
            ct);
        var values = await inserts.ReadAsync(schema, ct);
        inserts.Bytes = Encoding.UTF8.GetByteCount(values.Data);
        for (var no = 0; no < clients; no++)
        {
            inserts._clients.Add(await PlainClient.CreateAsync(await inserts._source.OpenConnectionAsync(ct), $"{schema}_floor", values, ct));
        }

        return inserts;
    }

    /// <summary>Measures with so many clients.</summary>
    public Task<Sample> SampleAsync(int clients, double seconds, CancellationToken ct) => ClosedLoop.RunAsync(
        [.. _clients.Take(clients).Select(c => (Func<Recorder, Task>)(r => c.RunAsync(r, ct)))], TimeSpan.FromSeconds(seconds));

    /// <summary>Writes what was changed, so that nobody pays for what another one left.</summary>
    public Task CheckpointAsync(CancellationToken ct) => ExecuteAsync("checkpoint", ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _source.DisposeAsync();
    }

    private async Task<EventValues> ReadAsync(string schema, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(
            $"""
            select tenant_id, type, mt_dotnet_type, data::text, correlation_id, causation_id, user_name, headers::text
            from {schema}.mt_events where type = 'step_offered' order by seq_id limit 1
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            throw new InvalidOperationException($"{schema} holds no offer to copy");
        }

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
        return new(reader.GetString(0), reader.GetString(1), Text(2), reader.GetString(3), Text(4), Text(5), Text(6), Text(7));
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The columns of an event that are the same in every row of the floor.</summary>
internal sealed record EventValues(
    string Tenant, string Type, string? DotnetType, string Data, string? Correlation, string? Causation, string? User, string? Headers);

/// <summary>A client of the floor: streams of its own, their versions counted up.</summary>
internal sealed class PlainClient : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private readonly Guid[] _streams = [.. Enumerable.Range(0, AppendingClient.Streams).Select(_ => Guid.NewGuid())];
    private readonly long[] _versions = new long[AppendingClient.Streams];
    private readonly NpgsqlParameter<Guid> _id = new() { NpgsqlDbType = NpgsqlDbType.Uuid };
    private readonly NpgsqlParameter<Guid> _stream = new() { NpgsqlDbType = NpgsqlDbType.Uuid };
    private readonly NpgsqlParameter<long> _version = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<DateTime> _at = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
    private int _next;

    private PlainClient(NpgsqlConnection connection, string schema, EventValues values)
    {
        _connection = connection;
        _insert = new NpgsqlCommand(
            $"""
            insert into {schema}.mt_events (
              id, stream_id, version, timestamp, tenant_id, type, mt_dotnet_type, data, correlation_id, causation_id, user_name, headers)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            connection);
        _insert.Parameters.AddRange(new NpgsqlParameter[] { _id, _stream, _version, _at });
        foreach (var text in new[] { values.Tenant, values.Type, values.DotnetType })
        {
            Add(text, NpgsqlDbType.Text);
        }

        Add(values.Data, NpgsqlDbType.Jsonb);
        foreach (var text in new[] { values.Correlation, values.Causation, values.User })
        {
            Add(text, NpgsqlDbType.Text);
        }

        Add(values.Headers, NpgsqlDbType.Jsonb);
    }

    /// <summary>A client whose statement is prepared.</summary>
    public static async Task<PlainClient> CreateAsync(NpgsqlConnection connection, string schema, EventValues values, CancellationToken ct)
    {
        var client = new PlainClient(connection, schema, values);
        await client._insert.PrepareAsync(ct);
        return client;
    }

    /// <summary>Inserts until the time is up.</summary>
    public async Task RunAsync(Recorder recorder, CancellationToken ct)
    {
        while (!recorder.Ended)
        {
            var stream = _next++ % _streams.Length;
            (_id.TypedValue, _stream.TypedValue, _version.TypedValue, _at.TypedValue) =
                (Guid.NewGuid(), _streams[stream], ++_versions[stream], DateTime.UtcNow);
            await recorder.TimeAsync(() => _insert.ExecuteNonQueryAsync(ct));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void Add(string? value, NpgsqlDbType type) =>
        _insert.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = type });
}
