using Referrals.Engine.Chains;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>
/// The network's own history as a <see cref="ReviewTable"/>: read once, then kept up to date with what changed. One for a process; any
/// number may ask at the same time.
/// </summary>
public sealed class OwnReview(IReviewStore store, IChainCatalog chains, ReviewOptions options, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, WorkingClock> _clocks = [];
    private readonly Dictionary<(ChainId, int), ChainFacts> _facts = [];
    private ReviewTableBuilder? _builder;
    private Generation? _generation;
    private long _position;
    private DateTimeOffset _readAt;
    private volatile ReviewTable? _table;
    private Task? _reading;

    /// <summary>
    /// The table, no older than <see cref="ReviewOptions.RefreshAfter"/> unless reading what changed takes longer than a second; null while the first one is
    /// being read for longer than the caller waits. Reading goes on whoever stops waiting.
    /// </summary>
    /// <param name="patience">How long to wait for the first one.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<ReviewTable?> LatestAsync(TimeSpan patience, CancellationToken ct)
    {
        if (_table is { } table && time.GetUtcNow() - _readAt < options.RefreshAfter)
        {
            return table;
        }

        try
        {
            await Begin().WaitAsync(_table is null ? patience : TimeSpan.FromSeconds(1), time, ct);
        }
        catch (TimeoutException)
        {
            return _table;
        }

        return _table;
    }

    /// <summary>How far the read side has been built from the log, from 0 to 1; null when it is not being built.</summary>
    public async Task<double?> ProgressAsync(CancellationToken ct) => (await store.BuildingAsync(ct))?.Progress;

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private Task Begin()
    {
        lock (_lock)
        {
            return _reading is { IsCompleted: false } running ? running : _reading = Task.Run(() => ReadAsync(_end.Token));
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        if (await store.LiveAsync(ct) is not { } live)
        {
            return;
        }

        try
        {
            if (_builder is null || _generation?.Number != live.Number)
            {
                await ReadAllAsync(live, ct);
            }
            else if (live.Position > _position)
            {
                await ChangeAsync(_builder, store.ReadSinceAsync(live, _position, ct), ct);
            }
        }
        catch
        {
            // What was half read can't be trusted; the next one begins again.
            _builder = null;
            throw;
        }

        (_generation, _position, _readAt) = (live, live.Position, time.GetUtcNow());
        _table = _builder!.Build(Moments.Of(_readAt));
    }

    private async Task ReadAllAsync(Generation live, CancellationToken ct)
    {
        var builder = new ReviewTableBuilder((id, version) => _facts[(id, version)], options.Checked().Threshold);
        await foreach (var told in store.ReadAsync(live, ct))
        {
            await LearnAsync(told, ct);
            builder.Announce(told);
        }

        builder.Settle();
        var late = new List<ReviewCase>();
        await foreach (var told in store.ReadAsync(live, ct))
        {
            await LearnAsync(told, ct);
            if (!builder.Add(told))
            {
                late.Add(told);
            }
        }

        builder.Change(late);
        _builder = builder;
    }

    private async Task ChangeAsync(ReviewTableBuilder builder, IAsyncEnumerable<ReviewCase> changes, CancellationToken ct)
    {
        var changed = new Dictionary<Guid, ReviewCase>();
        await foreach (var told in changes.WithCancellation(ct))
        {
            await LearnAsync(told, ct);
            changed[told.Id] = told;
        }

        builder.Change(changed.Values);
    }

    private async ValueTask LearnAsync(ReviewCase told, CancellationToken ct)
    {
        if (_facts.ContainsKey((told.Chain, told.Version)))
        {
            return;
        }

        var chain = await chains.FindAsync(told.Chain, told.Version, ct);
        _facts.Add((told.Chain, told.Version), chain is null ? ChainFacts.Unknown(told.Chain.Value) : ChainFacts.Of(chain.Version, Clock));
    }

    private WorkingClock Clock(string federalState) =>
        _clocks.TryGetValue(federalState, out var clock) ? clock : _clocks[federalState] = WorkingClock.For(federalState);
}
