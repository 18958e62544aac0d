using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Referrals.Api.Tests;

public sealed class InputTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everything_wrong_with_a_body_is_named_at_once()
    {
        var client = api.ClientOf(api.Organisation());
        var answer = await client.Post("/api/v1/referrals", """
            {"chain":"Not A Code","caseReference":7,"consent":{"form":"spoken","given":"31.12.2026","steps":["a",null,"b c"]},
             "facts":{"children":1.5,"BAD NAME":true},"partners":[],"note":null,"surprise":{},"chain":"twice"}
            """);
        string[] expected =
            [
                "chain: property-twice", "chain: not-a-code", "caseReference: wrong-value", "consent.form: wrong-value", "consent.given: wrong-value",
                "consent.steps[1]: wrong-value", "consent.steps[2]: not-a-code", "consent.purpose: missing-property",
                "facts.children: wrong-value", "facts.BAD NAME: not-a-code", "partners: wrong-value", "surprise: unknown-property",
            ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), answer.Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{} {}")]
    [InlineData("nonsense")]
    public async Task What_is_no_json_is_said_so_with_its_place(string body)
    {
        var client = api.ClientOf(api.Organisation());
        var answer = await client.Post("/api/v1/referrals", body);
        if (body.Length == 0)
        {
            Assert.Equal(["chain: missing-property", "caseReference: missing-property", "consent: missing-property"], answer.Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
        }
        else
        {
            Assert.Equal([": malformed-json"], answer.Refused(HttpStatusCode.BadRequest, "malformed-json").Faults);
        }
    }

    [Theory]
    [InlineData("[]", ": wrong-value")]
    [InlineData("null", ": wrong-value")]
    [InlineData("\"text\"", ": wrong-value")]
    [InlineData("""{"reason":"a\u0000b"}""", "reason: wrong-value")]
    [InlineData("""{"reason":"\ud800"}""", "reason: wrong-value")]
    [InlineData("""{"Reason":"case-counts"}""", "Reason: unknown-property|reason: missing-property")]
    public async Task Wrong_shapes_are_named(string body, string faults)
    {
        var client = api.ClientOf(api.Organisation());
        Assert.Equal(faults.Split('|'), (await client.Post($"/api/v1/referrals/{Guid.NewGuid()}/withdrawal", body)).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
    }

    [Fact]
    public async Task An_act_without_words_takes_an_empty_body_but_no_unknown_ones()
    {
        var partner = api.Organisation("partner");
        var path = $"/api/v1/assignments/{await api.ReceiveAsync(partner)}/acknowledgement";
        var client = api.ClientOf(partner);
        Assert.Equal(["why: unknown-property"], (await client.Post(path, """{"why":"because"}""")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
        (await client.Post(path)).Ok();
        (await client.Post(path, "{}")).Ok();
    }

    [Fact]
    public async Task Another_media_type_and_a_huge_body_are_refused_as_problems()
    {
        var client = api.ClientOf(api.Organisation());
        using var xml = new StringContent("<x/>", Encoding.UTF8, new MediaTypeHeaderValue("application/xml"));
        (await Http.Read(await client.PostAsync("/api/v1/referrals", xml, Ct))).Refused(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        (await client.Post("/api/v1/referrals", new string(' ', (1 << 20) + 1))).Refused(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        (await client.Post("/api/v1/referrals", new string(' ', (1 << 20) + 1), "big-key")).Refused(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        (await client.Put("/api/v1/referrals", "{}")).Refused(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
    }

    [Fact]
    public async Task If_match_is_compared_and_a_wrong_one_is_named()
    {
        var partner = api.Organisation("partner");
        var path = $"/api/v1/assignments/{await api.ReceiveAsync(partner)}";
        var client = api.ClientOf(partner);
        Assert.Equal(["If-Match: if-match-invalid"], (await client.Post(path + "/acknowledgement", ifMatch: "1")).Refused(HttpStatusCode.BadRequest, "header-invalid").Faults);
        (await client.Post(path + "/acknowledgement", ifMatch: "W/\"1\"")).Refused(HttpStatusCode.BadRequest, "header-invalid");
        Assert.Equal("\"1\"", (await client.Post(path + "/acknowledgement", ifMatch: "\"other\"")).Refused(HttpStatusCode.PreconditionFailed, "stale").ETag);
        Assert.Equal("\"2\"", (await client.Post(path + "/acknowledgement", ifMatch: "\"1\"")).Ok().ETag);
        Assert.Equal("\"2\"", (await client.Post(path + "/acceptance", ifMatch: "\"1\"")).Refused(HttpStatusCode.PreconditionFailed, "stale").ETag);
        Assert.Equal("\"3\"", (await client.Post(path + "/acceptance", ifMatch: "*")).Ok().ETag);

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", "\"3\"");
        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(request, Ct)).StatusCode);
    }
}
