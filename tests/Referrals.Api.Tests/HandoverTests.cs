using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Tests;

/// <summary>Handing a client over with a code, by the API.</summary>
public sealed class HandoverTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<(HttpClient Client, string Path, OrganisationId Holder, Guid Assignment)> Offered()
    {
        var (client, holder, referral) = await ReferralTests.Start(api);
        var offer = referral.Json.GetProperty("steps")[0].GetProperty("offers")[0];
        return (client, $"/api/v1/referrals/{referral.Json.GetProperty("id").GetGuid()}", holder, offer.GetProperty("assignment").GetGuid());
    }

    private static string Of(Guid assignment) => $$"""{"assignment":"{{assignment}}"}""";

    private static string Typed(string code) => $$"""{"code":"{{code}}"}""";

    private async Task<(HttpClient Client, string Path, HandoverCode Code)> Received()
    {
        var partner = api.Organisation("partner");
        var id = await api.ReceiveAsync(partner);
        var code = HandoverCode.New();
        var receive = new AssignmentCommand.ReceiveHandover(1, HandoverProof.Of(HandoverProof.Key(code, partner), id), DateTimeOffset.UtcNow.AddDays(14));
        Assert.IsType<AssignmentOutcome.Done>(await api.Services.GetRequiredService<AssignmentService>().HearAsync(new Actor("exchange", partner), id, receive, Guid.NewGuid(), Ct));
        return (api.ClientOf(partner), $"/api/v1/assignments/{id}", code);
    }

    [Fact]
    public async Task A_code_is_made_shown_once_and_stored_nowhere()
    {
        var (client, path, holder, assignment) = await Offered();
        var made = (await client.Post(path + "/handover", Of(assignment), "handover-1")).Ok();
        var code = HandoverCode.Read(made.Text("code"))!;
        Assert.Equal(made.Text("code"), code.ToString());
        Assert.Equal(made.Text("code"), (await client.Post(path + "/handover", Of(assignment), "handover-1")).Ok().Text("code"));
        Assert.Equal(made.Text("until"), (await client.Get(path)).Ok().Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("handover").GetProperty("until").GetString());

        foreach (var written in new[] { code.ToString(), code.Plain, code.Plain.ToLowerInvariant() })
        {
            Assert.Equal(0L, await api.QueryAsync($"select count(*) from referrals.mt_events where data::text ilike '%{written}%'"));
            Assert.Equal(0L, await api.QueryAsync($"select count(*) from referrals.list_rows where data::text ilike '%{written}%'"));
        }

        var issued = await api.Services.GetRequiredService<ReferralService>().HistoryAsync(holder, new ReferralId(Guid.Parse(path.Split('/')[^1])), Ct);
        var proof = Assert.Single(issued.Select(e => e.Data).OfType<ReferralEvent.HandoverIssued>()).Proof;
        var partner = new OrganisationId((await client.Get(path)).Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("partner").GetString()!);
        Assert.Equal(HandoverProof.Of(HandoverProof.Key(code, partner), new AssignmentId(assignment)), proof);
    }

    [Fact]
    public async Task A_code_is_revoked_and_the_arrival_is_seen()
    {
        var (client, path, holder, assignment) = await Offered();
        (await client.Post(path + "/handover-revocation", Of(assignment))).Refused(HttpStatusCode.Conflict, "handover-not-issued");
        (await client.Post(path + "/handover", Of(Guid.NewGuid()))).Refused(HttpStatusCode.Conflict, "assignment-not-open");
        (await client.Post(path + "/handover", Of(assignment))).Ok();
        var revoked = (await client.Post(path + "/handover-revocation", Of(assignment))).Ok();
        Assert.True(revoked.Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("handover").TryGetProperty("revokedAt", out _));
        (await client.Post(path + "/handover", Of(assignment))).Ok();
        await api.HearAsync(holder, new AssignmentId(assignment), 1, new PartnerSaid.Received());
        await api.HearAsync(holder, new AssignmentId(assignment), 2, new PartnerSaid.HandedOver());
        Assert.True((await client.Get(path)).Json.GetProperty("steps")[0].GetProperty("offers")[0].GetProperty("handover").TryGetProperty("redeemedAt", out _));
        (await client.Post(path + "/handover", Of(assignment))).Refused(HttpStatusCode.Conflict, "handover-redeemed");
    }

    [Fact]
    public async Task A_partner_redeems_a_code_once()
    {
        var (client, path, code) = await Received();
        Assert.Equal(5, (await client.Get(path)).Json.GetProperty("handover").GetProperty("triesLeft").GetInt32());
        var redeemed = (await client.Post(path + "/handover", Typed(code.Plain.ToLowerInvariant()))).Ok();
        Assert.True(redeemed.Json.GetProperty("handover").TryGetProperty("redeemedAt", out _));
        (await client.Post(path + "/handover", Typed(code.ToString()))).Ok();
        (await client.Post(path + "/handover", Typed(HandoverCode.New().ToString()))).Refused(HttpStatusCode.Conflict, "handover-used");
    }

    [Fact]
    public async Task Wrong_codes_are_counted_and_mistyped_ones_are_not()
    {
        var (client, path, code) = await Received();
        Assert.Equal(["code: handover-mistyped"], (await client.Post(path + "/handover", Typed("KX7-4MP-T28"))).Refused(HttpStatusCode.UnprocessableEntity, "handover-mistyped").Faults);
        for (var i = 0; i < 4; i++)
        {
            (await client.Post(path + "/handover", Typed(HandoverCode.New().ToString()))).Refused(HttpStatusCode.UnprocessableEntity, "handover-wrong");
        }

        Assert.Equal(1, (await client.Get(path)).Json.GetProperty("handover").GetProperty("triesLeft").GetInt32());
        (await client.Post(path + "/handover", Typed(HandoverCode.New().ToString()))).Refused(HttpStatusCode.Conflict, "handover-blocked");
        (await client.Post(path + "/handover", Typed(code.ToString()))).Refused(HttpStatusCode.Conflict, "handover-blocked");
    }

    [Fact]
    public async Task Codes_are_not_gone_through()
    {
        var partner = api.Organisation("partner");
        var path = $"/api/v1/assignments/{await api.ReceiveAsync(partner)}/handover";
        var client = api.ClientOf(partner, NetworkRoles.Partner);
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 40; i++)
        {
            answers.Add((await client.Post(path, Typed("KX7-4MP-T28"))).Raw.StatusCode);
        }

        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.InRange(answers.Count(a => a == HttpStatusCode.UnprocessableEntity), 30, 39);
    }
}
