using System.Diagnostics;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;

namespace Referrals.Benchmarks.Hop;

/// <summary>
/// The partner's log, which also tells when an assignment came to be in the partner's list: the append that wrote the row together
/// with <c>assignment_received</c> has returned, so from now on every query finds it.
/// </summary>
internal sealed class ObservedLog(PostgresEventLog inner, Action<Engine.AssignmentId, long> received) : IEventLog, IAsyncDisposable
{
    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken ct)
    {
        var result = await inner.AppendAsync(append, ct);
        if (result is AppendResult.Appended)
        {
            var now = Stopwatch.GetTimestamp();
            foreach (var happened in append.Streams.SelectMany(s => s.Events).OfType<AssignmentEvent.Received>())
            {
                received(happened.Assignment, now);
            }
        }

        return result;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken ct) =>
        inner.ReadStreamAsync(stream, afterVersion, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, IReadOnlyList<string> types, CancellationToken ct) =>
        inner.ReadStreamAsync(stream, types, ct);

    /// <inheritdoc/>
    public Task<RecordedEvent?> ReadEventAsync(long sequence, CancellationToken ct) => inner.ReadEventAsync(sequence, ct);

    /// <inheritdoc/>
    public Task<RecordedEvent?> FindEventAsync(string tenant, Guid eventId, CancellationToken ct) => inner.FindEventAsync(tenant, eventId, ct);

    /// <inheritdoc/>
    public Task<IFollower> FollowAsync(string name, CancellationToken ct) => inner.FollowAsync(name, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ListRow>> QueryRowsAsync(ListQuery query, CancellationToken ct) => inner.QueryRowsAsync(query, ct);

    /// <inheritdoc/>
    public Task<int> CountRowsAsync(ListQuery query, int max, CancellationToken ct) => inner.CountRowsAsync(query, max, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, int>> CountByStatusAsync(string tenant, string list, string? assignee, int max, CancellationToken ct) =>
        inner.CountByStatusAsync(tenant, list, assignee, max, ct);

    /// <inheritdoc/>
    public Task<ListRow?> FindRowAsync(string tenant, string list, Guid id, CancellationToken ct) => inner.FindRowAsync(tenant, list, id, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DueStream>> TakeDueAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct) =>
        inner.TakeDueAsync(now, hold, limit, ct);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Delivery>> TakeUnconfirmedAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct) =>
        inner.TakeUnconfirmedAsync(now, hold, limit, ct);

    /// <inheritdoc/>
    public Task<TenantTail> ReadTenantTailAsync(string tenant, long? afterSequence, int limit, CancellationToken ct) =>
        inner.ReadTenantTailAsync(tenant, afterSequence, limit, ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<CommitWake> WatchCommitsAsync(CancellationToken ct) => inner.WatchCommitsAsync(ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
