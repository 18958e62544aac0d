namespace Referrals.Engine.History;

/// <summary>
/// The history: an append-only log of events in streams, and the few rows that are written in the same transaction.
/// The one seam for storage; <c>PostgresEventLog</c> and <c>MemoryEventLog</c> pass the same contract suite.
/// </summary>
public interface IEventLog
{
    /// <summary>
    /// Appends events to one or several streams and changes rows, all in one transaction: everything or nothing.
    /// An append without events (rows only) is allowed.
    /// </summary>
    /// <returns>
    /// <see cref="AppendResult.Appended"/>, or <see cref="AppendResult.Conflict"/> when a stream is not at its expected version,
    /// or <see cref="AppendResult.AlreadyHandled"/> when an inbox row of this append is already there. The latter two change nothing.
    /// </returns>
    Task<AppendResult> AppendAsync(Append append, CancellationToken ct);

    /// <summary>The events of a stream after a version, in order; empty when there is none.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken ct);

    /// <summary>The events of a stream that have one of these names, in order: where a stream holds many others that a reader doesn't need.</summary>
    Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, IReadOnlyList<string> types, CancellationToken ct);

    /// <summary>The event at a position of the log, or null. For followers' use: reads across tenants.</summary>
    Task<RecordedEvent?> ReadEventAsync(long sequence, CancellationToken ct);

    /// <summary>
    /// The event of a tenant with this id, or null. For workers' rare use: looks through all events of the tenant.
    /// </summary>
    Task<RecordedEvent?> FindEventAsync(string tenant, Guid eventId, CancellationToken ct);

    /// <summary>
    /// Becomes the one follower of this name, waiting for as long as another process is. The returned follower holds a lease
    /// until it is disposed or its process ends.
    /// </summary>
    Task<IFollower> FollowAsync(string name, CancellationToken ct);

    /// <summary>A page of a list of one tenant, in the query's order.</summary>
    Task<IReadOnlyList<ListRow>> QueryRowsAsync(ListQuery query, CancellationToken ct);

    /// <summary>
    /// How many rows of a list match the query, counted up to <paramref name="max"/> (1 to 100,000) and no further; order and page of the
    /// query play no part.
    /// </summary>
    Task<int> CountRowsAsync(ListQuery query, int max, CancellationToken ct);

    /// <summary>
    /// How many rows of a list there are in each status, counted up to <paramref name="max"/> (1 to 100,000) each; statuses without
    /// rows are left out. With <paramref name="assignee"/> only what that person looks after.
    /// </summary>
    Task<IReadOnlyDictionary<string, int>> CountByStatusAsync(string tenant, string list, string? assignee, int max, CancellationToken ct);

    /// <summary>One row of a list, or null.</summary>
    Task<ListRow?> FindRowAsync(string tenant, string list, Guid id, CancellationToken ct);

    /// <summary>
    /// Takes streams whose due date has come, over all tenants, oldest first. A taken one is hidden from others for
    /// <paramref name="hold"/>; who handled it sets or clears its due date with an append, else it comes again.
    /// </summary>
    Task<IReadOnlyList<DueStream>> TakeDueAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct);

    /// <summary>
    /// Takes messages that were sent and have no receipt yet and whose next try has come, over all tenants, oldest first; hidden from
    /// others for <paramref name="hold"/> times two to the power of the tries so far, at most an hour, which is also when they come again.
    /// </summary>
    Task<IReadOnlyList<Delivery>> TakeUnconfirmedAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct);

    /// <summary>
    /// New events of one tenant after a position, at most so many, at a cost that grows with what was written meanwhile and not with the
    /// log. Skips none, however writers overlap. Needs no lease: for any number of readers who want to hear that something changed.
    /// </summary>
    /// <param name="tenant">Whose events.</param>
    /// <param name="afterSequence">Where the last answer ended (<see cref="TenantTail.ReadTo"/>); null: from now on, which gives no events yet.</param>
    /// <param name="limit">At most this many events.</param>
    /// <param name="ct">Cancels the reading.</param>
    Task<TenantTail> ReadTenantTailAsync(string tenant, long? afterSequence, int limit, CancellationToken ct);

    /// <summary>
    /// Wakes the caller whenever something was committed to the log by whichever process, until cancelled. Takes no lease but a
    /// connection of its own: one watch per process, whose wakes are passed on. A wake says neither what nor whose; the
    /// tail does. Appends that only change rows wake nobody.
    /// </summary>
    IAsyncEnumerable<CommitWake> WatchCommitsAsync(CancellationToken ct);
}

/// <summary>A follower of the whole log: sees every committed event once, in the log's order, and keeps a checkpoint.</summary>
public interface IFollower : IAsyncDisposable
{
    /// <summary>The position up to which everything was handled; 0 at the beginning.</summary>
    long Position { get; }

    /// <summary>
    /// The next events after what this follower already got, over all tenants; waits (without polling busily) until there is at
    /// least one. Never reads past a transaction that is still open. Throws <see cref="FollowerLeaseLostException"/> when
    /// another process took over.
    /// </summary>
    Task<IReadOnlyList<RecordedEvent>> NextAsync(int limit, CancellationToken ct);

    /// <summary>Moves the checkpoint and changes rows in one transaction.</summary>
    Task AdvanceAsync(long position, IReadOnlyList<RowChange> rows, CancellationToken ct);
}

/// <summary>The follower's lease is gone: another process follows under this name now.</summary>
public sealed class FollowerLeaseLostException(string name) : Exception($"the lease of follower '{name}' is lost");
