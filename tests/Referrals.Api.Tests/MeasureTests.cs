using System.Net;
using Referrals.Engine;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests;

public sealed class MeasureTests(ApiHost api)
{
    private const string Root = "/api/v1/review/measures";

    private async Task<(HttpClient Client, OrganisationId Own)> SteeringAsync()
    {
        var own = await api.RegisteredAsync();
        return (api.ClientOf(own, NetworkRoles.Steering), own);
    }

    private static string Plan(OrganisationId partner, string what = "A second contact for the holidays", string until = "2026-08-31") =>
        $$"""{"what":"{{what}}","who":"Leitstelle","from":"2026-06-01","until":"{{until}}","chain":"{{ApiHost.Chain}}","step":"care","partner":"{{partner}}"}""";

    [Fact]
    public async Task A_measure_is_noted_changed_and_followed_up()
    {
        var (client, own) = await SteeringAsync();
        var noted = (await client.Post(Root, Plan(own))).Is(HttpStatusCode.Created);
        var path = $"{Root}/{noted.Text("id")}";
        Assert.Equal((path, "running"), (noted.Raw.Headers.Location?.ToString(), noted.Text("status")));
        Assert.Equal(noted.ETag, (await client.Get(path)).Ok().ETag);

        var changed = (await client.Put(path + "/plan", Plan(own, until: "2026-09-30"), noted.ETag)).Ok();
        Assert.Equal("2026-09-30", changed.Json.GetProperty("plan").GetProperty("until").GetString());
        (await client.Put(path + "/plan", Plan(own), noted.ETag)).Refused(HttpStatusCode.PreconditionFailed, "stale");
        (await client.Post(path + "/follow-ups", """{"status":"done"}""", ifMatch: noted.ETag)).Refused(HttpStatusCode.PreconditionFailed, "stale");

        var done = (await client.Post(path + "/follow-ups", """{"status":"done","note":"Waiting fell."}""", ifMatch: changed.ETag)).Ok();
        Assert.Equal("Waiting fell.", done.Json.GetProperty("looks")[0].GetProperty("note").GetString());
        (await client.Put(path + "/plan", Plan(own))).Refused(HttpStatusCode.Conflict, "measure-ended");

        var line = Assert.Single((await client.Get($"{Root}?status=done&partner={own}")).Ok().Json.GetProperty("items").EnumerateArray());
        Assert.Equal(noted.Text("id"), line.GetProperty("id").GetString());
        Assert.Empty((await client.Get($"{Root}?status=running&partner={own}")).Ok().Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task The_same_request_notes_one_measure()
    {
        var ((client, own), key) = (await SteeringAsync(), Guid.NewGuid().ToString());
        var first = (await client.Post(Root, Plan(own), key)).Is(HttpStatusCode.Created);
        Assert.Equal(first.Text("id"), (await client.Post(Root, Plan(own), key)).Is(HttpStatusCode.Created).Text("id"));
        Assert.Single((await client.Get($"{Root}?partner={own}")).Ok().Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task All_faults_come_at_once_and_no_text_that_could_tell_who_a_person_is_is_kept()
    {
        var (client, own) = await SteeringAsync();
        var blocked = await client.Post(Root, Plan(new OrganisationId("no-such-partner"), "Ask m.muster@example.org"));
        Assert.Equal(["what: note-blocked", "partner: partner-unknown"], blocked.Refused(HttpStatusCode.UnprocessableEntity, "note-blocked").Faults);
        var wrong = await client.Post(Root, """{"what":"x","who":"y","from":"2026-06-01","until":"2026-07-01","chain":"care-and-advice","step":"nowhere"}""");
        Assert.Equal(["step: step-unknown"], wrong.Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
        (await client.Post(Root, Plan(own, until: "2026-05-01"))).Refused(HttpStatusCode.UnprocessableEntity, "measure-until-before-from");
        (await client.Post(Root, """{"what":"x","who":"y","from":"2026-06-01","until":"2026-07-01","step":"care"}"""))
            .Refused(HttpStatusCode.UnprocessableEntity, "measure-step-without-chain");
        var path = $"{Root}/{(await client.Post(Root, Plan(own))).Is(HttpStatusCode.Created).Text("id")}";
        (await client.Post(path + "/follow-ups", """{"status":"done","note":"Call 0170 1234567"}""")).Refused(HttpStatusCode.UnprocessableEntity, "note-blocked");
        (await client.Post(path + "/follow-ups", """{"status":"perhaps"}""")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_only_the_steering_group_asks()
    {
        var (client, own) = await SteeringAsync();
        var path = $"{Root}/{Guid.NewGuid()}";
        (await client.Get(path)).Refused(HttpStatusCode.NotFound, "measure-not-found");
        (await client.Put(path + "/plan", Plan(own))).Refused(HttpStatusCode.NotFound, "measure-not-found");
        (await client.Post(path + "/follow-ups", """{"status":"done"}""")).Refused(HttpStatusCode.NotFound, "measure-not-found");
        (await api.ClientOf(own, NetworkRoles.Partner).Post(Root, Plan(own))).Refused(HttpStatusCode.Forbidden, "role-missing");
    }
}
