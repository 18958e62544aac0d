using System.Net;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>Names that stay in a note with a reason, where the chain agrees to it.</summary>
public sealed class KeptNamesPageTests(ApiHost api)
{
    private const string Base = "/ueberleitungen/neu/";
    private const string Doctor = "Bitte Dr. Yilmaz fragen.";

    [Fact]
    public async Task A_page_asks_why_names_may_stay_and_shows_the_reason_ever_after()
    {
        var chain = TestChain.Make($"with-names-{Guid.NewGuid():n}") with { KeepsNames = true };
        await api.PutInForceAsync(chain);
        var browser = await api.SignedInAsync(api.Organisation());
        var check = await StartPageTests.ToCheck(browser, chain.Id.Value);
        var note = (await browser.Open(Base + "notiz?entwurf=" + StartPageTests.DraftOf(check))).Is(HttpStatusCode.OK);
        Assert.Null(note.Document.QuerySelector("select[name=notiz-namen]"));

        var asked = (await browser.Send(note, Base + "notiz", ("notiz", Doctor))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.NotNull(asked.Document.QuerySelector("select[name=notiz-namen]"));
        Assert.Contains("sagen Sie, warum", asked.Text, StringComparison.Ordinal);
        var number = (await browser.Send(asked, Base + "notiz", ("notiz", Doctor + " 0151 23456789"), ("notiz-namen", "professional"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Null(number.Document.QuerySelector("select[name=notiz-namen]"));
        (await browser.Send(number, Base + "notiz", ("notiz", Doctor), ("notiz-namen", "because"))).Is(HttpStatusCode.UnprocessableEntity);

        var again = await browser.Follow((await browser.Send(asked, Base + "notiz", ("notiz", Doctor), ("notiz-namen", "professional"))).Is(HttpStatusCode.SeeOther));
        var sent = await browser.Follow((await browser.Send(again, Base + "pruefen")).Is(HttpStatusCode.SeeOther));
        Assert.Contains(Doctor, sent.Text, StringComparison.Ordinal);
        Assert.Contains("Fachkraft im Dienst", sent.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_takes_a_reason_where_the_chain_agrees()
    {
        var chain = TestChain.Make($"with-names-{Guid.NewGuid():n}") with { KeepsNames = true };
        await api.PutInForceAsync(chain);
        var client = api.ClientOf(api.Organisation());
        string Body(string id, string note, string more) =>
            ReferralTests.Body($$""","note":"{{note}}"{{more}}""").Replace("care-and-advice", id, StringComparison.Ordinal);

        (await client.Post("/api/v1/referrals", Body(chain.Id.Value, Doctor, ""))).Is(HttpStatusCode.UnprocessableEntity);
        (await client.Post("/api/v1/referrals", Body(chain.Id.Value, Doctor + " 0151 23456789", ""","keepNames":"professional" """))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(
            ["note: names-not-kept"],
            (await client.Post("/api/v1/referrals", Body("care-and-advice", Doctor, ""","keepNames":"professional" """))).Refused(HttpStatusCode.UnprocessableEntity, "referral-invalid").Faults);
        var started = (await client.Post("/api/v1/referrals", Body(chain.Id.Value, Doctor, ""","keepNames":"professional" """))).Is(HttpStatusCode.Created);
        Assert.Equal(Doctor, started.Text("note"));
    }
}
