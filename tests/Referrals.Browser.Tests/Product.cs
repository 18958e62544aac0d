using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Referrals.Api;
using Referrals.LocalServers;
using Referrals.Workers.Commands.Demo;
using Referrals.Workers.Commands.Network;
using Referrals.Workers.Hosting;

namespace Referrals.Browser.Tests;

/// <summary>The whole product with the demo network, composed as <c>./run</c> does it, in this process on a free port; its clock can be set forward.</summary>
public sealed class Product : IAsyncDisposable
{
    private readonly LocalPostgres _postgres = new();
    private readonly string _data = Directory.CreateTempSubdirectory("referrals-browser-").FullName;
    private WebApplication? _app;

    /// <summary>Where it listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Its clock.</summary>
    public MovableClock Clock { get; } = new();

    /// <summary>Where it logs to, in all detail; null: to the console, what needs a look.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Its routes.</summary>
    public IEndpointRouteBuilder Routes => _app!;

    /// <summary>Starts it.</summary>
    public async Task StartAsync(CancellationToken ct, params IEnumerable<(string Key, string Value)> settings)
    {
        await _postgres.StartAsync(ct);
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Referrals:MasterKeys:Text"] = TestMasterKeys.Text,
            ["ConnectionStrings:Owner"] = await _postgres.CreateDatabaseAsync("browser", ct),
            ["Referrals:Data"] = _data,
            ["Referrals:Demo"] = "true",
            ["Referrals:DemoFolder"] = Repository.Path("deploy", "demo"),
            ["Limits:TokensPerSecond"] = "1000",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        if (Log is not null)
        {
            builder.Logging.ClearProviders().AddProvider(Log).SetMinimumLevel(LogLevel.Trace);
        }
        else
        {
            builder.Logging.AddFilter(null, LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        }

        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddReferralsWorkers(builder.Configuration);
        builder.Services.AddReferralsApi(builder.Configuration);
        _app = builder.Build();
        _app.MapReferralsApi();
        if (_app.Configuration.GetSection("Referrals:History").Exists())
        {
            await DemoCommand.PlayOnceAsync(_app.Configuration, ct);
        }

        await DemoNetwork.LoadAsync(_app.Configuration, ct);
        await _app.StartAsync(ct);
        Address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        await _postgres.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}

/// <summary>The system's clock, set forward by as much as a test says. Timers run as ever.</summary>
public sealed class MovableClock : TimeProvider
{
    private long _ahead;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    /// <summary>Sets it forward.</summary>
    public void Forward(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
