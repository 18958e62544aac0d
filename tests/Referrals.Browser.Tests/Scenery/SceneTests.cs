using Microsoft.AspNetCore.Routing;
using Referrals.Api.Ui;

namespace Referrals.Browser.Tests.Scenery;

/// <summary>No page is left out of the pictures and checks.</summary>
public sealed class SceneTests(Stage stage)
{
    // Answers without a page of their own: files, streams, and steps of a sign-in that need an issuer or a state in between.
    private static readonly string[] NoPages =
    [
        "/dateien/{name}", "/aenderungen", "/verwaltung/protokoll/csv", "/zugriffe/csv", "/zugriffe/json", "/anmelden/extern", "/anmelden/extern/fertig", "/anmelden/code", "/anmelden/kennwort", "/anmelden/zweiter-faktor",
        "/benachrichtigungen/{nummer}", "/steuerung/protokolle/{protokoll}/datei/{format}", "/ketten/{kette}/entwurf/datei", "/ueberleitungen/{nr}/auskunft/json", "/ketten/{kette}/fassungen/{nummer}/datei",
    ];

    [Fact]
    public void Every_page_is_a_scene()
    {
        var routes = stage.Product.Routes.DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageRoute>() is not null && e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Contains("GET"))
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(r => !NoPages.Contains(r) && !r.EndsWith(".csv", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var scenes = Scenes.All.Select(s => s.Route).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(routes.Except(scenes));
        Assert.Empty(scenes.Except(routes.Append("/gibt-es-nicht")));
        Assert.Equal(Scenes.All.Count, Scenes.All.Select(s => s.Name).Distinct().Count());
    }
}
