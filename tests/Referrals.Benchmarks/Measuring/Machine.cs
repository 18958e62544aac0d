using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace Referrals.Benchmarks.Measuring;

/// <summary>What the figures depend on besides the program.</summary>
internal static class Machine
{
    private static readonly string[] Durable = ["fsync", "synchronous_commit", "full_page_writes"];
    private static readonly string[] Settings = ["server_version", .. Durable, "wal_sync_method", "shared_buffers"];

    /// <summary>Describes this machine and the server.</summary>
    /// <exception cref="InvalidOperationException">The server may lose what it has confirmed, so its figures mean nothing.</exception>
    public static async Task<IReadOnlyDictionary<string, string>> DescribeAsync(string connectionString, string folder, CancellationToken ct)
    {
        var told = new Dictionary<string, string>
        {
            ["processors"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            [".NET"] = Environment.Version.ToString(),
            ["build"] = Build,
            ["system"] = RuntimeInformation.OSDescription,
            ["load"] = Load(),
            ["file system"] = new DriveInfo(folder).DriveFormat,
        };
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        foreach (var setting in Settings)
        {
            await using var command = new NpgsqlCommand($"show {setting}", connection);
            told[setting] = (string)(await command.ExecuteScalarAsync(ct))!;
        }

        return Durable.All(setting => told[setting] == "on")
            ? told
            : throw new InvalidOperationException($"{string.Join(", ", Durable)} must be on");
    }

    /// <summary>What makes the figures worth little.</summary>
    public static IEnumerable<string> Doubts(IReadOnlyDictionary<string, string> machine, int rounds)
    {
        if (machine["build"] != "Release")
        {
            yield return "this is no Release build";
        }

        if (machine["file system"] is "tmpfs" or "ramfs")
        {
            yield return "the data lies in memory, so nothing is made durable";
        }

        if (double.TryParse(machine["load"], CultureInfo.InvariantCulture, out var load) && load > Environment.ProcessorCount * 0.5)
        {
            yield return $"the machine was busy before the start (load {machine["load"]})";
        }

        if (rounds < 5)
        {
            yield return $"only {rounds} rounds";
        }
    }

#if DEBUG
    private const string Build = "Debug";
#else
    private const string Build = "Release";
#endif

    /// <summary>The load of the last minute, as the system tells it.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
