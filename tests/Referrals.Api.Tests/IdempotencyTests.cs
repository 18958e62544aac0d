using System.Net;
using Referrals.Engine;

namespace Referrals.Api.Tests;

public sealed class IdempotencyTests(ApiHost api)
{
    private async Task<int> Referrals(HttpClient client) => (await client.Get("/api/v1/referrals")).Json.GetProperty("items").GetArrayLength();

    [Fact]
    public async Task The_same_request_gets_the_same_answer()
    {
        var client = api.ClientOf(api.Organisation());
        var body = ReferralTests.Body();
        var first = (await client.Post("/api/v1/referrals", body, "key-1")).Is(HttpStatusCode.Created);
        var again = (await client.Post("/api/v1/referrals", body, "key-1")).Is(HttpStatusCode.Created);
        Assert.Equal(first.Json.GetRawText(), again.Json.GetRawText());
        Assert.Equal(first.ETag, again.ETag);
        Assert.Equal(first.Raw.Headers.Location, again.Raw.Headers.Location);
        Assert.Equal(first.Raw.Content.Headers.ContentType, again.Raw.Content.Headers.ContentType);
        Assert.False(first.Raw.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", again.Raw.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(1, await Referrals(client));
    }

    [Fact]
    public async Task A_key_is_not_used_for_something_else_but_by_another_organisation()
    {
        var client = api.ClientOf(api.Organisation());
        (await client.Post("/api/v1/referrals", ReferralTests.Body(), "key-2")).Is(HttpStatusCode.Created);
        (await client.Post("/api/v1/referrals", ReferralTests.Body(reference: "2026-0816"), "key-2")).Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await client.Post("/api/v1/chain-checks", ReferralTests.Body(), "key-2")).Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        (await api.ClientOf(api.Organisation()).Post("/api/v1/referrals", ReferralTests.Body(), "key-2")).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Refusals_are_repeated_too()
    {
        var client = api.ClientOf(api.Organisation());
        var first = (await client.Post("/api/v1/referrals", "{}", "key-3")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
        var again = (await client.Post("/api/v1/referrals", "{}", "key-3")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
        Assert.Equal(first.Json.GetRawText(), again.Json.GetRawText());
    }

    [Fact]
    public async Task Many_at_once_do_it_once()
    {
        var client = api.ClientOf(api.Organisation());
        var body = ReferralTests.Body();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.Post("/api/v1/referrals", body, "key-4")));
        Assert.All(answers, a => a.Is(HttpStatusCode.Created));
        Assert.Single(answers.Select(a => a.Json.GetRawText()).Distinct());
        Assert.Single(answers, a => !a.Raw.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(1, await Referrals(client));
    }

    [Theory]
    [InlineData("/api/v1/referrals", 1)]
    [InlineData("/skips", 4)]
    public async Task What_was_done_before_a_crash_is_not_done_again(string act, int events)
    {
        var holder = api.Organisation();
        var client = api.ClientOf(holder);
        var started = await client.Post("/api/v1/referrals", ReferralTests.Body(), "key-5");
        var path = $"/api/v1/referrals/{started.Text("id")}";
        var (address, body, tag, key) = act == "/skips" ? (path + act, """{"place":"care"}""", started.ETag, "key-6") : (act, ReferralTests.Body(), null, "key-5");
        var first = await client.Post(address, body, key, tag);
        Assert.True(first.Raw.IsSuccessStatusCode, first.Json.ToString());

        // As if the process had died after doing it and before remembering its answer.
        await api.ExecuteAsync("update referrals.api_answers set status = null, headers = null, body = null, lease_until = now() - interval '1 second' where tenant_id = $1", holder.Value);
        var again = await client.Post(address, body, key, tag);
        Assert.Equal(first.Status, again.Status);
        Assert.Equal(first.ETag, again.ETag);
        Assert.Equal(first.Text("id"), again.Text("id"));
        Assert.Equal(1, await Referrals(client));
        Assert.True((await client.Get(path + "/history")).Json.GetProperty("items").GetArrayLength() >= events);
        Assert.Equal(again.ETag, (await client.Get(path)).ETag);
    }

    [Fact]
    public async Task While_it_is_being_done_elsewhere_one_is_told_to_wait()
    {
        var holder = api.Organisation();
        var client = api.ClientOf(holder);
        (await client.Post("/api/v1/referrals", "{}", "key-7")).Is(HttpStatusCode.UnprocessableEntity);
        await api.ExecuteAsync("update referrals.api_answers set status = null, headers = null, body = null where tenant_id = $1", holder.Value);
        var answer = (await client.Post("/api/v1/referrals", "{}", "key-7")).Refused(HttpStatusCode.Conflict, "idempotency-in-progress");
        Assert.Equal(1, answer.Raw.Headers.RetryAfter?.Delta?.TotalSeconds);
    }

    [Fact]
    public async Task An_answer_is_forgotten_after_its_time()
    {
        var holder = api.Organisation();
        var client = api.ClientOf(holder);
        (await client.Post("/api/v1/chain-checks", "{}", "key-8")).Ok();
        await api.ExecuteAsync("update referrals.api_answers set keep_until = now() - interval '1 second' where tenant_id = $1", holder.Value);
        Assert.False((await client.Post("/api/v1/chain-checks", "[]", "key-8")).Ok().Raw.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(TimeSpan.FromHours(48), await api.QueryAsync("select date_trunc('hour', max(keep_until) - now() + interval '1 minute') from referrals.api_answers where tenant_id = $1", holder.Value));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    public async Task A_key_that_cannot_be_one_is_refused(string key)
    {
        var client = api.ClientOf(new OrganisationId("any"));
        Assert.Equal(["Idempotency-Key: idempotency-key-invalid"], (await client.Post("/api/v1/chain-checks", "{}", key)).Refused(HttpStatusCode.BadRequest, "header-invalid").Faults);
        (await client.Post("/api/v1/chain-checks", "{}", new string('k', 201))).Refused(HttpStatusCode.BadRequest, "header-invalid");
        (await client.Post("/api/v1/chain-checks", "{}", new string('k', 200))).Ok();
    }
}
