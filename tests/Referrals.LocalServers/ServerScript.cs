using System.Diagnostics;

namespace Referrals.LocalServers;

/// <summary>Runs one of the scripts in <c>deploy/local</c> for a server in one folder.</summary>
internal sealed class ServerScript(string name, string folder)
{
    // The scripts bound their own waiting well below this.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Starts the server, bound to the life of this process. Gives what the script tells, by key.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StartAsync(int? port, CancellationToken ct)
    {
        List<string> arguments = ["--with-pid", $"{Environment.ProcessId}"];
        if (port is { } number)
        {
            arguments.AddRange(["--port", $"{number}"]);
        }

        var (status, output, error) = await RunAsync("start", arguments, ct);
        if (status != 0)
        {
            throw new LocalServerException($"{name} didn't start ({status}): {error.Trim()}");
        }

        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>Stops the server; fine when it doesn't run.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        var (status, _, error) = await RunAsync("stop", [], ct);
        if (status != 0)
        {
            throw new LocalServerException($"{name} didn't stop ({status}): {error.Trim()}");
        }
    }

    /// <summary>Whether the server runs.</summary>
    public async Task<bool> IsRunningAsync(CancellationToken ct) => (await RunAsync("status", [], ct)).Status == 0;

    /// <summary>Ends the server's process without any warning, and waits until it is gone.</summary>
    public async Task KillAsync(int pid, CancellationToken ct)
    {
        // Only if that process is still this server, which the script checks.
        if (!await IsRunningAsync(ct))
        {
            return;
        }

        using var process = Process.GetProcessById(pid);
        process.Kill();
        while (await IsRunningAsync(ct))
        {
            await Task.Delay(20, ct);
        }
    }

    private async Task<(int Status, string Output, string Error)> RunAsync(string action, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var start = new ProcessStartInfo(Repository.Path("deploy", "local", name), [action, folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start) ?? throw new LocalServerException($"can't run {start.FileName}");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new LocalServerException($"'{name} {action}' took longer than {Patience}");
        }
    }
}

/// <summary>A private server can't be started or stopped; the message says why.</summary>
public sealed class LocalServerException(string message) : Exception(message);
