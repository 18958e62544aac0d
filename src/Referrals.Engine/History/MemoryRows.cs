namespace Referrals.Engine.History;

/// <summary>The rows beside the events, in memory. Guarded by its owner's lock.</summary>
internal sealed class MemoryRows
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Tenant, string List, Guid Id), ListRow> _lists = [];
    private readonly Dictionary<(string Tenant, Guid Id), (DueStream Due, DateTimeOffset VisibleAt)> _due = [];
    private readonly Dictionary<(string Tenant, Guid Id), (Delivery Delivery, DateTimeOffset NextTryAt)> _deliveries = [];
    private readonly HashSet<RowKey> _inbox = [];

    public Guid? FindHandled(EncodedRows rows) =>
        rows.Inbox.Where(_inbox.Contains).Select(k => (Guid?)k.Id).FirstOrDefault();

    public void Apply(EncodedRows rows)
    {
        _inbox.UnionWith(rows.Inbox);
        foreach (var drop in rows.Drops)
        {
            _lists.Remove((drop.Tenant, drop.List, drop.Id));
        }

        foreach (var row in rows.Puts)
        {
            _lists[(row.Tenant, row.List, row.Id)] = row;
        }

        ApplyDue(rows);
        foreach (var gone in rows.Delivered)
        {
            _deliveries.Remove((gone.Tenant, gone.Id));
        }

        foreach (var put in rows.Deliver)
        {
            _deliveries.TryAdd((put.Tenant, put.MessageId), (new(put.Tenant, put.MessageId, put.Sequence, 0), put.NextTryAt));
        }
    }

    public ListRow? Find(string tenant, string list, Guid id) => _lists.GetValueOrDefault((tenant, list, id));

    public IReadOnlyList<ListRow> Query(ListQuery query)
    {
        ListQueries.Check(query);
        var rows = _lists.Values.Where(r => r.Tenant == query.Tenant && r.List == query.List && Matches(r, query));
        var ordered = query.ByDue
            ? rows.OrderBy(r => r.DueAt ?? DateTimeOffset.MaxValue).ThenBy(r => r.Id, PostgresGuidOrder.Instance)
            : rows.OrderByDescending(r => r.SortAt).ThenBy(r => r.Id, PostgresGuidOrder.Instance);
        return [.. ordered.Where(r => query.After is not { } after || IsAfter(r, after, query.ByDue)).Take(query.Limit)];
    }

    public IReadOnlyList<DueStream> TakeDue(DateTimeOffset now, TimeSpan hold, int limit)
    {
        var taken = _due.Where(d => d.Value.VisibleAt <= now).OrderBy(d => d.Value.VisibleAt).Take(limit).ToList();
        foreach (var (key, value) in taken)
        {
            _due[key] = value with { VisibleAt = now + hold };
        }

        return [.. taken.Select(t => t.Value.Due).OrderBy(d => d.DueAt)];
    }

    public IReadOnlyList<Delivery> TakeUnconfirmed(DateTimeOffset now, TimeSpan hold, int limit)
    {
        var taken = _deliveries.Where(d => d.Value.NextTryAt <= now).OrderBy(d => d.Value.NextTryAt).Take(limit).ToList();
        foreach (var (key, (delivery, _)) in taken)
        {
            var wait = hold.TotalSeconds * Math.Pow(2, delivery.Tries);
            var next = now + (wait < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(wait) : LongestWait);
            _deliveries[key] = (delivery with { Tries = delivery.Tries + 1 }, next);
        }

        return [.. taken.Select(t => t.Value.Delivery).OrderBy(d => d.Sequence)];
    }

    private void ApplyDue(EncodedRows rows)
    {
        foreach (var change in rows.Due)
        {
            var key = (change.Stream.Tenant, change.Stream.Id);
            if (change.At is { } at)
            {
                _due[key] = (new(change.Stream, at), at);
            }
            else
            {
                _due.Remove(key);
            }
        }
    }

    private static bool Matches(ListRow row, ListQuery query) =>
        (query.Statuses.Count == 0 || query.Statuses.Contains(row.Status))
        && (query.Subject is null || row.Subject == query.Subject)
        && (query.Counterpart is null || row.Counterpart == query.Counterpart)
        && (query.DueBefore is null || row.DueAt < query.DueBefore);

    private static bool IsAfter(ListRow row, ListKey after, bool byDue)
    {
        var order = byDue
            ? (row.DueAt ?? DateTimeOffset.MaxValue).CompareTo(after.At ?? DateTimeOffset.MaxValue)
            : (after.At ?? DateTimeOffset.MaxValue).CompareTo(row.SortAt);
        return order > 0 || (order == 0 && PostgresGuidOrder.Instance.Compare(row.Id, after.Id) > 0);
    }
}

/// <summary>PostgreSQL's order of UUIDs: byte by byte as they are written.</summary>
internal sealed class PostgresGuidOrder : IComparer<Guid>
{
    public static readonly PostgresGuidOrder Instance = new();

    public int Compare(Guid x, Guid y)
    {
        Span<byte> a = stackalloc byte[16];
        Span<byte> b = stackalloc byte[16];
        x.TryWriteBytes(a, bigEndian: true, out _);
        y.TryWriteBytes(b, bigEndian: true, out _);
        return a.SequenceCompareTo(b);
    }
}
