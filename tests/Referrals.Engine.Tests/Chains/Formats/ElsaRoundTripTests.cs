using System.Text;
using System.Text.Json.Nodes;
using FsCheck.Xunit;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Elsa;

namespace Referrals.Engine.Tests.Chains.Formats;

public sealed class ElsaRoundTripTests
{
    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 500)]
    public void Elsa_loses_nothing(ChainVersion chain)
    {
        var import = ElsaReader.Read(ElsaWriter.Write(chain));

        Assert.Empty(import.Faults);
        Assert.Equal(ChainJson.ContentHash(chain), ChainJson.ContentHash(import.Chain!));
    }

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void A_stock_server_would_find_everything_that_is_named(ChainVersion chain) =>
        Assert.Empty(ElsaRules.Check(JsonNode.Parse(ElsaWriter.Write(chain))!.AsObject()));

    [Property(Arbitrary = [typeof(ChainGen)], MaxTest = 300)]
    public void Without_the_chain_in_it_the_shape_stays(ChainVersion chain)
    {
        var definition = JsonNode.Parse(ElsaWriter.Write(chain))!;
        definition["customProperties"]!.AsObject().Clear();

        var import = ElsaReader.Read(Encoding.UTF8.GetBytes(definition.ToJsonString()));

        Assert.NotNull(import.Chain);
        Assert.Equal(WithoutRounds(Shapes.Of(chain.Root)), WithoutRounds(Shapes.Of(import.Chain.Root)));
    }

    [Theory]
    [InlineData("root.connections[0].source.port", "Nope")]
    [InlineData("root.connections[0].target.activity", "nobody")]
    [InlineData("root.activities[1].type", "Elsa.Nothing")]
    [InlineData("variables[0].storageDriverTypeName", null)]
    [InlineData("root.activities[1].taskName.typeName", null)]
    [InlineData("toolVersion", "three")]
    public void The_rules_find_what_elsa_would_pass_over(string place, string? value)
    {
        var definition = JsonNode.Parse(ElsaWriter.Write(ChainJson.Read(ChainSample.Valid).Chain!))!.AsObject();
        var keys = place.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        var parent = keys[..^1].Aggregate((JsonNode)definition, (node, key) => key[0] == '[' ? node[int.Parse(key[1..^1], null)]! : node[key]!);
        parent[keys[^1]] = value;

        Assert.NotEmpty(ElsaRules.Check(definition));
    }

    private static string WithoutRounds(string shape) => System.Text.RegularExpressions.Regex.Replace(shape, @"repeat\d+", "repeat");
}
