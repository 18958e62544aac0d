using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Tests.Pages.Review;

public sealed class ReviewPageTests(ApiHost api)
{
    private static readonly string[] Pages = ["/steuerung", "/steuerung/waermetafel", "/steuerung/wege", "/steuerung/schleifen", "/steuerung/verlauf"];

    private async Task<PageClient> SteeringAsync() => await api.SignedInAsync(await api.RegisteredAsync(), NetworkRoles.Steering);

    private static IReadOnlyList<string> Tiles(PageAnswer page) => [.. page.Document.QuerySelectorAll(".app-tile .app-figure").Select(f => f.TextContent.Trim())];

    [Fact]
    [Covers("GET /steuerung", PageCase.Works)]
    public async Task The_overview_tells_of_referrals_where_people_wait_and_what_is_stuck()
    {
        var story = await ReviewStory.TellAsync(api);
        var page = (await (await SteeringAsync()).Open($"/steuerung?kette={story.Chain}")).Is(HttpStatusCode.OK);
        Assert.Equal("Steuerung", page.Heading);
        Assert.Equal(4, Tiles(page).Count);
        Assert.All(Tiles(page).Take(2), ReviewStory.AssertOpen);
        var row = Assert.Single(page.Document.QuerySelectorAll("main table tbody tr"), r => r.TextContent.Contains(story.Partner.Value, StringComparison.Ordinal));
        Assert.Contains("care", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(story.Chain.Value, page.Value("kette"));
        Assert.NotEmpty(page.Document.QuerySelectorAll("svg"));
    }

    [Fact]
    public async Task Every_link_of_the_pages_leads_somewhere()
    {
        var (story, me) = (await ReviewStory.TellAsync(api), await SteeringAsync());
        var followed = new HashSet<string>();
        foreach (var path in Pages.Append($"/steuerung/ketten/{story.Chain}").Append("/steuerung/haengend").Append("/steuerung/fruehwarnung").Append("/steuerung/bericht"))
        {
            var page = (await me.Open($"{path}?kette={story.Chain}")).Is(HttpStatusCode.OK);
            foreach (var link in page.Document.QuerySelectorAll("main a[href]").Select(a => a.GetAttribute("href")!).Where(followed.Add))
            {
                Assert.True(link.StartsWith('/') || link.StartsWith('#'), $"{path} leads to '{link}'");
                Assert.True(link.StartsWith('#') || (await me.Open(link)).Status == HttpStatusCode.OK, $"{path} leads to '{link}', where nothing is");
            }
        }

        Assert.Contains(followed, l => l.StartsWith($"/steuerung/ketten/{story.Chain}", StringComparison.Ordinal));
    }

    [Fact]
    [Covers("GET /steuerung/waermetafel", PageCase.Works)]
    public async Task The_heat_table_has_partners_by_steps()
    {
        var story = await ReviewStory.TellAsync(api);
        var page = (await (await SteeringAsync()).Open($"/steuerung/waermetafel?kette={story.Chain}")).Is(HttpStatusCode.OK);
        var row = Assert.Single(page.Document.QuerySelectorAll("main table tbody tr"), r => r.TextContent.Contains(story.Partner.Value, StringComparison.Ordinal));
        Assert.NotEmpty(row.QuerySelectorAll("td"));
    }

    [Fact]
    [Covers("GET /steuerung/ketten/{kette}", PageCase.Works)]
    public async Task A_chains_map_shows_its_steps_by_duration_or_frequency()
    {
        var (story, me) = (await ReviewStory.TellAsync(api), await SteeringAsync());
        var page = (await me.Open($"/steuerung/ketten/{story.Chain}")).Is(HttpStatusCode.OK);
        Assert.Contains("Betreuung und Beratung", page.Heading, StringComparison.Ordinal);
        Assert.NotEmpty(page.Document.QuerySelectorAll("svg"));
        Assert.Contains(page.Document.QuerySelectorAll("main table tbody tr"), r => r.TextContent.Contains("care", StringComparison.Ordinal));
        (await me.Open($"/steuerung/ketten/{story.Chain}?farbe=haeufigkeit")).Is(HttpStatusCode.OK);
        (await me.Open("/steuerung/ketten/no-such-chain")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_chain_of_which_nothing_was_referred_shows_its_steps_and_says_so()
    {
        var id = $"unused-{Guid.NewGuid():n}"[..20];
        await api.PutInForceAsync(TestChain.Make(id));
        var page = (await (await SteeringAsync()).Open($"/steuerung/ketten/{id}")).Is(HttpStatusCode.OK);
        Assert.Contains("noch nichts übergeleitet", page.Text, StringComparison.Ordinal);
        Assert.NotEmpty(page.Document.QuerySelectorAll("main svg"));
    }

    [Fact]
    [Covers("GET /steuerung/wege", PageCase.Works)]
    public async Task Flows_and_drop_outs_are_shown_of_a_chain()
    {
        var (story, me) = (await ReviewStory.TellAsync(api), await SteeringAsync());
        var page = (await me.Open($"/steuerung/wege?kette={story.Chain}")).Is(HttpStatusCode.OK);
        Assert.NotEmpty(page.Document.QuerySelectorAll("main svg"));
        Assert.Equal(2, page.Document.QuerySelectorAll("main table").Length);
        Assert.Contains(page.Document.QuerySelectorAll("main tbody tr"), r => r.TextContent.Contains("care", StringComparison.Ordinal) && r.TextContent.Contains('5'));
        Assert.Contains((await me.Open("/steuerung/wege")).Is(HttpStatusCode.OK).Document.QuerySelectorAll("main a"), a => a.GetAttribute("href")!.Contains($"kette={story.Chain}", StringComparison.Ordinal));
    }

    [Fact]
    [Covers("GET /steuerung/schleifen", PageCase.Works)]
    public async Task Loops_are_counted_by_step()
    {
        var story = await ReviewStory.TellAsync(api);
        var page = (await (await SteeringAsync()).Open($"/steuerung/schleifen?kette={story.Chain}")).Is(HttpStatusCode.OK);
        var row = Assert.Single(page.Document.QuerySelectorAll("main tbody tr"));
        Assert.Equal(["5", "0", "0", "0", "0", "0"], row.QuerySelectorAll("td").Select(c => c.TextContent.Trim()));
    }

    [Fact]
    [Covers("GET /steuerung/verlauf", PageCase.Works)]
    public async Task The_course_of_a_step_at_a_partner_is_drawn_month_by_month()
    {
        var (story, me) = (await ReviewStory.TellAsync(api), await SteeringAsync());
        var page = (await me.Open($"/steuerung/verlauf?kette={story.Chain}&schritt={story.Chain}%2Fcare&partner={story.Partner}")).Is(HttpStatusCode.OK);
        Assert.Equal($"{story.Chain}/care", page.Value("schritt"));
        Assert.Equal(story.Partner.Value, page.Value("partner"));
        Assert.NotEmpty(page.Document.QuerySelectorAll("main svg"));
        (await me.Open($"/steuerung/verlauf?kette={story.Chain}&schritt=no/where&partner=nobody")).Is(HttpStatusCode.OK);
    }

    [Fact]
    [Covers("GET /steuerung/bericht", PageCase.Works)]
    public async Task The_report_says_what_stands_out_with_its_numbers()
    {
        var story = await ReviewStory.TellAsync(api);
        var page = (await (await SteeringAsync()).Open($"/steuerung/bericht?kette={story.Chain}")).Is(HttpStatusCode.OK);
        Assert.Contains(page.Document.QuerySelectorAll("main li"), l => l.TextContent.Contains("care", StringComparison.Ordinal) && l.TextContent.Any(char.IsDigit));
        Assert.Contains(page.Document.QuerySelectorAll("main tbody tr"), r => r.TextContent.Contains(story.Partner.Value, StringComparison.Ordinal));
    }

    [Fact]
    [Covers("GET /steuerung/vergleich", PageCase.Works)]
    public async Task Two_periods_stand_side_by_side_and_of_one_version_there_is_nothing_to_compare()
    {
        var (story, me) = (await ReviewStory.TellAsync(api), await SteeringAsync());
        var page = (await me.Open($"/steuerung/vergleich?kette={story.Chain}&davon=2020-01&dabis=2020-06")).Is(HttpStatusCode.OK);
        Assert.Equal(2, page.Document.QuerySelectorAll("main table").Length);
        Assert.Contains(page.Document.QuerySelectorAll("main tbody tr"), r => r.TextContent.Contains("care", StringComparison.Ordinal));
        Assert.Empty((await me.Open($"/steuerung/vergleich?art=fassungen&kette={story.Chain}")).Is(HttpStatusCode.OK).Document.QuerySelectorAll("main table"));
    }

    [Fact]
    [Covers("GET /steuerung/protokolle", PageCase.Works)]
    public async Task An_imported_log_is_listed_and_reviewed_with_the_same_pages()
    {
        var (name, me) = ($"log-{Guid.NewGuid():n}"[..20], await SteeringAsync());
        var lines = Enumerable.Range(1, 6).SelectMany(c => (string[])[$"{c};Antrag;2026-01-0{c}T08:00:00Z;Amt", $"{c};Bescheid;2026-01-1{c}T08:00:00Z;Stelle"]);
        var file = System.Text.Encoding.UTF8.GetBytes("case;activity;timestamp;group\n" + string.Join('\n', lines));
        var reading = EventLogReader.Read(new MemoryStream(file), "log.csv", new LogOptions(), TestContext.Current.CancellationToken);
        await api.Services.GetRequiredService<ReviewLogStore>().AddAsync(name, true, "Bauamt", new LogKeeper(new OrganisationId("network-office"), "test"), reading, TestContext.Current.CancellationToken);

        var row = Assert.Single((await me.Open("/steuerung/protokolle")).Is(HttpStatusCode.OK).Document.QuerySelectorAll("tbody tr"), r => r.InnerHtml.Contains(name, StringComparison.Ordinal));
        var page = (await me.Open(row.QuerySelector("td a")!.GetAttribute("href")!)).Is(HttpStatusCode.OK);
        Assert.Contains(page.Document.QuerySelectorAll("main tbody tr"), r => r.TextContent.Contains("Bescheid", StringComparison.Ordinal));
        (await me.Open("/steuerung?log=no-such-log")).Is(HttpStatusCode.NotFound);

        var program = api.ClientOf(api.Organisation(), NetworkRoles.Steering);
        var ranking = (await program.Get($"/api/v1/review/ranking?log={name}")).Ok().Json.GetProperty("rows");
        Assert.Contains(ranking.EnumerateArray(), r => r.GetProperty("step").GetProperty("step").GetString() == "Bescheid");
    }

    [Fact]
    public async Task Filters_that_cant_be_read_count_as_not_given()
    {
        var story = await ReviewStory.TellAsync(api);
        var page = await (await SteeringAsync()).Open($"/steuerung?kette={story.Chain}&fassung=abc&von=2026-99&bis=gestern");
        Assert.Equal(story.Chain.Value, page.Is(HttpStatusCode.OK).Value("kette"));
        Assert.All(Tiles(page).Take(2), ReviewStory.AssertOpen);
    }

    [Fact]
    public async Task Only_the_steering_group_sees_the_review()
    {
        var others = await api.SignedInAsync(await api.RegisteredAsync(), NetworkRoles.Partner, NetworkRoles.Caseworker, NetworkRoles.Coordinator, NetworkRoles.Admin);
        foreach (var path in Pages.Concat([$"/steuerung/ketten/{ApiHost.Chain}", "/steuerung/bericht", "/steuerung/vergleich", "/steuerung/protokolle"]))
        {
            (await others.Open(path)).Is(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task While_nothing_was_read_it_says_so_and_in_an_empty_network_there_is_nothing_to_see()
    {
        var owner = await api.CreateDatabaseAsync($"review{Guid.NewGuid():n}");
        await using var app = api.Start(owner);
        var me = app.Browser();
        (await me.SignInAsync(await app.PersonAsync(api.Organisation(), roles: NetworkRoles.Steering))).Is(HttpStatusCode.SeeOther);
        foreach (var path in Pages)
        {
            Assert.Contains("Die Auswertung wird vorbereitet", (await me.Open(path)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        }

        await ReviewSide.CatchUpAsync(app.Services, owner);
        foreach (var path in Pages)
        {
            Assert.Contains("In diesem Zeitraum gibt es nichts auszuwerten", (await me.Open(path)).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
        }

        Assert.Contains("fällt nichts auf", (await me.Open("/steuerung/bericht")).Is(HttpStatusCode.OK).Text, StringComparison.Ordinal);
    }
}
