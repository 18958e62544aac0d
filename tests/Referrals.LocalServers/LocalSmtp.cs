using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Referrals.LocalServers;

/// <summary>A message that the server took.</summary>
/// <param name="To">The addresses it was sent to.</param>
/// <param name="User">Who had signed in, or null.</param>
/// <param name="Raw">The message as it came.</param>
public sealed record TakenMail(IReadOnlyList<string> To, string? User, byte[] Raw);

/// <summary>A real mail server (npm's <c>smtp-server</c>) on a free port of this machine, for one test. Needs Node.js.</summary>
public sealed class LocalSmtp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly SemaphoreSlim Fetching = new(1);

    private readonly Process _process;
    private readonly ConcurrentQueue<TakenMail> _taken = new();

    private Task _reading = Task.CompletedTask;

    private LocalSmtp(Process process, int port) => (_process, Port) = (process, port);

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>What it took so far.</summary>
    public IReadOnlyList<TakenMail> Taken => [.. _taken];

    /// <summary>Starts one.</summary>
    /// <exception cref="LocalServerException">It can't be started, such as when Node.js is not installed.</exception>
    public static async Task<LocalSmtp> StartAsync(CancellationToken ct)
    {
        var folder = Repository.Path("tests", "Referrals.LocalServers", "Smtp");
        await FetchAsync(folder, ct);
        var process = Start(folder, "node", "server.mjs");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        var first = await process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new LocalServerException($"the mail server didn't start: {await process.StandardError.ReadToEndAsync(patience.Token)}");
        var server = new LocalSmtp(process, JsonDocument.Parse(first).RootElement.GetProperty("port").GetInt32());
        server._reading = server.ReadAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            var mail = JsonDocument.Parse(line).RootElement;
            _taken.Enqueue(new TakenMail(
                [.. mail.GetProperty("to").EnumerateArray().Select(a => a.GetString()!)], mail.GetProperty("user").GetString(), mail.GetProperty("raw").GetBytesFromBase64()));
        }
    }

    // Once per machine; like the pages' packages, from the registry that npm is set up with.
    private static async Task FetchAsync(string folder, CancellationToken ct)
    {
        await Fetching.WaitAsync(ct);
        try
        {
            if (Directory.Exists(Path.Combine(folder, "node_modules", "smtp-server")))
            {
                return;
            }

            using var npm = Start(folder, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
            var error = npm.StandardError.ReadToEndAsync(ct);
            await npm.WaitForExitAsync(ct).WaitAsync(Patience, ct);
            if (npm.ExitCode != 0)
            {
                throw new LocalServerException($"npm could not fetch the mail server: {(await error).Trim()}");
            }
        }
        finally
        {
            Fetching.Release();
        }
    }

    private static Process Start(string folder, string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }) ?? throw new LocalServerException($"can't run {program}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new LocalServerException($"can't run {program}: {e.Message}");
        }
    }
}
