using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Referrals.Engine.History.Keys;

namespace Referrals.Engine.History;

/// <summary>How one kind of event is named in the log, and how its older shapes are read.</summary>
/// <param name="Name">Snake-case name; a later shape is named with its version, such as <c>step_offered_v2</c>.</param>
/// <param name="Clr">Today's type.</param>
/// <param name="Upcasts">Older names, each with a function that turns its JSON into today's.</param>
public sealed record EventType(string Name, Type Clr, params IReadOnlyList<Upcast> Upcasts);

/// <summary>Which fields of a kind of event lie sealed in the log.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Fields">The names of the fields in its JSON.</param>
public sealed record SealedFields(string Name, IReadOnlyList<string> Fields);

/// <summary>Turns the JSON of an older shape into today's.</summary>
public sealed record Upcast(string Name, Func<JsonObject, JsonObject> Convert);

/// <summary>Writes events as JSON under explicit names and reads them back, older shapes included.</summary>
public sealed class EventCodec
{
    /// <summary>
    /// How everything that is stored or sent is written: camelCase, nulls left out, enums as kebab-case words, numbers exact. Read in
    /// any order of properties, because PostgreSQL's jsonb doesn't keep the writer's; a deep chain fits in the depth.
    /// </summary>
    public static JsonSerializerOptions Json { get; } = CreateOptions();

    private const int MaxDepth = 128;

    private readonly FrozenDictionary<Type, EventType> _byClr;
    private readonly FrozenDictionary<string, Reading> _byName;
    private readonly FrozenDictionary<Type, IReadOnlyList<PropertyInfo>> _sealed;

    /// <summary>A codec for these kinds of event. Throws when a name or type is given twice.</summary>
    public EventCodec(params IEnumerable<EventType> types)
    {
        var all = types.ToList();
        Types = all;

        // By way of a dictionary that refuses a second entry; the frozen one would keep the last.
        _byClr = all.ToDictionary(t => t.Clr).ToFrozenDictionary();
        _byName = all
            .SelectMany(t => t.Upcasts.Select(u => KeyValuePair.Create(u.Name, new Reading(t, u))).Prepend(KeyValuePair.Create(t.Name, new Reading(t, null))))
            .ToDictionary(StringComparer.Ordinal)
            .ToFrozenDictionary(StringComparer.Ordinal);
        _sealed = all.Select(t => KeyValuePair.Create(t.Clr, SealedProperties.Of(t.Clr))).Where(t => t.Value.Count > 0).ToFrozenDictionary();
        SealedFields = [.. all.Where(t => _sealed.ContainsKey(t.Clr)).SelectMany(t => t.Upcasts.Select(u => u.Name).Prepend(t.Name), (t, name) => new SealedFields(
            name, [.. _sealed[t.Clr].Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))]))];
    }

    /// <summary>Every kind of event known.</summary>
    public IReadOnlyList<EventType> Types { get; }

    /// <summary>The kinds of event that have texts which lie sealed in the log, older names included.</summary>
    public IReadOnlyList<SealedFields> SealedFields { get; }

    /// <summary>Whether the event has a text that is to be sealed.</summary>
    public bool HasSealedText(object data) =>
        _sealed.TryGetValue(data.GetType(), out var properties) && properties.Any(p => p.GetValue(data) is not null);

    /// <summary>The name of an event in the log.</summary>
    public string NameOf(object data) => TypeOf(data).Name;

    /// <summary>The event as JSON (UTF-8). Refuses text with a NUL character, which PostgreSQL cannot keep.</summary>
    public byte[] Write(object data)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(data, TypeOf(data).Clr, Json);
        if (json.AsSpan().IndexOf("\\u0000"u8) >= 0 && ContainsNul(json))
        {
            throw new ArgumentException("an event's text contains a NUL character", nameof(data));
        }

        return json;
    }

    /// <summary>The event of this name, in today's shape. Throws <see cref="UnknownEventException"/> for a name not known.</summary>
    public object Read(string name, ReadOnlySpan<byte> json)
    {
        if (!_byName.TryGetValue(name, out var known))
        {
            throw new UnknownEventException(name);
        }

        var data = known.Upcast is null
            ? JsonSerializer.Deserialize(json, known.Type.Clr, Json)
            : known.Upcast.Convert(JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth })!.AsObject()).Deserialize(known.Type.Clr, Json);
        return data ?? throw new JsonException($"event '{name}' is null");
    }

    /// <summary>The event as JSON, its marked texts sealed.</summary>
    internal byte[] WriteSealed(object data, EventSeal seal) => SealInUse.With(seal, () => Write(data));

    /// <summary>The event of this name, its marked texts opened.</summary>
    internal object ReadSealed(string name, ReadOnlyMemory<byte> json, EventSeal seal) => SealInUse.With(seal, () => Read(name, json.Span));

    private sealed record Reading(EventType Type, Upcast? Upcast);

    private EventType TypeOf(object data) =>
        _byClr.TryGetValue(data.GetType(), out var type)
            ? type
            : throw new UnknownEventException(data.GetType().FullName ?? data.GetType().Name);

    // The escape also stands in harmless text such as a literal backslash followed by u0000, so look at the values.
    private static bool ContainsNul(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.GetString()!.Contains('\0', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowOutOfOrderMetadataProperties = true,
            MaxDepth = MaxDepth,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetNullsBeLeftOut, SealedProperties.Apply } },
        };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }

    // Nulls are not written, so what may be null is not asked for when reading.
    private static void LetNullsBeLeftOut(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AssociatedParameter is { IsNullable: true }))
        {
            property.IsRequired = false;
        }
    }
}

/// <summary>The log holds, or was given, an event that this program does not know.</summary>
public sealed class UnknownEventException(string name) : Exception($"event '{name}' is not known");
