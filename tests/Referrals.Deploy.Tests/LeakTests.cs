using System.Diagnostics;
using Referrals.LocalServers;

namespace Referrals.Deploy.Tests;

public sealed class LeakTests
{
    [Fact]
    public async Task A_server_stops_when_the_process_that_it_was_started_for_is_gone()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = new LocalPostgres();
        using var owner = Process.Start("sleep", "600");
        string[] arguments = ["start", server.Folder, "--with-pid", $"{owner.Id}"];
        var script = new ProcessStartInfo(Repository.Path("deploy", "local", "postgres"), arguments) { RedirectStandardOutput = true };
        using (var start = Process.Start(script))
        {
            Assert.Contains("connection=", await start!.StandardOutput.ReadToEndAsync(ct), StringComparison.Ordinal);
            await start.WaitForExitAsync(ct);
            Assert.Equal(0, start.ExitCode);
        }

        Assert.True(await server.IsRunningAsync(ct));
        owner.Kill();

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (await server.IsRunningAsync(patience.Token))
        {
            await Task.Delay(100, patience.Token);
        }
    }
}
