using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Referrals.Api.Tests.Pages;

/// <summary>What anybody may see and set.</summary>
public sealed class OpenPageTests(ApiHost api)
{
    private readonly PageClient _anybody = new(api.App.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false }));

    [Theory]
    [Covers("GET /impressum", PageCase.Works)]
    [Covers("GET /datenschutz", PageCase.Works)]
    [Covers("GET /barrierefreiheit", PageCase.Works)]
    [Covers("GET /barriere-melden", PageCase.Works)]
    [InlineData("/impressum", "Impressum")]
    [InlineData("/datenschutz", "Datenschutz")]
    [InlineData("/barrierefreiheit", "Erklärung zur Barrierefreiheit")]
    [InlineData("/barriere-melden", "Barriere melden")]
    public async Task The_pages_of_every_public_site_are_there(string path, string heading) =>
        Assert.Equal(heading, (await _anybody.Open(path)).Is(HttpStatusCode.OK).Heading);

    [Fact]
    [Covers("POST /sprache", PageCase.Works)]
    public async Task The_language_is_set_and_stays()
    {
        var german = await _anybody.Open("/datenschutz");
        var answer = (await _anybody.Send(german, "/sprache", ("sprache", "en"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal("/datenschutz", answer.Location);
        var english = await _anybody.Follow(answer);
        Assert.Equal(("en", "Privacy"), (english.Document.DocumentElement.GetAttribute("lang"), english.Heading));
    }

    [Fact]
    [Covers("POST /darstellung", PageCase.Works)]
    public async Task The_theme_is_set_and_follows_the_system_again()
    {
        var page = await _anybody.Open("/datenschutz");
        Assert.Null(page.Document.DocumentElement.GetAttribute("data-kern-theme"));
        var dark = await _anybody.Follow(await _anybody.Send(page, "/darstellung", ("darstellung", "dark")));
        Assert.Equal("dark", dark.Document.DocumentElement.GetAttribute("data-kern-theme"));
        var auto = await _anybody.Follow(await _anybody.Send(dark, "/darstellung", ("darstellung", "auto")));
        Assert.Null(auto.Document.DocumentElement.GetAttribute("data-kern-theme"));
    }

    [Fact]
    [Covers("GET /hilfe", PageCase.Works)]
    public async Task The_help_is_searched_and_says_when_there_is_nothing()
    {
        var all = (await _anybody.Open("/hilfe")).Is(HttpStatusCode.OK);
        Assert.True(all.Document.QuerySelectorAll("details").Length > 10);
        var some = await _anybody.Open("/hilfe?q=freie+plätze");
        Assert.Equal(["capacity"], some.Document.QuerySelectorAll("details").Select(d => d.Id));
        var none = await _anybody.Open("/hilfe?q=%3Cb%3E");
        Assert.Empty(none.Document.QuerySelectorAll("details"));
        Assert.Contains("<b>", none.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("elsewhere")]
    public async Task Coming_back_never_leads_away_from_here(string back)
    {
        var page = await _anybody.Open("/impressum");
        Assert.Equal("/", (await _anybody.Send(page, "/sprache", ("sprache", "en"), ("zurueck", back))).Is(HttpStatusCode.SeeOther).Location);
    }

    [Fact]
    public async Task Pages_load_nothing_from_elsewhere_and_little_in_all()
    {
        var page = await _anybody.Open("/impressum");
        var files = page.Document.QuerySelectorAll("link[rel~='stylesheet'], link[rel~='preload'], link[rel~='icon'], script[src]")
            .Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).ToList();
        Assert.Equal(5, files.Count);
        Assert.All(files, f => Assert.StartsWith("/dateien/", f, StringComparison.Ordinal));
        Assert.Empty(page.Document.QuerySelectorAll("style, script:not([src]), [style]"));
    }
}
