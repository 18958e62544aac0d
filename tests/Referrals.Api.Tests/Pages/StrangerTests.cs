using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Api.Tests.Pages.Casework;
using Referrals.Api.Ui;
using Referrals.Engine;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Tests.Pages;

/// <summary>
/// Somebody with every role, but of another organisation, opens and sends every page whose address names something. Reads the routes from the running
/// application, so that a new one can't be forgotten.
/// </summary>
public sealed class StrangerTests(ApiHost api)
{
    /// <summary>Pages of what belongs to the network: everybody may see it, roles and the chain say who changes it.</summary>
    private static readonly string[] OfNetwork = ["/ketten/{kette}", "/ketten/{id}", "/steuerung/", "/dateien/"];

    /// <summary>Pages whose address names a part of one's own work, not somebody's: a page of the way to a referral, a service of one's own, an organisation in the directory.</summary>
    private static readonly string[] OfOneself = ["GET /ueberleitungen/neu/{schritt}", "POST /ueberleitungen/neu/{schritt}", "POST /kapazitaet/{leistung}", "GET /netzwerk/{code}"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_belongs_to_another_organisation_is_not_shown_and_not_changed()
    {
        var theirs = await Case.StartAsync(api);
        var partner = api.Organisation("partner");
        await api.ReceiveAsync(partner);
        var home = await api.RegisteredAsync();
        var login = await api.PersonAsync(home);
        var person = Assert.IsType<Member>(await api.Services.GetRequiredService<UserStore>().FindAsync(home, login, Ct)).Person.Id;
        (await api.ClientOf(home).Post($"/api/v1/organisations/{home}/clients", """{"name":"intake","roles":["caseworker"]}""")).Is(HttpStatusCode.Created);
        var before = (await theirs.Page()).Is(HttpStatusCode.OK).Text;

        var stranger = await api.SignedInAsync(await api.RegisteredAsync());
        var token = (await stranger.Open("/konto")).Value("__RequestVerificationToken")!;
        var let = new List<string>();
        foreach (var route in Routes())
        {
            var path = Fill(route.Split(' ')[1], theirs.Number, home, person);
            var answer = route.StartsWith("GET", StringComparison.Ordinal)
                ? await stranger.Open(path)
                : await stranger.Post(path, [new("__RequestVerificationToken", token), new("fassung", "1"), new("stand", "1")]);
            if (answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.Forbidden))
            {
                let.Add($"{route}: {answer.Status} to {answer.Location}");
            }

            Assert.DoesNotContain(login, answer.Html, StringComparison.Ordinal);
        }

        Assert.Empty(let);
        Assert.Equal(before, (await theirs.Page()).Is(HttpStatusCode.OK).Text);
        (await api.App.Browser().SignInAsync(login)).Is(HttpStatusCode.SeeOther);
    }

    private List<string> Routes()
    {
        var routes = api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<PageRoute>() is not null)
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => $"{m} /{e.RoutePattern.RawText!.Trim('/')}"))
            .Where(r => r.Contains('{', StringComparison.Ordinal) && !OfNetwork.Any(n => r.Split(' ')[1].StartsWith(n, StringComparison.Ordinal))).ToList();
        Assert.Empty(OfOneself.Except(routes));
        Assert.True(routes.Count > 40, $"{routes.Count} routes");
        return [.. routes.Except(OfOneself)];
    }

    private static string Fill(string path, string number, OrganisationId organisation, Guid person) => path
        .Replace("{nr}", number, StringComparison.Ordinal)
        .Replace("personen/{id:guid}", $"personen/{person}", StringComparison.Ordinal)
        .Replace("{id:guid}", Guid.NewGuid().ToString(), StringComparison.Ordinal)
        .Replace("{client}", $"{organisation}.intake", StringComparison.Ordinal)
        .Replace("{code}", organisation.Value, StringComparison.Ordinal)
        .Replace("{nummer}", Guid.NewGuid().ToString(), StringComparison.Ordinal);
}
