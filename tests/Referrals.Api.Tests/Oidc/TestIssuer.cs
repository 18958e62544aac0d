using System.ComponentModel;
using System.Diagnostics;
using Referrals.LocalServers;

namespace Referrals.Api.Tests.Oidc;

/// <summary>A real issuer of sign-ins (npm's oidc-provider) on the loopback address; ends with this process.</summary>
public sealed class TestIssuer : IAsyncLifetime
{
    public const string ClientSecret = "a-secret-of-the-test-only-0123456789";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private Process? _server;

    /// <summary>Its address.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Why there is none, or null.</summary>
    public string? Missing { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var folder = Repository.Path("tests", "Referrals.Api.Tests", "Oidc", "server");
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            if (!File.Exists(Path.Combine(folder, "node_modules", "oidc-provider", "package.json")))
            {
                await InstallAsync(folder, patience.Token);
            }

            _server = Start("node", folder, "server.mjs", "http://localhost/anmelden/extern/antwort");
            while (await _server.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("issuer=", StringComparison.Ordinal))
                {
                    Address = line["issuer=".Length..];
                    return;
                }
            }

            throw new InvalidOperationException($"the issuer ended: {await _server.StandardError.ReadToEndAsync(patience.Token)}");
        }
        catch (Win32Exception e)
        {
            Missing = $"node and npm are needed for a real issuer of sign-ins: {e.Message}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.StandardInput.Close();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }
    }

    private static async Task InstallAsync(string folder, CancellationToken ct)
    {
        using var npm = Start("npm", folder, "ci", "--no-audit", "--no-fund", "--loglevel=error");
        var told = npm.StandardError.ReadToEndAsync(ct);
        await npm.StandardOutput.ReadToEndAsync(ct);
        await npm.WaitForExitAsync(ct);
        Assert.True(npm.ExitCode == 0, $"npm ci ended with {npm.ExitCode}: {await told}");
    }

    private static Process Start(string program, string folder, params IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
