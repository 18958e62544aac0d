using System.Net;
using Referrals.Engine;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests;

public sealed class AssignmentTests(ApiHost api)
{
    private async Task<(HttpClient Client, string Path, AssignmentId Id)> Received()
    {
        var partner = api.Organisation("partner");
        var id = await api.ReceiveAsync(partner);
        return (api.ClientOf(partner), $"/api/v1/assignments/{id}", id);
    }

    [Fact]
    public async Task An_assignment_goes_from_receipt_to_completion()
    {
        var (client, path, id) = await Received();
        var shown = (await client.Get(path)).Ok();
        Assert.Equal("received", shown.Text("status"));
        Assert.Equal("\"1\"", shown.ETag);
        Assert.Equal(id.ToString(), (await client.Get("/api/v1/assignments?status=received&sender=sender&service=care")).Json.GetProperty("items")[0].GetProperty("id").GetString());

        Assert.Equal("acknowledged", (await client.Post(path + "/acknowledgement")).Ok().Text("status"));
        Assert.Equal("accepted", (await client.Post(path + "/acceptance")).Ok().Text("status"));
        Assert.Equal("started", (await client.Post(path + "/start")).Ok().Text("status"));
        Assert.NotEmpty((await client.Post(path + "/first-contact")).Ok().Text("firstContactAt"));
        Assert.Equal("paused", (await client.Post(path + "/pause")).Ok().Text("status"));
        Assert.Equal("started", (await client.Post(path + "/resumption")).Ok().Text("status"));
        var done = (await client.Post(path + "/completion", """{"outcome":"helped","facts":{"care-from":"2026-10"}}""")).Ok();
        Assert.Equal("completed", done.Text("status"));
        Assert.Equal("helped", done.Text("outcome"));
        Assert.Equal("assignment-received", (await client.Get(path + "/history")).Ok().Json.GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_wrong_state_is_named_and_changes_nothing()
    {
        var (client, path, _) = await Received();
        (await client.Post(path + "/start")).Refused(HttpStatusCode.Conflict, "assignment-not-accepted");
        (await client.Post(path + "/first-contact")).Refused(HttpStatusCode.Conflict, "assignment-not-accepted");
        (await client.Post(path + "/pause")).Refused(HttpStatusCode.Conflict, "assignment-not-started");
        (await client.Post(path + "/resumption")).Refused(HttpStatusCode.Conflict, "assignment-not-started");
        (await client.Post(path + "/completion", """{"outcome":"helped"}""")).Refused(HttpStatusCode.Conflict, "assignment-not-accepted");
        Assert.Equal("\"1\"", (await client.Get(path)).ETag);
        (await client.Post(path + "/refusal", """{"reason":"no-capacity"}""")).Ok();
        (await client.Post(path + "/acceptance")).Refused(HttpStatusCode.Conflict, "assignment-declined");
        (await client.Post(path + "/acknowledgement")).Refused(HttpStatusCode.Conflict, "assignment-declined");
        (await client.Post(path + "/questions", """{"text":"Since when?"}""")).Refused(HttpStatusCode.Conflict, "assignment-declined");
    }

    [Fact]
    public async Task Wrong_input_names_its_field()
    {
        var (client, path, _) = await Received();
        Assert.Equal(["reason: decline-reason-unknown"], (await client.Post(path + "/refusal", """{"reason":"dont-want"}""")).Refused(HttpStatusCode.UnprocessableEntity, "decline-reason-unknown").Faults);
        Assert.Equal(["note: decline-note-missing"], (await client.Post(path + "/refusal", """{"reason":"other"}""")).Refused(HttpStatusCode.UnprocessableEntity, "decline-note-missing").Faults);
        Assert.Equal(["note: note-blocked"], (await client.Post(path + "/refusal", """{"reason":"other","note":"a@example.org"}""")).Refused(HttpStatusCode.UnprocessableEntity, "note-blocked").Faults);
        Assert.Equal(["text: note-blocked"], (await client.Post(path + "/questions", """{"text":"a@example.org?"}""")).Refused(HttpStatusCode.UnprocessableEntity, "note-blocked").Faults);
        Assert.Equal(["outcome: outcome-not-allowed"], (await client.Post(path + "/completion", """{"outcome":"eaten"}""")).Refused(HttpStatusCode.UnprocessableEntity, "outcome-not-allowed").Faults);
        Assert.Equal(["facts.children: fact-not-allowed"], (await client.Post(path + "/completion", """{"outcome":"helped","facts":{"children":3}}""")).Refused(HttpStatusCode.UnprocessableEntity, "fact-not-allowed").Faults);
    }

    [Fact]
    public async Task A_question_is_asked()
    {
        var (client, path, _) = await Received();
        var asked = (await client.Post(path + "/questions", """{"text":"On Saturdays too?"}""")).Ok();
        Assert.Equal("On Saturdays too?", asked.Json.GetProperty("questions")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Only_partners_may_and_what_is_not_there_is_not_found()
    {
        var partner = api.Organisation("partner");
        var id = await api.ReceiveAsync(partner);
        (await api.ClientOf(partner, NetworkRoles.Caseworker).Get($"/api/v1/assignments/{id}")).Refused(HttpStatusCode.Forbidden, "role-missing");
        (await api.ClientOf(partner).Get($"/api/v1/assignments/{Guid.NewGuid()}")).Refused(HttpStatusCode.NotFound, "assignment-not-found");
        (await api.ClientOf(partner).Post($"/api/v1/assignments/{Guid.NewGuid()}/acceptance")).Refused(HttpStatusCode.NotFound, "assignment-not-found");
        (await api.ClientOf(partner).Post($"/api/v1/assignments/{Guid.NewGuid()}/questions", """{"text":"a@example.org"}""")).Refused(HttpStatusCode.NotFound, "assignment-not-found");
    }
}
