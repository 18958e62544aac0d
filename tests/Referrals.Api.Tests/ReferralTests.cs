using System.Globalization;
using System.Net;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests;

public sealed class ReferralTests(ApiHost api)
{
    internal static string Body(string more = "", string facts = """{"children":2}""", string reference = "2026-0815") =>
        $$"""
        {"chain":"care-and-advice","caseReference":"{{reference}}",
         "consent":{"form":"written","given":"{{DateTime.UtcNow.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}}","purpose":"care"},
         "facts":{{facts}} {{more}}}
        """;

    internal static async Task<(HttpClient Client, OrganisationId Holder, Answer Referral)> Start(ApiHost api, string more = "")
    {
        var holder = api.Organisation();
        var client = api.ClientOf(holder);
        return (client, holder, (await client.Post("/api/v1/referrals", Body(more))).Is(HttpStatusCode.Created));
    }

    private static AssignmentId OfferOf(Answer referral, string place = "care") => new(referral.Json.GetProperty("steps").EnumerateArray()
        .Single(s => s.GetProperty("place").GetString() == place).GetProperty("offers")[0].GetProperty("assignment").GetGuid());

    private async Task<Answer> AtAdvice(HttpClient client, OrganisationId holder, Answer referral)
    {
        await api.HearAsync(holder, OfferOf(referral), 1, new PartnerSaid.Received());
        await api.HearAsync(holder, OfferOf(referral), 2, new PartnerSaid.Accepted());
        await api.HearAsync(holder, OfferOf(referral), 3, new PartnerSaid.Completed("helped", new Dictionary<string, Engine.Chains.FactValue>()));
        return (await client.Get(Path(referral))).Ok();
    }

    private static string Path(Answer referral) => $"/api/v1/referrals/{referral.Text("id")}";

    [Fact]
    public async Task A_started_referral_has_an_address_and_a_tag_and_is_in_the_list()
    {
        var (client, _, started) = await Start(api, ""","note":"Needs care in the mornings." """);
        Assert.Equal(Path(started), started.Raw.Headers.Location?.ToString());
        Assert.Equal("running", started.Text("status"));
        Assert.Equal("Needs care in the mornings.", started.Text("note"));
        Assert.Equal("care-one", started.Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("partner").GetString());

        var again = (await client.Get(Path(started))).Ok();
        Assert.Equal(started.ETag, again.ETag);
        Assert.Equal(started.Text("id"), (await client.Get("/api/v1/referrals")).Ok().Json.GetProperty("items")[0].GetProperty("id").GetString());

        var history = (await client.Get(Path(started) + "/history")).Ok();
        Assert.Equal(["referral-started", "step-offered"], history.Json.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task All_faults_of_a_start_come_at_once()
    {
        var client = api.ClientOf(api.Organisation());
        var answer = await client.Post("/api/v1/referrals", Body(
            ""","parts":{"nowhere":true},"partners":{"care":"care-one"}""", """{"children":99,"shoe-size":44}"""));
        Assert.Equal(
            ["facts.children: fact-value-not-allowed", "facts.shoe-size: fact-unknown", "partners.care: partner-not-to-be-chosen", "parts.nowhere: part-unknown"],
            answer.Refused(HttpStatusCode.UnprocessableEntity, "referral-invalid").Faults);
    }

    [Fact]
    public async Task A_blocked_note_shows_where_and_other_faults_come_with_it()
    {
        var client = api.ClientOf(api.Organisation());
        const string note = "Please write to someone@example.org";
        var answer = (await client.Post("/api/v1/referrals", Body($$""","note":"{{note}}" """, "{}"))).Refused(HttpStatusCode.UnprocessableEntity, "note-blocked");
        Assert.Equal(["note: note-blocked", "facts.children: fact-missing"], answer.Faults);
        var hit = answer.Json.GetProperty("errors")[0].GetProperty("hits")[0];
        Assert.Equal("someone@example.org", note.Substring(hit.GetProperty("start").GetInt32(), hit.GetProperty("length").GetInt32()));
        Assert.Equal("e-mail", hit.GetProperty("kind").GetString());
        Assert.InRange(hit.GetProperty("certainty").GetDouble(), 0, 1);
        Assert.Empty((await client.Get("/api/v1/referrals")).Json.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_case_reference_is_screened()
    {
        var client = api.ClientOf(api.Organisation());
        var answer = await client.Post("/api/v1/referrals", Body(reference: "no digit here"));
        Assert.Equal(["caseReference: text-case-reference-characters"], answer.Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
    }

    [Fact]
    public async Task A_chain_that_is_not_in_force_is_a_fault_of_the_field()
    {
        var client = api.ClientOf(api.Organisation());
        var answer = await client.Post("/api/v1/referrals", Body().Replace("care-and-advice", "no-such-chain", StringComparison.Ordinal));
        Assert.Equal(["chain: chain-not-in-force"], answer.Refused(HttpStatusCode.UnprocessableEntity, "chain-not-in-force").Faults);
    }

    [Fact]
    public async Task An_ended_referral_refuses_with_named_codes_and_can_be_reopened()
    {
        var (client, _, referral) = await Start(api);
        (await client.Post(Path(referral) + "/withdrawal", """{"reason":"Not A Code"}""")).Refused(HttpStatusCode.UnprocessableEntity, "reason-not-a-code");
        (await client.Post(Path(referral) + "/reopening")).Refused(HttpStatusCode.Conflict, "referral-not-closed");
        Assert.Equal("withdrawn", (await client.Post(Path(referral) + "/withdrawal", """{"reason":"entered-twice"}""")).Ok().Text("status"));
        (await client.Post(Path(referral) + "/closure")).Refused(HttpStatusCode.Conflict, "referral-closed");
        (await client.Post(Path(referral) + "/skips", """{"place":"care"}""")).Refused(HttpStatusCode.Conflict, "referral-closed");
        Assert.Equal("running", (await client.Post(Path(referral) + "/reopening")).Ok().Text("status"));
        Assert.Equal("closed-early", (await client.Post(Path(referral) + "/closure", "{}")).Ok().Text("status"));
    }

    [Fact]
    public async Task Consent_is_withdrawn_and_needed_anew()
    {
        var (client, _, referral) = await Start(api);
        var consent = """{"form":"electronic","given":"2999-01-01","purpose":"Not A Code","until":"2998-01-01"}""";
        Assert.Equal(
            ["consent.given: consent-in-future", "consent.until: consent-ends-before-start", "consent.purpose: consent-purpose-not-a-code"],
            (await client.Post(Path(referral) + "/consent", consent)).Refused(HttpStatusCode.UnprocessableEntity, "consent-invalid").Faults);
        (await client.Post(Path(referral) + "/consent", """{"form":"electronic","given":"2026-01-02","purpose":"wider"}""")).Ok();
        Assert.Equal("consent-withdrawn", (await client.Post(Path(referral) + "/consent-withdrawal")).Ok().Text("status"));
        (await client.Post(Path(referral) + "/reopening")).Refused(HttpStatusCode.UnprocessableEntity, "consent-missing");
    }

    [Fact]
    public async Task Consent_is_withdrawn_for_a_step_which_goes_on_only_with_a_ground_and_a_reason()
    {
        var (client, _, referral) = await Start(api);
        (await client.Post(Path(referral) + "/consent-withdrawal", """{"steps":[]}""")).Refused(HttpStatusCode.UnprocessableEntity, "steps-missing");
        (await client.Post(Path(referral) + "/consent-withdrawal", """{"steps":["nowhere"]}""")).Refused(HttpStatusCode.UnprocessableEntity, "step-unknown");
        (await client.Post(Path(referral) + "/consent-override", Override("Kind ohne Aufsicht."))).Refused(HttpStatusCode.Conflict, "consent-not-awaited");
        var narrowed = (await client.Post(Path(referral) + "/consent-withdrawal", """{"steps":["care"]}""")).Ok();
        Assert.Equal(("needs-decision", "consent"), (narrowed.Text("status"), narrowed.Json.GetProperty("waiting")[0].GetProperty("for").GetString()));
        Assert.DoesNotContain("care", narrowed.Json.GetProperty("consent").GetProperty("steps").EnumerateArray().Select(s => s.GetString()));
        (await client.Post(Path(referral) + "/consent-override", Override("Kind von kim@example.org ohne Aufsicht."))).Refused(HttpStatusCode.UnprocessableEntity, "note-blocked");
        var goesOn = (await client.Post(Path(referral) + "/consent-override", Override("Kind ohne Aufsicht."))).Ok();
        Assert.Equal(("running", "child-welfare"), (goesOn.Text("status"), goesOn.Json.GetProperty("overrides")[0].GetProperty("ground").GetString()));
        Assert.Contains("Kind ohne Aufsicht.", (await client.Get(Path(referral) + "/history")).Ok().Json.GetRawText(), StringComparison.Ordinal);

        static string Override(string reason) => $$"""{"steps":["care"],"ground":"child-welfare","reason":"{{reason}}"}""";
    }

    [Fact]
    public async Task A_step_is_reminded_rerouted_and_skipped()
    {
        var (client, _, referral) = await Start(api);
        (await client.Post(Path(referral) + "/reminders", $$"""{"assignment":"{{OfferOf(referral)}}"}""")).Ok();
        (await client.Post(Path(referral) + "/reminders", $$"""{"assignment":"{{Guid.NewGuid()}}"}""")).Refused(HttpStatusCode.Conflict, "assignment-not-open");
        (await client.Post(Path(referral) + "/reroutes", """{"place":"care","partner":"advice-one"}""")).Refused(HttpStatusCode.UnprocessableEntity, "partner-not-agreed");
        (await client.Post(Path(referral) + "/reroutes", """{"place":"nowhere","partner":"care-two"}""")).Refused(HttpStatusCode.Conflict, "place-not-reached");
        var rerouted = (await client.Post(Path(referral) + "/reroutes", """{"place":"care","partner":"care-two"}""")).Ok();
        Assert.Equal("rerouted", rerouted.Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("withdrawal").GetString());
        var skipped = (await client.Post(Path(referral) + "/skips", """{"place":"care"}""")).Ok();
        Assert.Equal("skipped", skipped.Json.GetProperty("steps")[0].GetProperty("outcome").GetString());
        Assert.Equal("part", skipped.Json.GetProperty("waiting")[0].GetProperty("for").GetString());
    }

    [Fact]
    public async Task A_part_is_decided_and_a_partner_chosen()
    {
        var (client, holder, referral) = await Start(api);
        (await client.Post(Path(referral) + "/part-decisions", """{"place":"advice-part","included":true}""")).Refused(HttpStatusCode.Conflict, "place-not-reached");
        Assert.Equal("needs-decision", (await AtAdvice(client, holder, referral)).Text("status"));
        (await client.Post(Path(referral) + "/part-decisions", """{"place":"advice-part","included":true}""")).Ok();
        (await client.Post(Path(referral) + "/part-decisions", """{"place":"advice-part","included":false}""")).Refused(HttpStatusCode.Conflict, "part-decided");
        var chosen = (await client.Post(Path(referral) + "/partner-choices", """{"place":"advice","partner":"advice-two"}""")).Ok();
        Assert.Equal("running", chosen.Text("status"));
        (await client.Post(Path(referral) + "/partner-choices", """{"place":"advice","partner":"advice-one"}""")).Refused(HttpStatusCode.Conflict, "step-with-partner");
        (await client.Post(Path(referral) + "/partner-choices", """{"place":"care","partner":"care-two"}""")).Refused(HttpStatusCode.Conflict, "step-ended");
    }

    [Fact]
    public async Task A_question_is_answered_once()
    {
        var (client, holder, referral) = await Start(api);
        var question = new QuestionId(Guid.NewGuid());
        await api.HearAsync(holder, OfferOf(referral), 1, new PartnerSaid.Received());
        await api.HearAsync(holder, OfferOf(referral), 2, new PartnerSaid.Asked(question, Assert.IsType<ScreenResult.Passed>(NoteScreen.Screen("On Saturdays too?")).Note));
        Assert.Equal("question-open", (await client.Get(Path(referral))).Text("status"));

        string Answers(string text, Guid? of = null) => $$"""{"question":"{{of ?? question.Value}}","text":"{{text}}"}""";
        (await client.Post(Path(referral) + "/answers", Answers("Call 03531 123456"))).Refused(HttpStatusCode.UnprocessableEntity, "note-blocked");
        (await client.Post(Path(referral) + "/answers", Answers("No.", Guid.NewGuid()))).Refused(HttpStatusCode.UnprocessableEntity, "question-not-found");
        Assert.Equal("running", (await client.Post(Path(referral) + "/answers", Answers("No."))).Ok().Text("status"));
        (await client.Post(Path(referral) + "/answers", Answers("Yes."))).Refused(HttpStatusCode.Conflict, "question-answered");
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var client = api.ClientOf(api.Organisation());
        (await client.Get($"/api/v1/referrals/{Guid.NewGuid()}")).Refused(HttpStatusCode.NotFound, "referral-not-found");
        (await client.Get($"/api/v1/referrals/{Guid.NewGuid()}/history")).Refused(HttpStatusCode.NotFound, "referral-not-found");
        (await client.Post($"/api/v1/referrals/{Guid.NewGuid()}/closure")).Refused(HttpStatusCode.NotFound, "referral-not-found");
        (await client.Get("/api/v1/referrals/not-a-uuid")).Refused(HttpStatusCode.NotFound, "not-found");
        (await client.Get("/api/v1/nothing")).Refused(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Only_caseworkers_may()
    {
        var client = api.ClientOf(api.Organisation(), NetworkRoles.Partner, NetworkRoles.Admin);
        (await client.Get("/api/v1/referrals")).Refused(HttpStatusCode.Forbidden, "role-missing");
        (await client.Post("/api/v1/referrals", Body())).Refused(HttpStatusCode.Forbidden, "role-missing");
    }
}
