using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals.Trying;

namespace Referrals.Engine.Tests.Chains;

/// <summary>Every example in docs/chains.md is right: whole chains by themselves, parts of one within the first chain there.</summary>
public sealed partial class ChainsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.File("docs/chains.md"));

    public static TheoryData<string, string> Examples { get; } = new(Example().Matches(Document).Select(m => (m.Groups["what"].Value, m.Groups["json"].Value)));

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_a_valid_chain_or_part_of_one(string what, string json)
    {
        var chain = JsonNode.Parse(Examples.First(e => e.Data.Item1 == "chain").Data.Item2)!;
        var example = JsonNode.Parse(json)!;
        switch (what)
        {
            case "chain":
                chain = example;
                break;
            case "node":
                chain["root"]!["children"]!.AsArray().Add(example);
                break;
            case "fact":
                chain["facts"]!.AsArray().Add(example);
                break;
            case "condition":
                chain["root"]!["children"]!.AsArray().Add(Choice(example));
                break;
            case "trial":
                var script = TrialScript.Read(Encoding.UTF8.GetBytes(json)).Script!;
                Assert.Empty(Trial.Play(ChainJson.Read(chain.ToJsonString()).Chain!, script, new DateOnly(2026, 11, 23)).Faults);
                break;
            default:
                Assert.Fail($"an example of what: {what}?");
                break;
        }

        Assert.Empty(ChainJson.Read(chain.ToJsonString()).Faults);
    }

    [Fact]
    public void Every_json_block_is_an_example() => Assert.Equal(Document.Split("```json").Length - 1, Examples.Count);

    [Fact]
    public void Every_code_of_a_fault_is_explained()
    {
        var sources = Directory.GetFiles(Repository.File("src/Referrals.Engine/Chains"), "*.cs").Select(File.ReadAllText);
        var codes = sources.SelectMany(s => FaultCode().Matches(s)).Select(m => m.Groups["code"].Value).Distinct().ToList();
        Assert.True(codes.Count > 40);
        Assert.All(codes, code => Assert.Contains($"`{code}`", Document, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_word_of_the_language_is_explained() =>
        Assert.All(LanguageWords.All, word => Assert.Matches($"[`\"]{word}[`\"]", Document));

    private static JsonObject Choice(JsonNode when) => new()
    {
        ["kind"] = "choice",
        ["id"] = "asked",
        ["branches"] = new JsonArray(new JsonObject
        {
            ["when"] = when,
            ["then"] = JsonNode.Parse("""
                { "kind": "step", "id": "then", "title": { "de": "Dann" }, "service": "mentoring", "partners": [ "frauenzentrum-schwarzbrueck" ],
                  "acknowledgeWithin": 1, "outcomes": [ "helped" ] }
                """),
        }),
    };

    [GeneratedRegex("```json (?<what>[a-z]+)\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    // The first literal in words with hyphens after a fault is added: its code.
    [GeneratedRegex("""faults\.Add\([^;]*?"(?<code>[a-z]+(-[a-z]+)+)" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex FaultCode();
}
