using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands;

/// <summary>Networks from files into a database of their own.</summary>
public sealed class NetworkLoadTests(LocalPostgres postgres)
{
    [Fact]
    public async Task Loading_the_network_a_second_time_records_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        var settings = new Dictionary<string, string?> { ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text, ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync("load_twice", ct) };
        var folder = Repository.Path("deploy", "demo");

        var first = await CommandRun.Of(settings, "network", "load", folder, "--demo-secret", "demo");
        var second = await CommandRun.Of(settings, "network", "load", folder, "--demo-secret", "demo");

        Assert.Equal(0, first.Status);
        Assert.Equal(0, second.Status);
        Assert.Matches(@"organisations\s+│ 30 ", first.Text);
        Assert.Matches(@"events recorded now\s+│ [1-9]", first.Text);
        Assert.Matches(@"events recorded now\s+│ 0 ", second.Text);
        Assert.Matches(@"clients\s+│ 31 ", second.Text);
    }

    [Fact]
    public async Task With_a_faulty_file_nothing_is_loaded_and_every_fault_is_a_line()
    {
        var ct = TestContext.Current.CancellationToken;
        var settings = new Dictionary<string, string?> { ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text, ["ConnectionStrings:Owner"] = await postgres.CreateDatabaseAsync("load_faulty", ct) };
        var folder = Directory.CreateTempSubdirectory("referrals-network-");
        folder.CreateSubdirectory("chains");
        File.Copy(Repository.Path("deploy", "demo", "organisations.json"), Path.Combine(folder.FullName, "organisations.json"));
        var chain = await File.ReadAllTextAsync(Repository.Path("deploy", "demo", "chains", "arbeit-mit-kind.json"), ct);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "chains", "broken.json"), chain.Replace("\"federalState\": \"BB\"", "\"federalState\": \"XX\"", StringComparison.Ordinal), ct);

        var (status, text) = await CommandRun.Of(settings, "network", "load", folder.FullName, "--lang", "en");
        var clients = await CommandRun.Of(settings, "client", "list");
        folder.Delete(recursive: true);

        Assert.Equal(1, status);
        Assert.Contains("broken.json: federalState: ", text, StringComparison.Ordinal);
        Assert.NotEqual(0, clients.Status);
    }
}
