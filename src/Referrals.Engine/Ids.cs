using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Referrals.Engine;

/// <summary>Gives a new random identifier. An argument of every decision, so that decisions stay pure.</summary>
public delegate Guid NewId();

/// <summary>An organisation of the network, and thereby a tenant: a lower-case code such as <c>jobcenter-elbland</c>.</summary>
[JsonConverter(typeof(CodeConverter<OrganisationId>))]
public readonly record struct OrganisationId(string Value) : ICode<OrganisationId>
{
    /// <inheritdoc/>
    public static OrganisationId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A service chain over all its versions: a lower-case code such as <c>arbeit-mit-kind</c>.</summary>
[JsonConverter(typeof(CodeConverter<ChainId>))]
public readonly record struct ChainId(string Value) : ICode<ChainId>
{
    /// <inheritdoc/>
    public static ChainId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A node of a chain, unique within the chain version: a lower-case code such as <c>childcare</c>.</summary>
[JsonConverter(typeof(CodeConverter<NodeId>))]
public readonly record struct NodeId(string Value) : ICode<NodeId>
{
    /// <inheritdoc/>
    public static NodeId From(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>
/// One run of a node in one referral: the node's id, preceded by the rounds of the <c>repeat</c> nodes around it,
/// such as <c>childcare</c> or <c>follow-up.2/childcare</c>. Never leaves the tenant of the case holder.
/// </summary>
[JsonConverter(typeof(CodeConverter<Place>))]
public readonly record struct Place(string Value) : ICode<Place>
{
    /// <inheritdoc/>
    public static Place From(string value) => new(value);

    /// <summary>The place of <paramref name="node"/> within the rounds named by <paramref name="prefix"/>.</summary>
    public static Place Of(string prefix, NodeId node) => new(prefix + node.Value);

    /// <summary>The node that runs at this place.</summary>
    public NodeId Node => new(Value[(Value.LastIndexOf('/') + 1)..]);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A referral. Known only in the tenant of the organisation that holds the case.</summary>
[JsonConverter(typeof(GuidIdConverter<ReferralId>))]
public readonly record struct ReferralId(Guid Value) : IGuidId<ReferralId>
{
    /// <inheritdoc/>
    public static ReferralId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>
/// The partner's side of one offered step: random for every offer and the only handle that a partner gets, so that it
/// can't be linked to the referral, to another step, or to another referral of the same client.
/// </summary>
[JsonConverter(typeof(GuidIdConverter<AssignmentId>))]
public readonly record struct AssignmentId(Guid Value) : IGuidId<AssignmentId>
{
    /// <inheritdoc/>
    public static AssignmentId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A measure that the steering group noted.</summary>
[JsonConverter(typeof(GuidIdConverter<MeasureId>))]
public readonly record struct MeasureId(Guid Value) : IGuidId<MeasureId>
{
    /// <inheritdoc/>
    public static MeasureId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>One question of a partner within an assignment.</summary>
[JsonConverter(typeof(GuidIdConverter<QuestionId>))]
public readonly record struct QuestionId(Guid Value) : IGuidId<QuestionId>
{
    /// <inheritdoc/>
    public static QuestionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>An identifier that is a code; written to JSON as a plain string.</summary>
public interface ICode<TSelf>
    where TSelf : struct, ICode<TSelf>
{
    /// <summary>The code.</summary>
    string Value { get; }

    /// <summary>Wraps a code.</summary>
    static abstract TSelf From(string value);
}

/// <summary>An identifier that is a UUID; written to JSON as a plain string.</summary>
public interface IGuidId<TSelf>
    where TSelf : struct, IGuidId<TSelf>
{
    /// <summary>The UUID.</summary>
    Guid Value { get; }

    /// <summary>Wraps a UUID.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>The one rule for codes that people choose: organisations, chains, nodes, facts, outcomes, services.</summary>
public static partial class Codes
{
    /// <summary>The longest code.</summary>
    public const int MaxLength = 60;

    /// <summary>True for 1 to 60 lower-case letters a–z, digits and single hyphens, starting with a letter.</summary>
    public static bool IsCode(string? value) => value is { Length: > 0 and <= MaxLength } && CodePattern().IsMatch(value);

    /// <summary>The longest sign-in name of a person in charge.</summary>
    public const int MaxSignInName = 200;

    /// <summary>True for what can be a sign-in name of a person or client: 1 to 200 visible characters without spaces.</summary>
    public static bool IsSignInName(string? value) =>
        value is { Length: > 0 and <= MaxSignInName } && !value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c));

    /// <summary>
    /// A UUID that is the same for the same words everywhere (SHA-256 cut to 128 bits, marked as version 8 of RFC 9562).
    /// Gives streams with a code as identity their UUID, and retried requests the same id.
    /// </summary>
    public static Guid StableGuid(params ReadOnlySpan<string> words)
    {
        var text = string.Join('\u001f', words);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}

/// <summary>Writes an <see cref="ICode{TSelf}"/> as a JSON string, also as a property name.</summary>
public sealed class CodeConverter<T> : JsonConverter<T>
    where T : struct, ICode<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString() ?? throw new JsonException("a code is a string"));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString()!);

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}

/// <summary>Writes an <see cref="IGuidId{TSelf}"/> as a JSON string, also as a property name.</summary>
public sealed class GuidIdConverter<T> : JsonConverter<T>
    where T : struct, IGuidId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.From(reader.GetGuid());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(Guid.Parse(reader.GetString()!));

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value.ToString());
}
