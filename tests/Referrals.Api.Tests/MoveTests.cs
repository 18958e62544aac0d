using System.Net;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests;

/// <summary>Running referrals go on on the version of their chain that is in force.</summary>
public sealed class MoveTests(ApiHost api)
{
    [Fact]
    public async Task What_would_change_is_shown_and_then_done()
    {
        var story = await MoveStory.BeginAsync(api);
        var referral = await story.StartAsync();
        var path = $"/api/v1/referrals/{referral.Text("id")}";
        (await story.Client.Get(path + "/move")).Refused(HttpStatusCode.Conflict, "move-not-needed");

        await story.AddCourseAsync();
        var seen = (await story.Client.Get(path + "/move")).Ok().Json;
        Assert.Equal((1, 2, true), (seen.GetProperty("fromVersion").GetInt32(), seen.GetProperty("toVersion").GetInt32(), seen.GetProperty("fits").GetBoolean()));
        Assert.Equal(
            ["step-added course", "terms-change advice-part", "needs-consent course"],
            seen.GetProperty("changes").EnumerateArray().Select(c => $"{c.GetProperty("code").GetString()} {c.GetProperty("node").GetString()}"));

        (await story.Client.Post(path + "/move", "{}", ifMatch: "\"77\"")).Is(HttpStatusCode.PreconditionFailed);
        (await story.Client.Post(path + "/move", """{"to":1}""")).Refused(HttpStatusCode.Conflict, "move-target-changed");
        var moved = (await story.Client.Post(path + "/move", "{}")).Ok();
        Assert.Equal(2, moved.Json.GetProperty("chainVersion").GetInt32());
        Assert.Equal(["care", "advice"], moved.Json.GetProperty("consent").GetProperty("steps").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(moved.ETag, (await story.Client.Post(path + "/move", "{}")).Ok().ETag);
        Assert.Contains("moved-to-version", (await story.Client.Get(path + "/history")).Ok().Json.GetRawText(), StringComparison.Ordinal);

        await story.HearAsync(referral, new PartnerSaid.Received(), new PartnerSaid.Accepted(), new PartnerSaid.Completed("helped", new Dictionary<string, FactValue>()));
        Assert.Equal("needs-decision", (await story.Client.Get(path)).Ok().Text("status"));
    }

    [Fact]
    public async Task One_that_does_not_fit_is_refused_with_every_reason()
    {
        var story = await MoveStory.BeginAsync(api);
        var referral = await story.StartAsync();
        await story.DropCareAsync();
        var path = $"/api/v1/referrals/{referral.Text("id")}/move";
        Assert.False((await story.Client.Get(path)).Ok().Json.GetProperty("fits").GetBoolean());
        Assert.Equal(["care: step-gone"], (await story.Client.Post(path, "{}")).Refused(HttpStatusCode.Conflict, "move-does-not-fit").Faults);
        (await api.ClientOf(api.Organisation()).Get(path)).Refused(HttpStatusCode.NotFound, "referral-not-found");
        (await api.ClientOf(api.Organisation()).Post(path, "{}")).Refused(HttpStatusCode.NotFound, "referral-not-found");
    }

    [Fact]
    public async Task All_that_fit_are_moved_and_the_others_stay()
    {
        var story = await MoveStory.BeginAsync(api);
        var (done, open) = (await story.StartAsync(), await story.StartAsync());
        await story.HearAsync(done, new PartnerSaid.Received(), new PartnerSaid.Accepted(), new PartnerSaid.Completed("helped", new Dictionary<string, FactValue>()));
        await story.DropCareAsync();
        var path = $"/api/v1/chains/{story.Chain}/moves";
        var seen = (await story.Client.Get(path)).Ok().Json.GetProperty("items").EnumerateArray().ToDictionary(m => m.GetProperty("referral").GetString()!, m => m.GetProperty("fits").GetBoolean());
        Assert.Equal(new Dictionary<string, bool> { [done.Text("id")] = true, [open.Text("id")] = false }, seen);

        var named = (await story.Client.Post(path, $$"""{"referrals":["{{open.Text("id")}}","{{Guid.NewGuid()}}"]}""")).Ok().Json;
        Assert.Equal(["move-does-not-fit", "referral-not-found"], named.GetProperty("refused").EnumerateArray().Select(r => r.GetProperty("code").GetString()));
        var changed = (await story.Client.Post(path, """{"to":3}""")).Ok().Json;
        Assert.Equal("move-target-changed", Assert.Single(changed.GetProperty("refused").EnumerateArray()).GetProperty("code").GetString());
        var all = (await story.Client.Post(path, """{"to":2}""")).Ok().Json;
        Assert.Equal(done.Text("id"), Assert.Single(all.GetProperty("moved").EnumerateArray()).GetString());
        Assert.Empty((await api.ClientOf(api.Organisation()).Get(path)).Ok().Json.GetProperty("items").EnumerateArray());
    }
}
