namespace Referrals.Engine.History;

/// <summary>The rows beside the events, in memory. Guarded by its owner's lock.</summary>
internal sealed class MemoryRows
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Dictionary<(string Tenant, string List, Guid Id), ListRow> _lists = [];
    private readonly Dictionary<(string Tenant, Guid Id), (DueStream Due, DateTimeOffset VisibleAt)> _due = [];
    private readonly Dictionary<(string Tenant, Guid Id), (Delivery Delivery, DateTimeOffset NextTryAt, string? To)> _deliveries = [];
    private readonly HashSet<RowKey> _inbox = [];
    private readonly HashSet<(string Tenant, Guid Id)> _destroyed = [];
    private readonly Dictionary<(string Tenant, string List, string Series), int> _series = [];

    public Guid? FindHandled(EncodedRows rows) =>
        rows.Inbox.Where(_inbox.Contains).Select(k => (Guid?)k.Id).FirstOrDefault();

    public void Apply(EncodedRows rows)
    {
        _inbox.UnionWith(rows.Inbox);
        foreach (var drop in rows.Drops)
        {
            _lists.Remove((drop.Tenant, drop.List, drop.Id));
        }

        foreach (var row in rows.Puts.OrderBy(r => r.SortAt).ThenBy(r => r.Id, PostgresGuidOrder.Instance))
        {
            var reference = row.Reference ?? Find(row.Tenant, row.List, row.Id)?.Reference;
            _lists[(row.Tenant, row.List, row.Id)] = Numbered(row with { Reference = _destroyed.Contains((row.Tenant, row.Id)) ? null : reference });
        }

        Forget(rows);

        ApplyDue(rows);
        foreach (var gone in rows.Delivered)
        {
            var key = (gone.Tenant, gone.MessageId);
            if (gone.From is null || (_deliveries.TryGetValue(key, out var known) && (known.To is null || known.To == gone.From)))
            {
                _deliveries.Remove(key);
            }
        }

        foreach (var put in rows.Deliver)
        {
            _deliveries.TryAdd((put.Tenant, put.MessageId), (new(put.Tenant, put.MessageId, put.Sequence, 0), put.NextTryAt, put.To));
        }
    }

    public ListRow? Find(string tenant, string list, Guid id) => _lists.GetValueOrDefault((tenant, list, id));

    public IReadOnlyList<ListRow> Query(ListQuery query)
    {
        ListQueries.Check(query);
        var rows = Matching(query);
        var ordered = query.ByDue
            ? rows.OrderBy(r => r.DueAt ?? DateTimeOffset.MaxValue).ThenBy(r => r.Id, PostgresGuidOrder.Instance)
            : rows.OrderByDescending(r => r.SortAt).ThenBy(r => r.Id, PostgresGuidOrder.Instance);
        return query.Before is { } before
            ? [.. ordered.Where(r => Compare(r, before, query.ByDue) < 0).TakeLast(query.Limit)]
            : [.. ordered.Where(r => query.After is not { } after || Compare(r, after, query.ByDue) > 0).Take(query.Limit)];
    }

    public int Count(ListQuery query, int max)
    {
        ListQueries.CheckCount(max);
        return Matching(query).Take(max).Count();
    }

    public IReadOnlyDictionary<string, int> CountByStatus(string tenant, string list, string? assignee, int max)
    {
        ListQueries.CheckCount(max);
        return Matching(new ListQuery(tenant, list) { Assignee = assignee })
            .GroupBy(r => r.Status, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => Math.Min(g.Count(), max), StringComparer.Ordinal);
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
        foreach (var (key, (delivery, _, to)) in taken)
        {
            var wait = hold.TotalSeconds * Math.Pow(2, delivery.Tries);
            var next = now + (wait < LongestWait.TotalSeconds ? TimeSpan.FromSeconds(wait) : LongestWait);
            _deliveries[key] = (delivery with { Tries = delivery.Tries + 1 }, next, to);
        }

        return [.. taken.Select(t => t.Value.Delivery).OrderBy(d => d.Sequence)];
    }

    private void Forget(EncodedRows rows)
    {
        foreach (var stream in rows.Destroyed.Keys)
        {
            _destroyed.Add((stream.Tenant, stream.Id));
            foreach (var (key, row) in _lists.Where(r => r.Key.Tenant == stream.Tenant && r.Key.Id == stream.Id).ToList())
            {
                _lists[key] = row with { Reference = null };
            }
        }
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

    // The first series and number of a row stay.
    private ListRow Numbered(ListRow row)
    {
        var known = Find(row.Tenant, row.List, row.Id);
        if ((known?.Series ?? row.Series) is not { } series)
        {
            return row;
        }

        var number = known?.Number;
        if (number is null)
        {
            var key = (row.Tenant, row.List, series);
            number = _series[key] = _series.GetValueOrDefault(key) + 1;
        }

        return row with { Series = series, Number = number };
    }

    private IEnumerable<ListRow> Matching(ListQuery query) =>
        _lists.Values.Where(r => r.Tenant == query.Tenant && r.List == query.List && Matches(r, query));

    private static bool Matches(ListRow row, ListQuery query) =>
        (query.Statuses.Count == 0 || query.Statuses.Contains(row.Status))
        && (query.Subject is null || row.Subject == query.Subject)
        && (query.Counterpart is null || row.Counterpart == query.Counterpart)
        && (query.Number is not { } number || row.CaseNumber == number)
        && (query.ReferenceStartsWith is not { Length: > 0 } start
            || row.Reference?.ToLowerInvariant().StartsWith(start.ToLowerInvariant(), StringComparison.Ordinal) == true)
        && (query.Assignee is null || (row.Assignee ?? "") == query.Assignee)
        && (!query.Unassigned || row.Assignee is null)
        && (query.DueFrom is null || row.DueAt >= query.DueFrom)
        && (query.DueBefore is null || row.DueAt < query.DueBefore);

    private static int Compare(ListRow row, ListKey key, bool byDue)
    {
        var order = byDue
            ? (row.DueAt ?? DateTimeOffset.MaxValue).CompareTo(key.At ?? DateTimeOffset.MaxValue)
            : (key.At ?? DateTimeOffset.MaxValue).CompareTo(row.SortAt);
        return order != 0 ? order : PostgresGuidOrder.Instance.Compare(row.Id, key.Id);
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
