using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages.Administration;

public sealed class AuditPageTests(ApiHost api)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task WriteAsync(OrganisationId organisation, string who, string what, string subject) =>
        await api.Services.GetRequiredService<AuditStore>().WriteAsync(new AuditEntry(organisation, who, what, subject), Ct);

    [Fact]
    [Covers("GET /verwaltung/protokoll", PageCase.Works)]
    [Covers("GET /verwaltung/protokoll/csv", PageCase.Works)]
    public async Task The_log_is_filtered_paged_and_saved()
    {
        var (home, other) = (await api.RegisteredAsync(), await api.RegisteredAsync());
        await WriteAsync(other, "fremd", AuditCodes.ClientCreated, "fremder-zugang");
        for (var i = 0; i < 60; i++)
        {
            await WriteAsync(home, "kim", AuditCodes.ClientDisabled, $"zugang-{i:00}");
        }

        var login = await api.PersonAsync(home);
        var browser = api.App.Browser();
        await browser.SignInAsync(login);
        var first = (await browser.Open("/verwaltung/protokoll")).Is(HttpStatusCode.OK);
        Assert.Contains("Angemeldet", first.Text, StringComparison.Ordinal);
        Assert.Contains("zugang-59", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zugang-00", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("fremd", first.Text, StringComparison.Ordinal);
        var next = await browser.Open(first.Document.QuerySelector("a[rel='next']")!.GetAttribute("href")!);
        Assert.Contains("zugang-00", next.Text, StringComparison.Ordinal);

        var id = (await api.Services.GetRequiredService<UserStore>().FindAsync(home, login, Ct))!.Person.Id;
        Assert.DoesNotContain("zugang-", (await browser.Open($"/verwaltung/protokoll?wer={id}")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(login, (await browser.Open("/verwaltung/protokoll?was=client-disabled")).Document.QuerySelector("table")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Keine Einträge", (await browser.Open("/verwaltung/protokoll?bis=2001-01-01")).Text, StringComparison.Ordinal);
        Assert.Contains("zugang-59", (await browser.Open("/verwaltung/protokoll?von=2001-01-01")).Text, StringComparison.Ordinal);

        var csv = (await browser.Open("/verwaltung/protokoll/csv?was=client-disabled")).Is(HttpStatusCode.OK);
        Assert.Equal("text/csv", csv.ContentType);
        Assert.Equal(61, csv.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task The_operator_sees_the_whole_network()
    {
        var organisation = await api.RegisteredAsync();
        await WriteAsync(organisation, "kim", AuditCodes.ClientCreated, $"zugang-{organisation}");
        var browser = await api.OperatorAsync();
        Assert.DoesNotContain($"zugang-{organisation}", (await browser.Open("/verwaltung/protokoll")).Text, StringComparison.Ordinal);
        Assert.Contains($"zugang-{organisation}", (await browser.Open($"/verwaltung/protokoll?organisation={organisation}")).Text, StringComparison.Ordinal);
        var own = await api.AdminAsync(await api.RegisteredAsync());
        Assert.DoesNotContain($"zugang-{organisation}", (await own.Open("/verwaltung/protokoll?umfang=netz")).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("GET /verwaltung", PageCase.Works)]
    public async Task The_start_page_counts()
    {
        var home = await api.RegisteredAsync();
        var browser = await api.AdminAsync(home);
        var page = (await browser.Open("/verwaltung")).Is(HttpStatusCode.OK);
        Assert.Equal(["1", "0", "0"], page.Document.QuerySelectorAll(".app-figure").Select(f => f.TextContent.Trim()));
        Assert.Contains("Organisationen", (await (await api.OperatorAsync()).Open("/verwaltung")).Text, StringComparison.Ordinal);
    }
}
