using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages;

/// <summary>The officer for data protection sees who looked, and not at what is in it.</summary>
public sealed class AccessLogPageTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task LookAsync(OrganisationId organisation, string who, Guid? subject = null, string outcome = LookOutcomes.Shown) =>
        await api.Services.GetRequiredService<LookStore>().WriteAsync(
            new Look(organisation, who, LookCodes.Referral, "caseworker", LookPurposes.Casework, outcome) { Subject = subject ?? Guid.NewGuid() }, Ct);

    [Fact]
    [Covers("GET /zugriffe", PageCase.Works)]
    public async Task The_log_is_filtered_and_paged()
    {
        var (home, other) = (await api.RegisteredAsync(), await api.RegisteredAsync());
        await LookAsync(other, "fremd");
        for (var i = 0; i < 60; i++)
        {
            await LookAsync(home, $"kim-{i:00}");
        }

        var subject = Guid.NewGuid();
        var login = await api.PersonAsync(home, "Mara Muster", roles: NetworkRoles.Caseworker);
        await LookAsync(home, login, subject, LookOutcomes.NotFound);
        var officer = await api.SignedInAsync(home, NetworkRoles.Officer);

        var first = (await officer.Open("/zugriffe")).Is(HttpStatusCode.OK);
        Assert.Contains("Zugriffe", first.Document.QuerySelector("nav")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Mara Muster", first.Text, StringComparison.Ordinal);
        Assert.Contains("kim-59", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("kim-00", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("fremd", first.Text, StringComparison.Ordinal);
        Assert.Contains("kim-00", (await officer.Open(first.Document.QuerySelector("a[rel='next']")!.GetAttribute("href")!)).Text, StringComparison.Ordinal);

        async Task<string> Table(string query) => (await officer.Open("/zugriffe?" + query)).Is(HttpStatusCode.OK).Document.QuerySelector("tbody")?.TextContent ?? "";
        var id = (await api.Services.GetRequiredService<UserStore>().FindAsync(home, login, Ct))!.Person.Id;
        Assert.DoesNotContain("kim-", await Table($"wer={id}"), StringComparison.Ordinal);
        Assert.Contains(login, await Table($"wer={id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("kim-", await Table($"nummer={subject}"), StringComparison.Ordinal);
        Assert.DoesNotContain("kim-", await Table("ergebnis=not-found"), StringComparison.Ordinal);
        Assert.DoesNotContain("kim-", await Table("was=access-log"), StringComparison.Ordinal);
        Assert.Equal("", await Table("bis=2001-01-01"));
        Assert.Contains("kim-59", await Table("von=2001-01-01"), StringComparison.Ordinal);
        Assert.Contains("Nicht gefunden", (await officer.Open("/zugriffe?nummer=Ü-2026-0001")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_finds_the_looks_at_what_has_it()
    {
        var (client, holder, referral) = await ReferralTests.Start(api);
        var number = referral.Text("number");
        (await client.Get($"/api/v1/referrals/{referral.Json.GetProperty("id").GetGuid()}")).Ok();
        await LookAsync(holder, "kim");
        var officer = await api.SignedInAsync(holder, NetworkRoles.Officer);
        foreach (var typed in new[] { $"Ü-{number}", $"ü-{number}", number })
        {
            var rows = (await officer.Open("/zugriffe?nummer=" + Uri.EscapeDataString(typed))).Is(HttpStatusCode.OK).Document.QuerySelectorAll("tbody tr");
            Assert.Contains($"Ü-{number}", Assert.Single(rows).TextContent, StringComparison.Ordinal);
        }

        Assert.Empty((await officer.Open($"/zugriffe?nummer=A-{number}")).Document.QuerySelectorAll("tbody tr"));
    }

    [Fact]
    [Covers("GET /zugriffe/csv", PageCase.Works)]
    [Covers("GET /zugriffe/json", PageCase.Works)]
    public async Task It_is_saved_as_csv_and_json_and_saving_it_is_a_look()
    {
        var home = await api.RegisteredAsync();
        for (var i = 0; i < 3; i++)
        {
            await LookAsync(home, $"kim-{i}");
        }

        var officer = await api.SignedInAsync(home, NetworkRoles.Officer);
        var csv = (await officer.Open("/zugriffe/csv")).Is(HttpStatusCode.OK);
        Assert.Equal("text/csv", csv.ContentType);
        Assert.Equal(4, csv.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

        using var json = JsonDocument.Parse((await officer.Open("/zugriffe/json?was=referral")).Is(HttpStatusCode.OK).Html);
        Assert.Equal(["kim-2", "kim-1", "kim-0"], json.RootElement.EnumerateArray().Select(l => l.GetProperty("who").GetString()!));

        var own = (await api.Services.GetRequiredService<LookStore>().ListAsync(home, new LookFilter(What: LookCodes.AccessLogFile), null, 10, Ct)).ToList();
        Assert.Equal([(3, "was"), (3, (string?)null)], own.Select(l => (l.Count, l["filter"])));
    }

    [Fact]
    public async Task The_api_lists_it_by_pages_and_only_for_officers()
    {
        var home = await api.RegisteredAsync();
        for (var i = 0; i < 3; i++)
        {
            await LookAsync(home, $"kim-{i}");
        }

        var officer = api.ClientOf(home, NetworkRoles.Officer);
        var first = (await officer.Get("/api/v1/access-log?limit=2&what=referral")).Ok();
        Assert.Equal(["kim-2", "kim-1"], first.Json.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("who").GetString()!));
        var second = (await officer.Get(first.Text("next"))).Ok();
        Assert.Equal(["kim-0"], second.Json.GetProperty("items").EnumerateArray().Select(l => l.GetProperty("who").GetString()!));
        Assert.False(second.Json.TryGetProperty("next", out _));
        (await officer.Get("/api/v1/access-log?subject=x&what=y")).Refused(HttpStatusCode.UnprocessableEntity, "request-invalid");
        (await api.ClientOf(home, NetworkRoles.Admin, NetworkRoles.Caseworker).Get("/api/v1/access-log")).Refused(HttpStatusCode.Forbidden, "role-missing");
    }

    [Fact]
    public async Task The_officer_sees_no_case()
    {
        var (_, holder, referral) = await ReferralTests.Start(api);
        var officer = await api.SignedInAsync(holder, NetworkRoles.Officer);
        (await officer.Open($"/ueberleitungen/{referral.Text("number")}")).Is(HttpStatusCode.Forbidden);
        (await officer.Open("/ueberleitungen")).Is(HttpStatusCode.Forbidden);
        (await officer.Open("/eingang")).Is(HttpStatusCode.Forbidden);
        (await officer.Open("/")).Is(HttpStatusCode.OK);
        var start = Assert.Single(await api.Services.GetRequiredService<LookStore>().ListAsync(holder, new LookFilter(What: LookCodes.Overview), null, 10, Ct));
        Assert.Equal(("officer", LookPurposes.Oversight, 0), (start["role"], start["purpose"], start.Count));
    }

    [Fact]
    public async Task Every_organisation_may_have_an_officer()
    {
        var home = await api.RegisteredAsync(NetworkRoles.Partner);
        var admin = await api.SignedInAsync(home, NetworkRoles.Admin);
        Assert.Contains("Datenschutz", (await admin.Open("/verwaltung/personen/neu")).Is(HttpStatusCode.OK).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }
}
