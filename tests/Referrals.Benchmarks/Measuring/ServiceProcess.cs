using System.Diagnostics;
using System.Globalization;

namespace Referrals.Benchmarks.Measuring;

/// <summary>A program of the product in a process of its own, and how much memory it takes.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private ServiceProcess(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="program">The assembly to run.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Its settings, as environment variables.</param>
    public static ServiceProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var service = new ServiceProcess(new Process { StartInfo = start });
        service._process.OutputDataReceived += (_, line) => service.Keep(line.Data);
        service._process.ErrorDataReceived += (_, line) => service.Keep(line.Data);
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Waits for the line that holds this text, and gives it.</summary>
    /// <exception cref="InvalidOperationException">It ended before.</exception>
    public async Task<string> LineAsync(string with, CancellationToken ct)
    {
        for (; ; await Task.Delay(Look, ct))
        {
            var ended = _process.HasExited;
            lock (_lines)
            {
                if (_lines.Find(l => l.Contains(with, StringComparison.Ordinal)) is { } line)
                {
                    return line;
                }

                if (ended)
                {
                    throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[1]} ended with {_process.ExitCode}: {string.Join(' ', _lines.TakeLast(8))}");
                }
            }
        }
    }

    /// <summary>Waits until it ends by itself; gives the most memory that it took, in MB.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<double> EndAsync(CancellationToken ct)
    {
        var most = 0.0;
        for (; !_process.HasExited; await Task.Delay(Look, ct))
        {
            most = Math.Max(most, Peak() ?? 0);
        }

        await _process.WaitForExitAsync(ct);
        return _process.ExitCode == 0 ? most : throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[1]} ended with {_process.ExitCode}: {string.Join(' ', _lines.TakeLast(8))}");
    }

    /// <summary>The most memory that it took since the start or the last <see cref="Forget"/>, in MB (resident, VmHWM); null where the system doesn't say.</summary>
    public double? Peak() => Told("VmHWM:");

    /// <summary>The memory that it takes now, in MB (resident, VmRSS); null where the system doesn't say.</summary>
    public double? Now() => Told("VmRSS:");

    /// <summary>The processor time that it has taken so far.</summary>
    public TimeSpan Processor()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>Lets the peak begin anew.</summary>
    public void Forget() => File.WriteAllText($"/proc/{_process.Id}/clear_refs", "5");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private double? Told(string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
            return line?.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] ? double.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024 / 1e6 : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }
        }
    }
}
