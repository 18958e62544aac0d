using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Tests.Pages.Casework;

public sealed class OwnHistoryPageTests(ApiHost api)
{
    private const string Path = "/ueberleitungen/ereignisprotokoll";
    private const string Api = "/api/v1/referrals/event-log";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Covers("GET /ueberleitungen/ereignisprotokoll", PageCase.Works)]
    [Covers("POST /ueberleitungen/ereignisprotokoll", PageCase.Works)]
    public async Task The_own_referrals_come_as_a_log_that_can_be_reviewed_and_it_is_written_down()
    {
        var story = await ReviewStory.TellAsync(api);
        var me = await api.SignedInAsync(story.Holder, NetworkRoles.Caseworker);
        var page = (await me.Open(Path)).Is(HttpStatusCode.OK);
        Assert.Contains("geben Sie sie nicht weiter", page.Text, StringComparison.Ordinal);
        var file = (await me.Send(page, Path)).Is(HttpStatusCode.OK);
        Assert.Equal("application/xml", file.ContentType);
        var read = EventLogReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(file.Html)), "own.xes", new LogOptions(), Ct);
        Assert.Equal((ReviewStory.Finished + ReviewStory.Stuck, 1), (read.Log.Cases.Length, read.Log.Activities.Count));
        Assert.Equal([story.Partner.Value], read.Log.Groups);
        Assert.DoesNotContain("2026-0815", file.Html, StringComparison.Ordinal);

        var (steering, name) = (api.ClientOf(api.Organisation(), NetworkRoles.Steering), $"own-{Guid.NewGuid():n}");
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(file.Html)) { Headers = { ContentType = new("application/octet-stream") } };
        (await Http.Read(await steering.PutAsync(new Uri($"/api/v1/review/logs/{name}", UriKind.Relative), body, Ct))).Is(HttpStatusCode.Created);
        var overview = (await steering.Get($"/api/v1/review/overview?log={name}")).Ok().Json;
        Assert.Equal(ReviewStory.Stuck, overview.GetProperty("running").GetInt32());
        Assert.Equal(ReviewStory.Finished + ReviewStory.Stuck, (await steering.Get($"/api/v1/review/logs/{name}")).Ok().Json.GetProperty("cases").GetInt32());

        // One batch of the usual threshold, as in the own review.
        Assert.Equal(ReviewStory.Finished - 1, overview.GetProperty("throughput").GetProperty("n").GetInt32());

        var entry = Assert.Single(await api.Services.GetRequiredService<AuditStore>().ListAsync([story.Holder], new AuditFilter([AuditCodes.HistoryExported]), null, 10, Ct));
        Assert.Equal(("xes", "11"), (entry.Details!["format"], entry.Details["cases"]));
    }

    [Fact]
    [Covers("POST /ueberleitungen/ereignisprotokoll", PageCase.Refuses)]
    public async Task What_can_not_be_exported_is_said_and_only_caseworkers_may()
    {
        var own = await api.RegisteredAsync();
        var me = await api.SignedInAsync(own, NetworkRoles.Caseworker);
        var page = await me.Open(Path);
        Assert.Equal(["In diesen Monaten wurde keine Überleitung begonnen, die ein Partner bekommen hat."], (await me.Send(page, Path)).Is(HttpStatusCode.UnprocessableEntity).Faults);
        Assert.Equal(2, (await me.Send(page, Path, ("von", "2026-05"), ("bis", "2026-04"), ("format", "pdf"))).Is(HttpStatusCode.UnprocessableEntity).Faults.Count);
        (await (await api.SignedInAsync(own, NetworkRoles.Steering, NetworkRoles.Partner)).Open(Path)).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Programs_get_the_same()
    {
        var story = await ReviewStory.TellAsync(api);
        var client = api.ClientOf(story.Holder, NetworkRoles.Caseworker);
        var table = await client.GetStringAsync(new Uri($"{Api}?format=csv", UriKind.Relative), Ct);
        Assert.Equal(ReviewStory.Finished + ReviewStory.Stuck, table.Split('\n').Count(l => l.Contains(",schedule,", StringComparison.Ordinal)));
        (await client.Get($"{Api}?from=2020-01&to=2020-02")).Refused(HttpStatusCode.NotFound, "history-empty");
        (await client.Get($"{Api}?from=2020-03&to=2020-02")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
        (await api.ClientOf(story.Holder, NetworkRoles.Steering).Get(Api)).Refused(HttpStatusCode.Forbidden, "role-missing");

        var late = (await client.Get("/api/v1/review/likely-late")).Ok().Json.GetProperty("items");
        Assert.All(late.EnumerateArray(), l => Assert.InRange(l.GetProperty("probability").GetDouble(), 0.5, 1));
        var csv = await client.GetStringAsync(new Uri("/api/v1/review/likely-late?format=csv", UriKind.Relative), Ct);
        Assert.Equal("referral;number;chain;step;title;partner;awaited;due;probability;n", csv.Split("\r\n")[0]);
        (await client.Get("/api/v1/review/likely-late?log=x")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
        (await api.ClientOf(story.Holder, NetworkRoles.Steering).Get("/api/v1/review/likely-late")).Refused(HttpStatusCode.Forbidden, "role-missing");
    }
}
