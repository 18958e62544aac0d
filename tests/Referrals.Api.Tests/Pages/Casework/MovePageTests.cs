using System.Net;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>Moving running referrals to the version in force, with a preview.</summary>
public sealed class MovePageTests(ApiHost api)
{
    [Fact]
    [Covers("GET /ueberleitungen/{nr}/fassung", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/fassung", PageCase.Works)]
    public async Task A_referral_page_offers_the_new_version_and_says_what_would_change()
    {
        var story = await MoveStory.BeginAsync(api);
        var referral = await story.StartAsync();
        var path = $"/ueberleitungen/{referral.Text("number")}";
        var browser = await api.SignedInAsync(story.Holder);
        Assert.Equal(path, (await browser.Open(path + "/fassung")).Is(HttpStatusCode.SeeOther).Location);

        await story.AddCourseAsync();
        Assert.NotNull((await browser.Open(path)).Is(HttpStatusCode.OK).Document.QuerySelector($"aside a[href='{path}/fassung']"));
        var page = (await browser.Open(path + "/fassung")).Is(HttpStatusCode.OK);
        Assert.Contains("„Kurs“ kommt hinzu.", page.Text, StringComparison.Ordinal);
        Assert.Contains("„Kurs“ braucht eine neue Einwilligung, bevor es angeboten wird.", page.Text, StringComparison.Ordinal);
        Assert.Contains("läuft nach Fassung 1", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/ketten/{story.Chain}/vergleich?von=1&bis=2']"));

        var moved = await browser.Follow((await browser.Send(page, path + "/fassung")).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Die Überleitung läuft jetzt nach Fassung 2.", moved.Html, StringComparison.Ordinal);
        Assert.Contains("Läuft jetzt nach Fassung 2 der Kette, bisher nach Fassung 1", moved.Text, StringComparison.Ordinal);
        Assert.Null(moved.Document.QuerySelector($"aside a[href='{path}/fassung']"));
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/fassung", PageCase.Refuses)]
    public async Task Where_it_does_not_fit_the_reasons_are_named_and_there_is_no_button()
    {
        var story = await MoveStory.BeginAsync(api);
        var referral = await story.StartAsync();
        await story.AddCourseAsync();
        var path = $"/ueberleitungen/{referral.Text("number")}/fassung";
        var browser = await api.SignedInAsync(story.Holder);
        var page = (await browser.Open(path)).Is(HttpStatusCode.OK);
        (await story.Client.Put($"/api/v1/referrals/{referral.Text("id")}/assignee", "{}")).Ok();
        var newer = (await browser.Send(page, path, ("ziel", "1"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("andere Fassung in Kraft", Assert.Single(newer.Faults), StringComparison.Ordinal);
        var stale = (await browser.Send(page, path)).Is(HttpStatusCode.Conflict);
        Assert.Contains("hat sich", string.Join(' ', stale.Faults), StringComparison.Ordinal);

        var other = await MoveStory.BeginAsync(api);
        var stays = await other.StartAsync();
        await other.DropCareAsync();
        page = (await (await api.SignedInAsync(other.Holder)).Open($"/ueberleitungen/{stays.Text("number")}/fassung")).Is(HttpStatusCode.OK);
        Assert.Contains("„care“ liegt bei einem Partner und kommt in der neuen Fassung nicht vor.", page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector("main form"));
    }

    [Fact]
    [Covers("GET /ketten/{id}/umstellen", PageCase.Works)]
    [Covers("POST /ketten/{id}/umstellen", PageCase.Works)]
    [Covers("POST /ketten/{id}/umstellen", PageCase.Refuses)]
    public async Task All_of_an_organisation_are_listed_and_those_chosen_are_moved()
    {
        var story = await MoveStory.BeginAsync(api);
        var (one, two) = (await story.StartAsync(), await story.StartAsync());
        var path = $"/ketten/{story.Chain}/umstellen";
        var browser = await api.SignedInAsync(story.Holder);
        Assert.Contains("Nichts umzustellen", (await browser.Open(path)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);

        await story.AddCourseAsync();
        var page = (await browser.Open(path)).Is(HttpStatusCode.OK);
        Assert.Equal(2, page.Document.QuerySelectorAll("input[name='ueberleitung'][checked]").Length);
        Assert.NotNull(page.Document.QuerySelector($"main a[href='/ketten/{story.Chain}/vergleich?von=1&bis=2']"));
        var none = (await browser.Post(path, [KeyValuePair.Create("__RequestVerificationToken", page.Value("__RequestVerificationToken")!)])).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Wählen Sie mindestens eine Überleitung aus."], none.Faults);
        var newer = (await browser.Send(page, path, ("ueberleitung", one.Text("number")), ("ziel", "1"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("andere Fassung in Kraft", Assert.Single(newer.Faults), StringComparison.Ordinal);
        var done = await browser.Follow((await browser.Send(page, path, ("ueberleitung", one.Text("number")))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Umgestellt auf Fassung 2: 1", done.Html, StringComparison.Ordinal);
        Assert.Equal(two.Text("number"), Assert.Single(done.Document.QuerySelectorAll("input[name='ueberleitung']")).GetAttribute("value"));
        (await browser.Open("/ketten/gibt-es-nicht/umstellen")).Is(HttpStatusCode.NotFound);
    }
}
