using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Referrals.Workers.Tests;

/// <summary>The workers' own process, as it is built.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    private readonly Process _process;
    private readonly Uri _address;

    private WorkerProcess(Process process, Uri address) => (_process, _address) = (process, address);

    public static WorkerProcess Start(TestNetwork network, Uri? broker, params IReadOnlyList<string> more)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Referrals.Workers.dll"));
        foreach (var argument in network.Settings(broker, [.. more, "--urls", address.ToString()]))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;

        // Read, so that a full pipe doesn't stop it.
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new WorkerProcess(process, address);
    }

    public async Task<bool> IsReadyAsync(CancellationToken ct) => await HealthAsync(ct) is { } health && Text(health, "status") == "Healthy";

    public async Task<bool> LeadsAsync(CancellationToken ct) =>
        await HealthAsync(ct) is { } health
        && health.GetProperty("checks").GetProperty("relay").GetProperty("data").TryGetProperty("leads", out var leads) && leads.GetBoolean();

    /// <summary>Holds the process where it is, so that what is seen now is what a kill finds.</summary>
    public Task FreezeAsync(CancellationToken ct) => SignalAsync("-STOP", ct);

    /// <summary>Lets a frozen process go on.</summary>
    public Task ThawAsync(CancellationToken ct) => SignalAsync("-CONT", ct);

    /// <summary>kill -9, of a frozen process too.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        _process.Kill();
        await _process.WaitForExitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string signal, CancellationToken ct)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
        Assert.Equal(0, kill.ExitCode);
    }

    private async Task<JsonElement?> HealthAsync(CancellationToken ct)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(_address, "health/ready"), ct);
            return await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
