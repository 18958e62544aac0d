using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Tests;

public sealed class AgreementTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_version_with_a_day_to_come_waits_for_it()
    {
        var (path, coordinator, partner, json) = New();
        var tomorrow = WorkingCalendar.LocalDay(DateTimeOffset.UtcNow).AddDays(2).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        (await api.ClientOf(coordinator).Post(path + "/proposals?from=2026-01-01", json)).Refused(HttpStatusCode.UnprocessableEntity, "chain-from-past");
        Assert.Equal(["from: wrong-value"], (await api.ClientOf(coordinator).Post(path + "/proposals?from=soon", json)).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
        (await api.ClientOf(coordinator).Post($"{path}/proposals?from={tomorrow}", json)).Is(HttpStatusCode.Created);
        var agreed = (await api.ClientOf(partner).Post(path + "/versions/1/agreements")).Ok();
        Assert.False(agreed.Json.TryGetProperty("inForce", out _));
        var version = (await api.ClientOf(partner).Get(path + "/versions/1")).Ok();
        Assert.Equal(("agreed", tomorrow), (version.Text("status"), version.Text("inForceFrom")));
        Assert.Contains((await api.ClientOf(partner).Get($"/api/v1/chains?status=agreed&coordinator={coordinator}")).Ok().Json.GetProperty("items").EnumerateArray(), i => i.GetProperty("inForceFrom").GetString() == tomorrow);
    }

    [Fact]
    public async Task A_partner_withdraws_with_a_reason_and_agrees_again()
    {
        var (path, coordinator, partner, json) = New();
        (await api.ClientOf(coordinator).Post(path + "/proposals", json)).Is(HttpStatusCode.Created);
        var client = api.ClientOf(partner);
        (await client.Post(path + "/versions/1/withdrawals", """{"reason":"No places."}""")).Refused(HttpStatusCode.Conflict, "chain-version-not-in-force");
        (await client.Post(path + "/versions/1/agreements")).Ok();
        (await client.Post(path + "/versions/1/withdrawals", """{"reason":"Ask a@example.org"}""")).Refused(HttpStatusCode.UnprocessableEntity, "note-blocked");
        (await api.ClientOf(coordinator).Post(path + "/versions/1/withdrawals", """{"reason":"No places."}""")).Refused(HttpStatusCode.Forbidden, "chain-not-partner");
        Assert.True((await client.Post(path + "/versions/1/withdrawals", """{"reason":"No places."}""")).Ok().Json.GetProperty("needsNewVersion").GetBoolean());
        var withdrawal = (await client.Get(path + "/versions/1")).Ok().Json.GetProperty("withdrawals")[0];
        Assert.Equal((partner.Value, "No places.", false), (withdrawal.GetProperty("partner").GetString(), withdrawal.GetProperty("reason").GetString(), withdrawal.GetProperty("left").GetBoolean()));
        Assert.False((await client.Post(path + "/versions/1/agreements")).Ok().Json.GetProperty("needsNewVersion").GetBoolean());

        var record = (await client.Get(path + "/versions/1/signatures")).Ok().Json.GetProperty("entries").EnumerateArray()
            .Select(e => $"{e.GetProperty("act").GetString()} {(e.TryGetProperty("organisation", out var o) ? o.GetString() : "-")} {(e.TryGetProperty("as", out var role) ? role.GetString() : "-")}").ToList();
        Assert.Equal(
            [
                $"proposed {coordinator} coordinator", $"agreed {partner} partner", "put-in-force - -", $"withdrew {partner} partner",
                $"agreed {partner} partner",
            ],
            record);
        (await client.Get(path + "/versions/9/signatures")).Refused(HttpStatusCode.NotFound, "chain-not-found");
    }

    [Fact]
    public async Task Reasons_are_for_those_named_and_nobody_is_told_who_signs_in()
    {
        var (path, coordinator, partner, json) = New();
        (await api.ClientOf(coordinator).Post(path + "/proposals", json)).Is(HttpStatusCode.Created);
        (await api.ClientOf(partner).Post(path + "/versions/1/agreements")).Ok();
        (await api.ClientOf(partner).Post(path + "/versions/1/withdrawals", """{"reason":"No places."}""")).Ok();
        (await api.ClientOf(coordinator).Post(path + "/proposals", json.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal))).Is(HttpStatusCode.Created);
        (await api.ClientOf(partner).Post(path + "/versions/2/objections", """{"reason":"Too soon."}""")).Ok();
        foreach (var (reader, reads) in ((OrganisationId, bool)[])[(coordinator, true), (partner, true), (api.Organisation(), false)])
        {
            foreach (var address in (string[])["", "/versions/1", "/versions/2", "/versions/1/signatures", "/versions/2/signatures"])
            {
                var text = (await api.ClientOf(reader, "caseworker").Get(path + address)).Ok().Json.GetRawText();
                Assert.Equal(reads && !address.Contains("/2", StringComparison.Ordinal), text.Contains("No places.", StringComparison.Ordinal));
                Assert.Equal(reads && !address.Contains("/1", StringComparison.Ordinal), text.Contains("Too soon.", StringComparison.Ordinal));
                Assert.DoesNotContain(".test", text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Versions_are_compared_and_what_a_partner_takes_on_is_told()
    {
        var (path, coordinator, partner, json) = New();
        (await api.ClientOf(coordinator).Post(path + "/proposals", json)).Is(HttpStatusCode.Created);
        var draft = json.Replace("\"acknowledgeWithin\": 3", "\"acknowledgeWithin\": 5", StringComparison.Ordinal);
        (await api.ClientOf(coordinator).Put(path + "/draft", draft)).Ok();
        var found = (await api.ClientOf(coordinator).Get($"{path}/comparison?from=1&to=draft&partner={partner}")).Ok().Json.GetProperty("differences");
        Assert.Equal(("acknowledge-within", "3", "5"), (found[0].GetProperty("what").GetString(), found[0].GetProperty("before").GetString(), found[0].GetProperty("after").GetString()));
        Assert.Equal(0, (await api.ClientOf(partner).Get($"{path}/comparison?from=1&to=1")).Ok().Json.GetProperty("differences").GetArrayLength());
        (await api.ClientOf(partner).Get($"{path}/comparison?from=1&to=draft")).Refused(HttpStatusCode.NotFound, "chain-not-found");
        Assert.Equal(["from: wrong-value", "to: wrong-value"], (await api.ClientOf(partner).Get($"{path}/comparison?to=x")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);

        var takes = (await api.ClientOf(coordinator).Get($"{path}/versions/1/commitments/{partner}")).Ok().Json.GetProperty("steps");
        Assert.Equal((1, 3), (takes.GetArrayLength(), takes[0].GetProperty("acknowledgeWithin").GetInt32()));
        Assert.Equal(0, (await api.ClientOf(partner).Get($"{path}/versions/1/commitments/nobody")).Ok().Json.GetProperty("steps").GetArrayLength());
        (await api.ClientOf(partner).Get($"{path}/versions/2/commitments/nobody")).Refused(HttpStatusCode.NotFound, "chain-not-found");
    }

    [Fact]
    public async Task Who_leaves_the_network_withdraws_from_its_chains_and_may_come_back()
    {
        var partner = await api.RegisteredAsync();
        var chain = TestChain.Make($"chain-of-{partner}", carers: [partner.Value, "care-two"]);
        await api.PutInForceAsync(chain);
        var office = api.ClientOf(new OrganisationId("network-office"));
        (await api.ClientOf(partner).Post($"/api/v1/organisations/{partner}/departure")).Refused(HttpStatusCode.Forbidden, "role-missing");
        await api.PutInForceAsync(TestChain.Make($"chain-by-{partner}", partner.Value, 1));
        (await office.Post($"/api/v1/organisations/{partner}/departure")).Refused(HttpStatusCode.Conflict, "organisation-coordinates");
        (await api.ClientOf(partner).Post($"/api/v1/chains/chain-by-{partner}/versions/1/retirement")).Ok();
        (await office.Post("/api/v1/organisations/nobody-there/departure")).Refused(HttpStatusCode.NotFound, "organisation-not-found");
        (await office.Post($"/api/v1/organisations/{partner}/departure")).Ok();
        (await office.Post($"/api/v1/organisations/{partner}/departure")).Ok();
        Assert.True((await office.Get($"/api/v1/organisations/{partner}")).Ok().Json.TryGetProperty("leftAt", out _));
        var version = (await office.Get($"/api/v1/chains/{chain.Id}/versions/1")).Ok().Json;
        Assert.True(version.GetProperty("withdrawals")[0].GetProperty("left").GetBoolean());


        var directory = new PartnerDirectory(api.Services.GetRequiredService<OrganisationService>());
        var chains = new ChainService(api.Services.GetRequiredService<IEventLog>(), TimeProvider.System, directory);
        Task<ChainOutcome> AgreeAsync() => chains.DoAsync(new Actor("partner", partner), chain.Id, new ChainCommand.Agree(partner, 1), null, Ct);
        Assert.Equal(ChainRefusal.PartnerLeft, Assert.IsType<ChainOutcome.Refused>(await AgreeAsync()).Refusal);
        Assert.Empty(await directory.FindAsync([partner], Ct));
        (await office.Put($"/api/v1/organisations/{partner}", """{"name":"Again","kind":"daycare","municipality":"X","policyFields":["work"],"roles":["partner"]}""")).Ok();
        Assert.Equal("Again", (await directory.FindAsync([partner], Ct))[partner].Name);
        Assert.False((await office.Get($"/api/v1/organisations/{partner}")).Ok().Json.TryGetProperty("leftAt", out _));
        Assert.False(Assert.IsType<ChainOutcome.Done>(await AgreeAsync()).Chain.NeedsNewVersion);
    }

    private (string Path, OrganisationId Coordinator, OrganisationId Partner, string Json) New()
    {
        var (coordinator, partner) = (api.Organisation("coordinator"), api.Organisation("carer"));
        var id = $"chain-{coordinator}";
        var chain = TestChain.Make(id, coordinator.Value, 1, partner.Value);
        return ($"/api/v1/chains/{id}", coordinator, partner, ChainJson.Write(chain with { Root = ((ChainNode.Sequence)chain.Root).Children[0] }));
    }
}
