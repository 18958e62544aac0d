using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>
/// The history in memory, for tests and try-outs: the same promises as <c>PostgresEventLog</c> but for durability. Events go through the
/// codec both ways, so nothing works here that the database would refuse. Texts are sealed here too; the streams' keys need no wrapping,
/// because they are gone with the process. Safe for use by several threads.
/// </summary>
public sealed partial class MemoryEventLog(EventCodec codec) : IEventLog
{
    private readonly Lock _lock = new();
    private readonly List<Stored> _events = [];
    private readonly Dictionary<(string Tenant, Guid Id), List<Stored>> _streams = [];
    private readonly Dictionary<string, long> _checkpoints = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SemaphoreSlim> _leases = new(StringComparer.Ordinal);
    private readonly MemoryRows _rows = new();
    private readonly Dictionary<(string Tenant, Guid Id), byte[]?> _keys = [];
    private TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public Task<AppendResult> AppendAsync(Append append, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            var keys = KeysFor(append);
            var encoded = EncodedAppend.From(append, codec, keys);
            if (_rows.FindHandled(encoded.Rows) is { } handled)
            {
                return Task.FromResult<AppendResult>(new AppendResult.AlreadyHandled(handled));
            }

            foreach (var stream in encoded.Streams)
            {
                var actual = VersionOf(stream.Name);
                if (actual != stream.Expected)
                {
                    return Task.FromResult<AppendResult>(new AppendResult.Conflict(stream.Name, stream.Expected, actual));
                }
            }

            foreach (var (stream, key) in keys)
            {
                _keys[(stream.Tenant, stream.Id)] = key.Key;
            }

            return Task.FromResult<AppendResult>(Write(encoded));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken ct) =>
        ReadStream(stream, e => e.Version > afterVersion, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, IReadOnlyList<string> types, CancellationToken ct) =>
        ReadStream(stream, e => types.Contains(e.Type), ct);

    /// <inheritdoc/>
    public Task<RecordedEvent?> ReadEventAsync(long sequence, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(sequence >= 1 && sequence <= _events.Count ? Read(_events[(int)sequence - 1]) : null);
        }
    }

    /// <inheritdoc/>
    public Task<RecordedEvent?> FindEventAsync(string tenant, Guid eventId, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_events.Find(e => e.Id == eventId && e.Stream.Tenant == tenant) is { } found ? Read(found) : null);
        }
    }

    /// <inheritdoc/>
    public async Task<IFollower> FollowAsync(string name, CancellationToken ct)
    {
        SemaphoreSlim? lease;
        lock (_lock)
        {
            if (!_leases.TryGetValue(name, out lease))
            {
                lease = _leases[name] = new SemaphoreSlim(1);
            }
        }

        await lease.WaitAsync(ct);
        lock (_lock)
        {
            return new Follower(this, name, lease, _checkpoints.GetValueOrDefault(name));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ListRow>> QueryRowsAsync(ListQuery query, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_rows.Query(query));
        }
    }

    /// <inheritdoc/>
    public Task<int> CountRowsAsync(ListQuery query, int max, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_rows.Count(query, max));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, int>> CountByStatusAsync(string tenant, string list, string? assignee, int max, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_rows.CountByStatus(tenant, list, assignee, max));
        }
    }

    /// <inheritdoc/>
    public Task<ListRow?> FindRowAsync(string tenant, string list, Guid id, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_rows.Find(tenant, list, id));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueStream>> TakeDueAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_rows.TakeDue(now, hold, limit));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Delivery>> TakeUnconfirmedAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_rows.TakeUnconfirmed(now, hold, limit));
        }
    }

    private AppendResult.Appended Write(EncodedAppend append)
    {
        var sequences = new List<long>();
        foreach (var stream in append.Streams.Where(s => s.Events.Count > 0))
        {
            var key = (stream.Name.Tenant, stream.Name.Id);
            if (!_streams.TryGetValue(key, out var stored))
            {
                stored = _streams[key] = [];
            }

            foreach (var e in stream.Events)
            {
                var name = stored.Count > 0 ? stored[0].Stream : stream.Name;
                stored.Add(new(_events.Count + 1, e.Id, name, stored.Count + 1, e.Type, e.Json, append.Context));
                _events.Add(stored[^1]);
                sequences.Add(_events.Count);
            }
        }

        _rows.Apply(append.Rows);
        foreach (var destroyed in append.Rows.Destroyed.Keys)
        {
            _keys[(destroyed.Tenant, destroyed.Id)] = null;
        }

        _appended.TrySetResult();
        _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return append.Appended([.. sequences]);
    }

    private long VersionOf(StreamName stream) => _streams.TryGetValue((stream.Tenant, stream.Id), out var stored) ? stored.Count : 0;

    private Task<IReadOnlyList<RecordedEvent>> ReadStream(StreamName stream, Func<Stored, bool> which, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_lock)
        {
            IReadOnlyList<RecordedEvent> events = _streams.TryGetValue((stream.Tenant, stream.Id), out var stored) ? [.. stored.Where(which).Select(Read)] : [];
            return Task.FromResult(events);
        }
    }

    private Dictionary<StreamName, StreamKey> KeysFor(Append append) => append.Streams
        .Where(s => s.Events.Any(codec.HasSealedText))
        .DistinctBy(s => s.Stream)
        .ToDictionary(s => s.Stream, s => new StreamKey(_keys.TryGetValue((s.Stream.Tenant, s.Stream.Id), out var known) ? known : StreamKey.Random(), null));

    private RecordedEvent Read(Stored e)
    {
        var known = _keys.TryGetValue((e.Stream.Tenant, e.Stream.Id), out var key);
        var data = codec.ReadSealed(e.Type, e.Json, new EventSeal(key, known && key is null, e.Stream, e.Type, e.Id));
        return new(e.Sequence, e.Id, e.Stream, e.Version, e.Type, data, e.Context);
    }

    private sealed record Stored(
        long Sequence, Guid Id, StreamName Stream, long Version, string Type, byte[] Json, EventContext Context);
}
