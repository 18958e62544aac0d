using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests;

public sealed class WatchTests(ApiHost api)
{
    private async Task Put(OrganisationId organisation, params IReadOnlyList<ListRow> rows)
    {
        var append = new Append(
            new EventContext(DateTimeOffset.UtcNow, "exchange", organisation.Value), [], [.. rows.Select(r => new RowChange.PutListRow(r))]);
        Assert.IsType<AppendResult.Appended>(await api.Services.GetRequiredService<IEventLog>().AppendAsync(append, TestContext.Current.CancellationToken));
    }

    private static ListRow Escalation(OrganisationId coordinator, string chain)
    {
        var (id, at) = (Guid.NewGuid(), DateTimeOffset.UtcNow);
        var item = new EscalationListItem(id, new OrganisationId("holder"), new ChainId(chain), 1, TestChain.Care, new OrganisationId("care-one"), "acknowledge", at, at);
        return new ListRow(coordinator.Value, Escalations.List, id, Escalations.Open, chain, "care-one", null, at, System.Text.Json.JsonSerializer.Serialize(item, EventCodec.Json));
    }

    [Fact]
    public async Task Coordinators_see_what_was_escalated_to_them()
    {
        var coordinator = api.Organisation("coordinator");
        await Put(coordinator, Escalation(coordinator, "chain-a"), Escalation(coordinator, "chain-b"));
        var items = (await api.ClientOf(coordinator, NetworkRoles.Coordinator).Get("/api/v1/escalations?chain=chain-a&partner=care-one")).Ok().Json.GetProperty("items");
        var line = Assert.Single(items.EnumerateArray());
        Assert.Equal("care", line.GetProperty("step").GetString());
        Assert.Equal("acknowledge", line.GetProperty("deadline").GetString());
        (await api.ClientOf(coordinator, NetworkRoles.Partner).Get("/api/v1/escalations")).Refused(HttpStatusCode.Forbidden, "role-missing");
        Assert.Equal(0, (await api.ClientOf(api.Organisation()).Get("/api/v1/escalations")).Ok().Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Administrators_see_messages_that_were_given_up()
    {
        var organisation = api.Organisation();
        await Put(organisation, DeadLetters.UnreadableRow(organisation, "OfferV9", Guid.NewGuid(), DateTimeOffset.UtcNow));
        var admin = api.ClientOf(organisation, NetworkRoles.Admin);
        var line = Assert.Single((await admin.Get("/api/v1/dead-letters?reason=malformed")).Ok().Json.GetProperty("items").EnumerateArray());
        Assert.Equal("OfferV9", line.GetProperty("type").GetString());
        Assert.Equal(0, (await admin.Get("/api/v1/dead-letters?reason=other")).Ok().Json.GetProperty("items").GetArrayLength());
        (await api.ClientOf(organisation, NetworkRoles.Caseworker).Get("/api/v1/dead-letters")).Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task An_escalation_is_taken_care_of_once()
    {
        var coordinator = api.Organisation("coordinator");
        await Put(coordinator, Escalation(coordinator, "chain-a"), Escalation(coordinator, "chain-b"));
        var client = api.ClientOf(coordinator, NetworkRoles.Coordinator);
        var open = (await client.Get("/api/v1/escalations?status=open&chain=chain-a")).Ok().Json.GetProperty("items")[0];
        var path = $"/api/v1/escalations/{open.GetProperty("id").GetString()}/handling";
        Assert.Equal("open", open.GetProperty("status").GetString());

        var handled = (await client.Post(path)).Ok();
        Assert.Equal(("handled", $"{coordinator}.test"), (handled.Text("status"), handled.Text("handledBy")));
        var again = (await api.ClientOf(coordinator).Post(path)).Ok();
        Assert.Equal(handled.Text("handledAt"), again.Text("handledAt"));
        Assert.Single((await client.Get("/api/v1/escalations?status=open")).Ok().Json.GetProperty("items").EnumerateArray());
        Assert.Single((await client.Get("/api/v1/escalations?status=handled")).Ok().Json.GetProperty("items").EnumerateArray());
        (await api.ClientOf(coordinator, NetworkRoles.Partner).Post(path)).Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task A_dead_letter_is_delivered_again_or_thrown_away()
    {
        var (organisation, sent, unreadable) = (api.Organisation(), Guid.NewGuid(), Guid.NewGuid());
        var at = DateTimeOffset.UtcNow;
        await Put(
            organisation, DeadLetters.UnreadableRow(organisation, "event", sent, at, "no-receipt", sequence: 4),
            DeadLetters.UnreadableRow(organisation, "OfferV9", unreadable, at));
        var admin = api.ClientOf(organisation, NetworkRoles.Admin);

        (await admin.Post($"/api/v1/dead-letters/{unreadable}/redelivery")).Refused(HttpStatusCode.Conflict, "dead-letter-not-redeliverable");
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Post($"/api/v1/dead-letters/{sent}/redelivery")).Status);
        (await admin.Post($"/api/v1/dead-letters/{sent}/redelivery")).Refused(HttpStatusCode.NotFound, "dead-letter-not-found");
        Assert.Equal(1L, await api.QueryAsync($"select count(*) from referrals.deliveries where message_id = '{sent}' and sequence = 4 and next_try_at <= now()"));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.Ask(HttpMethod.Delete, $"/api/v1/dead-letters/{unreadable}", null)).Status);
        Assert.Empty((await admin.Get("/api/v1/dead-letters")).Ok().Json.GetProperty("items").EnumerateArray());
        (await api.ClientOf(organisation, NetworkRoles.Caseworker).Post($"/api/v1/dead-letters/{sent}/redelivery")).Refused(HttpStatusCode.Forbidden, "role-missing");
    }
}
