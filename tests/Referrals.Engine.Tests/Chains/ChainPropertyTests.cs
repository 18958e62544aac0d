using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Tests.Chains;

public sealed class ChainPropertyTests
{
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 500)]
    public void Generated_chains_are_valid(ChainVersion chain) => Assert.Empty(ChainValidation.Check(chain));

    [Fact]
    public void Generated_chains_use_everything()
    {
        var json = string.Concat(Enumerable.Range(0, 300).Select(seed => ChainJson.Write(ChainGen.FromSeed(seed))));
        Assert.All(LanguageWords.All, word => Assert.Contains($"\"{word}\"", json, StringComparison.Ordinal));
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void Json_loses_nothing(ChainVersion chain)
    {
        var json = ChainJson.Write(chain);
        var reading = ChainJson.Read(json);
        Assert.Empty(reading.Faults);
        Assert.Equal(json, ChainJson.Write(reading.Chain!));
        Assert.Equal(ChainJson.ContentHash(chain), ChainJson.ContentHash(reading.Chain!));
    }

    // PostgreSQL's jsonb gives properties back in an order of its own: shorter names first.
    [Property(Arbitrary = [typeof(ChainGen)])]
    public void Order_of_properties_does_not_matter(ChainVersion chain)
    {
        var shuffled = ShortestFirst(JsonSerializer.SerializeToNode(chain, EventCodec.Json)!).ToJsonString(EventCodec.Json);
        Assert.Equal(ChainJson.ContentHash(chain), ChainJson.ContentHash(ChainJson.Read(shuffled).Chain!));
        Assert.Equal(ChainJson.ContentHash(chain), ChainJson.ContentHash(JsonSerializer.Deserialize<ChainVersion>(shuffled, EventCodec.Json)!));
    }

    [Property(MaxTest = 500)]
    public void Arbitrary_text_is_never_a_chain(string? text)
    {
        var reading = ChainJson.Read(text ?? "");
        Assert.Null(reading.Chain);
        Assert.NotEmpty(reading.Faults);
    }

    [Property(MaxTest = 500)]
    public void Arbitrary_bytes_are_never_a_chain(byte[] bytes) => Assert.NotEmpty(ChainJson.Read(bytes).Faults);

    // A valid chain with one value somewhere replaced by another of any kind: read without an exception, and what is read can be written.
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 1000)]
    public void Mangled_chains_are_read_or_refused(ChainVersion chain, int where, byte what)
    {
        var root = JsonSerializer.SerializeToNode(chain, EventCodec.Json)!;
        var values = Values(root).ToList();
        var victim = values[(int)((uint)where % values.Count)];
        string[] replacements = ["null", "-1", "2147483648", "1.5", "\"\"", "\"x\"", "\"2026-13\"", "\"\\ud800\"", "[]", "[null]", "{}", "{\"\\ud800\":1}", "true", "{\"kind\":\"step\"}", "[[[]]]"];
        victim.ReplaceWith(JsonValue.Create("@here"));
        var reading = ChainJson.Read(root.ToJsonString().Replace("\"@here\"", replacements[what % replacements.Length], StringComparison.Ordinal));
        Assert.True(reading.Chain is not null || reading.Faults.Count > 0);
        Assert.True(reading.Chain is null || ChainJson.Write(reading.Chain).Length > 0);
    }

    private static IEnumerable<JsonNode> Values(JsonNode node) => node switch
    {
        JsonObject o => o.Where(p => p.Value is not null).SelectMany(p => Values(p.Value!).Prepend(p.Value!)),
        JsonArray a => a.SelectMany(item => Values(item!).Prepend(item!)),
        _ => [],
    };

    private static JsonNode ShortestFirst(JsonNode node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key.Length).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)ShortestFirst(p.Value!)))),
        JsonArray a => new JsonArray([.. a.Select(item => ShortestFirst(item!))]),
        _ => node.DeepClone(),
    };
}
