using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Ui;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages.Review;

public sealed class DetailPageTests(ApiHost api)
{
    private const string Stuck = "/steuerung/haengend";
    private const string Warnings = "/steuerung/fruehwarnung";

    private async Task<PageClient> SteeringAsync(params string[] more) => await api.SignedInAsync(await api.RegisteredAsync(), [NetworkRoles.Steering, .. more]);

    private static IReadOnlyList<string> Tiles(PageAnswer page) => [.. page.Document.QuerySelectorAll(".app-tile .app-figure").Select(f => f.TextContent.Trim())];

    private static IEnumerable<string> Hrefs(PageAnswer page, string within = "main") => page.Document.QuerySelectorAll(within + " a").Select(a => a.GetAttribute("href")!);

    [Fact]
    [Covers("GET /steuerung/haengend", PageCase.Works)]
    public async Task What_is_stuck_is_counted_by_chain_step_and_partner_with_how_long_it_is()
    {
        var story = await ReviewStory.TellAsync(api);
        var page = (await (await SteeringAsync()).Open($"{Stuck}?kette={story.Chain}")).Is(HttpStatusCode.OK);
        Assert.Equal(["5", "2 Wochen oder länger"], Tiles(page));
        var rows = page.Document.QuerySelectorAll("main tbody tr").Select(r => r.TextContent).ToList();
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.Contains("2 Wochen oder länger", r, StringComparison.Ordinal));
        Assert.Contains(story.Partner.Value, rows[0], StringComparison.Ordinal);
        Assert.Contains(Hrefs(page), h => h.StartsWith($"/steuerung/ketten/{story.Chain}/schritte/care", StringComparison.Ordinal));
        Assert.Contains(Hrefs(page), h => h.StartsWith($"/steuerung/partner/{story.Partner}", StringComparison.Ordinal));
        Assert.DoesNotContain(Hrefs(page), h => h.StartsWith("/ueberleitungen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_caseworker_of_the_group_is_led_to_the_own_cases_and_no_others()
    {
        await ReviewStory.TellAsync(api);
        var page = await (await SteeringAsync(NetworkRoles.Caseworker)).Open(Stuck);
        Assert.Equal("/ueberleitungen?frist=ueberfaellig", Assert.Single(Hrefs(page), h => h.StartsWith("/ueberleitungen", StringComparison.Ordinal)));
    }

    [Fact]
    [Covers("GET /steuerung/ketten/{kette}/schritte/{schritt}", PageCase.Works)]
    public async Task A_step_is_shown_in_depth_and_a_measure_can_be_noted_for_it()
    {
        var (story, me) = (await ReviewStory.TellAsync(api), await SteeringAsync());
        var path = $"/steuerung/ketten/{story.Chain}/schritte/care";
        var page = (await me.Open(path)).Is(HttpStatusCode.OK);
        Assert.Contains("care", page.Heading, StringComparison.Ordinal);
        Assert.Equal("5", Tiles(page)[3]);
        Assert.Contains("zu wenige", Tiles(page)[0], StringComparison.Ordinal);
        var partner = Assert.Single(page.Document.QuerySelectorAll("#partner ~ div tbody tr"));
        Assert.Contains(story.Partner.Value, partner.TextContent, StringComparison.Ordinal);
        Assert.Contains(page.Document.QuerySelectorAll("main tbody tr"), r => r.TextContent.Contains(Words.Of(OutcomeCodes.TitleOf("helped")!), StringComparison.Ordinal) && r.TextContent.Contains("100", StringComparison.Ordinal));
        Assert.All(page.Document.QuerySelectorAll("figure:has(svg)"), f => Assert.NotNull(f.QuerySelector("table")));
        var form = await me.Open(Assert.Single(Hrefs(page), h => h.StartsWith("/steuerung/massnahmen/neu", StringComparison.Ordinal)));
        Assert.Equal($"{story.Chain}/care", form.Value("ort"));

        var empty = (await me.Open(path + "?von=2020-01&bis=2020-02")).Is(HttpStatusCode.OK);
        Assert.Empty(empty.Document.QuerySelectorAll("figure svg .chart-line"));
        Assert.Contains("Januar 2020 bis Februar 2020", empty.Text, StringComparison.Ordinal);
        (await me.Open($"/steuerung/ketten/{story.Chain}/schritte/none")).Is(HttpStatusCode.NotFound);
        (await me.Open("/steuerung/ketten/none/schritte/care")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /steuerung/partner/{partner}", PageCase.Works)]
    public async Task A_partner_sees_the_same_figures_of_itself_as_the_steering_group()
    {
        var story = await ReviewStory.TellAsync(api);
        var path = $"/steuerung/partner/{story.Partner}";
        var group = (await (await SteeringAsync()).Open(path)).Is(HttpStatusCode.OK);
        Assert.Contains(story.Partner.Value, group.Heading, StringComparison.Ordinal);
        Assert.Equal("5", Tiles(group)[0]);
        Assert.NotEmpty(group.Document.QuerySelectorAll(".app-tabs"));

        foreach (var role in (string[])[NetworkRoles.Partner, NetworkRoles.Coordinator, NetworkRoles.Admin])
        {
            var own = (await (await api.SignedInAsync(story.Partner, role)).Open(path)).Is(HttpStatusCode.OK);
            Assert.Equal("So läuft es bei uns", own.Heading);
            Assert.Equal(Tiles(group), Tiles(own));
            Assert.Empty(own.Document.QuerySelectorAll(".app-tabs"));
            Assert.DoesNotContain(Hrefs(own), h => h.StartsWith("/steuerung", StringComparison.Ordinal) && !h.StartsWith(path, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_partner_finds_its_figures_and_nobody_sees_those_of_others()
    {
        var story = await ReviewStory.TellAsync(api);
        var path = $"/steuerung/partner/{story.Partner}";
        var own = await api.SignedInAsync(story.Partner, NetworkRoles.Partner);
        Assert.Contains(path, Hrefs(await own.Open("/eingang")));
        Assert.Contains(path, Hrefs(await own.Open($"/netzwerk/{story.Partner}")));
        (await own.Open($"/steuerung/partner/{story.Holder}")).Is(HttpStatusCode.NotFound);
        (await (await api.SignedInAsync(story.Partner, NetworkRoles.Caseworker)).Open(path)).Is(HttpStatusCode.NotFound);
        var other = await api.SignedInAsync(await api.RegisteredAsync(), NetworkRoles.Partner, NetworkRoles.Caseworker, NetworkRoles.Coordinator, NetworkRoles.Admin);
        (await other.Open(path)).Is(HttpStatusCode.NotFound);
        (await other.Open(path + "?log=some")).Is(HttpStatusCode.NotFound);
        foreach (var page in (string[])[Stuck, $"/steuerung/ketten/{story.Chain}/schritte/care"])
        {
            (await other.Open(page)).Is(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_partner_of_whom_nothing_is_known_has_an_empty_page_and_what_is_no_partner_has_none()
    {
        await ReviewStory.TellAsync(api);
        var unknown = await api.RegisteredAsync();
        api.Services.GetRequiredService<NetworkNames>().Forget();
        var me = await SteeringAsync();
        Assert.Contains("nichts auszuwerten", (await me.Open($"/steuerung/partner/{unknown}")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        (await me.Open("/steuerung/partner/no-such-partner")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /steuerung/fruehwarnung", PageCase.Works)]
    public async Task The_group_sees_where_waiting_rises_and_a_caseworker_what_will_likely_be_late()
    {
        var story = await ReviewStory.TellAsync(api);
        var group = (await (await SteeringAsync()).Open($"{Warnings}?kette={story.Chain}")).Is(HttpStatusCode.OK);
        Assert.Contains("Nichts steigt über das Übliche", group.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Voraussichtlich zu spät", group.Text, StringComparison.Ordinal);

        var own = (await (await api.SignedInAsync(story.Holder, NetworkRoles.Caseworker)).Open(Warnings)).Is(HttpStatusCode.OK);
        Assert.Contains("Voraussichtlich zu spät", own.Text, StringComparison.Ordinal);
        Assert.Empty(own.Document.QuerySelectorAll(".app-tabs"));
        (await (await api.SignedInAsync(story.Holder, NetworkRoles.Partner)).Open(Warnings)).Is(HttpStatusCode.NotFound);
    }
}
