using System.Net;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>Erasing a referral by its page and by the API; both show <em>gelöscht</em> everywhere afterwards.</summary>
public sealed class ErasePageTests(ApiHost api)
{
    private const string Secret = "Nilpferdhaus";
    private const string Reference = "2026-0815";

    [Fact]
    [Covers("GET /ueberleitungen/{nr}/loeschen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/loeschen", PageCase.Works)]
    public async Task A_closed_one_is_erased_with_a_tick_and_shows_erased_everywhere()
    {
        var one = await Case.StartAsync(api, $$""","note":"Treffpunkt {{Secret}}." """);
        await one.Hear(new PartnerSaid.Received(), Case.Question($"Wo ist das {Secret}?"));
        await one.Meanwhile("closure");
        var page = (await one.Page()).Is(HttpStatusCode.OK);
        Assert.NotNull(page.Document.QuerySelector($"a[href='{one.Path}/loeschen']"));
        var asks = (await one.Browser.Open(one.Path + "/loeschen")).Is(HttpStatusCode.OK);
        Assert.Contains("Das wird gelöscht", asks.Text, StringComparison.Ordinal);
        Assert.Contains("lässt sich nicht rückgängig machen", asks.Text, StringComparison.Ordinal);
        Assert.Contains("care-one", asks.Text, StringComparison.Ordinal);

        var done = await one.Browser.Follow((await one.Send(asks, "loeschen", ("grund", "retention"), ("sicher", "ja"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Texte und Aktenzeichen sind gelöscht.", done.Html, StringComparison.Ordinal);
        Assert.Contains("Aufbewahrungsfrist abgelaufen", done.Text, StringComparison.Ordinal);
        Assert.Null(done.Document.QuerySelector($"form[action='{one.Path}/wieder-oeffnen']"));
        Assert.Null(done.Document.QuerySelector($"a[href='{one.Path}/loeschen']"));
        Assert.Equal(one.Path, (await one.Browser.Open(one.Path + "/loeschen")).Is(HttpStatusCode.SeeOther).Location);

        var list = await one.Browser.Open("/ueberleitungen?status=alle");
        var csv = await one.Browser.Open("/ueberleitungen/liste.csv?status=alle");
        var notifications = await one.Browser.Open("/benachrichtigungen");
        Assert.All([list.Html, csv.Html, done.Html], shown => Assert.Contains("gelöscht", shown, StringComparison.Ordinal));
        Assert.All([list.Html, csv.Html, done.Html, notifications.Html], shown =>
        {
            Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
            Assert.DoesNotContain(Reference, shown, StringComparison.Ordinal);
            Assert.DoesNotContain("(erased)", shown, StringComparison.Ordinal);
        });
    }

    [Fact]
    [Covers("POST /ueberleitungen/{nr}/loeschen", PageCase.Refuses)]
    public async Task Without_a_tick_or_for_the_wrong_reason_nothing_is_erased()
    {
        var one = await Case.StartAsync(api);
        var page = (await one.Browser.Open(one.Path + "/loeschen")).Is(HttpStatusCode.OK);
        Assert.Contains("läuft noch", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await one.Send(page, "loeschen")).Is(HttpStatusCode.UnprocessableEntity).Faults.Count);
        Assert.Single((await one.Send(page, "loeschen", ("grund", "request"))).Is(HttpStatusCode.UnprocessableEntity).Faults);
        var wrong = (await one.Send(page, "loeschen", ("grund", "retention"), ("sicher", "ja"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("nur auf Wunsch der betroffenen Person", Assert.Single(wrong.Faults), StringComparison.Ordinal);
        await one.Hear(new PartnerSaid.Received());
        var stale = (await one.Send(page, "loeschen", ("grund", "request"), ("sicher", "ja"))).Is(HttpStatusCode.Conflict);
        Assert.Contains("hat sich", string.Join(' ', stale.Faults), StringComparison.Ordinal);
        Assert.Equal(Reference, (await one.Program.Get($"/api/v1/referrals/{one.Id}")).Ok().Text("caseReference"));
    }

    [Fact]
    public async Task The_api_erases_an_open_one_at_request_after_taking_it_back()
    {
        var one = await Case.StartAsync(api, $$""","note":"Treffpunkt {{Secret}}." """);
        var path = $"/api/v1/referrals/{one.Id}";
        (await one.Program.Post(path + "/erasure", """{"reason":"retention"}""")).Refused(HttpStatusCode.Conflict, "referral-not-closed");
        var erased = (await one.Program.Post(path + "/erasure", """{"reason":"request"}""", "erase-1")).Ok();
        Assert.Equal(("(erased)", "(erased)", "withdrawn"), (erased.Text("caseReference"), erased.Text("note"), erased.Text("status")));
        Assert.Equal("request", erased.Json.GetProperty("erased").GetProperty("reason").GetString());
        Assert.DoesNotContain(Secret, (await one.Program.Get(path + "/history")).Ok().Json.GetRawText(), StringComparison.Ordinal);
        (await one.Program.Post(path + "/erasure", """{"reason":"request"}""")).Ok();
        (await one.Program.Post(path + "/reopening", """{"again":["care"]}""")).Refused(HttpStatusCode.Conflict, "referral-erased");
    }
}
