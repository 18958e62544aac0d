using System.Globalization;
using Xunit;

namespace Referrals.LocalServers;

/// <summary>
/// A private RabbitMQ node in a temporary folder, on a free loopback port; quorum queues work. Stopped and removed at the end, and
/// stopped also when this process dies. Takes about ten seconds to start, so share one:
/// <c>[assembly: AssemblyFixture(typeof(LocalRabbit))]</c>.
/// </summary>
public sealed class LocalRabbit : IAsyncLifetime
{
    private readonly ServerScript _script;
    private IReadOnlyDictionary<string, string> _told = new Dictionary<string, string>();

    /// <summary>A node that does not run yet.</summary>
    public LocalRabbit()
    {
        Folder = ServerFolder.Create("referrals-rabbitmq-");
        _script = new ServerScript("rabbitmq", Folder);
    }

    /// <summary>Everything of the node lies below this folder.</summary>
    public string Folder { get; }

    /// <summary>Where to connect, sign-in included. Stays the same over restarts.</summary>
    /// <exception cref="InvalidOperationException">The node was never started.</exception>
    public Uri Uri => new(Told("uri"));

    /// <summary>The process id of the node.</summary>
    public int Pid => int.Parse(Told("pid"), CultureInfo.InvariantCulture);

    /// <summary>Starts it; does nothing when it runs.</summary>
    /// <exception cref="LocalServerException">It can't be started, such as when RabbitMQ is not installed.</exception>
    public async Task StartAsync(CancellationToken ct = default)
    {
        int? port = _told.ContainsKey("uri") ? Uri.Port : null;
        _told = await _script.StartAsync(port, ct);
    }

    /// <summary>Stops it. Durable queues and their messages stay.</summary>
    public Task StopAsync(CancellationToken ct = default) => _script.StopAsync(ct);

    /// <summary>Stops it and starts it on the same port.</summary>
    public async Task RestartAsync(CancellationToken ct = default)
    {
        await StopAsync(ct);
        await StartAsync(ct);
    }

    /// <summary>Kills it (<c>kill -9</c>), as a crash would; <see cref="StartAsync"/> recovers it.</summary>
    public Task KillAsync(CancellationToken ct = default) => _script.KillAsync(Pid, ct);

    /// <summary>Kills it and takes its disk away: <see cref="StartAsync"/> starts an empty one on the same port.</summary>
    public async Task LoseAsync(CancellationToken ct = default)
    {
        await KillAsync(ct);
        Directory.Delete(Path.Combine(Folder, "node", "mnesia"), recursive: true);
    }

    /// <summary>Whether it runs.</summary>
    public Task<bool> IsRunningAsync(CancellationToken ct = default) => _script.IsRunningAsync(ct);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Stops it and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        ServerFolder.Remove(Folder);
    }

    private string Told(string key) =>
        _told.TryGetValue(key, out var value) ? value : throw new InvalidOperationException("RabbitMQ was not started");
}
