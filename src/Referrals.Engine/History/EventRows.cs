using Npgsql;
using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>
/// How events are read from their table: first all rows, then, when the connection is free again, their sealed texts are opened. A
/// stream's key comes with each event that may have such a text, and is forgotten with the answer, so that nothing outlives its erasure.
/// </summary>
internal sealed class EventRows
{
    private readonly EventCodec _codec;
    private readonly IMasterKeys? _masters;
    private readonly HashSet<string> _sealed;

    public EventRows(EventCodec codec, IMasterKeys? masters)
    {
        (_codec, _masters) = (codec, masters);
        _sealed = codec.SealedFields.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var names = string.Join(',', _sealed.Order(StringComparer.Ordinal).Select(n => $"'{n.Replace("'", "''", StringComparison.Ordinal)}'"));
        var key = _sealed.Count == 0 ? "null" : $"case when e.type = any (array[{names}]) then {StoredKey.Column} end";
        Columns =
            "e.seq_id, e.id, e.tenant_id, e.stream_id, e.version, e.type, e.data, e.timestamp, e.user_name, e.headers ->> 'organisation', "
            + $"e.correlation_id, e.causation_id, e.headers ->> 'traceparent', {key}";
    }

    /// <summary>
    /// The stream's type by a lookup per event, so that no plan, however old its statistics, can read the whole table of streams.
    /// </summary>
    public static string StreamType => "(select s.type from @schema.mt_streams s where s.tenant_id = e.tenant_id and s.id = e.stream_id)";

    /// <summary>The columns in the order of <see cref="Read"/>.</summary>
    public string Columns { get; }

    /// <summary>The event of a row; its stream's type is given, or stands in the last column.</summary>
    public static StoredEvent Read(NpgsqlDataReader r, string? streamType = null)
    {
        var stream = new StreamName(r.GetString(2), streamType ?? r.GetString(14), r.GetGuid(3));
        var context = new EventContext(
            r.GetFieldValue<DateTimeOffset>(7), Text(r, 8) ?? "", Text(r, 9), Text(r, 10), Text(r, 11), Text(r, 12));
        return new(r.GetInt64(0), r.GetGuid(1), stream, r.GetInt64(4), r.GetString(5), r.GetFieldValue<byte[]>(6), context, Text(r, 13));
    }

    /// <summary>The events in today's shape, their texts opened.</summary>
    /// <exception cref="MasterKeyException">A key can't be unwrapped.</exception>
    /// <exception cref="SealBrokenException">A text was changed.</exception>
    public async ValueTask<IReadOnlyList<RecordedEvent>> OpenAsync(IReadOnlyList<StoredEvent> rows, CancellationToken ct)
    {
        var keys = await UnwrapAsync(rows, ct);
        var events = new RecordedEvent[rows.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var e = rows[i];
            events[i] = new(e.Sequence, e.Id, e.Stream, e.Version, e.Type, Data(e, keys), e.Context);
        }

        return events;
    }

    private object Data(StoredEvent e, Dictionary<StreamName, byte[]> keys) => _sealed.Contains(e.Type)
        ? _codec.ReadSealed(e.Type, e.Json, new EventSeal(keys.GetValueOrDefault(e.Stream), e.Key is "", e.Stream, e.Type, e.Id))
        : _codec.Read(e.Type, e.Json);

    private async ValueTask<Dictionary<StreamName, byte[]>> UnwrapAsync(IReadOnlyList<StoredEvent> rows, CancellationToken ct)
    {
        var wrapped = new Dictionary<StreamName, WrappedKey>();
        foreach (var e in rows)
        {
            if (e.Key is { Length: > 0 } key)
            {
                wrapped.TryAdd(e.Stream, StoredKey.Read(key, e.Stream.Tenant, e.Stream.Id).Wrapped!.Value);
            }
        }

        if (wrapped.Count == 0)
        {
            return [];
        }

        var masters = _masters ?? throw new MasterKeyException("there is no master key, so texts can't be read");
        var clear = await masters.UnwrapAsync([.. wrapped.Values], ct);
        return wrapped.Keys.Zip(clear).ToDictionary(k => k.First, k => k.Second.Bytes.ToArray());
    }

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}

/// <summary>An event as its row has it.</summary>
/// <param name="Sequence">Position in the whole log.</param>
/// <param name="Id">Identity.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Number in the stream.</param>
/// <param name="Type">Name.</param>
/// <param name="Json">The event, its texts sealed.</param>
/// <param name="Context">Who caused it and when.</param>
/// <param name="Key">What the lookup of the stream's key gave, see <see cref="StoredKey.Read"/>.</param>
internal sealed record StoredEvent(
    long Sequence, Guid Id, StreamName Stream, long Version, string Type, byte[] Json, EventContext Context, string? Key);
