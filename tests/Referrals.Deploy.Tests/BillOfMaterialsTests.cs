using System.Diagnostics;
using System.Text.Json;
using Referrals.LocalServers;

namespace Referrals.Deploy.Tests;

public sealed class BillOfMaterialsTests
{
    [Theory]
    [InlineData("Referrals.Engine")]
    [InlineData("Referrals.Api")]
    [InlineData("Referrals.Workers")]
    public async Task Every_package_of_a_lock_file_is_in_it_with_version_and_hash(string project)
    {
        var bill = await BillAsync();
        Assert.Equal("CycloneDX", bill.GetProperty("bomFormat").GetString());
        var components = bill.GetProperty("components").EnumerateArray().ToDictionary(c => c.GetProperty("purl").GetString()!);
        using var locked = JsonDocument.Parse(File.ReadAllText(Repository.Path("src", project, "packages.lock.json")));
        var packages = locked.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(f => f.Value.EnumerateObject())
            .Where(p => p.Value.GetProperty("type").GetString() != "Project").ToList();
        Assert.NotEmpty(packages);
        foreach (var package in packages)
        {
            var component = components[$"pkg:nuget/{package.Name}@{package.Value.GetProperty("resolved").GetString()}"];
            var hash = Assert.Single(component.GetProperty("hashes").EnumerateArray());
            Assert.Equal(package.Value.GetProperty("contentHash").GetString(), Convert.ToBase64String(Convert.FromHexString(hash.GetProperty("content").GetString()!)));
        }
    }

    [Fact]
    public async Task What_builds_the_pages_is_in_it_and_marked_as_not_delivered()
    {
        var components = (await BillAsync()).GetProperty("components").EnumerateArray().Where(c => c.GetProperty("purl").GetString()!.StartsWith("pkg:npm/", StringComparison.Ordinal)).ToList();
        Assert.Contains(components, c => c.GetProperty("name").GetString() == "esbuild");
        Assert.All(components, c => Assert.Equal("excluded", c.GetProperty("scope").GetString()));
    }

    private static async Task<JsonElement> BillAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        using var node = Process.Start(new ProcessStartInfo("node", [Repository.Path("deploy", "sbom.mjs")]) { RedirectStandardOutput = true })!;
        var text = await node.StandardOutput.ReadToEndAsync(ct);
        await node.WaitForExitAsync(ct);
        Assert.Equal(0, node.ExitCode);
        using var bill = JsonDocument.Parse(text);
        return bill.RootElement.Clone();
    }
}
