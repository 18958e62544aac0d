using System.Collections.Concurrent;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Demo;

/// <summary>
/// The log as one lane uses it: everything is written to the real one; what this history wrote itself needs not be read again. The real one
/// would notice a wrong memory, because every append names the version that it was decided on.
/// </summary>
internal sealed class LaneLog(IEventLog inner) : IEventLog
{
    private readonly ConcurrentDictionary<Guid, ListRow> _organisations = new();
    private CaseLife _life = null!;

    /// <summary>What was appended for the referral at hand, since somebody last took it.</summary>
    public Queue<RecordedEvent> Appended { get; } = new();

    /// <summary>Works for this referral from now on.</summary>
    public void TurnTo(CaseLife life) => _life = life;

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(Append append, CancellationToken ct)
    {
        var result = await inner.AppendAsync(append, ct);
        if (result is AppendResult.Appended appended)
        {
            Remember(append, appended.Events);
        }
        else if (result is AppendResult.Conflict conflict)
        {
            throw new HistoryException($"somebody else writes to {conflict.Stream.Type} {conflict.Stream.Id}: a history is played on a database of its own");
        }

        return result;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, long afterVersion, CancellationToken ct)
    {
        if (stream.Tenant == StreamName.Network)
        {
            return await inner.ReadStreamAsync(stream, afterVersion, ct);
        }

        if (!_life.Streams.TryGetValue(stream, out var known) && _life.Shelved.Remove(stream))
        {
            known = _life.Streams[stream] = [.. await inner.ReadStreamAsync(stream, 0, ct)];
        }

        return known is null ? [] : afterVersion == 0 ? [.. known] : [.. known.Where(e => e.Version > afterVersion)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RecordedEvent>> ReadStreamAsync(StreamName stream, IReadOnlyList<string> types, CancellationToken ct) =>
        [.. (await ReadStreamAsync(stream, 0, ct)).Where(e => types.Contains(e.Type))];

    /// <inheritdoc/>
    public async Task<ListRow?> FindRowAsync(string tenant, string list, Guid id, CancellationToken ct)
    {
        if (list == ReferralBoard.OffersList)
        {
            return _life.OfferRows.GetValueOrDefault(id);
        }

        if (list != OrganisationBoard.List || !_organisations.TryGetValue(id, out var known))
        {
            known = await inner.FindRowAsync(tenant, list, id, ct);
            if (known is not null && list == OrganisationBoard.List)
            {
                _organisations[id] = known;
            }
        }

        return known;
    }

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

    private void Remember(Append append, IReadOnlyList<AppendedEvent> places)
    {
        var at = 0;
        foreach (var stream in append.Streams)
        {
            if (!_life.Streams.TryGetValue(stream.Stream, out var known))
            {
                known = _life.Streams[stream.Stream] = [];
            }

            foreach (var happened in stream.Events)
            {
                var (sequence, id, version) = places[at++];
                var recorded = new RecordedEvent(
                    sequence, id, stream.Stream, version, EngineEvents.Codec.NameOf(happened), happened, append.Context);
                known.Add(recorded);
                Appended.Enqueue(recorded);
            }
        }

        foreach (var row in append.Rows.OfType<RowChange.PutListRow>().Where(r => r.Row.List == ReferralBoard.OffersList))
        {
            _life.OfferRows[row.Row.Id] = row.Row;
        }
    }
}
