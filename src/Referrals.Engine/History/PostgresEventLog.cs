using Npgsql;
using NpgsqlTypes;
using Polly;
using Polly.Retry;
using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>
/// The history on PostgreSQL, in Marten's table layout. One per process and schema; opens its own pools. The schema is brought up to
/// date by <see cref="SchemaMigrator"/> before.
/// </summary>
public sealed partial class PostgresEventLog : IEventLog, IAsyncDisposable
{
    private const int MaxKeyTries = 3;
    private const string StreamKeys = "stream_keys";

    private readonly PostgresOptions _options;
    private readonly EventCodec _codec;
    private readonly NpgsqlDataSource _app;
    private readonly NpgsqlDataSource? _worker;
    private readonly GroupCommit _commit;
    private readonly TailReader _tail;
    private readonly EventRows _rows;
    private readonly StreamKeySource _keys;
    private readonly ReferenceKeys _references;
    private readonly ResiliencePipeline _retry;
    private readonly string _readStream;
    private readonly string _readTypes;
    private readonly string _readEvent;
    private readonly string _findEvent;
    private readonly string _findKey;

    /// <summary>Opens no connection yet.</summary>
    public PostgresEventLog(PostgresOptions options, EventCodec codec)
    {
        options.Validate();
        (_options, _codec) = (options, codec);
        _app = options.OpenPool(options.App);
        _worker = options.Worker is { } worker ? options.OpenPool(worker) : null;
        _commit = new(options, _app, new CommitSignal(options, _app).Committed);
        _tail = new(options, _app);
        _rows = new(codec, options.MasterKeys);
        _keys = new(options.MasterKeys, FindKeyAsync);
        _references = new(options, _app);
        _readStream = options.Sql(
            $"select {_rows.Columns} from @schema.mt_events e where e.tenant_id = $1 and e.stream_id = $2 and e.version > $3 order by e.version");
        _readTypes = options.Sql(
            $"select {_rows.Columns} from @schema.mt_events e where e.tenant_id = $1 and e.stream_id = $2 and e.type = any ($3) order by e.version");
        _readEvent = options.Sql($"select {_rows.Columns}, {EventRows.StreamType} from @schema.mt_events e where e.seq_id = $1");
        _findEvent = options.Sql(
            $"select {_rows.Columns}, {EventRows.StreamType} from @schema.mt_events e where e.tenant_id = $1 and e.id = $2 limit 1");
        _findKey = options.Sql($"select {StoredKey.Column} from (select $1::text as tenant_id, $2::uuid as stream_id) e");
        _retry = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(e => e.IsTransient),
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(50),
                UseJitter = true,
            })
            .Build();
    }

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var keys = await _keys.ForAsync(append, _codec, ct);
            var index = await _references.ForAsync(append, ct);
            try
            {
                return await _commit.AppendAsync(EncodedAppend.From(append, _codec, keys, index), ct);
            }
            catch (PostgresException e) when (attempt < MaxKeyTries && e is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: StreamKeys })
            {
                // An append before this one gave the stream its key after it was looked for.
            }
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken ct) =>
        ReadStreamAsync(stream, _readStream, new() { Value = afterVersion }, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, IReadOnlyList<string> types, CancellationToken ct) =>
        ReadStreamAsync(stream, _readTypes, new() { Value = types.ToArray() }, ct);

    /// <inheritdoc/>
    public async Task<RecordedEvent?> ReadEventAsync(long sequence, CancellationToken ct)
    {
        var found = await _rows.OpenAsync(await TakeAsync(_readEvent, r => EventRows.Read(r), ct, sequence), ct);
        return found.SingleOrDefault();
    }

    /// <inheritdoc/>
    public async Task<RecordedEvent?> FindEventAsync(string tenant, Guid eventId, CancellationToken ct)
    {
        StoredText.CheckTenant(tenant);
        var found = await _rows.OpenAsync(await TakeAsync(_findEvent, r => EventRows.Read(r), ct, tenant, eventId), ct);
        return found.SingleOrDefault();
    }

    /// <inheritdoc/>
    public async Task<IFollower> FollowAsync(string name, CancellationToken ct)
    {
        StoredText.Check(name);
        return await PostgresFollower.StartAsync(_options, _codec, name, ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ListRow>> QueryRowsAsync(ListQuery query, CancellationToken ct) =>
        ListQueries.InOrder(query, await OpenAsync(await AskRowsAsync(query, ct), ct));

    /// <inheritdoc/>
    public async Task<int> CountRowsAsync(ListQuery query, int max, CancellationToken ct)
    {
        var token = await TokenAsync(query, ct);
        return (await AskAsync(query.Tenant, () => ListCounts.ToCommand(query, token, max), r => r.GetInt32(0), ct)).Single();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, int>> CountByStatusAsync(
        string tenant, string list, string? assignee, int max, CancellationToken ct)
    {
        var counts = await AskAsync(
            tenant, () => ListCounts.ByStatus(tenant, list, assignee, max), r => KeyValuePair.Create(r.GetString(0), r.GetInt32(1)), ct);
        return counts.ToDictionary(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public async Task<ListRow?> FindRowAsync(string tenant, string list, Guid id, CancellationToken ct)
    {
        var found = await ReadAsync(
            tenant,
            () => new NpgsqlBatchCommand(_options.Sql(ListQueries.Find))
            {
                Parameters = { new() { Value = tenant }, new() { Value = list }, new() { Value = id } },
            },
            ListQueries.Read,
            ct);
        return (await OpenAsync(found, ct)).SingleOrDefault();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DueStream>> TakeDueAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct) =>
        await TakeAsync(
            _options.Sql("select tenant, stream_type, stream, due from @schema.take_due($1, $2, $3)"),
            r => new DueStream(new(r.GetString(0), r.GetString(1), r.GetGuid(2)), r.GetFieldValue<DateTimeOffset>(3)),
            ct,
            now.ToUniversalTime(),
            hold,
            limit);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Delivery>> TakeUnconfirmedAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct) =>
        await TakeAsync(
            _options.Sql("select tenant, message, sequence, tries from @schema.take_unconfirmed($1, $2, $3)"),
            r => new Delivery(r.GetString(0), r.GetGuid(1), r.GetInt64(2), r.GetInt32(3)),
            ct,
            now.ToUniversalTime(),
            hold,
            limit);

    /// <summary>Waits for appends on their way, then closes the pools. Followers are disposed by who started them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _commit.DisposeAsync();
        _tail.Dispose();
        await _app.DisposeAsync();
        if (_worker is not null)
        {
            await _worker.DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, string sql, NpgsqlParameter which, CancellationToken ct) =>
        await _rows.OpenAsync(
            await ReadAsync(
                stream.Tenant,
                () => new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = stream.Tenant }, new() { Value = stream.Id }, which.Clone() } },
                r => EventRows.Read(r, stream.Type),
                ct),
            ct);

    private async Task<StoredKey> FindKeyAsync(StreamName stream, CancellationToken ct)
    {
        var found = await ReadAsync(
            stream.Tenant,
            () => new NpgsqlBatchCommand(_findKey) { Parameters = { new() { Value = stream.Tenant }, new() { Value = stream.Id } } },
            r => r.IsDBNull(0) ? null : r.GetString(0),
            ct);
        return StoredKey.Read(found.Single(), stream.Tenant, stream.Id);
    }

    // A question to a list is planned for its own values: a plan for any value would read all of a long list for some.
    private Task<List<T>> AskAsync<T>(
        string tenant, Func<NpgsqlBatchCommand> command, Func<NpgsqlDataReader, T> read, CancellationToken ct) =>
        ReadAsync(
            tenant,
            () =>
            {
                var asked = command();
                asked.CommandText = _options.Sql(asked.CommandText);
                return asked;
            },
            read,
            ct,
            planned: true);

    // Reading again does no harm, so a lost connection is not the caller's problem.
    private async Task<List<T>> ReadAsync<T>(
        string tenant, Func<NpgsqlBatchCommand> command, Func<NpgsqlDataReader, T> read, CancellationToken ct, bool planned = false)
    {
        StoredText.CheckTenant(tenant);
        return await _retry.ExecuteAsync(
            async token =>
            {
                await using var connection = await _app.OpenConnectionAsync(token);
                await using var batch = ActingFor.Batch(connection, tenant, planned);
                batch.BatchCommands.Add(command());
                return await ActingFor.ReadAsync(batch, read, token);
            },
            ct);
    }

    // What was taken by a try whose answer got lost comes again after its hold.
    private async Task<List<T>> TakeAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params object[] values)
    {
        var pool = _worker ?? throw new InvalidOperationException("this process has no connection for work over all tenants");
        return await _retry.ExecuteAsync(
            async token =>
            {
                await using var command = pool.CreateCommand(sql);
                foreach (var value in values)
                {
                    command.Parameters.Add(value is DateTimeOffset ? new() { Value = value, NpgsqlDbType = NpgsqlDbType.TimestampTz } : new() { Value = value });
                }

                await using var reader = await command.ExecuteReaderAsync(token);
                var rows = new List<T>();
                while (await reader.ReadAsync(token))
                {
                    rows.Add(read(reader));
                }

                return rows;
            },
            ct);
    }
}
