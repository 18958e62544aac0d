using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Ui;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Tests.Pages;

/// <summary>Markup in every text that people can enter, and a walk over all pages that they get to: none of it is ever more than text.</summary>
public sealed class MarkupTests(ApiHost api)
{
    private const int MostPages = 250;
    private const string Tag = "x-markup";
    private const string Markup = $"\"'><{Tag} onload=alert(1)>&lt;{Tag}&gt;</title></svg></textarea>";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Markup_in_every_field_is_text_on_every_page_and_in_every_picture()
    {
        var (home, chain) = await NetworkAsync();
        var browser = await PersonAsync(home);
        var program = api.ClientOf(home);
        var body = ReferralTests.Body($""","note":"Kommt morgens <{Tag} onload=1> gut zurecht." """).Replace("care-and-advice", chain, StringComparison.Ordinal);
        var referral = (await program.Post("/api/v1/referrals", body)).Is(HttpStatusCode.Created);
        await api.ReceiveAsync(home);

        var (shown, held) = (new HashSet<string>(StringComparer.Ordinal), new List<string>());
        var ahead = new Queue<string>([.. Addresses(), $"/ueberleitungen/{referral.Text("number")}", $"/ketten/{chain}", $"/netzwerk/{home}"]);
        while (ahead.TryDequeue(out var path) && shown.Count < MostPages)
        {
            if (!shown.Add(path))
            {
                continue;
            }

            var page = await browser.Open(path);
            if (page.Status != HttpStatusCode.OK || page.ContentType is not ("text/html" or "image/svg+xml"))
            {
                continue;
            }

            Assert.True(page.Document.QuerySelector(Tag) is null && page.Document.QuerySelector("[onload]") is null, $"{path} has markup of ours in it");
            if (page.Html.Contains("&lt;" + Tag, StringComparison.Ordinal))
            {
                held.Add(path);
            }

            foreach (var link in page.Document.QuerySelectorAll("main a[href^='/'], nav a[href^='/']").Select(a => a.GetAttribute("href")!.Split('#')[0]))
            {
                ahead.Enqueue(link);
            }
        }

        Assert.True(shown.Count > 60, $"only {shown.Count} pages");
        Assert.True(held.Count > 15, $"shown on: {string.Join(", ", held)}");
        Assert.Contains("/konto", held);
        Assert.Contains($"/ketten/{chain}", held);
        Assert.Contains($"/netzwerk/{home}", held);
        Assert.Contains($"/ueberleitungen/{referral.Text("number")}", held);
    }

    // Pages whose address names nothing.
    private IEnumerable<string> Addresses() => api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<PageRoute>() is not null && e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Contains("GET"))
        .Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Where(p => !p.Contains('{', StringComparison.Ordinal) && p != Links.LivePath);

    private async Task<(OrganisationId Home, string Chain)> NetworkAsync()
    {
        var home = api.Organisation("markup");
        var profile = new OrganisationProfile { Name = Markup, Kind = "welfare-association", Municipality = Markup, PolicyFields = ["work"], Roles = NetworkRoles.All };
        var organisations = api.Services.GetRequiredService<OrganisationService>();
        Assert.IsType<OrganisationOutcome.Done>(await organisations.DoAsync(new Actor("test", home), home, new OrganisationCommand.Register(profile), null, Ct));
        var chain = TestChain.Make($"markup-{Guid.NewGuid():n}", coordinator: home.Value, carers: home.Value);
        await api.PutInForceAsync(chain with
        {
            Title = Wild,
            Facts = [.. chain.Facts.Select(f => f with { Title = Wild })],
            Root = ((ChainNode.Sequence)chain.Root) with { Children = [.. ((ChainNode.Sequence)chain.Root).Children.Select(Titled)] },
        });
        return (home, chain.Id.Value);
    }

    private static LocalText Wild => new(Markup, Markup);

    private static ChainNode Titled(ChainNode node) => node switch
    {
        ChainNode.Step step => step with { Title = Wild },
        ChainNode.Optional part => part with { Title = Wild, Child = Titled(part.Child) },
        _ => node,
    };

    private async Task<PageClient> PersonAsync(OrganisationId home)
    {
        var browser = api.App.Browser();
        (await browser.SignInAsync(await api.PersonAsync(home, Markup))).Is(HttpStatusCode.SeeOther);
        return browser;
    }
}
