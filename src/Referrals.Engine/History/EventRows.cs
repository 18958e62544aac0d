using Npgsql;

namespace Referrals.Engine.History;

/// <summary>How events are read from their table.</summary>
internal static class EventRows
{
    /// <summary>
    /// The columns in the order of <see cref="Read"/>. The stream's type comes by a lookup per event, so that no plan, however old
    /// its statistics, can read the whole table of streams.
    /// </summary>
    public const string Columns =
        "e.seq_id, e.id, e.tenant_id, e.stream_id, e.version, e.type, e.data, e.timestamp, e.user_name, e.headers ->> 'organisation', "
        + "e.correlation_id, e.causation_id, e.headers ->> 'traceparent'";

    public const string StreamType =
        "(select s.type from @schema.mt_streams s where s.tenant_id = e.tenant_id and s.id = e.stream_id)";

    /// <summary>The event of a row; its stream's type is given, or stands in the last column.</summary>
    public static RecordedEvent Read(NpgsqlDataReader r, EventCodec codec, string? streamType = null)
    {
        var stream = new StreamName(r.GetString(2), streamType ?? r.GetString(13), r.GetGuid(3));
        var context = new EventContext(
            r.GetFieldValue<DateTimeOffset>(7), Text(r, 8) ?? "", Text(r, 9), Text(r, 10), Text(r, 11), Text(r, 12));
        var type = r.GetString(5);
        return new(r.GetInt64(0), r.GetGuid(1), stream, r.GetInt64(4), type, codec.Read(type, r.GetFieldValue<byte[]>(6)), context);
    }

    private static string? Text(NpgsqlDataReader r, int column) => r.IsDBNull(column) ? null : r.GetString(column);
}
