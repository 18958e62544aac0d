using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Tests;

public sealed class WhatIfTests(ApiHost api)
{
    private const string Root = "/api/v1/review/what-if";

    [Fact]
    public async Task A_question_is_put_in_line_answered_and_shown_with_its_intervals()
    {
        var (story, client) = (await ReviewStory.TellAsync(api), Steering());
        var asked = (await client.Post(Root, $$"""
            {"changes":[{"kind":"capacity","partner":"{{story.Partner}}","by":2},{"kind":"agreed-times","chain":"{{story.Chain}}","step":"care","acknowledge":2},
             {"kind":"arrivals","times":1.2}],"chains":["{{story.Chain}}"],"replications":5,"days":125,"seed":3}
            """)).Is(HttpStatusCode.Accepted);
        var path = $"{Root}/{asked.Text("id")}";
        Assert.Equal("queued", asked.Text("state"));
        Assert.Equal("capacity", asked.Json.GetProperty("question").GetProperty("changes")[0].GetProperty("kind").GetString());
        Assert.Contains((await client.Get(Root)).Ok().Json.GetProperty("items").EnumerateArray(), i => i.GetProperty("id").GetString() == asked.Text("id"));

        await WhatIfSide.AnswerAsync(api, asked.Json.GetProperty("id").GetGuid());
        var done = (await client.Get(path)).Ok();
        Assert.Equal("done", done.Text("state"));
        var rows = done.Json.GetProperty("answer").GetProperty("rows").EnumerateArray().ToList();
        var measure = rows.Single(r => r.GetProperty("scope") is var scope && scope.TryGetProperty("service", out _) && scope.GetProperty("partner").GetString() == story.Partner.Value).GetProperty("measures").EnumerateArray()
            .Single(m => m.GetProperty("measure").GetString() == "in-work");
        foreach (var part in (string[])["baseline", "scenario", "difference"])
        {
            Assert.True(measure.GetProperty(part).GetProperty("lower").GetDouble() <= measure.GetProperty(part).GetProperty("upper").GetDouble());
        }

        (await client.Ask(HttpMethod.Delete, path, null)).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Everything_that_makes_no_sense_is_named_with_its_place()
    {
        var (story, client) = (await ReviewStory.TellAsync(api), Steering());
        var answer = (await client.Post(Root, $$"""
            {"changes":[{"kind":"capacity","partner":"nobody","by":2},{"kind":"version","chain":"{{story.Chain}}","version":9},{"kind":"arrivals","times":99}],"chains":["no-chain"]}
            """)).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["changes[0].partner", "changes[1].version", "changes[2].times", "chains[0]"], Fields(answer));
        answer = (await client.Post(Root, """
            {"changes":[{"kind":"magic"},{"partner":"x"},{"kind":"arrivals","times":"many","extra":1},{"kind":"partners","chain":"C!","step":"care","partners":["a",3]}],"seed":1.5}
            """)).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["changes[0].kind", "changes[1].kind", "changes[2].times", "changes[2].extra", "changes[3].chain", "changes[3].partners[1]", "seed"], Fields(answer));
    }

    [Fact]
    public async Task An_organisation_asks_so_many_at_once_and_only_who_asked_takes_one_back()
    {
        await ReviewStory.TellAsync(api);
        var organisation = api.Organisation();
        var (client, other) = (api.ClientOf(organisation, NetworkRoles.Steering), Steering());
        var asked = new List<string>();
        for (var i = 0; i < WhatIfLimits.MostOpen; i++)
        {
            asked.Add((await client.Post(Root, """{"changes":[{"kind":"arrivals","times":2}]}""")).Is(HttpStatusCode.Accepted).Text("id"));
        }

        Assert.Equal("what-if-too-many", (await client.Post(Root, """{"changes":[{"kind":"arrivals","times":2}]}""")).Is(HttpStatusCode.Conflict).Code);
        Assert.Equal("what-if-not-yours", (await other.Ask(HttpMethod.Delete, $"{Root}/{asked[0]}", null)).Is(HttpStatusCode.Forbidden).Code);
        (await client.Ask(HttpMethod.Delete, $"{Root}/{asked[0]}", null)).Is(HttpStatusCode.NoContent);
        Assert.Equal("what-if-ended", (await client.Ask(HttpMethod.Delete, $"{Root}/{asked[0]}", null)).Is(HttpStatusCode.Conflict).Code);
        Assert.Equal("cancelled", (await other.Get($"{Root}/{asked[0]}")).Ok().Text("state"));
        Assert.Equal("what-if-not-found", (await client.Ask(HttpMethod.Delete, $"{Root}/{Guid.NewGuid()}", null)).Is(HttpStatusCode.NotFound).Code);
    }

    [Fact]
    public async Task Only_the_steering_group_asks()
    {
        var others = api.ClientOf(api.Organisation(), NetworkRoles.Caseworker, NetworkRoles.Partner, NetworkRoles.Coordinator, NetworkRoles.Admin);
        (await others.Get(Root)).Is(HttpStatusCode.Forbidden);
        (await others.Post(Root, """{"changes":[{"kind":"arrivals","times":2}]}""")).Is(HttpStatusCode.Forbidden);
    }

    private static string[] Fields(Answer answer) => [.. answer.Json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()!)];

    private HttpClient Steering() => api.ClientOf(api.Organisation(), NetworkRoles.Steering);
}

/// <summary>What in the product a worker does.</summary>
internal static class WhatIfSide
{
    /// <summary>Simulates a question and writes the answer down.</summary>
    public static async Task<WhatIfAnswer> AnswerAsync(ApiHost api, Guid id)
    {
        var ct = TestContext.Current.CancellationToken;
        var job = (await api.Services.GetRequiredService<IWhatIfJobs>().FindAsync(id, ct))!;
        var basis = (await api.Services.GetRequiredService<WhatIfModels>().LatestAsync(TimeSpan.FromMinutes(1), ct)).Basis!;
        var answer = WhatIfRun.Run(basis, job.Question, [new(Measure.WaitingMedian, 12, 0.31, 0.28)], null, ct);
        await api.ExecuteAsync(
            $"update referrals.what_if_jobs set state = 'done', progress = 1, ended_at = now(), answer = '{System.Text.Json.JsonSerializer.Serialize(answer, EventCodec.Json)}' where id = '{id}'");
        return answer;
    }
}
