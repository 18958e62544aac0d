using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains;

/// <summary>
/// Compares JSON with the shape of a type and finds all differences, where the deserialiser would stop at the first and let some
/// pass: names in another case, properties given twice or not known, numbers in quotes, nulls.
/// </summary>
internal static class JsonShape
{
    private const string Kind = "kind";

    public static void Check(JsonElement json, Type type, FaultList faults) => Check(json, type, "", faults);

    private static void Check(JsonElement json, Type type, string path, FaultList faults)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var info = EventCodec.Json.GetTypeInfo(type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when info.PolymorphismOptions is { } kinds:
                CheckKind(json, kinds, path, faults);
                break;
            case JsonTypeInfoKind.Object:
                CheckObject(json, info, path, faults, hasKind: false);
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(json, info.ElementType!, path, faults);
                break;
            default:
                CheckValue(json, type, path, faults);
                break;
        }
    }

    private static void CheckKind(JsonElement json, JsonPolymorphismOptions kinds, string path, FaultList faults)
    {
        var known = kinds.DerivedTypes.Select(d => (string)d.TypeDiscriminator!).ToList();
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong(path, "ein Objekt { … }", "an object { … }", faults);
        }
        else if (!json.EnumerateObject().Any(p => NameOf(p) == Kind))
        {
            Missing(Join(path, Kind), Kind, faults);
        }
        else if (TextOf(json.EnumerateObject().First(p => NameOf(p) == Kind).Value) is not { } kind || !known.Contains(kind))
        {
            var all = string.Join(", ", known);
            faults.Add(Join(path, Kind), "unknown-kind", $"Diese Art gibt es hier nicht; möglich sind: {all}.", $"There is no such kind here; possible are: {all}.");
        }
        else
        {
            var derived = kinds.DerivedTypes.First(d => kind.Equals(d.TypeDiscriminator)).DerivedType;
            CheckObject(json, EventCodec.Json.GetTypeInfo(derived), path, faults, hasKind: true);
        }
    }

    private static void CheckObject(JsonElement json, JsonTypeInfo info, string path, FaultList faults, bool hasKind)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Wrong(path, "ein Objekt { … }", "an object { … }", faults);
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            CheckProperty(property, info, path, faults, hasKind, seen);
        }

        foreach (var property in info.Properties.Where(p => IsRequired(p) && !seen.Contains(p.Name)))
        {
            Missing(Join(path, property.Name), property.Name, faults);
        }
    }

    private static void CheckProperty(JsonProperty property, JsonTypeInfo info, string path, FaultList faults, bool hasKind, HashSet<string> seen)
    {
        if (NameOf(property) is not { } name)
        {
            faults.Add(path, "not-text", "Ein Name enthält ungültige Zeichen.", "A name has invalid characters.");
            return;
        }

        var place = Join(path, name);
        if (!seen.Add(name))
        {
            faults.Add(place, "property-twice", $"„{name}“ ist zweimal angegeben.", $"“{name}” is given twice.");
        }
        else if ((hasKind && name == Kind) || (path.Length == 0 && name == "$schema"))
        {
            return;
        }
        else if (info.Properties.FirstOrDefault(p => p.Name == name) is { } known)
        {
            Check(property.Value, known.PropertyType, place, faults);
        }
        else
        {
            faults.Add(place, "unknown-property", $"„{name}“ gibt es hier nicht.", $"There is no “{name}” here.");
        }
    }

    private static void CheckList(JsonElement json, Type element, string path, FaultList faults)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            Wrong(path, "eine Liste [ … ]", "a list [ … ]", faults);
            return;
        }

        var i = 0;
        foreach (var item in json.EnumerateArray())
        {
            Check(item, element, $"{path}[{i++}]", faults);
        }
    }

    private static void CheckValue(JsonElement json, Type type, string path, FaultList faults)
    {
        if (type == typeof(int))
        {
            if (json.ValueKind != JsonValueKind.Number || !json.TryGetInt32(out _))
            {
                Wrong(path, "eine ganze Zahl", "a whole number", faults);
            }
        }
        else if (type == typeof(bool))
        {
            if (json.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                Wrong(path, "true oder false", "true or false", faults);
            }
        }
        else if (type.IsEnum)
        {
            CheckWord(json, type, path, faults);
        }
        else if (type == typeof(FactValue))
        {
            CheckFactValue(json, path, faults);
        }
        else if (TextOf(json) is null)
        {
            Wrong(path, "ein Text \"…\"", "a text \"…\"", faults);
        }
    }

    private static void CheckWord(JsonElement json, Type type, string path, FaultList faults)
    {
        var words = Enum.GetValuesAsUnderlyingType(type).Cast<object>()
            .Select(v => JsonSerializer.SerializeToElement(Enum.ToObject(type, v), type, EventCodec.Json).GetString()!).ToList();
        if (TextOf(json) is not { } text || !words.Contains(text))
        {
            var all = string.Join(", ", words);
            Wrong(path, $"eines von: {all}", $"one of: {all}", faults);
        }
    }

    private static void CheckFactValue(JsonElement json, string path, FaultList faults)
    {
        var right = json.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => true,
            JsonValueKind.Number => json.TryGetInt32(out _),
            JsonValueKind.String => TextOf(json) is { } text && FactValueConverter.Parse(text) is not null,
            _ => false,
        };
        if (!right)
        {
            Wrong(path, "ein Kürzel, eine ganze Zahl, true, false oder ein Monat wie \"2026-09\"", "a code, a whole number, true, false or a month such as \"2026-09\"", faults);
        }
    }

    private static bool IsRequired(JsonPropertyInfo property) => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static void Missing(string path, string name, FaultList faults) =>
        faults.Add(path, "missing-property", $"„{name}“ fehlt.", $"“{name}” is missing.");

    private static void Wrong(string path, string de, string en, FaultList faults) =>
        faults.Add(path, "wrong-value", $"Hier steht {de}; was keinen Wert hat, wird weggelassen.", $"Here stands {en}; leave out what has no value.");

    // Half of a surrogate pair is valid JSON, but no text.
    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
