using System.Collections.Concurrent;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Logs;

/// <summary>The imported logs as <see cref="ReviewTable"/>s: those looked at last are kept.</summary>
public sealed class LogReviews(ReviewLogStore store, ReviewOptions options)
{
    private const int Kept = 4;

    private readonly ConcurrentDictionary<(string Name, DateTimeOffset ImportedAt), ReviewTable> _tables = [];
    private readonly ConcurrentQueue<(string Name, DateTimeOffset ImportedAt)> _order = [];

    /// <summary>A log's table; null when there is no such log.</summary>
    public async Task<ReviewTable?> FindAsync(string name, CancellationToken ct)
    {
        if ((await store.ListAsync(ct)).FirstOrDefault(l => l.Name == name) is not { } line)
        {
            return null;
        }

        if (_tables.TryGetValue((name, line.ImportedAt), out var known))
        {
            return known;
        }

        if (await store.FindAsync(name, ct) is not var (found, log))
        {
            return null;
        }

        var table = LogTable.Of(log, found.Name, found.Title, options.Threshold);
        Keep((name, found.ImportedAt), table);
        return table;
    }

    private void Keep((string, DateTimeOffset) key, ReviewTable table)
    {
        if (!_tables.TryAdd(key, table))
        {
            return;
        }

        _order.Enqueue(key);
        while (_order.Count > Kept && _order.TryDequeue(out var oldest))
        {
            _tables.TryRemove(oldest, out _);
        }
    }
}
