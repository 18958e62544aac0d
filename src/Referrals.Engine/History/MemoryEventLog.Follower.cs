namespace Referrals.Engine.History;

public sealed partial class MemoryEventLog
{
    private sealed class Follower(MemoryEventLog log, string name, SemaphoreSlim lease, long position) : IFollower
    {
        private long _read = position;
        private bool _released;

        public long Position { get; private set; } = position;

        public async Task<IReadOnlyList<RecordedEvent>> NextAsync(int limit, CancellationToken ct)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
            while (true)
            {
                Task appended;
                lock (log._lock)
                {
                    ObjectDisposedException.ThrowIf(_released, this);
                    if (log._events.Count > _read)
                    {
                        var page = log._events.Skip((int)_read).Take(limit).Select(log.Read).ToArray();
                        _read = page[^1].Sequence;
                        return page;
                    }

                    appended = log._appended.Task;
                }

                await appended.WaitAsync(ct);
            }
        }

        public Task AdvanceAsync(long position, IReadOnlyList<RowChange> rows, CancellationToken ct)
        {
            ct.ThrowIfCancellationRequested();
            var encoded = EncodedRows.FromFollower(rows);
            lock (log._lock)
            {
                ObjectDisposedException.ThrowIf(_released, this);
                ArgumentOutOfRangeException.ThrowIfLessThan(position, Position);
                log._rows.Apply(encoded);
                log._checkpoints[name] = Position = position;
                _read = Math.Max(_read, position);
            }

            return Task.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            lock (log._lock)
            {
                if (!_released)
                {
                    _released = true;
                    lease.Release();
                }
            }

            return ValueTask.CompletedTask;
        }
    }
}
