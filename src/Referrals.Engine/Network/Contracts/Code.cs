using System.Text.Json;
using System.Text.Json.Serialization;

namespace Referrals.Engine.Network.Contracts;

/// <summary>
/// A code in a message: lower-case letters, digits and single hyphens. Because it can be nothing else, the only free text that a
/// message can carry is its note. Written to JSON as a plain string; anything but a code can't be read.
/// </summary>
[JsonConverter(typeof(CodeJson))]
public readonly record struct Code
{
    /// <summary>Wraps a code. Throws <see cref="FormatException"/> for anything else; never names the text it refuses.</summary>
    public Code(string value) => Value = Codes.IsCode(value) ? value : throw new FormatException("not a code");

    /// <summary>The code; null only in a message that lacks it.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Reads and writes a <see cref="Code"/> as a plain string.</summary>
public sealed class CodeJson : JsonConverter<Code>
{
    /// <inheritdoc/>
    public override Code Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && Codes.IsCode(text)
            ? new Code(text)
            : throw new JsonException("a code is a string of lower-case letters, digits and hyphens");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Code value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
