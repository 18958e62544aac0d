using System.Buffers;
using System.Text.Json;
using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>Writes row changes as the function <c>change_rows</c> takes them.</summary>
internal static class RowsJson
{
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    /// <summary>Row changes as <c>change_rows</c> takes them, or null when there are none.</summary>
    public static byte[]? Write(IReadOnlyList<EncodedRows> all)
    {
        if (all.All(r => r.OnlyInbox))
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Unchecked))
        {
            json.WriteStartObject();
            Section(json, "drop", all, r => r.Drops, (j, k) => WriteKey(j, k, withList: true));
            Section(json, "put", all, r => r.Puts.Select(p => (p, r.References.GetValueOrDefault(PlaceOf(p)))), WriteRow);
            Section(json, "references", all, r => r.References, WriteTokens);
            Section(json, "due", all, r => r.Due, WriteDue);
            Section(json, "delivered", all, r => r.Delivered, WriteDelivered);
            Section(json, "deliver", all, r => r.Deliver, WriteDelivery);
            Section(json, "uncard", all, r => r.DroppedCards, WriteDroppedCard);
            Section(json, "card", all, r => r.Cards, WriteCard);
            Section(json, "keys", all, r => r.StreamKeys, WriteStreamKey);
            Section(json, "destroy", all, r => r.Destroyed, WriteDestroyed);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Section<T>(
        Utf8JsonWriter json, string name, IReadOnlyList<EncodedRows> all, Func<EncodedRows, IEnumerable<T>> items, Action<Utf8JsonWriter, T> write)
    {
        var started = false;
        for (var no = 0; no < all.Count; no++)
        {
            foreach (var item in items(all[no]))
            {
                if (!started)
                {
                    json.WriteStartArray(name);
                    started = true;
                }

                json.WriteStartObject();
                json.WriteNumber("a", no);
                write(json, item);
                json.WriteEndObject();
            }
        }

        if (started)
        {
            json.WriteEndArray();
        }
    }

    private static void WriteKey(Utf8JsonWriter json, RowKey key, bool withList)
    {
        json.WriteString("tenant", key.Tenant);
        json.WriteString("id", key.Id);
        if (withList)
        {
            json.WriteString("list", key.List);
        }
    }

    private static RowKey PlaceOf(ListRow row) => new('l', row.Tenant, row.List, row.Id);

    private static void WriteTokens(Utf8JsonWriter json, KeyValuePair<RowKey, SealedReference> reference)
    {
        WriteKey(json, reference.Key, withList: true);
        json.WriteStartArray("tokens");
        foreach (var token in reference.Value.Tokens)
        {
            json.WriteNumberValue(token);
        }

        json.WriteEndArray();
    }

    private static void WriteDestroyed(Utf8JsonWriter json, KeyValuePair<RowKey, RowChange.DestroyKey> destroyed)
    {
        WriteKey(json, destroyed.Key, withList: false);
        WriteText(json, "reference", destroyed.Value.Reference);
        WriteText(json, "escaped", destroyed.Value.Reference is { } reference ? Uri.EscapeDataString(reference) : null);
    }

    private static void WriteRow(Utf8JsonWriter json, (ListRow Row, SealedReference? Reference) put)
    {
        var row = put.Row;
        WriteKey(json, PlaceOf(row), withList: true);
        json.WriteString("status", row.Status);
        json.WriteString("subject", row.Subject);
        json.WriteString("counterpart", row.Counterpart);
        WriteTime(json, "due", row.DueAt);
        WriteTime(json, "sort", row.SortAt);
        json.WritePropertyName("data");
        json.WriteRawValue(row.Data);
        WriteText(json, "series", row.Series);
        WriteText(json, "reference", put.Reference?.Text);
        WriteText(json, "assignee", row.Assignee);
    }

    private static void WriteDue(Utf8JsonWriter json, RowChange.SetDue due)
    {
        WriteKey(json, new('d', due.Stream.Tenant, "", due.Stream.Id), withList: false);
        json.WriteString("type", due.Stream.Type);
        WriteTime(json, "at", due.At);
    }

    private static void WriteDelivery(Utf8JsonWriter json, RowChange.PutDelivery put)
    {
        WriteKey(json, new('m', put.Tenant, "", put.MessageId), withList: false);
        json.WriteNumber("sequence", put.Sequence);
        WriteTime(json, "at", put.NextTryAt);
        WriteText(json, "to", put.To);
    }

    private static void WriteDelivered(Utf8JsonWriter json, RowChange.DropDelivery drop)
    {
        WriteKey(json, new('m', drop.Tenant, "", drop.MessageId), withList: false);
        WriteText(json, "from", drop.From);
    }

    private static void WriteCard(Utf8JsonWriter json, RowChange.PutCard card)
    {
        WriteKey(json, new('c', card.Tenant, "", card.Assignment), withList: false);
        json.WriteString("partner", card.Partner);
        json.WriteNumber("issue", card.Issue);
        json.WriteString("key", card.Key);
        WriteTime(json, "until", card.Until);
        json.WriteString("sealed", card.Sealed);
    }

    private static void WriteDroppedCard(Utf8JsonWriter json, RowChange.DropCard drop)
    {
        WriteKey(json, new('c', drop.Tenant, "", drop.Assignment), withList: false);
        json.WriteNumber("issue", drop.Issue);
    }

    private static void WriteStreamKey(Utf8JsonWriter json, KeyValuePair<RowKey, WrappedKey> key)
    {
        WriteKey(json, key.Key, withList: false);
        json.WriteString("master", key.Value.MasterKey);
        json.WriteString("wrapped", key.Value.Text);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
        {
            json.WriteString(name, at);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
