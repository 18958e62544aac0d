using System.Text;
using System.Text.Json;
using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>
/// An append, checked and made ready for writing, so that what is wrong with it fails at its caller and nowhere else.
/// Used by both logs.
/// </summary>
internal sealed class EncodedAppend
{
    private EncodedAppend(EventContext context, IReadOnlyList<EncodedStream> streams, EncodedRows rows)
    {
        Context = context;
        Streams = streams;
        Rows = rows;
        Keys = [.. streams.Select(s => new RowKey('s', s.Name.Tenant, "", s.Name.Id)), .. rows.Keys];
    }

    public EventContext Context { get; }

    public IReadOnlyList<EncodedStream> Streams { get; }

    public EncodedRows Rows { get; }

    /// <summary>Everything that the append reads or writes by key. Appends that share none can be written together.</summary>
    public IReadOnlyList<RowKey> Keys { get; }

    public bool HasEvents => Streams.Any(s => s.Events.Count > 0);

    public IEnumerable<string> Tenants => Keys.Select(k => k.Tenant).Distinct(StringComparer.Ordinal);

    /// <param name="append">The append.</param>
    /// <param name="codec">How events are written.</param>
    /// <param name="keys">The keys of those streams that get sealed texts, and of those with rows that have references.</param>
    /// <param name="index">The keys of the marks of references, by tenant; null: references aren't sealed.</param>
    public static EncodedAppend From(
        Append append, EventCodec codec, IReadOnlyDictionary<StreamName, StreamKey> keys, IReadOnlyDictionary<string, byte[]>? index = null)
    {
        var streams = append.Streams.Select(s => Encode(s, codec, keys.GetValueOrDefault(s.Stream))).ToArray();
        if (streams.Length > 1 && streams.DistinctBy(s => (s.Name.Tenant, s.Name.Id)).Count() < streams.Length)
        {
            throw new ArgumentException("a stream stands twice in an append", nameof(append));
        }

        return new(Checked(append.Context), streams, EncodedRows.From(append.Rows, keys, index));
    }

    /// <summary>The result of an append whose events got these sequences, in order.</summary>
    public AppendResult.Appended Appended(ReadOnlySpan<long> sequences)
    {
        var events = new List<AppendedEvent>(sequences.Length);
        foreach (var stream in Streams)
        {
            for (var i = 0; i < stream.Events.Count; i++)
            {
                events.Add(new(sequences[events.Count], stream.Events[i].Id, stream.Expected + i + 1));
            }
        }

        return new(events);
    }

    private static EncodedStream Encode(StreamAppend stream, EventCodec codec, StreamKey? key)
    {
        StoredText.CheckTenant(stream.Stream.Tenant);
        StoredText.Check(stream.Stream.Type);
        ArgumentOutOfRangeException.ThrowIfNegative(stream.ExpectedVersion);

        // Random ids: an id becomes the id of a message to a partner, and must not tell when or beside what it was made.
        var events = stream.Events
            .Select(e => Encode(stream.Stream, Guid.NewGuid(), e, codec, key))
            .ToArray();
        return new(stream.Stream, stream.ExpectedVersion, events);
    }

    private static EncodedEvent Encode(StreamName stream, Guid id, object data, EventCodec codec, StreamKey? key)
    {
        var (name, type) = (codec.NameOf(data), data.GetType());
        var json = !codec.HasSealedText(data) ? codec.Write(data)
            : key is null ? throw new InvalidOperationException("there is no key for a text that is to be sealed")
            : codec.WriteSealed(data, new EventSeal(key.Key, key.Key is null, stream, name, id));
        return new(id, name, $"{type.FullName}, {type.Assembly.GetName().Name}", json);
    }

    private static EventContext Checked(EventContext context)
    {
        StoredText.Check(context.User);
        StoredText.Check(context.Organisation);
        StoredText.Check(context.Correlation);
        StoredText.Check(context.Causation);
        StoredText.Check(context.TraceParent);
        return context with { At = StoredText.Time(context.At) };
    }
}

/// <summary>The events of one stream within an append.</summary>
internal sealed record EncodedStream(StreamName Name, long Expected, IReadOnlyList<EncodedEvent> Events);

/// <summary>An event as it is written.</summary>
internal sealed record EncodedEvent(Guid Id, string Type, string DotnetType, byte[] Json);

/// <summary>A key that an append reads or writes.</summary>
internal readonly record struct RowKey(char Kind, string Tenant, string List, Guid Id);

/// <summary>What PostgreSQL can keep, checked before it is asked to.</summary>
internal static class StoredText
{
    /// <summary>Refuses text with a NUL character.</summary>
    public static void Check(string? text)
    {
        if (text is not null && text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("a text contains a NUL character", nameof(text));
        }
    }

    /// <summary>Refuses what can't be a tenant. The comma separates tenants in the transaction's setting, so it must not be in one.</summary>
    public static void CheckTenant(string tenant)
    {
        if (string.IsNullOrEmpty(tenant) || tenant.AsSpan().ContainsAny(',', '\0'))
        {
            throw new ArgumentException("a tenant is not empty and has neither a comma nor a NUL character", nameof(tenant));
        }
    }

    /// <summary>Refuses what is no JSON object or has text with a NUL character.</summary>
    public static void CheckObject(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ArgumentException("the data of a row is a JSON object", nameof(json));
        }

        do
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                Check(reader.GetString());
            }
        }
        while (reader.Read());
    }

    /// <summary>The time in UTC, to the microsecond: what PostgreSQL keeps.</summary>
    public static DateTimeOffset Time(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
