using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Referrals.Engine.History;

namespace Referrals.Engine.Chains;

/// <summary>What came of reading a chain.</summary>
/// <param name="Chain">The chain, as soon as the JSON has its shape, even if it is not valid; else null.</param>
/// <param name="Faults">Everything that is wrong with it; empty: it can be proposed.</param>
public sealed record ChainReading(ChainVersion? Chain, IReadOnlyList<ChainFault> Faults);

/// <summary>Chains as JSON. <c>docs/chain.schema.json</c> is the shape's description for others.</summary>
public static class ChainJson
{
    private static readonly JsonSerializerOptions Indented = new(EventCodec.Json) { WriteIndented = true };

    /// <summary>Reads and checks a chain. Any text is fine: whatever is wrong with it comes back as faults.</summary>
    public static ChainReading Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    /// <summary>Reads and checks a chain. Any bytes are fine: whatever is wrong with them comes back as faults.</summary>
    public static ChainReading Read(ReadOnlyMemory<byte> json)
    {
        var faults = new FaultList();
        if (json.Length > ChainLimits.JsonBytes)
        {
            faults.Add("", "too-large", "Die Datei ist größer als 1 MiB.", "The file is larger than 1 MiB.");
            return new ChainReading(null, faults.All);
        }

        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = EventCodec.Json.MaxDepth });
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            var (line, column) = (exception.LineNumber + 1, exception.BytePositionInLine + 1);
            faults.Add("", "not-json", $"Das ist kein gültiges JSON (Zeile {line}, Stelle {column}).", $"This is not valid JSON (line {line}, position {column}).");
            return new ChainReading(null, faults.All);
        }
    }

    private static ChainReading Read(JsonElement json)
    {
        var faults = new FaultList();
        JsonShape.Check(json, typeof(ChainVersion), faults);
        if (faults.All.Count > 0)
        {
            return new ChainReading(null, faults.All);
        }

        var chain = json.Deserialize<ChainVersion>(EventCodec.Json)!;
        return new ChainReading(chain, ChainValidation.Check(chain));
    }

    /// <summary>The chain as JSON for people, indented.</summary>
    public static string Write(ChainVersion chain) => JsonSerializer.Serialize(chain, Indented);

    /// <summary>
    /// SHA-256 of the chain's canonical JSON (properties sorted, no white space, everything in it, also the number of the version), as
    /// 64 lower-case hexadecimal digits. What the partners agree to is this content and no other.
    /// </summary>
    public static string ContentHash(ChainVersion chain)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = EventCodec.Json.MaxDepth }))
        {
            WriteSorted(JsonSerializer.SerializeToNode(chain, EventCodec.Json), writer);
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void WriteSorted(JsonNode? node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case JsonObject properties:
                writer.WriteStartObject();
                foreach (var (name, value) in properties.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    WriteSorted(value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteSorted(item, writer);
                }

                writer.WriteEndArray();
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
