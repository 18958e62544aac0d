using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Referrals.Engine.Chains;

/// <summary>A fact that may be known of a case, declared in a chain with its type.</summary>
/// <param name="Name">Code of the fact, such as <c>children-under-three</c>.</param>
/// <param name="Title">Words for people.</param>
/// <param name="Type">What values it can take.</param>
/// <param name="Required">Whether a referral can't be started without it.</param>
public sealed record FactDeclaration(string Name, LocalText Title, FactType Type, bool Required = false);

/// <summary>The values that a fact can take.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CodeList), "codes")]
[JsonDerivedType(typeof(WholeNumber), "number")]
[JsonDerivedType(typeof(YesNo), "yes-no")]
[JsonDerivedType(typeof(Month), "month")]
public abstract record FactType
{
    private FactType() { }

    /// <summary>One of several codes.</summary>
    public sealed record CodeList(IReadOnlyList<CodeTitle> Codes) : FactType;

    /// <summary>A whole number within bounds, both included.</summary>
    public sealed record WholeNumber(int Min, int Max) : FactType;

    /// <summary>Yes or no.</summary>
    public sealed record YesNo : FactType;

    /// <summary>A calendar month.</summary>
    public sealed record Month : FactType;

    /// <summary>Whether a value is one of those that this type allows.</summary>
    public bool Allows(FactValue value) => (this, value) switch
    {
        (CodeList list, FactValue.Code code) => list.Codes.Any(c => c.Code == code.Value),
        (WholeNumber bounds, FactValue.Number number) => number.Value >= bounds.Min && number.Value <= bounds.Max,
        (YesNo, FactValue.YesNo) => true,
        (Month, FactValue.Month month) => month.First.Day == 1,
        _ => false,
    };
}

/// <summary>
/// The value of a fact. In JSON a code is a string, a number a number, yes/no a boolean, and a month a string <c>2026-09</c>.
/// </summary>
[JsonConverter(typeof(FactValueConverter))]
public abstract record FactValue
{
    private FactValue() { }

    /// <summary>A code.</summary>
    public sealed record Code(string Value) : FactValue;

    /// <summary>A whole number.</summary>
    public sealed record Number(int Value) : FactValue;

    /// <summary>Yes (true) or no.</summary>
    public sealed record YesNo(bool Value) : FactValue;

    /// <summary>A month, kept as its first day.</summary>
    public sealed record Month(DateOnly First) : FactValue;
}

/// <summary>Reads and writes a <see cref="FactValue"/> as a plain JSON value.</summary>
public sealed class FactValueConverter : JsonConverter<FactValue>
{
    /// <inheritdoc/>
    public override FactValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => new FactValue.YesNo(true),
        JsonTokenType.False => new FactValue.YesNo(false),
        JsonTokenType.Number when reader.TryGetInt32(out var number) => new FactValue.Number(number),
        JsonTokenType.String => FromText(reader.GetString()!),
        _ => throw new JsonException("a fact's value is a code, a whole number, true or false, or a month such as \"2026-09\""),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FactValue value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case FactValue.Code code: writer.WriteStringValue(code.Value); break;
            case FactValue.Number number: writer.WriteNumberValue(number.Value); break;
            case FactValue.YesNo yesNo: writer.WriteBooleanValue(yesNo.Value); break;
            case FactValue.Month month: writer.WriteStringValue(month.First.ToString("yyyy-MM", CultureInfo.InvariantCulture)); break;
            default: throw new UnreachableException();
        }
    }

    /// <summary>The value that a text stands for: a month or a code; null when it is neither.</summary>
    public static FactValue? Parse(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first))
        {
            return new FactValue.Month(first);
        }

        return Codes.IsCode(text) ? new FactValue.Code(text) : null;
    }

    private static FactValue FromText(string text) => Parse(text)
        ?? throw new JsonException("a fact's value in words is a code of lower-case letters, digits and hyphens, or a month such as \"2026-09\"");
}
