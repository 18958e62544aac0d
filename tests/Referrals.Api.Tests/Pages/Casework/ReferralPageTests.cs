using System.Net;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>The page of a referral and what a caseworker does on it.</summary>
public sealed class ReferralPageTests(ApiHost api)
{
    [Fact]
    [Covers("GET /ueberleitungen/{nr}", PageCase.Works)]
    public async Task It_shows_chain_history_and_facts()
    {
        var one = await Case.StartAsync(api, ""","note":"Betreuung ab sechs Uhr." """);
        var page = (await one.Page()).Is(HttpStatusCode.OK);
        Assert.Equal($"Ü-{one.Number} · Betreuung und Beratung", page.Heading);
        Assert.NotNull(page.Document.QuerySelector(".chain-picture svg"));
        Assert.NotEmpty(page.Document.QuerySelectorAll(".app-timeline > li"));
        Assert.Contains("2026-0815", page.Text, StringComparison.Ordinal);
        Assert.Contains("Betreuung ab sechs Uhr.", page.Text, StringComparison.Ordinal);
        Assert.Contains("schriftlich", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector("button[data-print][hidden]"));
    }

    [Fact]
    public async Task Another_organisation_finds_nothing_and_another_role_is_refused()
    {
        var one = await Case.StartAsync(api);
        var stranger = await api.SignedInAsync(api.Organisation());
        (await stranger.Open(one.Path)).Is(HttpStatusCode.NotFound);
        (await stranger.Open("/ueberleitungen/unsinn")).Is(HttpStatusCode.NotFound);
        var partner = await api.SignedInAsync(one.Holder, NetworkRoles.Partner);
        foreach (var path in new[] { one.Path, "/ueberleitungen", "/ueberleitungen/liste.csv", "/ueberleitungen/neu/kette" })
        {
            (await partner.Open(path)).Is(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/antworten", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/antworten", PageCase.Refuses)]
    public async Task A_question_is_answered_once_and_nothing_personal_gets_through()
    {
        var one = await Case.StartAsync(api);
        var id = Guid.NewGuid();
        await one.Hear(new PartnerSaid.Received(), Case.Question("Ab wann wird Betreuung gebraucht?", id));
        var page = await one.Page();
        Assert.Contains("care-one fragt", page.Text, StringComparison.Ordinal);

        var blocked = (await one.Send(page, "antworten", ("text", "Bitte an jemand@example.org schreiben"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("jemand@example.org", Assert.Single(blocked.Document.QuerySelectorAll("mark")).FirstChild!.TextContent);
        Assert.Equal("Bitte an jemand@example.org schreiben", blocked.Value("text"));
        Assert.Single(blocked.Faults);

        var done = await one.Browser.Follow((await one.Send(blocked, "antworten", ("text", "Ab Februar."))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Antwort gesendet", done.Text, StringComparison.Ordinal);
        Assert.Contains("Ab Februar.", done.Text, StringComparison.Ordinal);

        var late = (await one.Send(page, "antworten", ("text", "Ab März."))).Is(HttpStatusCode.Conflict);
        Assert.Contains("Die Frage ist inzwischen beantwortet.", late.Text, StringComparison.Ordinal);
        Assert.Contains("Ab Februar.", late.Document.QuerySelector(".kern-alert .app-timeline")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/erinnern", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/erinnern", PageCase.Refuses)]
    public async Task A_partner_is_reminded_as_long_as_it_has_the_assignment()
    {
        var one = await Case.StartAsync(api);
        var page = await one.Page();
        Assert.Contains("Partner erinnert", (await one.Do("erinnern")).Text, StringComparison.Ordinal);
        await one.Meanwhile("closure");
        var refused = (await one.Send(page, "erinnern")).Is(HttpStatusCode.Conflict);
        Assert.Contains("Die Überleitung ist inzwischen beendet.", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/umleiten", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/umleiten", PageCase.Refuses)]
    public async Task A_step_is_rerouted_and_who_comes_second_is_told()
    {
        var one = await Case.StartAsync(api);
        var page = await one.Page();
        Assert.Equal(["Wählen Sie einen Partner."], (await one.Send(page, "umleiten")).Is(HttpStatusCode.UnprocessableEntity).Faults);

        await one.Hear(new PartnerSaid.Received(), new PartnerSaid.Acknowledged());
        var second = (await one.Send(page, "umleiten", ("partner", "care-two"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("hat sich geändert, seit Sie die Seite geöffnet haben", second.Text, StringComparison.Ordinal);
        Assert.NotEmpty(second.Document.QuerySelectorAll(".kern-alert .app-timeline > li"));
        Assert.Equal("care-two", second.Value("partner"));
        Assert.NotNull(second.Document.QuerySelector("details[open] input[name='partner'][checked]"));

        var done = await one.Browser.Follow((await one.Send(second, "umleiten", ("partner", "care-two"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Schritt umgeleitet", done.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/teil", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/teil", PageCase.Refuses)]
    [Covers("POST /ueberleitungen/{nr}/partner-waehlen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/partner-waehlen", PageCase.Refuses)]
    public async Task An_optional_part_is_decided_and_its_partner_chosen()
    {
        var one = await Case.StartAsync(api);
        await one.ToPart();
        var page = await one.Page();
        Assert.Contains("Entscheidung nötig", page.Text, StringComparison.Ordinal);
        Assert.Equal(["Wählen Sie ja oder nein."], (await one.Send(page, "teil")).Is(HttpStatusCode.UnprocessableEntity).Faults);

        var decided = await one.Do("teil", ("einbeziehen", "ja"));
        Assert.Contains("Wählen Sie einen Partner für „advice“", decided.Text, StringComparison.Ordinal);
        Assert.Equal(["Wählen Sie einen Partner."], (await one.Send(decided, "partner-waehlen")).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var wrong = (await one.Send(decided, "partner-waehlen", ("partner", "care-two"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Dieser Partner ist für den Schritt nicht vereinbart."], wrong.Faults);
        Assert.Contains("Partner gewählt", (await one.Do("partner-waehlen", ("partner", "advice-two"))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [Covers("POST /ueberleitungen/{nr}/auslassen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/auslassen", PageCase.Refuses)]
    [Covers("POST /ueberleitungen/{nr}/beenden", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/beenden", PageCase.Refuses)]
    [Covers("POST /ueberleitungen/{nr}/einwilligung-widerrufen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/einwilligung-widerrufen", PageCase.Refuses)]
    [InlineData("auslassen", "Schritt ausgelassen")]
    [InlineData("beenden", "Überleitung vorzeitig beendet")]
    [InlineData("einwilligung-widerrufen", "Widerruf der Einwilligung gespeichert")]
    public async Task What_cant_be_undone_is_done_only_as_it_was_seen(string act, string done)
    {
        var one = await Case.StartAsync(api);
        var page = await one.Page();
        Assert.NotNull(page.Document.QuerySelector($"form[action$='/{act}'] .app-consequence"));
        await one.Hear(new PartnerSaid.Received());
        var refused = (await one.Send(page, act)).Is(HttpStatusCode.Conflict);
        Assert.Contains("hat sich geändert", refused.Text, StringComparison.Ordinal);
        Assert.Contains(done, (await one.Do(act)).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/zuruecknehmen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/zuruecknehmen", PageCase.Refuses)]
    [Covers("POST /ueberleitungen/{nr}/wieder-oeffnen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/wieder-oeffnen", PageCase.Refuses)]
    public async Task A_referral_is_withdrawn_with_a_reason_and_opened_again()
    {
        var one = await Case.StartAsync(api);
        Assert.Equal(["Wählen Sie einen Grund."], (await one.Send(await one.Page(), "zuruecknehmen")).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var withdrawn = await one.Do("zuruecknehmen", ("grund", "help-found"));
        Assert.Contains("Zurückgenommen", withdrawn.Text, StringComparison.Ordinal);

        Assert.Contains("Überleitung wieder geöffnet", (await one.Do("wieder-oeffnen")).Text, StringComparison.Ordinal);
        var again = (await one.Send(withdrawn, "wieder-oeffnen")).Is(HttpStatusCode.Conflict);
        Assert.Contains("hat sich geändert", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_withdrawn_consent_it_takes_a_new_one()
    {
        var one = await Case.StartAsync(api);
        var ended = await one.Do("einwilligung-widerrufen");
        var missing = (await one.Send(ended, "wieder-oeffnen")).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Wählen Sie, wie die Einwilligung erteilt wurde.", missing.Faults);
        var open = await one.Browser.Follow((await one.Send(missing, "wieder-oeffnen", Consent())).Is(HttpStatusCode.SeeOther));
        Assert.Contains("elektronisch", open.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/einwilligung", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/einwilligung", PageCase.Refuses)]
    public async Task A_consent_is_recorded()
    {
        var one = await Case.StartAsync(api);
        var wrong = (await one.Send(await one.Page(), "einwilligung", ("einwilligung-am", "2999-01-01"), ("einwilligung-bis", "gestern"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Die Einwilligung kann nicht in der Zukunft erteilt worden sein.", "Geben Sie ein Datum ein, zum Beispiel 12.11.2026."], wrong.Faults.Order(StringComparer.Ordinal));
        Assert.Equal("2999-01-01", wrong.Value("einwilligung-am"));
        var done = await one.Browser.Follow((await one.Send(wrong, "einwilligung", Consent())).Is(HttpStatusCode.SeeOther));
        Assert.Contains("elektronisch", done.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/ohne-einwilligung", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/ohne-einwilligung", PageCase.Refuses)]
    public async Task A_consent_is_withdrawn_for_a_step_which_goes_on_only_with_a_ground_and_a_reason()
    {
        var one = await Case.StartAsync(api);
        var none = (await one.Send(await one.Page(), "einwilligung-widerrufen", ("umfang", "schritte"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Wählen Sie mindestens einen Schritt.", none.Faults);
        var waits = await one.Do("einwilligung-widerrufen", ("umfang", "schritte"), ("schritt", "care"));
        Assert.Contains("Einwilligung widerrufen für: ", waits.Text, StringComparison.Ordinal);
        var wrong = (await one.Send(waits, "ohne-einwilligung", ("grund", ""), ("text", "Frage an kim@example.org"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Wählen Sie den rechtlichen Grund.", wrong.Faults);
        Assert.Equal("kim@example.org", Assert.Single(wrong.Document.QuerySelectorAll("mark")).FirstChild!.TextContent);
        var on = await one.Browser.Follow((await one.Send(wrong, "ohne-einwilligung", ("grund", "ChildWelfare"), ("text", "Kind ohne Aufsicht."))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Der Schritt geht ohne Einwilligung weiter", on.Text, StringComparison.Ordinal);
        Assert.Contains("Ohne Einwilligung weiter mit: ", on.Text, StringComparison.Ordinal);
        Assert.Contains("Kind ohne Aufsicht.", on.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/uebergeben", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/uebergeben", PageCase.Refuses)]
    public async Task It_is_handed_to_a_colleague_and_to_nobody_else()
    {
        var (program, holder, referral) = await ReferralTests.Start(api);
        var colleague = await api.PersonAsync(holder, "Kim Muster");
        var one = new Case(api, await api.SignedInAsync(holder), program, holder, referral.Json.GetProperty("id").GetGuid(), referral.Text("number"));
        Assert.Equal(["Wählen Sie eine Kollegin oder einen Kollegen."], (await one.Send(await one.Page(), "uebergeben", ("person", "fremde"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        Assert.Contains("Kim Muster", (await one.Do("uebergeben", ("person", colleague))).Document.QuerySelector("aside dl")!.TextContent, StringComparison.Ordinal);
    }

    private static (string, string?)[] Consent() =>
    [
        ("einwilligung-form", "elektronisch"), ("einwilligung-am", Case.Today), ("einwilligung-zweck", "family"), ("einwilligung-umfang", "kette"), ("einwilligung-bis", ""),
    ];
}
