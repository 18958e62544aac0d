using System.Globalization;
using Npgsql;
using Xunit;

namespace Referrals.LocalServers;

/// <summary>
/// A private PostgreSQL in a temporary folder, on a free loopback port, with fsync on; stopped and removed at the end, and stopped
/// also when this process dies. As an assembly fixture it starts by itself:
/// <c>[assembly: AssemblyFixture(typeof(LocalPostgres))]</c>.
/// </summary>
public sealed class LocalPostgres : IAsyncLifetime
{
    private readonly ServerScript _script;
    private readonly bool _kept;
    private IReadOnlyDictionary<string, string> _told = new Dictionary<string, string>();

    /// <summary>A server that does not run yet.</summary>
    public LocalPostgres()
        : this(ServerFolder.Create("referrals-postgres-"), kept: false)
    {
    }

    private LocalPostgres(string folder, bool kept) => (Folder, _script, _kept) = (folder, new ServerScript("postgres", folder), kept);

    /// <summary>A server in a folder that stays when it stops, with all databases; made if it isn't there.</summary>
    public static LocalPostgres In(string folder) => new(Directory.CreateDirectory(folder).FullName, kept: true);

    /// <summary>Everything of the server lies below this folder.</summary>
    public string Folder { get; }

    /// <summary>Connects as superuser to the empty database <c>referrals</c>. Stays the same over restarts.</summary>
    /// <exception cref="InvalidOperationException">The server was never started.</exception>
    public string ConnectionString => Told("connection");

    /// <summary>The process id of the server.</summary>
    public int Pid => int.Parse(Told("pid"), CultureInfo.InvariantCulture);

    /// <summary>Starts it; does nothing when it runs.</summary>
    /// <exception cref="LocalServerException">It can't be started, such as when PostgreSQL is not installed.</exception>
    public async Task StartAsync(CancellationToken ct = default)
    {
        int? port = _told.ContainsKey("connection") ? new NpgsqlConnectionStringBuilder(ConnectionString).Port : null;
        _told = await _script.StartAsync(port, ct);
    }

    /// <summary>Stops it, cutting open connections off.</summary>
    public Task StopAsync(CancellationToken ct = default) => _script.StopAsync(ct);

    /// <summary>Stops it and starts it on the same port.</summary>
    public async Task RestartAsync(CancellationToken ct = default)
    {
        await StopAsync(ct);
        await StartAsync(ct);
    }

    /// <summary>Kills it (<c>kill -9</c>), as a crash would; <see cref="StartAsync"/> recovers it.</summary>
    public Task KillAsync(CancellationToken ct = default) => _script.KillAsync(Pid, ct);

    /// <summary>Whether it runs.</summary>
    public Task<bool> IsRunningAsync(CancellationToken ct = default) => _script.IsRunningAsync(ct);

    /// <summary>The connection string to a database of this name, as superuser.</summary>
    public string ConnectionTo(string database) => new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    /// <summary>Makes an empty database and gives the connection string to it, as superuser.</summary>
    public async Task<string> CreateDatabaseAsync(string name, CancellationToken ct = default)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"create database \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        await command.ExecuteNonQueryAsync(ct);
        return ConnectionTo(name);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>Stops it and removes its folder, unless it is one that stays.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (!_kept)
        {
            ServerFolder.Remove(Folder);
        }
    }

    private string Told(string key) =>
        _told.TryGetValue(key, out var value) ? value : throw new InvalidOperationException("PostgreSQL was not started");
}
