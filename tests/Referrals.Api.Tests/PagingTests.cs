using System.Net;

namespace Referrals.Api.Tests;

public sealed class PagingTests(ApiHost api)
{
    private async Task<(HttpClient Client, List<string> Ids)> Many(int count)
    {
        var client = api.ClientOf(api.Organisation());
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add((await client.Post("/api/v1/referrals", ReferralTests.Body(reference: $"2026-{i}"))).Is(HttpStatusCode.Created).Text("id"));
        }

        return (client, ids);
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("due")]
    public async Task Pages_follow_each_other_without_gap_or_repetition(string order)
    {
        var (client, ids) = await Many(7);
        (await client.Post($"/api/v1/referrals/{ids[3]}/closure")).Ok();
        var seen = new List<string>();
        for (string? next = $"/api/v1/referrals?limit=3&order={order}"; next is not null;)
        {
            var page = (await client.Get(next)).Ok().Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        Assert.Equal(ids.Order(), seen.Order());
        Assert.Equal(order == "due" ? ids[3] : ids[0], seen[^1]);
    }

    [Fact]
    public async Task Filters_narrow_the_list_and_hold_over_pages()
    {
        var (client, ids) = await Many(4);
        (await client.Post($"/api/v1/referrals/{ids[0]}/closure")).Ok();
        async Task<int> Count(string query) => (await client.Get("/api/v1/referrals?" + query)).Ok().Json.GetProperty("items").GetArrayLength();
        Assert.Equal(1, await Count("status=closed-early"));
        Assert.Equal(4, await Count("status=closed-early&status=running"));
        Assert.Equal(4, await Count("status=closed-early,running&chain=care-and-advice"));
        Assert.Equal(0, await Count("chain=another"));
        Assert.Equal(3, await Count("partner=care-one"));
        Assert.Equal(3, await Count("dueBefore=2999-01-01T00:00:00Z"));
        Assert.Equal(0, await Count("dueBefore=2020-01-01T00:00%2B02:00"));

        var next = (await client.Get("/api/v1/referrals?status=running&limit=2")).Json.GetProperty("next").GetString()!;
        Assert.Contains("status=running", next, StringComparison.Ordinal);
        Assert.Equal(1, (await client.Get(next)).Ok().Json.GetProperty("items").GetArrayLength());
        var other = next.Replace("status=running", "status=withdrawn", StringComparison.Ordinal);
        Assert.Equal(["cursor: cursor-invalid"], (await client.Get(other)).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);
    }

    [Fact]
    public async Task All_wrong_parameters_are_named()
    {
        var client = api.ClientOf(api.Organisation());
        var answer = await client.Get("/api/v1/referrals?status=asleep&chain=A%20B&dueBefore=tomorrow&order=random&limit=0&cursor=x&page=2&partner=a&partner=b");
        Assert.Equal(
            ["chain: not-a-code", "cursor: cursor-invalid", "dueBefore: wrong-value", "limit: wrong-value", "order: wrong-value", "page: unknown-parameter", "partner: parameter-twice", "status: wrong-value"],
            answer.Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_tampered_cursor_is_a_fault_and_nothing_else()
    {
        var (client, _) = await Many(2);
        var next = (await client.Get("/api/v1/referrals?limit=1")).Json.GetProperty("next").GetString()!;
        var cursor = next[(next.IndexOf("cursor=", StringComparison.Ordinal) + 7)..];
        for (var i = 0; i < cursor.Length; i++)
        {
            var changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            (await client.Get("/api/v1/referrals?limit=1&cursor=" + changed)).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
        }

        foreach (var odd in (string[])["", "=", "%00", "%F0%9F%92%A9", new string('A', 5000), cursor + "A", cursor[..^1]])
        {
            (await client.Get("/api/v1/referrals?limit=1&cursor=" + odd)).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
        }
    }

    [Fact]
    public async Task Lists_show_the_own_organisation_only()
    {
        await Many(1);
        var stranger = api.ClientOf(api.Organisation());
        foreach (var list in (string[])["referrals", "assignments", "escalations", "dead-letters"])
        {
            Assert.Equal(0, (await stranger.Get($"/api/v1/{list}")).Ok().Json.GetProperty("items").GetArrayLength());
        }
    }
}
