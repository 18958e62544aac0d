using System.Net;
using System.Text.Json;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>Everything about one referral, for the client's request for information: the page, its file and the API say the same.</summary>
public sealed class InformationPageTests(ApiHost api)
{
    private const string Note = "Treffpunkt am Uhrenturm.";
    private const string Question = "Gibt es einen Aufzug?";

    [Fact]
    [Covers("GET /ueberleitungen/{nr}/auskunft", PageCase.Works)]
    [Covers("GET /ueberleitungen/{nr}/auskunft/json", PageCase.Works)]
    public async Task It_says_what_is_stored_and_who_received_it()
    {
        var one = await Case.StartAsync(api, $$""","note":"{{Note}}" """);
        await one.Hear(new PartnerSaid.Received(), Case.Question(Question));
        Assert.NotNull((await one.Page()).Document.QuerySelector($"a[href='{one.Path}/auskunft']"));
        var page = (await one.Browser.Open(one.Path + "/auskunft")).Is(HttpStatusCode.OK);
        Assert.All(["2026-0815", Note, Question, "care-one", "Wer was erhalten hat", "Wie lange es aufbewahrt wird"], said => Assert.Contains(said, page.Text, StringComparison.Ordinal));
        Assert.NotNull(page.Document.QuerySelector("article.app-document"));

        var file = Told((await one.Browser.Open(one.Path + "/auskunft/json")).Is(HttpStatusCode.OK).Html);
        var answer = (await one.Program.Get($"/api/v1/referrals/{one.Id}/information")).Ok().Json;
        Assert.Equal(JsonSerializer.Serialize(answer), JsonSerializer.Serialize(file));
        Assert.Equal((one.Id.ToString(), "2026-0815", Note), (answer.GetProperty("referral").GetString(), answer.GetProperty("caseReference").GetString(), answer.GetProperty("note").GetString()));
        var handed = Assert.Single(answer.GetProperty("handedOn").EnumerateArray());
        Assert.Equal((Note, Question), (handed.GetProperty("note").GetString(), handed.GetProperty("questions")[0].GetProperty("text").GetString()));
        Assert.Equal("referral-started", answer.GetProperty("history")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Of_an_erased_one_the_codes_are_told()
    {
        var one = await Case.StartAsync(api, $$""","note":"{{Note}}" """);
        await one.Hear(new PartnerSaid.Received(), Case.Question(Question));
        await one.Meanwhile("erasure", """{"reason":"request"}""");
        var page = (await one.Browser.Open(one.Path + "/auskunft")).Is(HttpStatusCode.OK);
        Assert.Contains("Texte und Aktenzeichen sind gelöscht", page.Text, StringComparison.Ordinal);
        Assert.Contains("gelöscht", page.Text, StringComparison.Ordinal);
        var file = (await one.Browser.Open(one.Path + "/auskunft/json")).Html;
        Assert.Equal(("(erased)", "request"), (Told(file).GetProperty("caseReference").GetString(), Told(file).GetProperty("erased").GetProperty("reason").GetString()));
        Assert.All([page.Html, file], shown => Assert.All([Note, Question, "2026-0815"], gone => Assert.DoesNotContain(gone, shown, StringComparison.Ordinal)));
        Assert.DoesNotContain("(erased)", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_learns_it()
    {
        var one = await Case.StartAsync(api);
        var stranger = await api.SignedInAsync(api.Organisation("other"));
        (await stranger.Open(one.Path + "/auskunft")).Is(HttpStatusCode.NotFound);
        (await stranger.Open(one.Path + "/auskunft/json")).Is(HttpStatusCode.NotFound);
        Assert.Equal(1L, await api.QueryAsync($"select count(*) from referrals.list_rows where id = '{one.Id}'"));
    }

    private static JsonElement Told(string json) => JsonDocument.Parse(json).RootElement;
}
