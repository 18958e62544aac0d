using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace Referrals.Deploy.Tests;

/// <summary>What listens on this machine.</summary>
internal static class Sockets
{
    /// <summary>The addresses that a process listens on, as Linux tells in <c>/proc</c>.</summary>
    public static IReadOnlyList<IPEndPoint> Of(int pid)
    {
        var inodes = Directory.EnumerateFiles($"/proc/{pid}/fd")
            .Select(Target)
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])
            .ToHashSet();
        return [.. Listening("/proc/net/tcp", inodes), .. Listening("/proc/net/tcp6", inodes)];
    }

    /// <summary>Everything that listens, whoever owns it.</summary>
    public static IReadOnlyList<IPEndPoint> All() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

    // A process may close a file while its files are listed; such a one is no listener.
    private static string Target(string fd)
    {
        try
        {
            return File.ResolveLinkTarget(fd, returnFinalTarget: false)?.Name ?? "";
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    private static IEnumerable<IPEndPoint> Listening(string table, HashSet<string> inodes) =>
        from line in File.ReadLines(table).Skip(1)
        let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where fields[3] == "0A" && inodes.Contains(fields[9])
        select Parse(fields[1]);

    // Each group of eight hex digits is a 32-bit word in the order of the machine.
    private static IPEndPoint Parse(string hex)
    {
        var (address, port) = (hex.Split(':')[0], hex.Split(':')[1]);
        var bytes = Enumerable.Range(0, address.Length / 8)
            .SelectMany(word => BitConverter.GetBytes(uint.Parse(address.AsSpan(word * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            .ToArray();
        return new IPEndPoint(new IPAddress(bytes), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
