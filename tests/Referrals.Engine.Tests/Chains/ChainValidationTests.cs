using System.Text.Json.Nodes;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Tests.Chains;

public sealed class ChainValidationTests
{
    private const string Childcare = "root.children[0]";
    private const string After = "root.children[1]";
    private const string Both = "root.children[2]";

    [Fact]
    public void A_good_chain_has_no_faults() => Assert.Empty(ChainJson.Read(ChainSample.Valid).Faults);

    // place to set → JSON value → path and code of the fault
    [Theory]
    [InlineData("id", "\"Work\"", "id", "code-invalid")]
    [InlineData("version", "0", "version", "version-range")]
    [InlineData("title", """{ "de": " " }""", "title.de", "text-missing")]
    [InlineData("title", """{ "de": "x", "en": "" }""", "title.en", "text-missing")]
    [InlineData("title", """{ "de": "a\u0000b" }""", "title.de", "text-control-character")]
    [InlineData("federalState", "\"XX\"", "federalState", "federal-state-unknown")]
    [InlineData("id", "\"neu\"", "id", "id-reserved")]
    [InlineData("coordinator", "\"\"", "coordinator", "code-invalid")]
    [InlineData("facts[0].name", "\"from\"", "facts[2].name", "fact-declared-twice")]
    [InlineData("facts[0].type.min", "13", "facts[0].type.min", "bounds-reversed")]
    [InlineData("facts[1].type.codes", "[]", "facts[1].type.codes", "codes-empty")]
    [InlineData("facts[1].type.codes[1].code", "\"none\"", "facts[1].type.codes[1].code", "code-twice")]
    [InlineData("facts[1].type.codes[1].code", "\"No\"", "facts[1].type.codes[1].code", "code-invalid")]
    [InlineData("outcomes[0].code", "\"helped\"", "outcomes[0].code", "outcome-reserved")]
    [InlineData("outcomes[0].code", "\"took-place\"", "outcomes[0].code", "outcome-reserved")]
    [InlineData("root.children", "[]", "root.children", "children-too-few")]
    [InlineData("root.id", "\"childcare\"", $"{Childcare}.id", "id-twice")]
    [InlineData($"{Childcare}.title", null, $"{Childcare}.title", "title-missing")]
    [InlineData($"{Childcare}.service", "\"Child care\"", $"{Childcare}.service", "code-invalid")]
    [InlineData($"{Childcare}.partners", "[]", $"{Childcare}.partners", "partners-empty")]
    [InlineData($"{Childcare}.partners", """["kita-a","kita-b","kita-a"]""", $"{Childcare}.partners[2]", "partner-twice")]
    [InlineData($"{Childcare}.partners", """["Kita"]""", $"{Childcare}.partners[0]", "code-invalid")]
    [InlineData($"{Childcare}.offer", "\"chosen\"", $"{Childcare}.onDecline", "chosen-has-no-next")]
    [InlineData($"{Childcare}.acknowledgeWithin", "0", $"{Childcare}.acknowledgeWithin", "time-missing")]
    [InlineData($"{Childcare}.acknowledgeWithin", "61", $"{Childcare}.acknowledgeWithin", "time-range")]
    [InlineData($"{Childcare}.service", "\"\"", $"{Childcare}.service", "service-missing")]
    [InlineData($"{Childcare}.completeWithin", "751", $"{Childcare}.completeWithin", "time-range")]
    [InlineData($"{Childcare}.escalateAfter", "-1", $"{Childcare}.escalateAfter", "time-range")]
    [InlineData($"{Childcare}.remindBefore", "2", $"{Childcare}.remindBefore", "reminder-range")]
    [InlineData($"{Childcare}.remindBefore", "-1", $"{Childcare}.remindBefore", "reminder-range")]
    [InlineData($"{Childcare}.completeWithin", "1", $"{Childcare}.remindBefore", "reminder-range")]
    [InlineData($"{Childcare}.outcomes", "[]", $"{Childcare}.outcomes", "outcomes-empty")]
    [InlineData($"{Childcare}.outcomes", """["placed","won"]""", $"{Childcare}.outcomes[1]", "outcome-unknown")]
    [InlineData($"{Childcare}.outcomes", """["placed","skipped"]""", $"{Childcare}.outcomes[1]", "outcome-reserved")]
    [InlineData($"{Childcare}.outcomes", """["placed","placed"]""", $"{Childcare}.outcomes[1]", "code-twice")]
    [InlineData($"{Childcare}.passFacts", """["age"]""", $"{Childcare}.passFacts[0]", "fact-undeclared")]
    [InlineData($"{Childcare}.passFacts", """["care","care"]""", $"{Childcare}.passFacts[1]", "code-twice")]
    [InlineData($"{Childcare}.returnFacts", """["care"]""", $"{Childcare}.returnFacts", "return-facts-masked")]
    [InlineData($"{After}.branches", "[]", $"{After}.branches", "children-too-few")]
    [InlineData($"{After}.branches[0].when.in", """["placed"]""", $"{After}.branches[0].when.in[0]", "outcome-masked")]
    [InlineData($"{After}.branches[0].when.in", """["helped"]""", $"{After}.branches[0].when.in[0]", "outcome-impossible")]
    [InlineData($"{After}.branches[0].when.in", "[]", $"{After}.branches[0].when.in", "condition-empty")]
    [InlineData($"{After}.branches[0].when.in", """["skipped","skipped"]""", $"{After}.branches[0].when.in[1]", "code-twice")]
    [InlineData($"{After}.branches[0].when.step", "\"nobody\"", $"{After}.branches[0].when.step", "step-unknown")]
    [InlineData($"{After}.branches[0].when.step", "\"main\"", $"{After}.branches[0].when.step", "step-unknown")]
    [InlineData($"{After}.branches[0].when.step", "\"course\"", $"{After}.branches[0].when.step", "step-not-before")]
    [InlineData($"{After}.branches[0].when.step", "\"debt\"", $"{After}.branches[0].when.step", "step-not-before")]
    [InlineData($"{After}.branches[1].when.name", "\"age\"", $"{After}.branches[1].when.name", "fact-undeclared")]
    [InlineData($"{After}.branches[1].when.value", null, $"{After}.branches[1].when.value", "value-missing")]
    [InlineData($"{After}.branches[1].when.value", "13", $"{After}.branches[1].when.value", "value-not-allowed")]
    [InlineData($"{After}.branches[1].when.value", "true", $"{After}.branches[1].when.value", "value-not-allowed")]
    [InlineData($"{After}.branches[1].when.value", "12", $"{After}.branches[1].when", "condition-never")]
    [InlineData($"{After}.branches[1].when", """{ "kind": "fact", "name": "children", "is": "unknown" }""", $"{After}.branches[1].when", "condition-never")]
    [InlineData($"{After}.branches[1].when", """{ "kind": "fact", "name": "from", "is": "unknown", "value": "2026-09" }""", $"{After}.branches[1].when.value", "value-superfluous")]
    [InlineData($"{After}.branches[1].when", """{ "kind": "fact", "name": "care", "is": "less", "value": "none" }""", $"{After}.branches[1].when.is", "comparison-mismatch")]
    [InlineData($"{After}.branches[1].when", """{ "kind": "fact", "name": "care", "is": "equal", "value": "half" }""", $"{After}.branches[1].when.value", "value-not-allowed")]
    [InlineData($"{After}.branches[1].when", """{ "kind": "all", "of": [] }""", $"{After}.branches[1].when.of", "condition-empty")]
    [InlineData($"{After}.branches[1].when", """{ "kind": "outcome", "step": "childcare", "in": [ "took-place" ] }""", $"{After}.branches[1].when", "branch-unreachable")]
    [InlineData($"{After}.branches[1].when", """{ "kind": "any", "of": [ { "kind": "outcome", "step": "childcare", "in": [ "took-place" ] } ] }""", $"{After}.branches[1].when", "branch-unreachable")]
    [InlineData($"{After}.branches[1].then.maxRounds", "0", $"{After}.branches[1].then.maxRounds", "rounds-range")]
    [InlineData($"{After}.branches[1].then.maxRounds", "21", $"{After}.branches[1].then.maxRounds", "rounds-range")]
    [InlineData($"{After}.branches[1].then.until.step", "\"debt\"", $"{After}.branches[1].then.until.step", "step-not-before")]
    [InlineData($"{Both}.children[0].title", null, $"{Both}.children[0].title", "title-missing")]
    [InlineData($"{Both}.children[1].partners", """["school"]""", $"{Both}.children[1].offer", "offer-needs-two")]
    [InlineData("root", """{ "kind": "parallel", "id": "main", "children": [] }""", "root.children", "children-too-few")]
    [InlineData("colour", "1", "colour", "unknown-property")]
    [InlineData($"{Childcare}.Service", "\"x\"", $"{Childcare}.Service", "unknown-property")]
    [InlineData("version", null, "version", "missing-property")]
    [InlineData("version", "\"1\"", "version", "wrong-value")]
    [InlineData("title.de", null, "title.de", "missing-property")]
    [InlineData("description", "null", "description", "wrong-value")]
    [InlineData("root.kind", "\"loop\"", "root.kind", "unknown-kind")]
    [InlineData("root.kind", null, "root.kind", "missing-property")]
    [InlineData($"{Childcare}.offer", "\"In-Order\"", $"{Childcare}.offer", "wrong-value")]
    [InlineData($"{Childcare}.partners[0]", "null", $"{Childcare}.partners[0]", "wrong-value")]
    [InlineData($"{After}.branches[1].when.value", "1.5", $"{After}.branches[1].when.value", "wrong-value")]
    public void A_fault_is_found_in_its_place(string place, string? value, string path, string code)
    {
        var faults = ChainJson.Read(ChainSample.With(place, value)).Faults;
        Assert.Contains(faults, f => f.Path == path && f.Code == code);
        Assert.All(faults, f => Assert.False(string.IsNullOrWhiteSpace(f.Message.De) || string.IsNullOrWhiteSpace(f.Message.En)));
    }

    [Fact]
    public void A_choice_that_covers_everything_has_no_otherwise()
    {
        var when = """{ "kind": "fact", "name": "care", "is": "unknown" }""";
        var step = """{ "kind": "step", "id": "ID", "title": { "de": "x" }, "service": "x", "partners": ["x"], "acknowledgeWithin": 1, "outcomes": ["helped"] }""";
        var choice = $$"""
            { "kind": "choice", "id": "c", "branches": [
              { "when": {{when}}, "then": {{step.Replace("ID", "a", StringComparison.Ordinal)}} },
              { "when": { "kind": "not", "of": {{when}} }, "then": {{step.Replace("ID", "b", StringComparison.Ordinal)}} } ],
              "otherwise": {{step.Replace("ID", "d", StringComparison.Ordinal)}} }
            """;
        var fault = Assert.Single(ChainJson.Read(ChainSample.With("root", choice)).Faults);
        Assert.Equal(("root.otherwise", "branch-unreachable"), (fault.Path, fault.Code));
    }

    [Fact]
    public void What_runs_at_the_same_time_cannot_be_asked_for()
    {
        var step = """{ "kind": "step", "id": "ID", "title": { "de": "x" }, "service": "x", "partners": ["x"], "acknowledgeWithin": 1, "outcomes": ["helped"] }""";
        var parallel = $$"""
            { "kind": "parallel", "id": "p", "children": [ {{step.Replace("ID", "a", StringComparison.Ordinal)}},
              { "kind": "repeat", "id": "r", "maxRounds": 2, "until": { "kind": "outcome", "step": "a", "in": ["took-place"] },
                "child": {{step.Replace("ID", "b", StringComparison.Ordinal)}} } ] }
            """;
        var fault = Assert.Single(ChainJson.Read(ChainSample.With("root", parallel)).Faults);
        Assert.Equal(("root.children[1].until.step", "step-at-same-time"), (fault.Path, fault.Code));
    }

    [Fact]
    public void All_faults_come_at_once_in_the_words_of_the_drawing()
    {
        var json = JsonNode.Parse(ChainSample.With($"{Childcare}.partners", "[]"))!;
        json["root"]!["children"]![0]!["acknowledgeWithin"] = 99;
        json["federalState"] = "?";
        var faults = ChainJson.Read(json.ToJsonString()).Faults;
        Assert.Equal(["federal-state-unknown", "partners-empty", "time-range"], faults.Select(f => f.Code));
        Assert.Equal("Schritt „Kinderbetreuung“: Es ist kein Partner genannt.", faults[1].Message.De);
        Assert.Equal("Step “Childcare”: no partner is named.", faults[1].Message.En);
    }

    [Theory]
    [InlineData("", "not-json")]
    [InlineData("{", "not-json")]
    [InlineData("null", "wrong-value")]
    [InlineData("[]", "wrong-value")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}", "property-twice")]
    public void Text_that_is_no_chain_is_a_fault(string json, string code) => Assert.Contains(ChainJson.Read(json).Faults, f => f.Code == code);

    [Fact]
    public void A_byte_order_mark_does_not_matter() =>
        Assert.Empty(ChainJson.Read((byte[])[.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.GetBytes(ChainSample.Valid)]).Faults);

    [Fact]
    public void Deep_and_large_chains_are_refused()
    {
        var deep = ChainJson.Read(ChainSample.Valid).Chain!.Steps().First() as ChainNode;
        for (var i = 0; i < 500; i++)
        {
            deep = new ChainNode.Optional { Id = new NodeId($"n{i}"), Title = new LocalText("x"), Child = deep };
            if (i == 30)
            {
                Assert.Equal(["too-deep"], Codes(deep));
            }
        }

        Assert.Equal(["nodes-too-many"], Codes(deep));
        Assert.Equal("not-json", Assert.Single(ChainJson.Read(new string('[', 100_000)).Faults).Code);
        Assert.Equal("too-large", Assert.Single(ChainJson.Read(new string(' ', 2_000_000)).Faults).Code);
    }

    // The hash is what partners have agreed to: it must be the same in every release.
    [Fact]
    public void The_content_hash_never_changes()
    {
        var chain = ChainJson.Read(ChainSample.Valid).Chain!;
        Assert.Equal("ad5fd936ccba6f4e30cdbe537b3eb10deb54a42ddaf8249429fab85c39e81fd8", ChainJson.ContentHash(chain));
        Assert.NotEqual(ChainJson.ContentHash(chain), ChainJson.ContentHash(chain with { Version = 2 }));
    }

    private static IEnumerable<string> Codes(ChainNode root) => ChainValidation.Check(ChainJson.Read(ChainSample.Valid).Chain! with { Root = root }).Select(f => f.Code);
}
