using System.Diagnostics;
using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>The row changes of one append, checked, by kind; each key stands at most once in a kind, and removals go before additions.</summary>
internal sealed class EncodedRows
{
    private readonly Dictionary<RowKey, ListRow?> _lists = [];
    private readonly Dictionary<RowKey, RowChange.SetDue> _due = [];
    private readonly Dictionary<RowKey, RowChange.PutDelivery?> _deliver = [];
    private readonly Dictionary<RowKey, RowChange.DropDelivery> _delivered = [];
    private readonly HashSet<RowKey> _inbox = [];
    private readonly Dictionary<RowKey, WrappedKey> _keys = [];
    private readonly Dictionary<RowKey, RowChange.DestroyKey> _destroyed = [];
    private readonly Dictionary<RowKey, SealedReference> _references = [];
    private readonly Dictionary<RowKey, RowChange.PutCard> _cards = [];
    private readonly Dictionary<RowKey, RowChange.DropCard> _droppedCards = [];

    public IEnumerable<ListRow> Puts => _lists.Values.OfType<ListRow>();

    /// <summary>References of rows that are put, sealed; none in a history in memory.</summary>
    public IReadOnlyDictionary<RowKey, SealedReference> References => _references;

    public IEnumerable<RowKey> Drops => _lists.Where(r => r.Value is null).Select(r => r.Key);

    public IEnumerable<RowChange.SetDue> Due => _due.Values;

    public IEnumerable<RowChange.PutDelivery> Deliver => _deliver.Values.OfType<RowChange.PutDelivery>();

    public IEnumerable<RowChange.DropDelivery> Delivered => _delivered.Values;

    public IReadOnlySet<RowKey> Inbox => _inbox;

    /// <summary>New keys of streams. The streams stand among the keys of the append anyway.</summary>
    public IEnumerable<KeyValuePair<RowKey, WrappedKey>> StreamKeys => _keys;

    /// <summary>Streams whose keys are destroyed.</summary>
    public IReadOnlyDictionary<RowKey, RowChange.DestroyKey> Destroyed => _destroyed;

    /// <summary>Ciphertexts of contact cards.</summary>
    public IEnumerable<RowChange.PutCard> Cards => _cards.Values;

    /// <summary>Contact cards whose ciphertexts are deleted; before new ones are kept.</summary>
    public IEnumerable<RowChange.DropCard> DroppedCards => _droppedCards.Values;

    /// <summary>True when there is nothing but inbox rows, or nothing at all.</summary>
    public bool OnlyInbox => _lists.Count == 0 && _due.Count == 0 && _deliver.Count == 0 && _delivered.Count == 0 && _keys.Count == 0 && _destroyed.Count == 0
        && _cards.Count == 0 && _droppedCards.Count == 0;

    public IEnumerable<RowKey> Keys => [.. _lists.Keys, .. _due.Keys, .. _deliver.Keys.Union(_delivered.Keys), .. _inbox, .. _destroyed.Keys, .. _cards.Keys.Union(_droppedCards.Keys)];

    /// <summary>The row changes of an append, with the new keys of its streams.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="keys">The keys of streams with sealed texts, and of those with rows that have references.</param>
    /// <param name="index">The keys of the marks of references, by tenant; null: references aren't sealed.</param>
    public static EncodedRows From(
        IReadOnlyList<RowChange> changes, IReadOnlyDictionary<StreamName, StreamKey> keys, IReadOnlyDictionary<string, byte[]>? index)
    {
        var rows = From(changes);
        foreach (var (stream, key) in keys.Where(k => k.Value.New is not null))
        {
            rows._keys.Add(Key('k', stream.Tenant, stream.Id), key.New!.Value);
        }

        if (index is not null)
        {
            rows.Seal(keys, index);
        }

        return rows;
    }

    private static EncodedRows From(IReadOnlyList<RowChange> changes)
    {
        var rows = new EncodedRows();
        foreach (var change in changes)
        {
            rows.Add(change);
        }

        return rows;
    }

    /// <summary>A follower's row changes; an inbox row has no meaning there, for nothing could be refused.</summary>
    public static EncodedRows FromFollower(IReadOnlyList<RowChange> changes)
    {
        var rows = From(changes);
        return rows._inbox.Count > 0 ? throw new ArgumentException("a follower has no inbox", nameof(changes))
            : rows.Puts.Any(r => r.Reference is not null) ? throw new ArgumentException("a follower has no keys to seal references with", nameof(changes))
            : rows;
    }

    // Of a stream whose key was destroyed nothing is kept.
    private void Seal(IReadOnlyDictionary<StreamName, StreamKey> keys, IReadOnlyDictionary<string, byte[]> index)
    {
        foreach (var (place, row) in _lists)
        {
            if (row?.Reference is { } reference && keys.First(k => (k.Key.Tenant, k.Key.Id) == (row.Tenant, row.Id)).Value.Key is { } key)
            {
                _references.Add(place, SealedReference.Seal(key, index[row.Tenant], place, reference));
            }
        }
    }

    private void Add(RowChange change)
    {
        switch (change)
        {
            case RowChange.PutListRow { Row: var row }:
                _lists[ListKey(row.Tenant, row.List, row.Id)] = Checked(row);
                break;
            case RowChange.DropListRow drop:
                _lists[ListKey(drop.Tenant, drop.List, drop.Id)] = null;
                break;
            case RowChange.SetDue due:
                StoredText.Check(due.Stream.Type);
                _due[Key('d', due.Stream.Tenant, due.Stream.Id)] = due with { At = due.At is { } at ? StoredText.Time(at) : null };
                break;
            case RowChange.PutInbox inbox:
                _inbox.Add(Key('i', inbox.Tenant, inbox.MessageId));
                break;
            case RowChange.PutDelivery put:
                _deliver.TryAdd(Key('m', put.Tenant, put.MessageId), put with { NextTryAt = StoredText.Time(put.NextTryAt) });
                break;
            case RowChange.DestroyKey destroy:
                _destroyed[Key('k', destroy.Stream.Tenant, destroy.Stream.Id)] = destroy;
                break;
            case RowChange.PutCard card:
                StoredText.CheckTenant(card.Partner);
                _cards[Key('c', card.Tenant, card.Assignment)] = card with { Until = StoredText.Time(card.Until) };
                break;
            case RowChange.DropCard drop:
                var key = Key('c', drop.Tenant, drop.Assignment);
                _droppedCards[key] = drop with { Issue = Math.Max(drop.Issue, _droppedCards.GetValueOrDefault(key)?.Issue ?? 0) };
                break;
            case RowChange.DropDelivery drop:
                _deliver.Remove(Key('m', drop.Tenant, drop.MessageId));
                _delivered[Key('m', drop.Tenant, drop.MessageId)] = drop;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static ListRow Checked(ListRow row)
    {
        StoredText.Check(row.Status);
        StoredText.Check(row.Subject);
        StoredText.Check(row.Counterpart);
        StoredText.Check(row.Series);
        StoredText.Check(row.Reference);
        StoredText.Check(row.Assignee);
        StoredText.CheckObject(row.Data);
        return row with
        {
            DueAt = row.DueAt is { } due ? StoredText.Time(due) : null,
            SortAt = StoredText.Time(row.SortAt),
            Number = null,
            Assignee = string.IsNullOrEmpty(row.Assignee) ? null : row.Assignee,
        };
    }

    private static RowKey ListKey(string tenant, string list, Guid id)
    {
        StoredText.CheckTenant(tenant);
        StoredText.Check(list);
        return new('l', tenant, list, id);
    }

    private static RowKey Key(char kind, string tenant, Guid id)
    {
        StoredText.CheckTenant(tenant);
        return new(kind, tenant, "", id);
    }
}
