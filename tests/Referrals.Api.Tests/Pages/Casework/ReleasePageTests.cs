using System.Net;
using System.Text.Json;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests.Pages.Casework;

/// <summary>The release from professional secrecy on the pages of a referral, of its start, and by the API.</summary>
public sealed class ReleasePageTests(ApiHost api)
{
    [Fact]
    [Covers("POST /ueberleitungen/{nr}/entbindung", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/entbindung", PageCase.Refuses)]
    [Covers("POST /ueberleitungen/{nr}/entbindung-widerrufen", PageCase.Works)]
    [Covers("POST /ueberleitungen/{nr}/entbindung-widerrufen", PageCase.Refuses)]
    public async Task A_step_with_secrecy_waits_for_a_release_and_stops_with_it()
    {
        var one = await StartAsync();
        var page = await one.Page();
        Assert.Contains("„care“ wartet auf eine Entbindung von der Schweigepflicht", page.Text, StringComparison.Ordinal);
        var wrong = (await one.Send(page, "entbindung", ("entbindung-am", "2999-01-01"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(
            ["Die Entbindung kann nicht in der Zukunft erteilt worden sein.", "Wählen Sie mindestens einen Schritt.", "Wählen Sie, wie die Entbindung erteilt wurde."],
            wrong.Faults.Order(StringComparer.Ordinal));
        var done = await one.Browser.Follow((await one.Send(wrong, "entbindung", ("entbindung-form", "schriftlich"), ("entbindung-am", Case.Today), ("entbindung-schritte", "care"))).Is(HttpStatusCode.SeeOther));
        Assert.Contains("Entbindung von der Schweigepflicht festgehalten: schriftlich", done.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("wartet auf eine Entbindung", done.Text, StringComparison.Ordinal);
        await one.Hear(new PartnerSaid.Received());

        var late = await one.Page();
        var stopped = await one.Do("entbindung-widerrufen");
        Assert.Contains("Entbindung von der Schweigepflicht widerrufen für: care", stopped.Text, StringComparison.Ordinal);
        Assert.Contains("„care“ wartet auf eine Entbindung von der Schweigepflicht", stopped.Text, StringComparison.Ordinal);
        (await one.Send(late, "entbindung-widerrufen")).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_api_takes_it_at_the_start_and_later_and_names_every_fault()
    {
        var one = await StartAsync();
        var path = $"/api/v1/referrals/{one.Id}";
        Assert.Equal("release", (await one.Program.Get(path)).Ok().Json.GetProperty("waiting")[0].GetProperty("for").GetString());
        Assert.Equal(
            ["release.given: release-in-future", "release.steps: step-without-secrecy"],
            (await one.Program.Post(path + "/release", """{"form":"written","given":"2999-01-01","steps":["advice"]}""")).Refused(HttpStatusCode.UnprocessableEntity, "release-invalid").Faults);
        var given = (await one.Program.Post(path + "/release", """{"form":"written","given":"2026-01-01","steps":["care"]}""")).Ok();
        Assert.Equal(("running", "care"), (given.Text("status"), given.Json.GetProperty("release").GetProperty("steps")[0].GetString()));
        (await one.Program.Post(path + "/release-withdrawal", """{"steps":[]}""")).Refused(HttpStatusCode.UnprocessableEntity, "steps-missing");
        var stopped = (await one.Program.Post(path + "/release-withdrawal")).Ok();
        Assert.Equal("release-withdrawn", stopped.Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("withdrawal").GetString());

        var other = await StartAsync(new { form = "electronic", given = "2026-01-05", steps = (string[])["care"] });
        Assert.Equal("running", (await other.Program.Get($"/api/v1/referrals/{other.Id}")).Ok().Text("status"));
    }

    private async Task<Case> StartAsync(object? release = null)
    {
        var holder = api.Organisation();
        var plain = TestChain.Make($"chain-{holder}");
        var root = (ChainNode.Sequence)plain.Root;
        var chain = plain with { Root = root with { Children = [(ChainNode.Step)root.Children[0] with { Secrecy = true }, .. root.Children.Skip(1)] } };
        await api.PutInForceAsync(chain);
        var program = api.ClientOf(holder);
        var consent = new { form = "written", given = "2026-01-05", purpose = "family" };
        var started = (await program.Post("/api/v1/referrals", JsonSerializer.Serialize(release is null
            ? new { chain = chain.Id.Value, caseReference = "2026-0815", consent, facts = new { children = 2 } }
            : (object)new { chain = chain.Id.Value, caseReference = "2026-0815", consent, facts = new { children = 2 }, release }))).Is(HttpStatusCode.Created);
        return new Case(api, await api.SignedInAsync(holder), program, holder, started.Json.GetProperty("id").GetGuid(), started.Text("number"));
    }
}
