using System.Net;

namespace Referrals.Api.Tests;

public sealed class NumberTests(ApiHost api)
{
    [Fact]
    public async Task A_referral_has_a_number_everywhere_and_is_found_by_it_and_by_the_start_of_its_reference()
    {
        var client = api.ClientOf(api.Organisation());
        var first = (await client.Post("/api/v1/referrals", ReferralTests.Body(reference: "AZ-1/26"))).Is(HttpStatusCode.Created);
        var second = (await client.Post("/api/v1/referrals", ReferralTests.Body(reference: "AZ-12/26"))).Is(HttpStatusCode.Created);
        var year = first.Json.GetProperty("startedAt").GetDateTimeOffset().AddHours(2).Year;
        Assert.Equal($"{year}-0001", first.Text("number"));
        Assert.Equal($"{year}-0002", second.Text("number"));
        Assert.Equal($"{year}-0002", (await client.Get($"/api/v1/referrals/{second.Text("id")}")).Ok().Text("number"));
        Assert.Equal($"{year}-0002", (await client.Post($"/api/v1/referrals/{second.Text("id")}/closure")).Ok().Text("number"));

        Assert.Equal([$"{year}-0001"], await Numbers(client, "/api/v1/referrals?number=" + first.Text("number")));
        Assert.Equal([$"{year}-0002", $"{year}-0001"], await Numbers(client, "/api/v1/referrals?reference=az-1"));
        Assert.Equal([$"{year}-0002"], await Numbers(client, "/api/v1/referrals?reference=Az-12"));
        Assert.Empty(await Numbers(api.ClientOf(api.Organisation()), "/api/v1/referrals?number=" + first.Text("number")));
        Assert.Empty(await Numbers(client, "/api/v1/referrals?dueFrom=2999-01-01T00:00:00Z"));
    }

    [Fact]
    public async Task An_assignment_has_a_number_of_its_own_organisation()
    {
        var partner = api.Organisation("care");
        var client = api.ClientOf(partner);
        await api.ReceiveAsync(partner);
        var second = await api.ReceiveAsync(partner);

        var numbers = await Numbers(client, "/api/v1/assignments");
        Assert.EndsWith("-0002", numbers[0], StringComparison.Ordinal);
        Assert.EndsWith("-0001", numbers[1], StringComparison.Ordinal);
        Assert.Equal(numbers[0], (await client.Post($"/api/v1/assignments/{second}/acknowledgement")).Ok().Text("number"));
        Assert.Equal([numbers[1]], await Numbers(client, $"/api/v1/assignments?number={numbers[1]}"));
        Assert.Equal(2, (await Numbers(client, "/api/v1/assignments?unassigned=true")).Count);
        Assert.Empty(await Numbers(client, "/api/v1/assignments?assignee=frau.muster"));
    }

    [Theory]
    [InlineData("number=26-1", "number: wrong-value")]
    [InlineData("reference=", "reference: wrong-value")]
    [InlineData("reference=a%00b", "reference: wrong-value")]
    [InlineData("unassigned=yes", "unassigned: wrong-value")]
    [InlineData("unassigned=true&assignee=a", "unassigned: wrong-value")]
    public async Task Wrong_filters_are_named(string query, string fault) =>
        Assert.Equal([fault], (await api.ClientOf(api.Organisation()).Get("/api/v1/referrals?" + query)).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid").Faults);

    internal static async Task<IReadOnlyList<string>> Numbers(HttpClient client, string path) =>
        [.. (await client.Get(path)).Ok().Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("number").GetString()!)];
}
