using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.History.Keys;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;
using Referrals.Workers.Hosting;
using Referrals.Workers.Messaging;

[assembly: AssemblyFixture(typeof(LocalPostgres))]
[assembly: AssemblyFixture(typeof(LocalRabbit))]

namespace Referrals.Workers.Tests;

/// <summary>
/// A network of its own: a schema, four organisations, an agreed chain, and the people of all of them. Workers are started by the test.
/// </summary>
internal sealed partial class TestNetwork : IAsyncDisposable
{
    public static readonly OrganisationId Jobcenter = new("jobcenter");
    public static readonly OrganisationId Childcare = new("childcare-office");
    public static readonly OrganisationId Debt = new("debt-office");
    public static readonly OrganisationId Coordinator = new("coordination");
    public static readonly ChainId ChainName = new("work-with-child");

    private const int Size = 4;

    private static int _count;

    private readonly PostgresOptions _options;
    private readonly ConcurrentBag<WebApplication> _hosts = [];

    private TestNetwork(PostgresOptions options, TimeProvider time, string prefix)
    {
        (_options, Prefix) = (options, prefix);
        Log = new PostgresEventLog(options, EngineEvents.Codec);
        Chains = new ChainService(Log, time);
        Referrals = new ReferralService(Log, Chains, time, Guid.NewGuid);
        Assignments = new AssignmentService(Log, Chains, time);
    }

    /// <summary>Stands before each organisation's name, so that the queues of two tests don't meet at the broker.</summary>
    public string Prefix { get; }

    public PostgresOptions Options => _options;

    public PostgresEventLog Log { get; }

    public ChainService Chains { get; }

    public ReferralService Referrals { get; }

    public AssignmentService Assignments { get; }

    /// <summary>Changes the workers that are started, at last.</summary>
    public Action<WebApplicationBuilder> Configure { get; set; } = _ => { };

    public OrganisationId Own(OrganisationId organisation) => new(Prefix + organisation.Value);

    /// <summary>A network whose people live at that time (by default: now).</summary>
    public static async Task<TestNetwork> CreateAsync(LocalPostgres postgres, CancellationToken ct, TimeProvider? time = null)
    {
        var number = Interlocked.Increment(ref _count);
        var options = PostgresOptions.FromOwner(postgres.ConnectionString, $"workers{number}") with { MasterKeys = MasterKeys.FromText(TestMasterKeys.Text) };
        await new SchemaMigrator(options).ApplyAsync(ct);
        var network = new TestNetwork(options, time ?? TimeProvider.System, $"n{number}-");
        await network.AddOrganisationsAsync([Jobcenter, Childcare, Debt, Coordinator], ct);
        await network.AgreeAsync(ct);
        return network;
    }

    public async Task AddOrganisationsAsync(IReadOnlyList<OrganisationId> organisations, CancellationToken ct)
    {
        var rows = organisations.Select(Own).Select(o => (RowChange)new RowChange.PutListRow(new ListRow(
            StreamName.Network, OrganisationBoard.List, Codes.StableGuid("organisation", o.Value), "active", "any", null, null,
            DateTimeOffset.UtcNow, JsonSerializer.Serialize(new { id = o.Value }))));
        var context = new EventContext(DateTimeOffset.UtcNow, "test");
        Assert.IsType<AppendResult.Appended>(await Log.AppendAsync(new Append(context, [], [.. rows]), ct));
    }

    /// <summary>The settings of workers on this network, as arguments.</summary>
    public IReadOnlyList<string> Settings(Uri? broker, params IReadOnlyList<string> more) =>
    [
        "--urls", "http://127.0.0.1:0",
        "--Referrals:MasterKeys:Text", TestMasterKeys.Text,
        "--ConnectionStrings:Owner", _options.Owner!,
        "--Referrals:Schema", _options.Schema,
        "--Referrals:Broker", broker?.ToString() ?? "",
        "--Referrals:Workers:Poll", "00:00:00.1",
        "--Referrals:Workers:DirectoryPoll", "00:00:00.2",
        "--Referrals:Workers:ReceiptWithin", "00:00:01",
        "--Logging:LogLevel:Default", "Warning",
        .. more,
    ];

    /// <summary>Starts workers in this process.</summary>
    public async Task<WebApplication> StartWorkersAsync(Uri? broker, CancellationToken ct, params IReadOnlyList<string> more)
    {
        var host = WorkersHost.Build([.. Settings(broker, more)], builder =>
        {
            Quieten(builder);
            Configure(builder);
        });
        _hosts.Add(host);
        await host.StartAsync(ct);
        return host;
    }

    /// <summary>Waits until these workers consume every organisation's queue.</summary>
    public static Task ConsumesAsync(WebApplication host, CancellationToken ct)
    {
        var queues = host.Services.GetRequiredService<ConnectedQueues>();
        return Wait.UntilAsync("every queue is consumed", () => Task.FromResult(queues.Count == Size), ct);
    }

    /// <summary>Starts a referral.</summary>
    public async Task<ReferralId> StartReferralAsync(CancellationToken ct, string? traceParent = null, DateOnly? consentUntil = null)
    {
        var id = new ReferralId(Guid.CreateVersion7());
        var actor = new Actor("caseworker", Own(Jobcenter), TraceParent: traceParent);
        var consent = new Consent(ConsentForm.Written, new DateOnly(2020, 1, 1), "service-chain", consentUntil);
        var outcome = await Referrals.StartAsync(
            actor, new ChainId(Prefix + ChainName.Value),
            chain => new ReferralCommand.Start(
                id, actor.Organisation, chain.ContentHash, "case-1", consent, new Dictionary<string, FactValue>(),
                new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>()),
            ct);
        Assert.IsType<ReferralOutcome.Done>(outcome);
        return id;
    }

    public async Task<IReadOnlyList<ReferralId>> StartReferralsAsync(int count, CancellationToken ct)
    {
        var ids = new List<ReferralId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await StartReferralAsync(ct));
        }

        return ids;
    }

    /// <summary>Accepts and completes what lies at a partner; gives how many assignments moved.</summary>
    public async Task<int> WorkAsync(OrganisationId partner, CancellationToken ct)
    {
        var moved = 0;
        var open = new ListQuery(Own(partner).Value, AssignmentBoard.List) { Statuses = ["received", "accepted"], Limit = 500 };
        foreach (var row in await Log.QueryRowsAsync(open, ct))
        {
            AssignmentCommand command = row.Status == "received"
                ? new AssignmentCommand.Accept()
                : new AssignmentCommand.Complete("helped", new Dictionary<string, FactValue>());
            var outcome = await Assignments.DoAsync(new Actor("partner", Own(partner)), new AssignmentId(row.Id), command, null, ct);
            moved += outcome is AssignmentOutcome.Done ? 1 : 0;
        }

        return moved;
    }

    public async Task<ReferralStatus> StatusAsync(ReferralId id, CancellationToken ct) =>
        (await Referrals.FindAsync(Own(Jobcenter), id, ct))!.Status;

    /// <summary>Has both partners work until every one of these referrals has run to its end.</summary>
    public async Task RunToEndAsync(IReadOnlyList<ReferralId> ids, CancellationToken ct, TimeSpan? limit = null)
    {
        var left = ids.ToList();
        await Wait.UntilAsync($"{ids.Count} referrals closed", async () =>
        {
            await WorkAsync(Childcare, ct);
            await WorkAsync(Debt, ct);
            for (var i = left.Count - 1; i >= 0; i--)
            {
                if (await StatusAsync(left[i], ct) == ReferralStatus.Completed)
                {
                    left.RemoveAt(i);
                }
            }

            return left.Count == 0;
        }, ct, limit);
    }

    /// <summary>The messages of all organisations that wait for a receipt; looks without taking them for long.</summary>
    public Task<int> UnconfirmedAsync(CancellationToken ct) => CountAsync("select count(*)::int from {0}.deliveries", ct);

    /// <summary>Does something to the database behind the product's back; <c>{0}</c> stands for the schema.</summary>
    public Task ExecuteAsync(string sql, CancellationToken ct) => AskAsync(sql, ct);

    /// <summary>Asks the database behind the product's back for a number.</summary>
    public async Task<int> CountAsync(string sql, CancellationToken ct) => (int)(await AskAsync(sql, ct))!;

    public Task<IReadOnlyList<ListRow>> DeadLettersAsync(OrganisationId organisation, CancellationToken ct) =>
        Log.QueryRowsAsync(new ListQuery(Own(organisation).Value, DeadLetters.List), ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await Log.DisposeAsync();
    }

    private async Task<object?> AskAsync(string sql, CancellationToken ct)
    {
        await using var connection = new Npgsql.NpgsqlConnection(_options.Owner);
        await connection.OpenAsync(ct);
        await using var command = new Npgsql.NpgsqlCommand(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, _options.Schema), connection);
        return await command.ExecuteScalarAsync(ct);
    }

    // Faults are part of these tests; to see what the workers say of them, set the variable.
    private static void Quieten(WebApplicationBuilder builder)
    {
        if (Environment.GetEnvironmentVariable("REFERRALS_TEST_LOG") is null)
        {
            builder.Logging.ClearProviders();
        }
        else
        {
            builder.Logging.AddFilter("MassTransit", LogLevel.Debug);
        }
    }
}
