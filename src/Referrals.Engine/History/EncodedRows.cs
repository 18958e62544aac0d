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
    private readonly HashSet<RowKey> _destroyed = [];
    private readonly Dictionary<RowKey, RowChange.PutCard> _cards = [];
    private readonly Dictionary<RowKey, RowChange.DropCard> _droppedCards = [];

    public IEnumerable<ListRow> Puts => _lists.Values.OfType<ListRow>();

    public IEnumerable<RowKey> Drops => _lists.Where(r => r.Value is null).Select(r => r.Key);

    public IEnumerable<RowChange.SetDue> Due => _due.Values;

    public IEnumerable<RowChange.PutDelivery> Deliver => _deliver.Values.OfType<RowChange.PutDelivery>();

    public IEnumerable<RowChange.DropDelivery> Delivered => _delivered.Values;

    public IReadOnlySet<RowKey> Inbox => _inbox;

    /// <summary>New keys of streams. The streams stand among the keys of the append anyway.</summary>
    public IEnumerable<KeyValuePair<RowKey, WrappedKey>> StreamKeys => _keys;

    /// <summary>Streams whose keys are destroyed.</summary>
    public IEnumerable<RowKey> Destroyed => _destroyed;

    /// <summary>Ciphertexts of contact cards.</summary>
    public IEnumerable<RowChange.PutCard> Cards => _cards.Values;

    /// <summary>Contact cards whose ciphertexts are deleted; before new ones are kept.</summary>
    public IEnumerable<RowChange.DropCard> DroppedCards => _droppedCards.Values;

    /// <summary>True when there is nothing but inbox rows, or nothing at all.</summary>
    public bool OnlyInbox => _lists.Count == 0 && _due.Count == 0 && _deliver.Count == 0 && _delivered.Count == 0 && _keys.Count == 0 && _destroyed.Count == 0
        && _cards.Count == 0 && _droppedCards.Count == 0;

    public IEnumerable<RowKey> Keys => [.. _lists.Keys, .. _due.Keys, .. _deliver.Keys.Union(_delivered.Keys), .. _inbox, .. _destroyed, .. _cards.Keys.Union(_droppedCards.Keys)];

    /// <summary>The row changes of an append, with the new keys of its streams.</summary>
    public static EncodedRows From(IReadOnlyList<RowChange> changes, IReadOnlyDictionary<StreamName, StreamKey> keys)
    {
        var rows = From(changes);
        foreach (var (stream, key) in keys.Where(k => k.Value.New is not null))
        {
            rows._keys.Add(Key('k', stream.Tenant, stream.Id), key.New!.Value);
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
        return rows._inbox.Count == 0 ? rows : throw new ArgumentException("a follower has no inbox", nameof(changes));
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
                _destroyed.Add(Key('k', destroy.Stream.Tenant, destroy.Stream.Id));
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
            Reference = row.Reference?.ToLowerInvariant(),
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
