using System.Net;
using Referrals.Engine.Chains;

namespace Referrals.Api.Tests;

/// <summary>A chain walked through with made-up answers.</summary>
public sealed class TrialTests(ApiHost api)
{
    private const string Path = "/api/v1/chains/care-and-advice/versions/1/trials";

    [Fact]
    public async Task Answers_are_played_on_the_calendar_and_what_cannot_be_is_told()
    {
        var client = api.ClientOf(api.Organisation());
        var told = (await client.Post(Path, """{"begin":"2026-12-21","facts":{"children":2},"answers":[{"does":"complete","node":"care","after":3},{"does":"accept","node":"care"}]}""")).Ok().Json;
        var lines = told.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("said").GetProperty("en").GetString()).ToList();
        Assert.Contains("care-one completes: “care”. The case holder learns: Helped.", lines);
        Assert.Equal("answers[1].node", Assert.Single(told.GetProperty("faults").EnumerateArray()).GetProperty("path").GetString());
        Assert.Equal("include", told.GetProperty("next")[0].GetProperty("deeds")[0].GetString());
        Assert.Equal(["answers[0].does: wrong-value"], (await client.Post(Path, """{"answers":[{"does":"fly"}]}""")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
        (await client.Post(Path.Replace("/1/", "/9/", StringComparison.Ordinal), "{}")).Refused(HttpStatusCode.NotFound, "chain-not-found");
    }

    [Fact]
    public async Task A_fact_that_the_step_does_not_return_is_named()
    {
        var client = api.ClientOf(api.Organisation());
        var told = (await client.Post(Path, """{"facts":{"children":2},"answers":[{"does":"complete","node":"care","facts":{"care-from":"2026-12","children":3}}]}""")).Ok().Json;
        var fault = Assert.Single(told.GetProperty("faults").EnumerateArray());
        Assert.Equal(("answers[0].facts.children", "fact-not-returned"), (fault.GetProperty("path").GetString(), fault.GetProperty("code").GetString()));
        Assert.Equal("„care“ meldet „Kinder“ nicht zurück.", fault.GetProperty("message").GetProperty("de").GetString());
    }

    [Fact]
    public async Task A_draft_is_tried_by_its_coordinator_alone_and_only_without_faults()
    {
        var by = api.Organisation("coordinator");
        var (client, draft) = (api.ClientOf(by), TestChain.Make($"chain-{by}", by.Value));
        var path = $"/api/v1/chains/{draft.Id}/draft";
        (await client.Put(path, ChainJson.Write(draft with { FederalState = "XX" }))).Ok();
        Assert.Equal(["federalState: federal-state-unknown"], (await client.Post(path + "/trials", "{}")).Refused(HttpStatusCode.UnprocessableEntity, "chain-invalid").Faults);
        (await client.Put(path, ChainJson.Write(draft))).Ok();
        Assert.Equal("facts.children", (await client.Post(path + "/trials", "{}")).Ok().Json.GetProperty("faults")[0].GetProperty("path").GetString());
        (await api.ClientOf(api.Organisation()).Post(path + "/trials", "{}")).Refused(HttpStatusCode.NotFound, "chain-not-found");
    }
}
