using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Referrals.LocalServers;

namespace Referrals.Workers.Tests.Commands;

/// <summary>The single-process host as a process of its own, with the demo network, on a free port.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);

    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _said = new();
    private readonly string _data;
    private Process? _process;

    private ProductProcess(string connection, string? broker)
    {
        _data = Directory.CreateTempSubdirectory("referrals-product-").FullName;
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["Referrals__MasterKeys__Text"] = TestMasterKeys.Text,
            ["ConnectionStrings__Owner"] = connection,
            ["Referrals__Broker"] = broker ?? "",
            ["Referrals__Demo"] = "true",
            ["Referrals__Data"] = _data,
            ["Referrals__DemoFolder"] = Repository.Path("deploy", "demo"),
        };
    }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<ProductProcess> StartAsync(string connection, string? broker, CancellationToken ct)
    {
        var product = new ProductProcess(connection, broker);
        await product.StartAsync(ct);
        return product;
    }

    public async Task StartAsync(CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Repository.Path("deploy", "local", "Referrals.Local", "bin", "Debug", "net10.0", "Referrals.Local.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += Heard;
        _process.ErrorDataReceived += Heard;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await ReadyAsync(ct);
    }

    /// <summary>Kills it, as a crash would.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        _process!.Kill();
        await _process.WaitForExitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task ReadyAsync(CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        var began = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(http, ct))
        {
            Assert.False(_process!.HasExited, $"the product ended: {Said()}");
            Assert.True(Stopwatch.GetElapsedTime(began) < ReadyWithin, $"the product is not ready: {Said()}");
            await Task.Delay(100, ct);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken ct)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready", ct);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private void Heard(object sender, DataReceivedEventArgs line)
    {
        lock (_said)
        {
            _said.AppendLine(line.Data);
        }
    }

    private string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
