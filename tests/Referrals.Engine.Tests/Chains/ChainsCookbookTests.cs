using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Referrals.Engine.Referrals.Trying;

namespace Referrals.Engine.Tests.Chains;

/// <summary>Every chain in docs/chains-cookbook.md is valid, names organisations of the demo network that offer the service, and its trial comes to the end.</summary>
public sealed partial class ChainsCookbookTests
{
    private static readonly string Document = File.ReadAllText(Repository.File("docs/chains-cookbook.md"));

    public static TheoryData<string, string, string> Recipes { get; } =
        new(Recipe().Matches(Document).Select(m => (m.Groups["title"].Value, m.Groups["chain"].Value, m.Groups["trial"].Value)));

    private static readonly Dictionary<string, string[]> Services = JsonDocument.Parse(File.ReadAllText(Repository.File("deploy/demo/organisations.json"))).RootElement.GetProperty("organisations").EnumerateArray()
        .ToDictionary(o => o.GetProperty("id").GetString()!, o => o.GetProperty("services").EnumerateArray().Select(s => s.GetProperty("code").GetString()!).ToArray());

    [Fact]
    public void There_are_ten() => Assert.Equal((10, 20), (Recipes.Count, Document.Split("```json").Length - 1));

    [Theory]
    [MemberData(nameof(Recipes))]
    public void A_recipe_works(string title, string json, string answers)
    {
        var reading = ChainJson.Read(json);
        Assert.True(reading.Faults.Count == 0, $"{title}: {string.Join("; ", reading.Faults)}");
        Assert.All(reading.Chain!.Steps(), step => Assert.All(step.Partners, p => Assert.Contains(step.Service, Services[p.Value])));

        var (script, fault) = TrialScript.Read(Encoding.UTF8.GetBytes(answers));
        Assert.Null(fault);
        var trial = Trial.Play(reading.Chain!, script!, new DateOnly(2026, 11, 23));
        Assert.Empty(trial.Faults);
        Assert.Equal(ClosingReason.Completed, trial.State!.Ended?.Reason);
    }

    [GeneratedRegex("## \\d+\\. (?<title>[^\n]+)\n.*?```json chain\n(?<chain>.*?)```\n\n```json trial\n(?<trial>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Recipe();
}
