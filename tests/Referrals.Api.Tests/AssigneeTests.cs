using System.Net;

namespace Referrals.Api.Tests;

public sealed class AssigneeTests(ApiHost api)
{
    [Fact]
    public async Task Who_started_a_referral_looks_after_it_until_it_is_handed_over()
    {
        var (client, holder, started) = await ReferralTests.Start(api);
        var path = $"/api/v1/referrals/{started.Text("id")}";
        Assert.Equal($"{holder}.test", started.Text("assignee"));

        Assert.Equal("frau.muster", (await client.Put(path + "/assignee", """{"assignee":"frau.muster"}""", started.ETag)).Ok().Text("assignee"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await client.Put(path + "/assignee", """{"assignee":"x"}""", started.ETag)).Status);
        Assert.Single(await NumberTests.Numbers(client, "/api/v1/referrals?assignee=frau.muster"));
        Assert.Empty(await NumberTests.Numbers(client, $"/api/v1/referrals?assignee={holder}.test"));
        (await client.Put(path + "/assignee", """{"assignee":"frau muster"}""")).Refused(HttpStatusCode.UnprocessableEntity, "assignee-invalid");
        Assert.False((await client.Put(path + "/assignee", "{}")).Ok().Json.TryGetProperty("assignee", out _));
        Assert.Single(await NumberTests.Numbers(client, "/api/v1/referrals?unassigned=true"));
    }

    [Fact]
    public async Task An_assignment_is_taken_over_and_an_acceptance_taken_back()
    {
        var partner = api.Organisation("care");
        var client = api.ClientOf(partner);
        var path = $"/api/v1/assignments/{await api.ReceiveAsync(partner)}";

        Assert.Equal("frau.muster", (await client.Put(path + "/assignee", """{"assignee":"frau.muster"}""")).Ok().Text("assignee"));
        Assert.Single(await NumberTests.Numbers(client, "/api/v1/assignments?assignee=frau.muster"));
        var accepted = (await client.Post(path + "/acceptance")).Ok();
        var undo = accepted.Json.GetProperty("undo");
        Assert.Equal("acceptance", undo.GetProperty("what").GetString());
        Assert.True(undo.GetProperty("until").GetDateTimeOffset() > DateTimeOffset.UtcNow);

        Assert.Equal("acknowledged", (await client.Post(path + "/acceptance-undo")).Ok().Text("status"));
        Assert.Equal("received", (await client.Post(path + "/acknowledgement-undo")).Ok().Text("status"));
        (await client.Post(path + "/acceptance-undo")).Refused(HttpStatusCode.Conflict, "nothing-to-undo");
        var history = (await client.Get(path + "/history")).Ok().Json.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("name").GetString());
        Assert.Equal(
            ["assignment-received", "assignment-assigned", "assignment-acknowledged", "assignment-accepted", "assignment-acceptance-undone", "assignment-acknowledgement-undone"],
            history);
    }
}
