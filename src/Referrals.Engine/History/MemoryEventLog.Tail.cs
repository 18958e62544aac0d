using System.Runtime.CompilerServices;

namespace Referrals.Engine.History;

public sealed partial class MemoryEventLog
{
    /// <inheritdoc/>
    public Task<TenantTail> ReadTenantTailAsync(string tenant, long? afterSequence, int limit, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        StoredText.CheckTenant(tenant);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        lock (_lock)
        {
            var after = Math.Max(afterSequence ?? _events.Count, 0);
            var events = _events.Skip((int)Math.Min(after, _events.Count))
                .Where(e => e.Stream.Tenant == tenant)
                .Take(limit)
                .Select(e => new TailEvent(e.Sequence, e.Stream, e.Type, e.Context.User))
                .ToList();
            var readTo = events.Count == limit ? events[^1].Sequence : Math.Max(after, _events.Count);
            return Task.FromResult(new TenantTail(events, readTo, readTo < _events.Count));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CommitWake> WatchCommitsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var wake = CommitWake.Watching;
        while (true)
        {
            Task appended;
            lock (_lock)
            {
                appended = _appended.Task;
            }

            yield return wake;
            await appended.WaitAsync(ct);
            wake = CommitWake.Committed;
        }
    }
}
