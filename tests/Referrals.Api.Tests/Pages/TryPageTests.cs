using System.Net;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages;

/// <summary>A chain walked through with made-up answers, all of it in the address.</summary>
public sealed class TryPageTests(ApiHost api)
{
    private const string Path = "/ketten/care-and-advice/probe";

    [Fact]
    [Covers("GET /ketten/{id}/probe", PageCase.Works)]
    public async Task It_is_walked_through_answer_by_answer_and_back()
    {
        var me = await api.SignedInAsync(api.Organisation());
        var start = (await me.Open(Path)).Is(HttpStatusCode.OK);
        Assert.Equal("Probelauf: Betreuung und Beratung, Fassung 1", start.Heading);
        Assert.NotNull(start.Document.QuerySelector("input[name='angabe-children']"));

        var begun = (await me.Open(Path + "?beginn=2026-12-21&angabe-children=2")).Is(HttpStatusCode.OK);
        Assert.Contains("„care“ wird care-one angeboten, zu bestätigen bis Do 24.12.2026.", begun.Text, StringComparison.Ordinal);
        var form = begun.Document.Forms.First(f => f.QuerySelector("input[name='teil'][value='care']") is not null);
        Assert.Equal(["Acknowledge", "Accept", "Decline", "Complete"], form.QuerySelectorAll("select[name='tut'] option").Select(o => o.GetAttribute("value")));

        var query = string.Join('&', form.QuerySelectorAll("input[type='hidden']").Select(i => $"{i.GetAttribute("name")}={i.GetAttribute("value")}"));
        var next = (await me.Open($"{Path}?{query}&tut=Complete&nach=3&ergebnis=helped")).Is(HttpStatusCode.SeeOther);
        Assert.DoesNotContain("tut=", next.Location, StringComparison.Ordinal);
        var shown = (await me.Open(next.Location!)).Is(HttpStatusCode.OK);
        Assert.Contains("Do 24.12.2026, 09:00", shown.Text, StringComparison.Ordinal);
        Assert.Contains("care-one schließt ab: „care“. Die Fallführung erfährt: ", shown.Text, StringComparison.Ordinal);
        Assert.Contains("Gehört dazu", shown.Text, StringComparison.Ordinal);
        Assert.Equal(begun.Text, (await me.Open(shown.Document.QuerySelectorAll("a").Single(a => a.TextContent.Contains("Letzte Antwort", StringComparison.Ordinal)).GetAttribute("href")!)).Is(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task Facts_that_come_back_decide_what_follows()
    {
        var by = api.Organisation("coordinator");
        var me = await api.SignedInAsync(by);
        var path = $"/ketten/{Returning(by).Id}/probe";
        (await api.ClientOf(by).Put($"/api/v1/chains/{Returning(by).Id}/draft", ChainJson.Write(Returning(by)))).Ok();
        var start = path + "?fassung=entwurf&beginn=2026-12-21&angabe-children=2";
        var begun = (await me.Open(start)).Is(HttpStatusCode.OK);
        var form = begun.Document.Forms.First(f => f.QuerySelector("input[name='teil'][value='check']") is not null);
        Assert.Equal(["month", "radio", "radio", "select", "text"], form.QuerySelectorAll("[name^='zurueck-']").Select(i => i.GetAttribute("type") ?? "select").Order(StringComparer.Ordinal));

        async Task<PageAnswer> AnsweredAsync(string facts) => (await me.Open((await me.Open($"{start}&tut=Complete&teil=check&nach=1&partner=care-one&ergebnis=helped{facts}")).Is(HttpStatusCode.SeeOther).Location!)).Is(HttpStatusCode.OK);
        var taken = await AnsweredAsync("&zurueck-found=ja&zurueck-children=3&zurueck-care-from=12.2026&zurueck-care-kind=creche");
        foreach (var learns in (string[])["Platz gefunden: ja", "Kinder: 3", "Betreuung ab: 12/2026", "Art: Krippe"])
        {
            Assert.Contains(learns, taken.Text, StringComparison.Ordinal);
        }

        Assert.Contains("„more“ wird care-two angeboten", taken.Text, StringComparison.Ordinal);
        Assert.Contains("„less“ wird care-two angeboten", (await AnsweredAsync("&zurueck-found=nein&zurueck-children=")).Text, StringComparison.Ordinal);
        Assert.Contains("„less“ wird care-two angeboten", (await AnsweredAsync("")).Text, StringComparison.Ordinal);
        foreach (var wrong in (string[])["&zurueck-children=viele", "&zurueck-children=99", "&zurueck-found=~", "&zurueck-care-kind=zoo"])
        {
            Assert.Contains("kann diesen Wert nicht haben", (await AnsweredAsync(wrong)).Text, StringComparison.Ordinal);
        }

        Assert.Contains("„check“ meldet „unheard“ nicht zurück", (await AnsweredAsync("&zurueck-unheard=1")).Text, StringComparison.Ordinal);
    }

    private static ChainVersion Returning(OrganisationId by)
    {
        var made = TestChain.Make($"chain-{by}", by.Value);
        ChainNode.Step Named(string id, string partner) => made.Step(TestChain.Care) with
        {
            Id = new NodeId(id),
            Title = new LocalText(id),
            Partners = [new OrganisationId(partner)],
            ReturnFacts = [],
        };
        return made with
        {
            Facts =
            [
                .. made.Facts, new FactDeclaration("found", new LocalText("Platz gefunden"), new FactType.YesNo()),
                new FactDeclaration("care-kind", new LocalText("Art"), new FactType.CodeList([new CodeTitle("creche", new LocalText("Krippe"))])),
            ],
            Root = new ChainNode.Sequence
            {
                Id = new NodeId("all"),
                Children =
                [
                    Named("check", "care-one") with { ReturnFacts = ["children", "care-from", "found", "care-kind"] },
                    new ChainNode.Choice
                    {
                        Id = new NodeId("either"),
                        Branches = [new Branch(new Condition.Fact("found", Comparison.Equal, new FactValue.YesNo(true)), Named("more", "care-two"))],
                        Otherwise = Named("less", "care-two"),
                    },
                ],
            },
        };
    }

    [Fact]
    public async Task What_is_wrong_is_told_and_strangers_never_see_a_draft()
    {
        var by = api.Organisation("coordinator");
        var me = await api.SignedInAsync(by);
        Assert.Equal(2, (await me.Open(Path + "?beginn=bald&angabe-children=99")).Is(HttpStatusCode.UnprocessableEntity).Faults.Count);
        foreach (var wrong in new[] { "Fly~care~1", "Accept~advice~1", "Accept~care~x", "~~~~~~", "Choose~care~1~nobody" })
        {
            Assert.Contains("Das geht nicht", (await me.Open($"{Path}?beginn=2026-12-21&angabe-children=2&antwort={wrong}")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        }

        (await me.Open(Path + "?fassung=99")).Is(HttpStatusCode.NotFound);
        (await me.Open("/ketten/gibt-es-nicht/probe")).Is(HttpStatusCode.NotFound);

        var draft = TestChain.Make($"chain-{by}", by.Value);
        (await api.ClientOf(by).Put($"/api/v1/chains/{draft.Id}/draft", ChainJson.Write(draft with { FederalState = "XX" }))).Ok();
        Assert.Contains("Die Kette hat noch 1 Fehler", (await me.Open($"/ketten/{draft.Id}/probe?fassung=entwurf")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        (await (await api.SignedInAsync(api.Organisation())).Open($"/ketten/{draft.Id}/probe?fassung=entwurf")).Is(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(NetworkRoles.Coordinator, true)]
    [InlineData(NetworkRoles.Caseworker, false)]
    [InlineData(NetworkRoles.Partner, false)]
    [InlineData(NetworkRoles.Steering, false)]
    [InlineData(NetworkRoles.Admin, false)]
    public async Task A_draft_is_there_for_the_coordinators_of_its_organisation_alone(string role, bool sees)
    {
        var by = api.Organisation("coordinator");
        var draft = TestChain.Make($"chain-{by}", by.Value);
        (await api.ClientOf(by).Put($"/api/v1/chains/{draft.Id}/draft", ChainJson.Write(draft))).Ok();
        var (me, client) = (await api.SignedInAsync(by, role), api.ClientOf(by, role));
        foreach (var page in (string[])["", "/entwurf", "/probe?fassung=entwurf"])
        {
            var answer = await me.Open($"/ketten/{draft.Id}{page}");
            Assert.True(sees == (answer.Status == HttpStatusCode.OK), $"{page}: {answer.Status}");
        }

        (await api.ClientOf(api.Organisation("coordinator"), NetworkRoles.Coordinator).Get($"/api/v1/chains/{draft.Id}")).Refused(HttpStatusCode.NotFound, "chain-not-found");

        Assert.Equal(sees, (await me.Open("/vereinbarungen")).Is(HttpStatusCode.OK).Html.Contains(draft.Id.Value, StringComparison.Ordinal));
        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await client.Get($"/api/v1/chains/{draft.Id}")).Status);
        Assert.Equal(sees, (await ListedAsync(client, by)).Contains(draft.Id.Value));
        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await client.Post($"/api/v1/chains/{draft.Id}/draft/trials", "{}")).Status);
        Assert.Equal(sees ? HttpStatusCode.OK : HttpStatusCode.NotFound, (await client.Get($"/api/v1/chains/{draft.Id}/comparison?from=draft&to=draft")).Status);
    }

    [Fact]
    public async Task A_list_has_whole_pages_without_the_drafts_of_others()
    {
        var (by, other) = (api.Organisation("coordinator"), api.Organisation("coordinator"));
        for (var i = 0; i < 3; i++)
        {
            await api.PutInForceAsync(TestChain.Make($"agreed-{by}-{i}", by.Value));
            (await api.ClientOf(by).Put($"/api/v1/chains/drawn-{by}-{i}/draft", ChainJson.Write(TestChain.Make($"drawn-{by}-{i}", by.Value)))).Ok();
        }

        var address = $"/api/v1/chains?limit=2&coordinator={by}";
        var pages = new List<int>();
        for (var next = address; next is not null;)
        {
            var page = (await api.ClientOf(other).Get(next)).Ok().Json;
            var ids = page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!).ToList();
            Assert.All(ids, id => Assert.StartsWith("agreed-", id, StringComparison.Ordinal));
            Assert.All(page.GetProperty("items").EnumerateArray(), i => Assert.False(i.GetProperty("hasDraft").GetBoolean()));
            pages.Add(ids.Count);
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        Assert.Equal([2, 1], pages);
        Assert.Equal(6, (await ListedAsync(api.ClientOf(by, NetworkRoles.Coordinator), by)).Count);
        Assert.Empty((await api.ClientOf(other).Get($"/api/v1/chains?status=draft&coordinator={by}")).Ok().Json.GetProperty("items").EnumerateArray());
    }

    private static async Task<List<string>> ListedAsync(HttpClient client, OrganisationId coordinator) =>
        [.. (await client.Get($"/api/v1/chains?coordinator={coordinator}")).Ok().Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];
}
