using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands;

public sealed class ChainCheckTests
{
    private static readonly string Valid = Repository.Path("deploy", "demo", "chains", "arbeit-mit-kind.json");

    [Fact]
    public async Task A_valid_chain_is_named_with_its_hash()
    {
        var (status, text) = await CommandRun.Of("chain", "check", "--lang", "en", Valid);

        Assert.Equal(0, status);
        Assert.Matches(@"version 1: \d+ steps, \d+ partners, [0-9a-f]{64}", text);
        Assert.Single(text.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Every_fault_is_a_line_with_its_path_in_the_language_asked_for()
    {
        var file = Path.GetTempFileName();
        var broken = (await File.ReadAllTextAsync(Valid, TestContext.Current.CancellationToken))
            .Replace("\"federalState\": \"BB\"", "\"federalState\": \"XX\"", StringComparison.Ordinal)
            .Replace("\"version\": 1", "\"version\": 0", StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, broken, TestContext.Current.CancellationToken);

        var (status, german) = await CommandRun.Of("chain", "check", "--lang", "de", file);
        var (_, english) = await CommandRun.Of("chain", "check", "--lang", "en", file);
        File.Delete(file);

        Assert.Equal(1, status);
        Assert.Equal(["version", "federalState"], german.TrimEnd().Split('\n').Select(l => l.Split(": ")[0]));
        Assert.Contains("Die Nummer der Fassung beginnt bei 1.", german, StringComparison.Ordinal);
        Assert.Contains("version: The number of the version starts at 1.", english, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_faulty_file_among_several_is_named_and_ends_with_1()
    {
        var (status, text) = await CommandRun.Of("chain", "check", "--lang", "en", Valid, "/nowhere/chain.json");

        Assert.Equal(1, status);
        Assert.Contains("/nowhere/chain.json: There is no such file.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_it_is_a_wrong_call()
    {
        var (status, _) = await CommandRun.Of("chain", "check");

        Assert.Equal(1, status);
    }
}
