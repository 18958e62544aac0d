using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands;

public sealed class ChainDiffTests
{
    private static readonly string Valid = Repository.Path("deploy", "demo", "chains", "arbeit-mit-kind.json");

    [Fact]
    public async Task Equal_files_end_with_0()
    {
        var (status, text) = await CommandRun.Of("chain", "diff", Valid, Valid);
        Assert.Equal((0, ""), (status, text));
    }

    [Fact]
    public async Task Differences_are_told_line_by_line_and_end_with_1()
    {
        var file = Path.GetTempFileName();
        try
        {
            var json = await File.ReadAllTextAsync(Valid, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(file, json.Replace("\"federalState\": \"BB\"", "\"federalState\": \"BE\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
            var (status, german) = await CommandRun.Of("chain", "diff", "--lang", "de", Valid, file);
            Assert.Equal((1, ". federal-state: Bundesland, dessen Feiertage zählen: bisher BB, jetzt BE."), (status, german.Trim()));
            var (other, english) = await CommandRun.Of("chain", "diff", "--lang", "en", "--partner", "nobody", Valid, file);
            Assert.Equal((0, ""), (other, english));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task What_is_no_chain_ends_with_2()
    {
        var (status, text) = await CommandRun.Of("chain", "diff", "--lang", "en", Valid, "/nowhere/chain.json");
        Assert.Equal((2, "/nowhere/chain.json: There is no such file."), (status, text.Trim()));
        Assert.Equal(2, (await CommandRun.Of("chain", "diff", Repository.Path("README.md"), Valid)).Status);
    }
}
