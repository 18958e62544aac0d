using Referrals.Engine.Chains;
using Referrals.Engine.History;
using static Referrals.Engine.Tests.Referrals.TestChains;

namespace Referrals.Engine.Tests.Chains;

public sealed class PartnerChecksTests
{
    private static readonly Directory Known = new(new()
    {
        [new("coordinator")] = new("Koordination", []),
        [new("north")] = new("Nord", ["childcare"]),
        [new("south")] = new("Süd", ["debt-counselling"]),
    });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Partners_are_organisations_of_the_network_that_offer_the_service()
    {
        var chain = Of(Optional("part", Step("childcare", "north,south")), Step("again", "away,north")) with { Version = 1 };
        var faults = PartnerChecks.Check(chain, await Known.FindAsync(PartnerChecks.Named(chain), Ct));
        Assert.Equal(
            ["root.children[0].child.partners[1] partner-without-service", "root.children[1].partners[0] partner-not-in-network"],
            faults.Select(f => $"{f.Path} {f.Code}"));
        Assert.Equal("Schritt „childcare“: Süd bietet die Leistung „childcare“ nicht an.", faults[0].Message.De);
        var named = PartnerChecks.Check(chain, Known.All, new(o => $"Haus {o}", s => new("Kinderbetreuung")));
        Assert.Equal(
            ["Schritt „childcare“: Süd bietet die Leistung „Kinderbetreuung“ nicht an.", "Schritt „again“: „Haus away“ gehört nicht zum Netzwerk."], named.Select(f => f.Message.De));
        Assert.Equal(["coordinator-not-in-network"], PartnerChecks.Check(Of(Step("a", "north")) with { Coordinator = new("nobody") }, Known.All).Select(f => f.Code));

        var service = new ChainService(new MemoryEventLog(new EventCodec(ChainEventTypes.All)), TimeProvider.System, Known);
        var outcome = await service.DoAsync(new Actor("test", chain.Coordinator), chain.Id, new ChainCommand.Propose(chain.Coordinator, chain), null, Ct);
        Assert.Equal(2, Assert.IsType<ChainOutcome.Refused>(outcome).Refusal.Faults.Count);
        Assert.Equal(faults, await service.CheckAsync(chain, null, Ct));
        var good = chain with { Root = Step("childcare", "north") };
        Assert.IsType<ChainOutcome.Done>(await service.DoAsync(new Actor("test", chain.Coordinator), chain.Id, new ChainCommand.Propose(chain.Coordinator, good), null, Ct));
    }

    private sealed class Directory(Dictionary<OrganisationId, PartnerEntry> all) : IPartnerDirectory
    {
        public IReadOnlyDictionary<OrganisationId, PartnerEntry> All => all;

        public Task<IReadOnlyDictionary<OrganisationId, PartnerEntry>> FindAsync(IReadOnlyCollection<OrganisationId> organisations, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<OrganisationId, PartnerEntry>>(all.Where(e => organisations.Contains(e.Key)).ToDictionary());
    }
}
