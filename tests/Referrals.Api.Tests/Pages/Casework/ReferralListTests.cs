using System.Net;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>The list of referrals, its filters, views and file, and the overview.</summary>
public sealed class ReferralListTests(ApiHost api)
{
    private static Task<Answer> Start(HttpClient client, string reference) => client.Post("/api/v1/referrals", ReferralTests.Body(reference: reference));

    private async Task<(PageClient Browser, HttpClient Program, OrganisationId Holder)> With(params string[] references)
    {
        var holder = api.Organisation();
        var program = api.ClientOf(holder);
        foreach (var reference in references)
        {
            (await Start(program, reference)).Is(HttpStatusCode.Created);
        }

        return (await api.SignedInAsync(holder), program, holder);
    }

    private static string[] Shown(PageAnswer page) => [.. page.Document.QuerySelectorAll("tbody tr td[data-label='Fallkürzel']").Select(c => c.TextContent.Trim())];

    [Fact]
    [Covers("GET /ueberleitungen", PageCase.Works)]
    public async Task Filters_stand_in_the_address_and_can_be_taken_away()
    {
        var (browser, program, _) = await With("AE-1", "AE-2", "BX-3");
        var all = (await browser.Open("/ueberleitungen")).Is(HttpStatusCode.OK);
        Assert.Contains("3 Überleitungen", all.Text, StringComparison.Ordinal);
        Assert.Contains("care-one", all.Text, StringComparison.Ordinal);

        var found = await browser.Open("/ueberleitungen?suche=ae-");
        Assert.Equal(["AE-1", "AE-2"], Shown(found).Order());
        Assert.Equal("/ueberleitungen", found.Document.QuerySelectorAll(".app-chip").First(c => c.TextContent.Contains("Suche: ae-", StringComparison.Ordinal)).GetAttribute("href"));

        var year = DateTime.UtcNow.Year;
        foreach (var search in new[] { $"Ü-{year}-0002", $"{year}-2", "2" })
        {
            Assert.Equal(["AE-2"], Shown(await browser.Open("/ueberleitungen?suche=" + Uri.EscapeDataString(search))));
        }

        var id = (await program.Get("/api/v1/referrals?reference=BX-3")).Ok().Json.GetProperty("items")[0].GetProperty("id").GetString();
        (await program.Post($"/api/v1/referrals/{id}/closure", "{}")).Ok();
        Assert.Equal(["AE-1", "AE-2"], Shown(await browser.Open("/ueberleitungen?kette=care-and-advice&frist=woche&frist=")).Order());
        Assert.Empty(Shown(await browser.Open("/ueberleitungen?frist=spaeter")));
        Assert.Equal(["BX-3"], Shown(await browser.Open("/ueberleitungen?status=beendet")));
        Assert.Empty(Shown(await browser.Open("/ueberleitungen?frist=ueberfaellig")));
        Assert.Contains("Nichts gefunden", (await browser.Open("/ueberleitungen?kette=no-such-chain")).Text, StringComparison.Ordinal);
        Assert.Empty(Shown(await browser.Open("/ueberleitungen?person=niemand")));
        Assert.Equal(3, Shown(await browser.Open("/ueberleitungen?status=alle&person=unsinn%00&nach=unsinn")).Length);
        Assert.Empty(Shown(await (await With()).Browser.Open("/ueberleitungen")));
    }

    [Fact]
    public async Task Pages_lead_on_and_back_by_key()
    {
        var (browser, _, _) = await With([.. Enumerable.Range(1, 30).Select(i => $"P-{i:00}")]);
        var first = await browser.Open("/ueberleitungen?sortierung=neueste");
        Assert.Equal(25, Shown(first).Length);
        Assert.Null(first.Document.QuerySelector("a[rel=prev]"));
        var second = await browser.Open(first.Document.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        Assert.Equal(5, Shown(second).Length);
        Assert.Null(second.Document.QuerySelector("a[rel=next]"));
        Assert.Equal(Enumerable.Range(1, 30).Select(i => $"P-{i:00}"), Shown(first).Concat(Shown(second)).Order());
        Assert.Equal(Shown(first), Shown(await browser.Open(second.Document.QuerySelector("a[rel=prev]")!.GetAttribute("href")!)));
    }

    [Fact]
    [Covers("GET /ueberleitungen/liste.csv", PageCase.Works)]
    public async Task The_list_comes_as_a_file_of_what_the_filter_gives()
    {
        var (browser, _, _) = await With("AE-1", "BX-2");
        var file = (await browser.Open("/ueberleitungen/liste.csv?suche=AE")).Is(HttpStatusCode.OK);
        Assert.Equal("text/csv", file.ContentType);
        var lines = file.Html.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("Vorgang;Fallkürzel;Kette;Status;Schritt;Partner;Frist;Zuständig;", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^Ü-\d{4}-0001;AE-1;Betreuung und Beratung;Läuft;care;care-one;\d\d\.\d\d\.\d{4};", Assert.Single(lines[1..]));
    }

    [Fact]
    [Covers("POST /ueberleitungen/ansichten", PageCase.Works)]
    [Covers("POST /ueberleitungen/ansichten", PageCase.Refuses)]
    [Covers("POST /ueberleitungen/ansichten/entfernen", PageCase.Works)]
    [Covers("POST /ueberleitungen/ansichten/entfernen", PageCase.Refuses)]
    public async Task Filters_are_saved_under_a_name_for_oneself()
    {
        var (browser, _, holder) = await With("AE-1");
        var list = await browser.Open("/ueberleitungen?status=laufend&suche=AE");
        var nameless = (await browser.Send(list, "/ueberleitungen/ansichten", ("name", ""))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Geben Sie einen Namen mit 1 bis 40 Zeichen ein."], nameless.Faults);
        Assert.Equal(["Der Name könnte verraten, um wen es geht. Wählen Sie einen anderen."], (await browser.Send(list, "/ueberleitungen/ansichten", ("name", "jemand@example.org"))).Faults);

        var saved = await browser.Follow((await browser.Send(list, "/ueberleitungen/ansichten", ("name", "Laufende AE"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Ansicht „Laufende AE“ gespeichert", saved.Text, StringComparison.Ordinal);
        var chip = Assert.Single(saved.Document.QuerySelectorAll("nav a.app-chip"));
        Assert.Equal("/ueberleitungen?status=laufend&suche=AE", chip.GetAttribute("href"));
        Assert.Empty((await (await api.SignedInAsync(holder)).Open("/ueberleitungen")).Document.QuerySelectorAll("nav a.app-chip"));

        var removed = await browser.Follow((await browser.Send(saved, "/ueberleitungen/ansichten/entfernen")).Is(HttpStatusCode.SeeOther));
        Assert.Empty(removed.Document.QuerySelectorAll("nav a.app-chip"));
        (await browser.Send(saved, "/ueberleitungen/ansichten/entfernen")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /", PageCase.Works)]
    public async Task The_overview_shows_each_role_what_is_its_own()
    {
        var one = await Case.StartAsync(api);
        var mine = await one.Browser.Open("/");
        Assert.DoesNotContain(one.Number, mine.Text, StringComparison.Ordinal);
        Assert.Contains("Keine Ihrer Überleitungen", mine.Text, StringComparison.Ordinal);
        var running = await one.Browser.Open("/?wessen=alle");
        Assert.Contains($"Ü-{one.Number}", running.Document.QuerySelector("section[aria-labelledby=laufend]")!.TextContent, StringComparison.Ordinal);

        await one.Hear(new PartnerSaid.Received(), Case.Question("Ab wann?"));
        Assert.Contains("Rückfrage offen", (await one.Browser.Open("/?wessen=alle")).Document.QuerySelector("section[aria-labelledby=zuerst]")!.TextContent, StringComparison.Ordinal);
        await one.Meanwhile("closure");
        Assert.Contains(one.Number, (await one.Browser.Open("/?wessen=alle")).Document.QuerySelector("section[aria-labelledby=beendet]")!.TextContent, StringComparison.Ordinal);

        var partner = api.Organisation();
        await api.ReceiveAsync(partner);
        var work = await (await api.SignedInAsync(partner, NetworkRoles.Partner)).Open("/");
        Assert.Contains("Neue Aufträge", work.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Überleitung anlegen", work.Text, StringComparison.Ordinal);
        Assert.Single(work.Document.QuerySelectorAll("section[aria-labelledby=auftraege-neu] tbody tr"));

        Assert.Contains("nichts zu tun", (await (await api.SignedInAsync(partner, NetworkRoles.Officer)).Open("/")).Text, StringComparison.Ordinal);
        Assert.Contains("Zur Steuerung", (await (await api.SignedInAsync(partner, NetworkRoles.Steering)).Open("/")).Text, StringComparison.Ordinal);
        Assert.Contains("Keine Kette, die Sie koordinieren", (await (await api.SignedInAsync(partner, NetworkRoles.Coordinator, NetworkRoles.Admin)).Open("/")).Text, StringComparison.Ordinal);
    }
}
