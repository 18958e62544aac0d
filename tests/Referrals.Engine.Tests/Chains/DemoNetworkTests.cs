using System.Text.Json;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Tests.Chains;

public sealed class DemoNetworkTests
{
    private static readonly JsonElement Network = JsonDocument.Parse(File.ReadAllText(Repository.File("deploy/demo/organisations.json"))).RootElement;

    public static TheoryData<string> Chains { get; } = [.. Directory.GetFiles(Repository.File("deploy/demo/chains"), "*.json").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Chains))]
    public void A_demo_chain_is_valid_and_names_organisations_of_the_network_that_render_the_service(string file)
    {
        var reading = ChainJson.Read(File.ReadAllText(Repository.File($"deploy/demo/chains/{file}")));
        Assert.Empty(reading.Faults);
        var chain = reading.Chain!;
        Assert.Equal(file, $"{chain.Id}.json");
        Assert.Contains(Organisations(), o => Text(o, "id") == chain.Coordinator.Value && o.TryGetProperty("coordinates", out _));
        Assert.All(chain.Steps(), step => Assert.All(step.Partners, partner => Assert.Contains(step.Service, ServicesOf(partner))));
        Assert.All(chain.Nodes().Select(n => n.Title).Append(chain.Title).Append(chain.Description), title => Assert.True(title is null or { En: not null }));
    }

    [Fact]
    public void The_demo_chains_use_the_whole_language()
    {
        var all = string.Concat(Chains.Select(row => File.ReadAllText(Repository.File($"deploy/demo/chains/{row.Data}"))));
        // What a chain leaves out is its default: written out here as the reader understands it.
        all += string.Concat(Chains.Select(row => ChainJson.Write(ChainJson.Read(File.ReadAllText(Repository.File($"deploy/demo/chains/{row.Data}"))).Chain!)));
        Assert.All(LanguageWords.All, word => Assert.Contains($"\"{word}\"", all, StringComparison.Ordinal));
        Assert.True(Chains.Count >= 4);
    }

    [Fact]
    public void The_demo_network_has_thirty_organisations_and_a_coordinator_per_policy_field()
    {
        var organisations = Organisations().ToList();
        Assert.Equal(30, organisations.Select(o => Text(o, "id")).Distinct().Count());
        Assert.All(organisations, o => Assert.True(Codes.IsCode(Text(o, "id"))));
        var fields = Network.GetProperty("policyFields").EnumerateArray().ToList();
        Assert.Equal(4, fields.Count);
        Assert.All(fields, field => Assert.Equal(
            Text(field, "code"), Text(organisations.Single(o => Text(o, "id") == Text(field, "coordinator")), "coordinates")));
    }

    [Fact]
    public void Every_organisation_of_the_demo_network_is_described()
    {
        string[] roles = ["caseworker", "partner", "coordinator", "steering", "admin"];
        var services = Network.GetProperty("services").EnumerateArray().Select(s => Text(s, "code")).ToHashSet();
        var fields = Network.GetProperty("policyFields").EnumerateArray().Select(s => Text(s, "code")).ToHashSet();
        Assert.All(Organisations(), o =>
        {
            Assert.All(o.GetProperty("roles").EnumerateArray(), r => Assert.Contains(r.GetString(), roles));
            Assert.All(o.GetProperty("policyFields").EnumerateArray(), f => Assert.Contains(f.GetString()!, fields));
            Assert.All(o.GetProperty("services").EnumerateArray(), s =>
            {
                Assert.Contains(Text(s, "code"), services);
                Assert.True(s.GetProperty("capacity").GetProperty("places").GetInt32() > 0);
            });
            Assert.All(["responsibility", "potential", "activity"], facet => Assert.NotEmpty(Text(o.GetProperty("analysis").GetProperty(facet), "de")));
        });
    }

    private static JsonElement.ArrayEnumerator Organisations() => Network.GetProperty("organisations").EnumerateArray();

    private static IEnumerable<string> ServicesOf(OrganisationId id) =>
        Organisations().Single(o => Text(o, "id") == id.Value).GetProperty("services").EnumerateArray().Select(s => Text(s, "code"));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
