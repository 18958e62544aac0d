using Referrals.LocalServers;

namespace Referrals.Deploy.Tests;

/// <summary>Logs of the hosts are lines of JSON with the time in UTC, so that machines read them and no text in one looks like a line of its own.</summary>
public sealed class LogSettingsTests
{
    [Theory]
    [InlineData("systemd/referrals-api.service", "=")]
    [InlineData("systemd/referrals-workers.service", "=")]
    [InlineData("compose.yaml", ": ")]
    public void The_examples_ask_for_json_and_utc(string file, string sign)
    {
        var text = File.ReadAllText(Repository.Path("deploy", file)).Replace("\"", "", StringComparison.Ordinal);
        foreach (var (name, value) in ((string, string)[])[("FormatterName", "json"), ("FormatterOptions__UseUtcTimestamp", "true"), ("FormatterOptions__TimestampFormat", "O")])
        {
            Assert.Contains($"Logging__Console__{name}{sign}{value}\n", text, StringComparison.Ordinal);
        }
    }
}
