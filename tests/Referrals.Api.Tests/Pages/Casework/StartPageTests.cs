using System.Net;
using Referrals.Engine.Chains;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>The guided start of a referral.</summary>
public sealed class StartPageTests(ApiHost api)
{
    private const string Base = "/ueberleitungen/neu/";

    private static readonly (string, string?)[] Consent =
    [
        ("einwilligung-form", "schriftlich"), ("einwilligung-am", Case.Today), ("einwilligung-zweck", "work"), ("einwilligung-umfang", "kette"),
    ];

    private async Task<PageClient> Browser() => await api.SignedInAsync(api.Organisation());

    // Fills in one page and goes to the next.
    private static async Task<PageAnswer> On(PageClient browser, PageAnswer page, string step, params (string, string?)[] values) =>
        (await browser.Follow((await browser.Send(page.Is(HttpStatusCode.OK), Base + step, values)).Is(HttpStatusCode.SeeOther))).Is(HttpStatusCode.OK);

    internal static async Task<PageAnswer> ToCheck(PageClient browser, string chain = "care-and-advice", string note = "")
    {
        var page = await On(browser, await browser.Open(Base + "kette"), "kette", ("kette", chain));
        page = await On(browser, page, "fall", ("fallkuerzel", "AE-17-204"));
        page = await On(browser, page, "einwilligung", Consent);
        page = await On(browser, page, "partner", ("angabe-children", "2"), ("angabe-care-from", "2027-02"), ("teil-advice-part", "nein"));
        return await On(browser, page, "notiz", ("notiz", note));
    }

    internal static string DraftOf(PageAnswer page) => page.Value("entwurf")!;

    [Fact]
    [Covers("GET /ueberleitungen/neu", PageCase.Works)]
    [Covers("GET /ueberleitungen/neu/{schritt}", PageCase.Works)]
    [Covers("POST /ueberleitungen/neu/{schritt}", PageCase.Works)]
    public async Task Six_pages_lead_to_a_referral_and_sending_twice_starts_one()
    {
        var browser = await Browser();
        Assert.Equal(Base + "kette", (await browser.Open("/ueberleitungen/neu")).Is(HttpStatusCode.SeeOther).Location);
        var check = await ToCheck(browser, note: "Arbeit beginnt um sechs Uhr.");
        Assert.Contains("Schritt 6 von 6", check.Text, StringComparison.Ordinal);
        Assert.Contains("AE-17-204", check.Text, StringComparison.Ordinal);
        Assert.Contains("Februar 2027", check.Text, StringComparison.Ordinal);
        Assert.Contains("care-one erhält jetzt den Auftrag „care“", check.Document.QuerySelector(".app-consequence")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Weitergegeben werden: Kinder und Ihre Notiz", check.Document.QuerySelector(".app-consequence")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(5, check.Document.QuerySelectorAll(".kern-summary a[href*='/ueberleitungen/neu/']").Length);

        var sent = (await browser.Send(check, Base + "pruefen")).Is(HttpStatusCode.SeeOther);
        var again = (await browser.Send(check, Base + "pruefen")).Is(HttpStatusCode.SeeOther);
        Assert.Equal(sent.Location, again.Location);
        var referral = (await browser.Follow(sent)).Is(HttpStatusCode.OK);
        Assert.Contains("AE-17-204", referral.Text, StringComparison.Ordinal);
        Assert.Contains("1 Überleitung", (await browser.Open("/ueberleitungen")).Text, StringComparison.Ordinal);
        Assert.Equal(sent.Location, (await browser.Open(Base + "fall?entwurf=" + DraftOf(check))).Is(HttpStatusCode.SeeOther).Location);
    }

    [Fact]
    [Covers("POST /ueberleitungen/neu/{schritt}", PageCase.Refuses)]
    public async Task Every_page_says_what_is_wrong_and_keeps_what_was_typed()
    {
        var browser = await Browser();
        var chain = await browser.Open(Base + "kette");
        Assert.Equal(["Wählen Sie eine Kette."], (await browser.Send(chain, Base + "kette")).Is(HttpStatusCode.UnprocessableEntity).Faults);

        var page = await On(browser, chain, "kette", ("kette", "care-and-advice"));
        var blocked = (await browser.Send(page, Base + "fall", ("fallkuerzel", "A123456780"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Single(blocked.Document.QuerySelectorAll("mark"));
        Assert.Equal("A123456780", blocked.Value("fallkuerzel"));
        Assert.Contains("mindestens eine Ziffer", Assert.Single((await browser.Send(page, Base + "fall", ("fallkuerzel", "Fall eins"))).Faults), StringComparison.Ordinal);

        page = await On(browser, page, "fall", ("fallkuerzel", "AE-17-204"));
        Assert.Equal(4, (await browser.Send(page, Base + "einwilligung")).Is(HttpStatusCode.UnprocessableEntity).Faults.Count);
        page = await On(browser, page, "einwilligung", Consent);
        var facts = (await browser.Send(page, Base + "partner", ("angabe-children", "99"), ("angabe-care-from", "bald"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Kinder: Geben Sie eine ganze Zahl von 0 bis 12 ein.", "Betreuung ab: Geben Sie Monat und Jahr ein, zum Beispiel 02.2027."], facts.Faults);
        Assert.Equal("99", facts.Value("angabe-children"));
        page = await On(browser, facts.Is(HttpStatusCode.UnprocessableEntity) with { Status = HttpStatusCode.OK }, "partner", ("angabe-children", "2"), ("angabe-care-from", "02.2027"));

        var note = (await browser.Send(page, Base + "notiz", ("notiz", "Anruf unter 0151 23456789"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("0151 23456789", Assert.Single(note.Document.QuerySelectorAll("mark")).FirstChild!.TextContent);
        var kept = (await browser.Send(note, Base + "notiz", ("notiz", "Anruf unter 0151 23456789"), ("tun", "speichern"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Anruf unter 0151 23456789", kept.Value("notiz"));
    }

    [Fact]
    public async Task Who_jumps_ahead_is_led_to_the_first_page_that_is_missing()
    {
        var browser = await Browser();
        Assert.StartsWith(Base + "kette?", (await browser.Open(Base + "pruefen")).Is(HttpStatusCode.SeeOther).Location, StringComparison.Ordinal);
        var page = await On(browser, await browser.Open(Base + "kette"), "kette", ("kette", "care-and-advice"));
        var led = await browser.Follow((await browser.Open(Base + "pruefen?entwurf=" + DraftOf(page))).Is(HttpStatusCode.SeeOther));
        Assert.Equal("Fallkürzel", led.Heading);
        Assert.Contains("Bitte füllen Sie zuerst diese Seite aus.", led.Text, StringComparison.Ordinal);
        (await browser.Open(Base + "unsinn")).Is(HttpStatusCode.NotFound);
        (await browser.Open(Base + "fall?entwurf=" + Guid.NewGuid())).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("POST /ueberleitungen/neu/verwerfen", PageCase.Works)]
    [Covers("POST /ueberleitungen/neu/verwerfen", PageCase.Refuses)]
    public async Task Drafts_are_kept_shown_and_removed_and_nobody_else_sees_them()
    {
        var organisation = api.Organisation();
        var browser = await api.SignedInAsync(organisation);
        var page = await On(browser, await browser.Open(Base + "kette"), "kette", ("kette", "care-and-advice"));
        var home = await browser.Follow((await browser.Send(page, Base + "fall", ("fallkuerzel", "AE-18-001"), ("tun", "speichern"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Entwurf gespeichert", home.Text, StringComparison.Ordinal);
        Assert.Contains("AE-18-001", home.Text, StringComparison.Ordinal);
        Assert.Contains("Betreuung und Beratung", home.Text, StringComparison.Ordinal);

        var colleague = await api.SignedInAsync(organisation);
        Assert.DoesNotContain("AE-18-001", (await colleague.Open("/")).Text, StringComparison.Ordinal);
        (await colleague.Open(Base + "fall?entwurf=" + DraftOf(page))).Is(HttpStatusCode.NotFound);

        var on = await browser.Open(Base + "einwilligung?entwurf=" + DraftOf(page));
        Assert.Equal("Einwilligung", on.Heading);
        Assert.DoesNotContain("AE-18-001", (await browser.Follow((await browser.Send(home, Base + "verwerfen")).Is(HttpStatusCode.SeeOther))).Text, StringComparison.Ordinal);
        (await browser.Send(home, Base + "verwerfen")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Drafts_that_nobody_touched_for_a_month_are_gone()
    {
        var browser = await Browser();
        var page = await On(browser, await browser.Open(Base + "kette"), "kette", ("kette", "care-and-advice"));
        await api.ExecuteAsync("alter table referrals.referral_drafts no force row level security");
        await api.ExecuteAsync("update referrals.referral_drafts set changed_at = now() - interval '31 days' where id = $1", Guid.Parse(DraftOf(page)));
        await api.ExecuteAsync("alter table referrals.referral_drafts force row level security");
        (await browser.Open(Base + "fall?entwurf=" + DraftOf(page))).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain("Entwürfe", (await browser.Open("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_prepared_a_referral_on_a_chain_that_changed_is_told_and_keeps_the_draft()
    {
        var chain = TestChain.Make($"changing-{Guid.NewGuid():n}");
        await api.PutInForceAsync(chain);
        var browser = await Browser();
        var check = await ToCheck(browser, chain.Id.Value);
        await api.PutInForceAsync(chain with { Version = 2, Title = new LocalText("Neue Fassung") });

        var led = await browser.Follow((await browser.Send(check, Base + "pruefen")).Is(HttpStatusCode.SeeOther));
        Assert.Equal("Angaben und Partner", led.Heading);
        Assert.Contains("Es gilt jetzt Fassung 2.", led.Text, StringComparison.Ordinal);
        Assert.Equal("2", led.Value("angabe-children"));
        var on = await On(browser, await On(browser, led, "partner"), "notiz");
        Assert.Contains("Neue Fassung, Fassung 2", on.Text, StringComparison.Ordinal);
        (await browser.Send(on, Base + "pruefen")).Is(HttpStatusCode.SeeOther);
    }
}
