using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Referrals.Benchmarks.Measuring;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;
using Referrals.Workers.Hosting;
using Referrals.Workers.Messaging;

namespace Referrals.Benchmarks.Hop;

/// <summary>
/// A jobcenter and four partners, and the workers as the product runs them: relay, consumers, receipts, deadlines. The caseworkers'
/// requests go to a log of their own, as in the API's process.
/// </summary>
internal sealed class HopNetwork : IAsyncDisposable
{
    private const string Schema = "bench_hop";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly OrganisationId[] Partners = [new("childcare"), new("debt-counselling"), new("training"), new("health")];

    private readonly BenchNetwork _network;
    private readonly List<ChainId> _chains = [];
    private WebApplication? _workers;
    private Arrivals _arrivals = new();

    private HopNetwork(BenchNetwork network) => _network = network;

    /// <summary>Sets everything up and starts the workers.</summary>
    public static async Task<HopNetwork> StartAsync(LocalPostgres postgres, LocalRabbit rabbit, BenchSettings settings, CancellationToken ct)
    {
        var hop = new HopNetwork(await BenchNetwork.CreateAsync(settings.Options(postgres.ConnectionString, Schema), ct));
        try
        {
            await hop.AddOrganisationsAsync(ct);
            foreach (var partner in Partners)
            {
                hop._chains.Add(await hop._network.AgreeAsync($"to-{partner.Value}", [partner], ct));
            }

            hop._workers = hop.BuildWorkers(rabbit.Uri);
            await hop._workers.StartAsync(ct);
            var queues = hop._workers.Services.GetRequiredService<ConnectedQueues>();
            await WaitAsync("queues", () => Task.FromResult(queues.Count == Partners.Length + 2), ct);
            return hop;
        }
        catch
        {
            await hop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts referrals at a steady rate, to each partner in turn, and waits until all lie in the partners' lists.</summary>
    public async Task<HopSample> SampleAsync(int perSecond, TimeSpan during, CancellationToken ct)
    {
        var arrivals = _arrivals = new Arrivals();
        await OpenLoop.RunAsync(perSecond, during, (no, scheduled) => StartAsync(arrivals, no, scheduled, ct), ct);
        var backlog = arrivals.Missing;
        await arrivals.WaitAsync(Patience, ct);
        var sample = arrivals.Measure(backlog);
        await WaitAsync("receipts", async () => await CountAsync("deliveries", ct) == 0, ct);
        return sample;
    }

    /// <summary>Checks that what is said to be in the lists is there.</summary>
    public async Task CheckAsync(CancellationToken ct)
    {
        var offers = await CountAsync($"list_rows where list = '{ReferralBoard.OffersList}'", ct);
        var assignments = await CountAsync($"list_rows where list = '{AssignmentBoard.List}'", ct);
        if (offers != assignments)
        {
            throw new InvalidOperationException($"{offers} offers, but {assignments} assignments in the partners' lists");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_workers is not null)
        {
            await _workers.DisposeAsync();
        }

        await _network.DisposeAsync();
    }

    private async Task StartAsync(Arrivals arrivals, int no, long scheduled, CancellationToken ct)
    {
        var started = await _network.StartAsync(_chains[no % _chains.Count], new ReferralId(Guid.CreateVersion7()), ct);
        var now = Stopwatch.GetTimestamp();
        arrivals.Add(started.Events.OfType<ReferralEvent.StepOffered>().Single().Assignment.Value, scheduled, now);
    }

    private async Task AddOrganisationsAsync(CancellationToken ct)
    {
        var now = DateTimeOffset.UtcNow;
        var rows = Partners.Append(BenchNetwork.Holder).Append(BenchNetwork.Coordinator).Select(o => (RowChange)new RowChange.PutListRow(new ListRow(
            StreamName.Network, OrganisationBoard.List, Codes.StableGuid("organisation", o.Value), "active", "any", null, null, now,
            JsonSerializer.Serialize(new { id = o.Value }))));
        await _network.Log.AppendAsync(new Append(new EventContext(now, "bench"), [], [.. rows]), ct);
    }

    private WebApplication BuildWorkers(Uri broker) => WorkersHost.Build(
        [
            "--urls", "http://127.0.0.1:0",
            "--Referrals:MasterKeys:Text", TestMasterKeys.Text,
            "--ConnectionStrings:Owner", _network.Options.Owner!,
            "--Referrals:Schema", Schema,
            "--Referrals:Broker", broker.ToString(),
            "--Logging:LogLevel:Default", "Warning",
        ],
        builder =>
        {
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.Services.RemoveAll<IEventLog>();
            builder.Services.AddSingleton<IEventLog>(_ => new ObservedLog(
                new PostgresEventLog(_network.Options, EngineEvents.Codec), (id, at) => _arrivals.Arrived(id.Value, at)));
        });

    private async Task<long> CountAsync(string from, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(_network.Options.Owner);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand($"select count(*) from {Schema}.{from}", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task WaitAsync(string what, Func<Task<bool>> condition, CancellationToken ct)
    {
        for (var begun = Stopwatch.GetTimestamp(); !await condition();)
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new TimeoutException($"still waiting for {what}");
            }

            await Task.Delay(100, ct);
        }
    }
}
