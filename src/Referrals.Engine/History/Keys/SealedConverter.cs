using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Referrals.Engine.History.Keys;

/// <summary>
/// Writes a marked property sealed, as <c>{"v":1,"sealed":"base64"}</c> (without <c>sealed</c> when it could not be kept), while an
/// <see cref="EventSeal"/> is in use on this thread; else in clear. What was written in clear is read as it is.
/// </summary>
internal sealed class SealedConverter<T>(string field, Func<T, string> text, Func<string, T> make, T erased) : JsonConverter<T>
{
    private const int Form = 1;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return make(reader.GetString()!);
        }

        var data = ReadSealed(ref reader);
        var seal = SealInUse.Current ?? throw new JsonException($"'{field}' is sealed, and there is no key at hand");
        return seal.Open(field, data) is { } opened ? make(opened) : erased;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (SealInUse.Current is not { } seal)
        {
            writer.WriteStringValue(text(value));
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("v"u8, Form);
        if (seal.Seal(field, text(value)) is { } data)
        {
            writer.WriteString("sealed"u8, data);
        }

        writer.WriteEndObject();
    }

    private string? ReadSealed(ref Utf8JsonReader reader)
    {
        string? data = null;
        var form = 0;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"'{field}' is neither a text nor sealed");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isForm = reader.ValueTextEquals("v"u8);
            var isData = reader.ValueTextEquals("sealed"u8);
            reader.Read();
            (form, data) = (isForm ? reader.GetInt32() : form, isData ? reader.GetString() : data);
            reader.Skip();
        }

        return form == Form ? data : throw new JsonException($"'{field}' is sealed in form {form}, which this program does not know");
    }
}

/// <summary>The seal of the event that this thread is writing or reading.</summary>
internal static class SealInUse
{
    [ThreadStatic]
    private static EventSeal? _current;

    public static EventSeal? Current => _current;

    public static T With<T>(EventSeal? seal, Func<T> work)
    {
        var before = _current;
        _current = seal;
        try
        {
            return work();
        }
        finally
        {
            _current = before;
        }
    }
}

/// <summary>Finds the marked properties of a type.</summary>
internal static class SealedProperties
{
    /// <summary>The marked properties of an event.</summary>
    public static IReadOnlyList<PropertyInfo> Of(Type type) =>
        [.. type.GetProperties().Where(p => p.GetCustomAttribute<SealedAttribute>() is not null)];

    /// <summary>Has marked properties written and read by a <see cref="SealedConverter{T}"/>.</summary>
    public static void Apply(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(SealedAttribute), inherit: true) == true))
        {
            property.CustomConverter = property.PropertyType == typeof(string)
                ? new SealedConverter<string>(property.Name, s => s, s => s, SealedAttribute.ErasedText)
                : (JsonConverter)typeof(SealedProperties).GetMethod(nameof(ForText), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(property.PropertyType).Invoke(null, [property.Name])!;
        }
    }

    private static SealedConverter<T> ForText<T>(string field)
        where T : class, ISealedText<T> => new(field, t => t.Stored, T.FromStored, T.Erased);
}
