using System.Net;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests;

public sealed class ChainTests(ApiHost api)
{
    private (string Path, OrganisationId Coordinator, OrganisationId Partner, string Json) New(int version = 1)
    {
        var (coordinator, partner) = (api.Organisation("coordinator"), api.Organisation("carer"));
        var id = $"chain-{coordinator}";
        return ($"/api/v1/chains/{id}", coordinator, partner, ChainJson.Write(Chain(id, coordinator, partner, version)));
    }

    private static ChainVersion Chain(string id, OrganisationId coordinator, OrganisationId partner, int version)
    {
        var chain = TestChain.Make(id, coordinator.Value, version, partner.Value);
        return chain with { Root = ((ChainNode.Sequence)chain.Root).Children[0] };
    }

    [Fact]
    public async Task A_chain_is_drafted_proposed_agreed_and_retired()
    {
        var (path, by, partner, json) = New();
        var (coordinator, other) = (api.ClientOf(by), api.ClientOf(partner));
        var draft = (await coordinator.Put(path + "/draft", json)).Ok();
        Assert.Equal("\"1\"", draft.ETag);
        Assert.True(draft.Json.TryGetProperty("draft", out _));
        (await other.Get(path)).Refused(HttpStatusCode.NotFound, "chain-not-found");

        var proposed = (await coordinator.Post(path + "/proposals")).Is(HttpStatusCode.Created);
        Assert.Equal(path + "/versions/1", proposed.Raw.Headers.Location?.ToString());
        Assert.False((await other.Get(path)).Ok().Json.TryGetProperty("draft", out _));
        var version = (await other.Get(path + "/versions/1")).Ok();
        Assert.Equal("proposed", version.Text("status"));
        Assert.Equal(partner.Value, version.Json.GetProperty("silent")[0].GetString());
        Assert.Equal("step", version.Json.GetProperty("definition").GetProperty("root").GetProperty("kind").GetString());

        (await coordinator.Post(path + "/versions/1/agreements")).Refused(HttpStatusCode.Forbidden, "chain-not-partner");
        Assert.Equal(1, (await other.Post(path + "/versions/1/agreements")).Ok().Json.GetProperty("inForce").GetInt32());
        (await other.Post(path + "/versions/1/objections", """{"reason":"Too short."}""")).Refused(HttpStatusCode.Conflict, "chain-version-in-force");
        (await other.Post(path + "/versions/1/retirement")).Refused(HttpStatusCode.Forbidden, "chain-not-coordinator");
        (await coordinator.Post(path + "/versions/1/retirement")).Ok();
        Assert.Equal("retired", (await other.Get(path + "/versions/1")).Ok().Text("status"));
        Assert.Contains((await other.Get($"/api/v1/chains?coordinator={by}")).Ok().Json.GetProperty("items").EnumerateArray(), c => c.GetProperty("status").GetString() == "retired");
    }

    [Fact]
    public async Task An_objection_is_screened_and_stops_a_version()
    {
        var (path, by, partner, json) = New();
        (await api.ClientOf(by).Post(path + "/proposals", json)).Is(HttpStatusCode.Created);
        var other = api.ClientOf(partner);
        Assert.Equal(["reason: note-blocked"], (await other.Post(path + "/versions/1/objections", """{"reason":"Ask a@example.org"}""")).Refused(HttpStatusCode.UnprocessableEntity, "note-blocked").Faults);
        (await other.Post(path + "/versions/1/objections", """{"reason":"Three days are too short."}""")).Ok();
        (await other.Post(path + "/versions/1/agreements")).Refused(HttpStatusCode.Conflict, "chain-version-objected");
        Assert.Equal("Three days are too short.", (await other.Get(path + "/versions/1")).Json.GetProperty("objections")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task What_is_wrong_with_a_chain_is_named_with_its_path()
    {
        var (path, by, _, json) = New();
        var client = api.ClientOf(by);
        var faulty = json.Replace("\"acknowledgeWithin\": 3", "\"acknowledgeWithin\": 300", StringComparison.Ordinal).Replace("\"BB\"", "\"XX\"", StringComparison.Ordinal);
        Assert.Equal(["federalState: federal-state-unknown", "root.acknowledgeWithin: time-range"],
            (await client.Post(path + "/proposals", faulty)).Refused(HttpStatusCode.UnprocessableEntity, "chain-invalid").Faults);
        Assert.Equal(2, (await client.Put(path + "/draft", faulty)).Ok().Json.GetProperty("draftFaults").GetArrayLength());
        Assert.Equal([": not-json"], (await client.Put(path + "/draft", "{")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);

        var check = (await client.Post("/api/v1/chain-checks", faulty)).Ok();
        Assert.False(check.Json.GetProperty("valid").GetBoolean());
        Assert.Equal(2, check.Json.GetProperty("faults").GetArrayLength());
        Assert.Equal(64, (await client.Post("/api/v1/chain-checks", json)).Ok().Text("contentHash").Length);
    }

    [Fact]
    public async Task A_chain_that_is_not_there_is_not_found_and_only_coordinators_draft()
    {
        var (path, by, partner, json) = New();
        var client = api.ClientOf(by);
        (await client.Get(path)).Refused(HttpStatusCode.NotFound, "chain-not-found");
        (await client.Get(path + "/versions/1")).Refused(HttpStatusCode.NotFound, "chain-not-found");
        (await client.Get("/api/v1/chains/Not%20A%20Code")).Refused(HttpStatusCode.NotFound, "chain-not-found");
        (await client.Post(path + "/proposals")).Refused(HttpStatusCode.NotFound, "chain-not-found");
        (await api.ClientOf(by, NetworkRoles.Caseworker).Put(path + "/draft", json)).Refused(HttpStatusCode.Forbidden, "role-missing");
        (await api.ClientOf(partner).Put(path + "/draft", json)).Refused(HttpStatusCode.Forbidden, "chain-not-coordinator");
    }

    [Fact]
    public async Task A_draft_is_undone_redone_and_thrown_away()
    {
        var (path, by, partner, json) = New();
        var client = api.ClientOf(by);
        var other = json.Replace("\"BB\"", "\"SN\"", StringComparison.Ordinal);
        (await client.Post(path + "/draft/undo")).Refused(HttpStatusCode.NotFound, "chain-not-found");
        (await client.Put(path + "/draft", json)).Ok();
        (await client.Post(path + "/draft/undo")).Refused(HttpStatusCode.Conflict, "chain-nothing-to-undo");
        (await client.Put(path + "/draft", other)).Ok();
        (await api.ClientOf(partner, NetworkRoles.Coordinator).Post(path + "/draft/undo")).Refused(HttpStatusCode.Forbidden, "chain-not-coordinator");
        (await client.Post(path + "/draft/redo")).Refused(HttpStatusCode.Conflict, "chain-nothing-to-redo");
        Assert.Equal("BB", StateOf((await client.Post(path + "/draft/undo")).Ok()));
        Assert.Equal("SN", StateOf((await client.Post(path + "/draft/redo")).Ok()));
        (await client.Ask(HttpMethod.Delete, path + "/draft", null, ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "stale");
        Assert.False((await client.Ask(HttpMethod.Delete, path + "/draft", null)).Ok().Json.TryGetProperty("draft", out _));
        (await client.Post(path + "/draft/redo")).Refused(HttpStatusCode.Conflict, "chain-no-draft");

        static string? StateOf(Answer answer) => answer.Json.GetProperty("draft").GetProperty("federalState").GetString();
    }

    [Fact]
    public async Task A_draft_that_somebody_else_changed_is_not_overwritten()
    {
        var (path, by, _, json) = New();
        var client = api.ClientOf(by);
        (await client.Put(path + "/draft", json)).Ok();
        var stale = (await client.Put(path + "/draft", json, ifMatch: "\"0\"")).Refused(HttpStatusCode.PreconditionFailed, "stale");
        Assert.Equal("\"1\"", stale.ETag);
    }
}
