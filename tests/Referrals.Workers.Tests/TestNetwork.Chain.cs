using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Workers.Tests;

/// <summary>The chain that its organisations have agreed.</summary>
internal sealed partial class TestNetwork
{
    private async Task AgreeAsync(CancellationToken ct)
    {
        var (childcare, debt, coordinator) = (Own(Childcare), Own(Debt), Own(Coordinator));
        var definition = new ChainVersion
        {
            Id = new ChainId(Prefix + ChainName.Value),
            Version = 1,
            Title = new LocalText("Arbeit mit Kind", "Work with a child"),
            FederalState = "BB",
            Coordinator = coordinator,
            Root = new ChainNode.Sequence
            {
                Id = new NodeId("all"),
                Children = [Step("childcare", "Kinderbetreuung", childcare), Step("debt", "Schuldnerberatung", debt)],
            },
        };
        await AgreeAsync(definition, ct);
        Assert.NotNull(await Chains.InForceAsync(definition.Id, ct));
    }

    /// <summary>Lets all agree to a chain.</summary>
    public async Task AgreeAsync(ChainVersion definition, CancellationToken ct)
    {
        await DoAsync(definition.Id, new ChainCommand.Propose(definition.Coordinator, definition), ct);
        foreach (var partner in definition.Partners())
        {
            await DoAsync(definition.Id, new ChainCommand.Agree(partner, 1), ct);
        }
    }

    /// <summary>Lets all agree to a second version that is to be in force from a day on.</summary>
    public async Task<ChainId> AgreeNextAsync(DateOnly from, CancellationToken ct)
    {
        var id = new ChainId(Prefix + ChainName.Value);
        var next = (await Chains.InForceAsync(id, ct))!.Version with { Version = 2, Description = new LocalText("Neu") };
        await DoAsync(id, new ChainCommand.Propose(next.Coordinator, next, from), ct);
        foreach (var partner in next.Partners())
        {
            await DoAsync(id, new ChainCommand.Agree(partner, 2), ct);
        }

        return id;
    }

    /// <summary>A partner withdraws from the first version of the chain.</summary>
    public Task WithdrawAsync(OrganisationId partner, CancellationToken ct) => DoAsync(
        new ChainId(Prefix + ChainName.Value), new ChainCommand.Withdraw(partner, 1, System.Text.Json.JsonSerializer.Deserialize<Engine.Privacy.Note>("\"Keine Plätze.\"")!), ct);

    /// <summary>Proposes a version in which debt counselling is the only step.</summary>
    public async Task ProposeDebtOnlyAsync(int version, CancellationToken ct)
    {
        var id = new ChainId(Prefix + ChainName.Value);
        var first = (await Chains.FindAsync(id, 1, ct))!.Version;
        await DoAsync(id, new ChainCommand.Propose(first.Coordinator, first with { Version = version, Root = Step("debt", "Schuldnerberatung", Own(Debt)) }), ct);
    }

    /// <summary>A partner agrees.</summary>
    public Task AgreeAsync(OrganisationId partner, int version, CancellationToken ct) =>
        DoAsync(new ChainId(Prefix + ChainName.Value), new ChainCommand.Agree(partner, version), ct);

    /// <summary>The coordinator takes a version back, or out of use.</summary>
    public Task RetireAsync(int version, CancellationToken ct) =>
        DoAsync(new ChainId(Prefix + ChainName.Value), new ChainCommand.Retire(Own(Coordinator), version), ct);

    private async Task DoAsync(ChainId chain, ChainCommand command, CancellationToken ct)
    {
        var outcome = await Chains.DoAsync(new Actor("test", command.By), chain, command, null, ct);
        Assert.True(outcome is ChainOutcome.Done, outcome is ChainOutcome.Refused refused ? refused.Refusal.ToString() : outcome.ToString());
    }

    public static ChainNode.Step Step(string id, string title, OrganisationId partner) => new()
    {
        Id = new NodeId(id),
        Title = new LocalText(title),
        Service = id,
        Partners = [partner],
        AcknowledgeWithin = 3,
        RemindBefore = 1,
        EscalateAfter = 1,
        CompleteWithin = 20,
        Outcomes = ["helped", "not-eligible"],
    };
}
