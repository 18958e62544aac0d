using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Referrals.Api.Answers;
using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Requests;

/// <summary>
/// Compares JSON with the shape of a type and finds all differences, where the deserialiser would stop at the first and let some pass:
/// properties not known or given twice, words of enums, codes, nulls, text that can't be stored.
/// </summary>
internal sealed class JsonFaults
{
    private readonly List<Fault> _faults = [];

    private JsonFaults() { }

    /// <summary>All faults, in the order of the JSON.</summary>
    public static IReadOnlyList<Fault> Of(JsonElement json, Type type)
    {
        var faults = new JsonFaults();
        faults.Check(json, type, "");
        return faults._faults;
    }

    private void Check(JsonElement json, Type type, string path)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var info = ApiJson.Options.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(json, info, path);
                break;
            case JsonTypeInfoKind.Dictionary:
                CheckDictionary(json, info, path);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(json, info.ElementType!, path);
                break;
            default:
                CheckValue(json, type, path);
                break;
        }
    }

    private void CheckObject(JsonElement json, JsonTypeInfo info, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong(path, "an object { … }");
            return;
        }

        var kind = info.PolymorphismOptions;
        if ((kind is null ? info : OfKind(json, kind, path)) is not { } shape)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in Properties(json, path, seen).Where(p => p.Name != kind?.TypeDiscriminatorPropertyName))
        {
            if (shape.Properties.FirstOrDefault(p => p.Name == name) is not { } known)
            {
                Add(Join(path, name), "unknown-property", $"There is no '{name}' here.");
            }
            else if (value.ValueKind != JsonValueKind.Null || !known.IsSetNullable || IsRequired(known))
            {
                Check(value, known.PropertyType, Join(path, name));
            }
        }

        foreach (var missing in shape.Properties.Where(p => IsRequired(p) && !seen.Contains(p.Name)))
        {
            Add(Join(path, missing.Name), "missing-property", $"'{missing.Name}' is missing.");
        }
    }

    // Which of several kinds of thing it is, as it says itself.
    private JsonTypeInfo? OfKind(JsonElement json, JsonPolymorphismOptions kinds, string path)
    {
        var name = kinds.TypeDiscriminatorPropertyName;
        var given = json.TryGetProperty(name, out var value) ? TextOf(value) : null;
        if (kinds.DerivedTypes.FirstOrDefault(d => given is not null && (string?)d.TypeDiscriminator == given) is { DerivedType: { } type })
        {
            return ApiJson.Options.GetTypeInfo(type);
        }

        Wrong(Join(path, name), $"one of: {string.Join(", ", kinds.DerivedTypes.Select(d => d.TypeDiscriminator))}");
        return null;
    }

    private void CheckDictionary(JsonElement json, JsonTypeInfo info, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong(path, "an object { … }");
            return;
        }

        foreach (var (name, value) in Properties(json, path, new HashSet<string>(StringComparer.Ordinal)))
        {
            if (!Codes.IsCode(name))
            {
                Add(Join(path, name), "not-a-code", "A name here is a code of lower-case letters, digits and hyphens, of at most 60 characters.");
            }

            Check(value, info.ElementType!, Join(path, name));
        }
    }

    private IEnumerable<(string Name, JsonElement Value)> Properties(JsonElement json, string path, HashSet<string> seen)
    {
        foreach (var property in json.EnumerateObject())
        {
            if (NameOf(property) is not { } name)
            {
                Add(path, "text-invalid", "A name has characters that can't be stored.");
            }
            else if (!seen.Add(name))
            {
                Add(Join(path, name), "property-twice", $"'{name}' is given twice.");
            }
            else
            {
                yield return (name, property.Value);
            }
        }
    }

    private void CheckList(JsonElement json, Type element, string path)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            Wrong(path, "a list [ … ]");
            return;
        }

        var i = 0;
        foreach (var item in json.EnumerateArray())
        {
            Check(item, element, $"{path}[{i++}]");
        }
    }

    private void CheckValue(JsonElement json, Type type, string path)
    {
        if (type == typeof(int))
        {
            Require(json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out _), path, "a whole number");
        }
        else if (type == typeof(double))
        {
            Require(json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && double.IsFinite(number), path, "a number");
        }
        else if (type == typeof(bool))
        {
            Require(json.ValueKind is JsonValueKind.True or JsonValueKind.False, path, "true or false");
        }
        else if (type == typeof(FactValue))
        {
            Require(IsFactValue(json), path, "a code, a whole number, true, false or a month such as \"2026-09\"");
        }
        else if (TextOf(json) is not { } text)
        {
            Wrong(path, "a text \"…\" without control codes that can't be stored");
        }
        else
        {
            CheckText(text, type, path);
        }
    }

    private void CheckText(string text, Type type, string path)
    {
        if (type.IsEnum)
        {
            var words = Words(type);
            Require(words.Contains(text), path, $"one of: {string.Join(", ", words)}");
        }
        else if (type == typeof(DateOnly))
        {
            Require(DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), path, "a date such as \"2026-09-30\"");
        }
        else if (type == typeof(Guid) || IsId(type, typeof(IGuidId<>)))
        {
            Require(Guid.TryParseExact(text, "D", out _), path, "a UUID");
        }
        else if (type != typeof(Place) && IsId(type, typeof(ICode<>)) && !Codes.IsCode(text))
        {
            Add(path, "not-a-code", "This is a code of lower-case letters, digits and hyphens, of at most 60 characters.");
        }
    }

    /// <summary>The words of an enum, as the API writes them.</summary>
    internal static IReadOnlyList<string> Words(Type type) =>
        [.. Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)];

    private static bool IsId(Type type, Type kind) => type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == kind);

    private static bool IsFactValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => true,
        JsonValueKind.Number => json.TryGetInt32(out _),
        JsonValueKind.String => TextOf(json) is { } text
            && (Codes.IsCode(text) || DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        _ => false,
    };

    private static bool IsRequired(JsonPropertyInfo property) => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private void Require(bool right, string path, string expected)
    {
        if (!right)
        {
            Wrong(path, expected);
        }
    }

    private void Wrong(string path, string expected) => Add(path, "wrong-value", $"Here stands {expected}.");

    private void Add(string path, string code, string message) => _faults.Add(new Fault(path, code, message));

    private static string? TextOf(JsonElement json) => json.ValueKind == JsonValueKind.String ? Storable(json.GetString) : null;

    private static string? NameOf(JsonProperty property) => Storable(() => property.Name);

    // Half of a surrogate pair is valid JSON, but no text; NUL is text, but PostgreSQL can't keep it.
    private static string? Storable(Func<string?> read)
    {
        try
        {
            return read() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
