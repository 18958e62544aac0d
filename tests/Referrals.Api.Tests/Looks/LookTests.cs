using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Referrals.Api.Tests.Pages;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Tests.Looks;

/// <summary>What is written down of a look, and that nothing is shown without it.</summary>
public sealed class LookTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<IReadOnlyList<LookLine>> OfAsync(OrganisationId organisation) =>
        [.. (await api.Services.GetRequiredService<LookStore>().ListAsync(organisation, new LookFilter(), null, 100, Ct)).Reverse()];

    [Fact]
    public async Task A_referral_is_known_by_its_id_whether_over_the_page_or_the_api()
    {
        var (client, holder, referral) = await ReferralTests.Start(api);
        var (id, number) = (referral.Json.GetProperty("id").GetGuid(), referral.Text("number"));
        var login = await api.PersonAsync(holder, roles: NetworkRoles.Caseworker);
        var browser = api.App.Browser();
        await browser.SignInAsync(login);

        (await client.Get($"/api/v1/referrals/{id}")).Ok();
        (await client.Get($"/api/v1/referrals/{id}/history")).Ok();
        (await browser.Open($"/ueberleitungen/{number}")).Is(HttpStatusCode.OK);
        (await browser.Open("/ueberleitungen/2026-9999")).Is(HttpStatusCode.NotFound);
        (await browser.Open("/ueberleitungen?status=laufend&kette=care-and-advice&frau-muster=1")).Is(HttpStatusCode.OK);

        var looks = await OfAsync(holder);
        Assert.Equal(
            [
                ($"{holder}.test", "referral", id, number, "shown", "casework"), ($"{holder}.test", "referral-history", id, number, "shown", "casework"), (login, "referral", id, number, "shown", "casework"),
                (login, "referral", null, null, "not-found", "casework"), (login, "referrals", (Guid?)null, (string?)null, "shown", "casework"),
            ],
            looks.Select(l => (l.Entry.Who, l.Entry.What, l.Subject, l.Number?.ToString(), l["outcome"], l["purpose"])));
        Assert.Equal(["caseworker", "2026-9999"], [looks[2]["role"], looks[3]["number"]]);
        Assert.Equal((1, "status,kette"), (looks[4].Count, looks[4]["filter"]));
        Assert.DoesNotContain(looks, l => l.Entry.Details!.Values.Any(v => v.Contains("muster", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_form_that_is_shown_again_is_a_look_and_one_that_does_something_is_none()
    {
        var desk = await PartnerDesk.OpenAsync(api);
        var number = await desk.ReceiveAsync();
        var page = (await desk.Me.Open($"/auftraege/{number}")).Is(HttpStatusCode.OK);
        (await desk.Me.Send(page, $"/auftraege/{number}/ablehnen", ("grund", ""))).Is(HttpStatusCode.UnprocessableEntity);
        (await desk.Me.Send(page, $"/auftraege/{number}/bestaetigen")).Is(HttpStatusCode.SeeOther);
        Assert.Equal([("assignment", "shown"), ("assignment", "shown")], (await OfAsync(desk.Organisation)).Where(l => l.Subject is not null).Select(l => (l.Entry.What, l["outcome"]!)));
    }

    [Fact]
    public async Task A_command_that_records_nothing_but_shows_the_assignment_is_a_look()
    {
        var partner = api.Organisation();
        var id = await api.ReceiveAsync(partner);
        var client = api.ClientOf(partner);
        (await client.Post($"/api/v1/assignments/{id}/acknowledgement")).Ok();
        Assert.Empty(await OfAsync(partner));
        (await client.Post($"/api/v1/assignments/{id}/acknowledgement")).Ok();
        Assert.Equal([(id.Value, "shown")], (await OfAsync(partner)).Select(l => (l.Subject!.Value, l["outcome"]!)));
    }

    [Fact]
    public async Task Another_organisations_assignment_is_a_look_at_nothing_in_the_own_log_and_none_in_theirs()
    {
        var (partner, other) = (api.Organisation(), api.Organisation());
        var id = await api.ReceiveAsync(partner);
        (await api.ClientOf(other).Get($"/api/v1/assignments/{id}")).Is(HttpStatusCode.NotFound);
        Assert.Empty(await OfAsync(partner));
        Assert.Equal([(id.Value, "not-found")], (await OfAsync(other)).Select(l => (l.Subject!.Value, l["outcome"]!)));
    }

    [Fact]
    public async Task The_operators_look_at_another_organisations_letters_stands_in_that_organisations_log()
    {
        var organisation = await api.RegisteredAsync();
        var browser = await Pages.Administration.Admins.OperatorAsync(api);
        (await browser.Open($"/verwaltung/unzustellbar?organisation={organisation}")).Is(HttpStatusCode.OK);
        var look = Assert.Single(await OfAsync(organisation));
        Assert.Equal(("dead-letters", "network-office"), (look.Entry.What, look["from"]));
    }

    [Fact]
    public async Task What_can_not_be_written_down_is_not_shown()
    {
        var owner = await api.CreateDatabaseAsync($"unwritten{Guid.NewGuid():n}"[..20]);
        await using var app = api.Start(owner);
        var organisation = api.Organisation();
        var login = await app.PersonAsync(organisation);
        var browser = app.Browser();
        await browser.SignInAsync(login);
        (await browser.Open("/ueberleitungen")).Is(HttpStatusCode.OK);

        await using var db = new NpgsqlConnection(owner);
        await db.OpenAsync(Ct);
        await using (var command = new NpgsqlCommand("revoke insert (kind) on referrals.audit_entries from referrals_app", db))
        {
            await command.ExecuteNonQueryAsync(Ct);
        }

        var page = await browser.Open("/ueberleitungen");
        Assert.Equal(HttpStatusCode.InternalServerError, page.Status);
        Assert.DoesNotContain("Überleitungen suchen", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("table, form.app-filter"));
        (await browser.Open("/netzwerk")).Is(HttpStatusCode.OK);
    }
}
