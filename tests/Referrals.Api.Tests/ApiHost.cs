using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Referrals.Api.Security;
using Referrals.Api.Tests;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Clients;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;
using Referrals.LocalServers;

[assembly: AssemblyFixture(typeof(ApiHost))]

namespace Referrals.Api.Tests;

/// <summary>The API over a real PostgreSQL, shared by all tests: each takes organisations of its own.</summary>
public sealed class ApiHost : IAsyncLifetime
{
    public static readonly ChainId Chain = new("care-and-advice");

    private readonly LocalPostgres _postgres = new();
    private readonly string _data = Directory.CreateTempSubdirectory("referrals-api-").FullName;
    private int _organisations;

    public WebApplicationFactory<ApiSettings> App { get; private set; } = null!;

    /// <summary>Connects as the database's owner.</summary>
    public string Owner { get; private set; } = "";

    public IServiceProvider Services => App.Services;

    public async ValueTask InitializeAsync()
    {
        await _postgres.StartAsync();
        Owner = await _postgres.CreateDatabaseAsync("api");
        App = Start(Owner);
        await PutInForceAsync(TestChain.Version);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    public WebApplicationFactory<ApiSettings> Start(string? owner, params IEnumerable<(string Key, string Value)> settings) =>
        new WebApplicationFactory<ApiSettings>().WithWebHostBuilder(host =>
        {
            host.UseSetting("ConnectionStrings:Owner", owner);
            host.UseSetting("Referrals:Data", _data);
            host.UseSetting("Referrals:MasterKeys:Text", TestMasterKeys.Text);
            host.UseSetting("Limits:TokensPerSecond", "1000");
            host.UseSetting("Limits:RequestsPerSecond", "100000");
            host.UseSetting("Limits:SignInsPerSecond", "1000");
            host.UseSetting("Live:Seconds", "3600");
            host.UseSetting("Review:RefreshAfter", "00:00:00");
            host.UseSetting("Review:ModelKept", "00:00:00");
            host.UseSetting("Logging:LogLevel:Default", "Warning");
            host.UseSetting("Logging:LogLevel:Referrals.Security", "Error");
            host.ConfigureTestServices(LookByItselfRarely);
            foreach (var (key, value) in settings)
            {
                host.UseSetting(key, value);
            }
        });

    /// <summary>A database of its own; connects as its owner.</summary>
    public Task<string> CreateDatabaseAsync(string name) => _postgres.CreateDatabaseAsync(name, TestContext.Current.CancellationToken);

    /// <summary>An organisation that no other test uses.</summary>
    public OrganisationId Organisation(string kind = "office") => new($"{kind}-{Interlocked.Increment(ref _organisations)}");

    /// <summary>An organisation that no other test uses, in the directory, whose people may be this; without roles given, everything.</summary>
    public async Task<OrganisationId> RegisteredAsync(params string[] roles)
    {
        var id = Organisation("member");
        var profile = new OrganisationProfile
        {
            Name = $"Organisation {id}",
            Kind = "welfare-association",
            Municipality = "Elbland",
            PolicyFields = ["work"],
            Roles = roles.Length == 0 ? NetworkRoles.All : roles,
        };
        var outcome = await Services.GetRequiredService<OrganisationService>()
            .DoAsync(new Actor("test", id), id, new OrganisationCommand.Register(profile), null, TestContext.Current.CancellationToken);
        Assert.IsType<OrganisationOutcome.Done>(outcome);
        return id;
    }

    /// <summary>A client with a token of that organisation; without roles given, with all.</summary>
    public HttpClient ClientOf(OrganisationId organisation, params string[] roles)
    {
        var issuer = Services.GetRequiredService<TokenIssuer>();
        var granted = roles.Length == 0 ? NetworkRoles.All : roles;
        var client = App.CreateClient();
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer", issuer.Issue(new Client($"{organisation}.test", organisation, granted, DateTimeOffset.UnixEpoch, null)));
        return client;
    }

    /// <summary>Lays a version before its partners and lets them all agree.</summary>
    public async Task PutInForceAsync(ChainVersion version)
    {
        var chains = Services.GetRequiredService<ChainService>();
        await DoAsync(chains, version.Id, new ChainCommand.Propose(version.Coordinator, version));
        foreach (var partner in version.Partners())
        {
            await DoAsync(chains, version.Id, new ChainCommand.Agree(partner, version.Version));
        }
    }

    /// <summary>An assignment that arrived at the partner.</summary>
    public async Task<AssignmentId> ReceiveAsync(OrganisationId partner, OrganisationId? sender = null)
    {
        var id = new AssignmentId(Guid.NewGuid());
        var now = DateTimeOffset.UtcNow;
        var chain = TestChain.Make($"chain-of-{id}", carers: partner.Value);
        await PutInForceAsync(chain);
        var receive = new AssignmentCommand.Receive(
            id, sender ?? new OrganisationId("sender"), partner, chain.Id, 1, TestChain.Care, now, now.AddDays(3), new Dictionary<string, FactValue>());
        var outcome = await Services.GetRequiredService<AssignmentService>()
            .HearAsync(new Actor("exchange", partner), id, receive, Guid.NewGuid(), TestContext.Current.CancellationToken);
        Assert.IsType<AssignmentOutcome.Done>(outcome);
        return id;
    }

    /// <summary>What the partner says reaches the referral.</summary>
    public async Task HearAsync(OrganisationId holder, AssignmentId assignment, int number, PartnerSaid said)
    {
        var hear = new ReferralCommand.Hear(assignment, number, DateTimeOffset.UtcNow, said);
        var outcome = await Services.GetRequiredService<ReferralService>()
            .HearAsync(new Actor("exchange", holder), hear, Guid.NewGuid(), TestContext.Current.CancellationToken);
        Assert.IsType<ReferralOutcome.Done>(outcome);
    }

    /// <summary>Does something to the database behind the API's back.</summary>
    public Task ExecuteAsync(string sql, params IReadOnlyList<object> values) => QueryAsync(sql, values);

    /// <summary>Asks the database behind the API's back.</summary>
    public async Task<object?> QueryAsync(string sql, params IReadOnlyList<object> values)
    {
        await using var connection = new NpgsqlConnection(Owner);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    // What is told at once must not come by the safety poll instead, unnoticed.
    private static void LookByItselfRarely(IServiceCollection services)
    {
        var database = services.Last(s => s.ServiceType == typeof(PostgresOptions)).ImplementationFactory!;
        services.AddSingleton(p => (PostgresOptions)database(p) with { SafetyPoll = TimeSpan.FromHours(1) });

        // Most tests name organisations that are in no directory.
        services.RemoveAll<IPartnerDirectory>();
        services.AddSingleton<IPartnerDirectory, EverybodyWhoHasNotLeft>();
    }

    private static async Task DoAsync(ChainService chains, ChainId id, ChainCommand command)
    {
        var outcome = await chains.DoAsync(new Actor("test", command.By), id, command, null, CancellationToken.None);
        if (outcome is ChainOutcome.Refused { Refusal: var refusal })
        {
            Assert.Fail($"{refusal.Message} {string.Join(" ", refusal.Faults)}");
        }
    }
}

/// <summary>Childcare at one of two partners, one after the other; then advice where the caseworker wants it, at a chosen partner.</summary>
public static class TestChain
{
    public static readonly NodeId Care = new("care");

    public static ChainVersion Version { get; } = Make(ApiHost.Chain.Value);

    public static ChainVersion Make(string id, string coordinator = "chain-office", int version = 1, params string[] carers) => new()
    {
        Id = new ChainId(id),
        Version = version,
        Title = new LocalText("Betreuung und Beratung"),
        FederalState = "BB",
        Coordinator = new OrganisationId(coordinator),
        Facts =
        [
            new FactDeclaration("children", new LocalText("Kinder"), new FactType.WholeNumber(0, 12), Required: true),
            new FactDeclaration("care-from", new LocalText("Betreuung ab"), new FactType.Month()),
        ],
        Root = new ChainNode.Sequence
        {
            Id = new NodeId("all"),
            Children =
            [
                Step("care", carers.Length > 0 ? carers : ["care-one", "care-two"]),
                new ChainNode.Optional
                {
                    Id = new NodeId("advice-part"),
                    Title = new LocalText("Beratung"),
                    Child = Step("advice", "advice-one", "advice-two") with { Offer = OfferMode.Chosen, OnDecline = DeclinePath.BackToCaseworker },
                },
            ],
        },
    };

    private static ChainNode.Step Step(string id, params string[] partners) => new()
    {
        Id = new NodeId(id),
        Title = new LocalText(id),
        Service = id,
        Partners = [.. partners.Select(p => new OrganisationId(p))],
        AcknowledgeWithin = 3,
        CompleteWithin = 20,
        Outcomes = ["helped", "not-eligible"],
        PassFacts = ["children"],
        ReturnFacts = ["care-from"],
        Feedback = Feedback.OutcomeAndFacts,
    };
}
