using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Benchmarks;

/// <summary>A network in a schema of its own: a jobcenter, partners, agreed chains, and the services that a caseworker's request goes to.</summary>
internal sealed class BenchNetwork : IAsyncDisposable
{
    private readonly PostgresEventLog _log;
    private readonly ChainService _chains;

    private BenchNetwork(PostgresOptions options)
    {
        Options = options;
        _log = new PostgresEventLog(options, EngineEvents.Codec);
        _chains = new ChainService(_log, TimeProvider.System);
        Referrals = new ReferralService(_log, _chains, TimeProvider.System, Guid.CreateVersion7);
        Assignments = new AssignmentService(_log, _chains, TimeProvider.System);
    }

    /// <summary>The organisation that holds the cases.</summary>
    public static OrganisationId Holder { get; } = new("jobcenter");

    /// <summary>The organisation that coordinates the chains.</summary>
    public static OrganisationId Coordinator { get; } = new("coordination");

    /// <summary>The database.</summary>
    public PostgresOptions Options { get; }

    /// <summary>The log, as a process with the API has it.</summary>
    public IEventLog Log => _log;

    /// <summary>The holder's side.</summary>
    public ReferralService Referrals { get; }

    /// <summary>The partners' side.</summary>
    public AssignmentService Assignments { get; }

    /// <summary>An empty network.</summary>
    public static async Task<BenchNetwork> CreateAsync(PostgresOptions options, CancellationToken ct)
    {
        await new SchemaMigrator(options).ApplyAsync(ct);
        return new BenchNetwork(options);
    }

    /// <summary>Adds a chain of one step per partner, one after the other, and has all of them agree to it.</summary>
    public async Task<ChainId> AgreeAsync(string name, IReadOnlyList<OrganisationId> partners, CancellationToken ct)
    {
        var definition = Definition(name, partners);
        await DoAsync(definition.Id, new ChainCommand.Propose(definition.Coordinator, definition), ct);
        foreach (var partner in definition.Partners())
        {
            await DoAsync(definition.Id, new ChainCommand.Agree(partner, 1), ct);
        }

        return definition.Id;
    }

    /// <summary>Starts a referral as a caseworker does.</summary>
    public async Task<ReferralOutcome.Done> StartAsync(ChainId chain, ReferralId id, CancellationToken ct)
    {
        var consent = new Consent(ConsentForm.Written, new DateOnly(2026, 1, 5), "service-chain");
        var outcome = await Referrals.StartAsync(
            new Actor("caseworker", Holder),
            chain,
            agreed => new ReferralCommand.Start(
                id, Holder, agreed.ContentHash, "B-1042", consent, Facts, new Dictionary<NodeId, OrganisationId>(), new Dictionary<NodeId, bool>()),
            ct);
        return outcome as ReferralOutcome.Done ?? throw new InvalidOperationException($"not started: {outcome}");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _log.DisposeAsync();

    private static Dictionary<string, FactValue> Facts { get; } = new()
    {
        ["children-under-three"] = new FactValue.Number(2),
        ["single-parent"] = new FactValue.YesNo(true),
    };

    private async Task DoAsync(ChainId chain, ChainCommand command, CancellationToken ct)
    {
        var outcome = await _chains.DoAsync(new Actor("coordinator", command.By), chain, command, null, ct);
        if (outcome is not ChainOutcome.Done)
        {
            throw new InvalidOperationException($"chain {chain}: {outcome}");
        }
    }

    private static ChainVersion Definition(string name, IReadOnlyList<OrganisationId> partners) => new()
    {
        Id = new ChainId(name),
        Version = 1,
        Title = new LocalText("Arbeit mit Kind", "Work with a child"),
        FederalState = "BB",
        Coordinator = Coordinator,
        Facts =
        [
            new FactDeclaration("children-under-three", new LocalText("Kinder unter drei", "Children under three"), new FactType.WholeNumber(0, 10)),
            new FactDeclaration("single-parent", new LocalText("Alleinerziehend", "Single parent"), new FactType.YesNo()),
        ],
        Root = new ChainNode.Sequence { Id = new NodeId("all"), Children = [.. partners.Select(Step)] },
    };

    private static ChainNode.Step Step(OrganisationId partner) => new()
    {
        Id = new NodeId(partner.Value),
        Title = new LocalText(partner.Value),
        Service = partner.Value,
        Partners = [partner],
        AcknowledgeWithin = 3,
        RemindBefore = 1,
        EscalateAfter = 1,
        CompleteWithin = 20,
        Outcomes = ["helped", "not-eligible"],
        PassFacts = ["children-under-three", "single-parent"],
    };
}
