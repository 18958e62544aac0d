using System.Globalization;
using System.Net;
using Referrals.LocalServers;

namespace Referrals.Deploy.Tests;

/// <summary>One walk over the life of a node, since each start takes seconds.</summary>
public sealed class RabbitScriptTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_starts_on_loopback_recovers_from_a_kill_and_stops()
    {
        await using var rabbit = new LocalRabbit();
        await rabbit.StartAsync(Ct);
        var (uri, pid) = (rabbit.Uri, rabbit.Pid);
        AssertLoopbackOnly(rabbit);

        await rabbit.StartAsync(Ct);
        Assert.Equal((uri, pid), (rabbit.Uri, rabbit.Pid));

        await rabbit.KillAsync(Ct);
        Assert.False(await rabbit.IsRunningAsync(Ct));
        await rabbit.StartAsync(Ct);
        Assert.Equal(uri, rabbit.Uri);
        Assert.NotEqual(pid, rabbit.Pid);
        AssertLoopbackOnly(rabbit);

        var epmd = EpmdOf(rabbit);
        await rabbit.StopAsync(Ct);
        Assert.False(await rabbit.IsRunningAsync(Ct));
        Assert.DoesNotContain(Sockets.All(), at => at.Port == uri.Port);
        Assert.False(File.Exists($"/proc/{epmd}/exe") && File.ReadAllText($"/proc/{epmd}/cmdline").Contains("epmd", StringComparison.Ordinal));
    }

    private static void AssertLoopbackOnly(LocalRabbit rabbit)
    {
        var listening = Sockets.Of(rabbit.Pid);
        Assert.Contains(listening, at => at.Port == rabbit.Uri.Port);
        Assert.All([.. listening, .. Sockets.Of(EpmdOf(rabbit))], at => Assert.True(IPAddress.IsLoopback(at.Address), $"{at}"));
    }

    private static int EpmdOf(LocalRabbit rabbit) =>
        int.Parse(File.ReadAllText(Path.Combine(rabbit.Folder, "epmd.pid")), CultureInfo.InvariantCulture);
}
