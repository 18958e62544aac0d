using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Tests.Pages;

/// <summary>How long words are kept: a chain's rule, and the page with the numbers.</summary>
public sealed class RetentionPageTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Covers("GET /ketten/{kette}/aufbewahrung", PageCase.Works)]
    [Covers("POST /ketten/{kette}/aufbewahrung", PageCase.Works)]
    [Covers("POST /ketten/{kette}/aufbewahrung", PageCase.Refuses)]
    [Covers("GET /aufbewahrung", PageCase.Works)]
    public async Task The_coordinator_sets_the_rule_and_everybody_sees_it()
    {
        var (coordinator, partner, second) = (api.Organisation("coordinator"), api.Organisation("carer"), api.Organisation("carer"));
        var code = $"chain-of-{coordinator}";
        var chain = TestChain.Make(code, coordinator.Value, 1, partner.Value, second.Value);
        Assert.IsType<ChainOutcome.Done>(await api.Services.GetRequiredService<ChainService>().DoAsync(
            new Actor("test", coordinator), chain.Id, new ChainCommand.Propose(coordinator, chain), null, Ct));
        var path = $"/ketten/{code}/aufbewahrung";
        var (draws, reads) = (await api.SignedInAsync(coordinator, NetworkRoles.Coordinator), await api.SignedInAsync(partner, NetworkRoles.Partner));
        Assert.Contains("nicht vereinbart", (await reads.Open($"/ketten/{code}")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        var form = (await draws.Open(path)).Is(HttpStatusCode.OK);
        Assert.Single((await draws.Send(form, path, ("monate", "5"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        Assert.Single((await draws.Send(form, path, ("monate", "viele"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        (await draws.Send(form, path, ("monate", "36"))).Is(HttpStatusCode.SeeOther);
        Assert.Contains("36 Monate nach dem Ende", (await reads.Open($"/ketten/{code}")).Text, StringComparison.Ordinal);

        await api.Services.GetRequiredService<AuditStore>().WriteAsync(
            new AuditEntry(partner, "retention", AuditCodes.RetentionRun, code, new Dictionary<string, string> { ["erased"] = "12", ["left"] = "0" }), Ct);
        var admin = (await (await api.SignedInAsync(partner, NetworkRoles.Admin)).Open("/aufbewahrung")).Is(HttpStatusCode.OK);
        Assert.Contains("36 Monate nach dem Ende", admin.Text, StringComparison.Ordinal);
        Assert.Contains("12 gelöscht, 0 noch offen", admin.Text, StringComparison.Ordinal);
        var other = api.Organisation("other");
        (await (await api.SignedInAsync(other, NetworkRoles.Coordinator)).Open(path)).Is(HttpStatusCode.NotFound);
    }
}
