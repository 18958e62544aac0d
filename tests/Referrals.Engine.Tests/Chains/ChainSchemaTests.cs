using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using NJsonSchema;
using NJsonSchema.Validation;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Tests.Chains;

/// <summary>The published schema and the reader agree.</summary>
public sealed class ChainSchemaTests
{
    private static readonly JsonSchema Schema = Load();

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 200)]
    public void Valid_chains_pass(ChainVersion chain) => Assert.Empty(Errors(ChainJson.Write(chain)));

    [Theory]
    [MemberData(nameof(ChainFaultsOfShape.All), MemberType = typeof(ChainFaultsOfShape))]
    public void What_the_schema_refuses_the_reader_refuses(string place, string? value)
    {
        var json = ChainSample.With(place, value);
        Assert.NotEmpty(ChainJson.Read(json).Faults);
        Assert.NotEmpty(Errors(json));
    }

    // Takes away, one after the other, every property of a chain that uses everything: both agree on which ones are needed.
    [Fact]
    public void Both_need_the_same_properties()
    {
        var count = Objects(JsonNode.Parse(ChainSample.Valid)!).Sum(o => o.Count);
        for (var i = 0; i < count; i++)
        {
            var root = JsonNode.Parse(ChainSample.Valid)!;
            var (victim, name) = Objects(root).SelectMany(o => o.Select(p => (o, p.Key))).ElementAt(i);
            victim.Remove(name);
            var json = root.ToJsonString();
            var shape = ChainJson.Read(json).Faults.Any(f => f.Code is "missing-property" or "title-missing");
            Assert.True(shape == Errors(json).Count > 0, $"{victim.GetPath()}.{name}: reader {shape}, schema {!shape}");
        }
    }

    [Fact]
    public void Every_word_of_the_language_is_in_the_schema()
    {
        var text = File.ReadAllText(Repository.File("docs/chain.schema.json"));
        Assert.All(LanguageWords.All, word => Assert.Contains($"\"{word}\"", text, StringComparison.Ordinal));
        using var schema = JsonDocument.Parse(text);
        Assert.StartsWith("https://json-schema.org/draft/2020-12/", schema.RootElement.GetProperty("$schema").GetString(), StringComparison.Ordinal);
        Assert.True(schema.RootElement.TryGetProperty("$id", out _));
    }

    // NJsonSchema reads an older draft, in which the place of the definitions has another name; the rest that we use means the same.
    private static JsonSchema Load()
    {
        var text = File.ReadAllText(Repository.File("docs/chain.schema.json")).Replace("$defs", "definitions", StringComparison.Ordinal);
#pragma warning disable xUnit1031 // a static field can't wait otherwise; the schema refers to nothing outside itself
        return JsonSchema.FromJsonAsync(text).GetAwaiter().GetResult();
#pragma warning restore xUnit1031
    }

    private static ICollection<ValidationError> Errors(string json) => Schema.Validate(json);

    private static IEnumerable<JsonObject> Objects(JsonNode node) => node switch
    {
        JsonObject o => o.SelectMany(p => Objects(p.Value!)).Prepend(o),
        JsonArray a => a.SelectMany(item => Objects(item!)),
        _ => [],
    };
}

/// <summary>Changes to <see cref="ChainSample.Valid"/> that both the schema and the reader refuse.</summary>
public static class ChainFaultsOfShape
{
    public static TheoryData<string, string?> All { get; } = new()
    {
        { "id", "\"Work\"" },
        { "version", "0" },
        { "version", "\"1\"" },
        { "title", "{ \"de\": \" \" }" },
        { "title.en", "\"\"" },
        { "description", "null" },
        { "federalState", "\"XX\"" },
        { "coordinator", "7" },
        { "colour", "1" },
        { "facts[0].type.min", "1.5" },
        { "facts[0].type.kind", "\"text\"" },
        { "facts[1].type.codes", "[]" },
        { "root.kind", "\"loop\"" },
        { "root.children", "[]" },
        { "root.children[0].offer", "\"all\"" },
        { "root.children[0].partners", "[]" },
        { "root.children[0].partners", "[ \"kita-a\", \"kita-a\" ]" },
        { "root.children[0].acknowledgeWithin", "61" },
        { "root.children[0].completeWithin", "0" },
        { "root.children[0].remindBefore", "-1" },
        { "root.children[0].escalateAfter", "61" },
        { "root.children[0].outcomes", "[]" },
        { "root.children[0].outcomes", "[ \"took-place\" ]" },
        { "root.children[0].Service", "\"x\"" },
        { "root.children[1].branches", "[]" },
        { "root.children[1].branches[0].when.in", "[]" },
        { "root.children[1].branches[0].when", "true" },
        { "root.children[1].branches[1].when.is", "\"equals\"" },
        { "root.children[1].branches[1].when.value", "\"2026-13\"" },
        { "root.children[1].branches[1].when.value", "null" },
        { "root.children[1].branches[1].then.maxRounds", "21" },
        { "root.children[2].children", "[]" },
        { "root.children[2].children[0].child", "{}" },
    };
}
