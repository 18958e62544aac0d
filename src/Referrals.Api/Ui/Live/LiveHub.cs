using System.Threading.Channels;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Live;

/// <summary>
/// Tells the pages that people look at what others have changed. One watch on commits serves the whole process; after a wake each
/// organisation with readers is asked for its new events once, however many of its people look.
/// </summary>
public sealed class LiveHub(IEventLog log, LiveSettings settings, ILogger<LiveHub> logger) : BackgroundService
{
    private const int PageSize = 500;
    private const int MostPages = 20;
    private const int TenantsAtOnce = 2;
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<LiveReader> _readers = [];
    private readonly TaskCompletionSource _needed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>How many pages are looked at.</summary>
    public int Readers
    {
        get
        {
            lock (_lock)
            {
                return _readers.Count;
            }
        }
    }

    /// <summary>
    /// Adds somebody who looks at a page, until the reader is disposed. Null when there are too many, of this person or in all.
    /// </summary>
    /// <param name="tenant">Whose page.</param>
    /// <param name="visitor">Who looks at it; what this login does is not told.</param>
    /// <param name="topic">What it shows.</param>
    /// <param name="position">Where the log was when the page was shown: what came after it is told.</param>
    public LiveReader? Join(string tenant, LiveVisitor visitor, LiveTopic topic, long position)
    {
        var reader = new LiveReader(tenant, visitor, topic, position, Leave);
        lock (_lock)
        {
            if (_readers.Count >= settings.Connections || _readers.Count(r => r.Visitor.Login == visitor.Login && r.Tenant == tenant) >= settings.PerPerson)
            {
                return null;
            }

            if (topic is LiveTopic.Draft)
            {
                Meet(reader);
            }

            _readers.Add(reader);
        }

        _needed.TrySetResult();
        _wakes.Writer.TryWrite(true);
        return reader;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // A process without readers needs no connection for them.
            await _needed.Task.WaitAsync(stoppingToken);
            await Task.WhenAll(WatchAsync(stoppingToken), TellAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task WatchAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await foreach (var _ in log.WatchCommitsAsync(ct))
                {
                    _wakes.Writer.TryWrite(true);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                logger.LogWarning(e, "The watch on commits failed and begins again");
            }

            await Task.Delay(Again, ct);
        }
    }

    // At once after the first commit, and then no more often than the pause allows.
    private async Task TellAsync(CancellationToken ct)
    {
        while (true)
        {
            await _wakes.Reader.ReadAsync(ct);
            await Parallel.ForEachAsync(
                Snapshot(), new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnce, CancellationToken = ct }, async (tenant, token) => await TryTellAsync(tenant, token));
            await Task.Delay(settings.Debounce, ct);
        }
    }

    private async Task TryTellAsync(IGrouping<string, LiveReader> tenant, CancellationToken ct)
    {
        try
        {
            await TellAsync(tenant.Key, [.. tenant], ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogWarning(e, "New events of {Organisation} could not be read for its pages", tenant.Key);
            _ = Task.Delay(Again, ct).ContinueWith(_ => _wakes.Writer.TryWrite(true), ct, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }

    private async Task TellAsync(string tenant, IReadOnlyList<LiveReader> readers, CancellationToken ct)
    {
        var from = readers.Min(r => r.Position);
        for (var page = 0; page < MostPages; page++)
        {
            var tail = await log.ReadTenantTailAsync(tenant, from, PageSize, ct);
            Hear(readers, tail, complete: true);
            if (!tail.More)
            {
                return;
            }

            from = tail.ReadTo;
        }

        // Too much to read for a page from long ago: whoever has not heard all is told that there may be more.
        var now = await log.ReadTenantTailAsync(tenant, null, 1, ct);
        Hear([.. readers.Where(r => r.Position <= from)], now, complete: false);
    }

    private static void Hear(IReadOnlyList<LiveReader> readers, TenantTail tail, bool complete)
    {
        foreach (var reader in readers)
        {
            reader.Hear(tail.Events, tail.ReadTo, complete);
        }
    }

    // Two at the same draft are told of each other.
    private void Meet(LiveReader reader)
    {
        foreach (var other in _readers.Where(r => r.Topic == reader.Topic && r.Visitor.Login != reader.Visitor.Login))
        {
            other.Meet(reader.Visitor);
            reader.Meet(other.Visitor);
        }
    }

    private List<IGrouping<string, LiveReader>> Snapshot()
    {
        lock (_lock)
        {
            return [.. _readers.GroupBy(r => r.Tenant)];
        }
    }

    private void Leave(LiveReader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
        }
    }
}
