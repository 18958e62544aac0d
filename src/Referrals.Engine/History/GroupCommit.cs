using System.Threading.Channels;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Referrals.Engine.History;

/// <summary>
/// Writes appends so that those which wait at the same time share a transaction. A lone append goes out at once; while it is
/// on its way others gather and go together. What is wrong with one of them touches no other.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _pool;
    private readonly AppendBatch _batch;
    private readonly AppendOne _one;
    private readonly WrittenBefore _written;
    private readonly Action _committed;
    private readonly Channel<Waiting> _queue;
    private readonly ResiliencePipeline _retry;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _writers;
    private volatile bool _closed;

    /// <param name="options">Limits.</param>
    /// <param name="pool">Connections with the application's role.</param>
    /// <param name="committed">Called after events were committed.</param>
    public GroupCommit(PostgresOptions options, NpgsqlDataSource pool, Action committed)
    {
        (_options, _pool, _committed) = (options, pool, committed);
        _batch = new(options);
        _one = new(options);
        _written = new(options);
        _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.QueueLimit) { FullMode = BoundedChannelFullMode.Wait });
        _retry = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(e => e.IsTransient),
                MaxRetryAttempts = 6,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(20),
                UseJitter = true,
            })
            .Build();
    }

    /// <summary>Writes an append. Cancelling ends the wait; an append that was already on its way may still be written.</summary>
    public async Task<AppendResult> AppendAsync(EncodedAppend append, CancellationToken ct)
    {
        var waiting = new Waiting(append);
        await _queue.Writer.WriteAsync(waiting, ct);
        StartWriter();
        try
        {
            return await waiting.Done.Task.WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            waiting.GiveUp();
            throw;
        }
    }

    /// <summary>Takes no more and waits until what was taken is written.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _closed = true;
        FinishIfIdle();
        await _idle.Task;
    }

    // A writer begins on the caller's own thread: a lone append is sent without waiting for another thread to wake.
    private void StartWriter()
    {
        while (true)
        {
            var running = Volatile.Read(ref _writers);
            if (running >= _options.Writers)
            {
                return;
            }

            if (Interlocked.CompareExchange(ref _writers, running + 1, running) == running)
            {
                _ = RunAsync();
                return;
            }
        }
    }

    private async Task RunAsync()
    {
        var later = new Queue<Waiting>();
        while (Gather(later) is { Count: > 0 } batch)
        {
            await WriteAsync(batch);
            if (batch.Count > 1 || _queue.Reader.TryPeek(out _))
            {
                // Lets those who were just answered queue again first, so that they share the next transaction.
                await Task.Yield();
            }
        }

        Interlocked.Decrement(ref _writers);

        // What came in between the last look and the end of this writer would have found no writer free.
        if (_queue.Reader.TryPeek(out _))
        {
            StartWriter();
        }

        FinishIfIdle();
    }

    private void FinishIfIdle()
    {
        if (_closed && Volatile.Read(ref _writers) == 0 && !_queue.Reader.TryPeek(out _))
        {
            _idle.TrySetResult();
        }
    }

    // Appends that share a key with one of the batch are left for the next, so that the second on a stream sees the first's version.
    private List<Waiting> Gather(Queue<Waiting> later)
    {
        var batch = new List<Waiting>();
        var keys = new HashSet<RowKey>();
        for (var old = later.Count; old > 0; old--)
        {
            TakeOrLeave(later.Dequeue(), batch, keys, later);
        }

        while (batch.Count < _options.MaxBatch && later.Count < _options.MaxBatch && _queue.Reader.TryRead(out var next))
        {
            TakeOrLeave(next, batch, keys, later);
        }

        return batch;
    }

    private void TakeOrLeave(Waiting next, List<Waiting> batch, HashSet<RowKey> keys, Queue<Waiting> later)
    {
        if (next.GivenUp)
        {
            return;
        }

        if (batch.Count >= _options.MaxBatch || next.Append.Keys.Any(keys.Contains))
        {
            later.Enqueue(next);
            return;
        }

        keys.UnionWith(next.Append.Keys);
        batch.Add(next);
    }

    private async Task WriteAsync(List<Waiting> batch)
    {
        try
        {
            var results = await TryAsync([.. batch.Select(w => w.Append)]);
            HistoryMetrics.BatchSize.Record(batch.Count);
            HistoryMetrics.Conflicts.Add(results.Count(r => r is AppendResult.Conflict));
            if (results.Any(r => r is AppendResult.Appended { Events.Count: > 0 }))
            {
                _committed();
            }

            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Done.TrySetResult(results[i]);
            }
        }
        catch (NpgsqlException e) when (e.IsTransient || batch.Count == 1)
        {
            batch.ForEach(w => w.Done.TrySetException(e));
        }
#pragma warning disable CA1031 // whatever went wrong belongs to the callers, who get it
        catch (Exception e)
#pragma warning restore CA1031
        {
            await OneByOneAsync(batch, e);
        }
    }

    // The transaction failed as a whole because of one of them: only that one shall fail.
    private async Task OneByOneAsync(List<Waiting> batch, Exception e)
    {
        if (batch.Count == 1)
        {
            batch[0].Done.TrySetException(e);
            return;
        }

        foreach (var waiting in batch)
        {
            await WriteAsync([waiting]);
        }
    }

    private async Task<AppendResult[]> TryAsync(EncodedAppend[] appends)
    {
        var ambiguous = false;
        return await _retry.ExecuteAsync(
            async ct =>
            {
                try
                {
                    await using var connection = await _pool.OpenConnectionAsync(ct);
                    AppendResult[] results = appends is [var lone] && AppendOne.Fits(lone)
                        ? [await _one.WriteAsync(connection, lone, ct)]
                        : await _batch.WriteAsync(connection, appends, ct);
                    return ambiguous ? await _written.CorrectAsync(connection, appends, results, ct) : results;
                }
                catch (NpgsqlException e) when (!SurelyRolledBack(e))
                {
                    ambiguous = true;
                    throw;
                }
            },
            CancellationToken.None);
    }

    // After any other error the commit may have happened without our hearing of it.
    private static bool SurelyRolledBack(NpgsqlException e) =>
        e is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    private sealed class Waiting(EncodedAppend append)
    {
        private volatile bool _givenUp;

        public EncodedAppend Append { get; } = append;

        public TaskCompletionSource<AppendResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool GivenUp => _givenUp;

        public void GiveUp() => _givenUp = true;
    }
}
