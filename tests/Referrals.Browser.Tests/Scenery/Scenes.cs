namespace Referrals.Browser.Tests.Scenery;

/// <summary>Every page in every state that looks different.</summary>
internal static class Scenes
{
    /// <summary>What anybody, caseworkers and partners see.</summary>
    public static IReadOnlyList<Scene> Everyday { get; } = [.. OpenScenes.All, .. CaseworkScenes.All, .. StartScenes.All, .. PartnerScenes.All, .. CardScenes.All];

    /// <summary>What administrators, coordinators and the steering group see.</summary>
    public static IReadOnlyList<Scene> Office { get; } = [.. OfficeScenes.All, .. ReviewScenes.All, .. ReviewDetailScenes.All, .. WhatIfScenes.All, .. DrawingScenes.All];

    /// <summary>Chains, as those who agree to them see them.</summary>
    public static IReadOnlyList<Scene> Chains { get; } = [.. AgreementScenes.All];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scene> All { get; } = [.. Everyday, .. Office, .. Chains];
}

/// <summary>What anybody sees, and the own account.</summary>
internal static class OpenScenes
{
    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("impressum", "/impressum"),
        Scene.At("datenschutz", "/datenschutz"),
        Scene.At("barrierefreiheit", "/barrierefreiheit"),
        Scene.At("barriere-melden", "/barriere-melden"),
        Scene.At("hilfe", "/hilfe"),
        Scene.At("hilfe-suche", "/hilfe", url: "/hilfe?q=Plätze"),
        Scene.At("hilfe-nichts", "/hilfe", url: "/hilfe?q=Xylophon"),
        Scene.At("anmelden", "/anmelden"),
        new("anmelden-falsch", "/anmelden", null, async p =>
        {
            await p.OpenAsync("/anmelden");
            await p.SendAsync("/anmelden", ("login", "niemand"), ("kennwort", "falsch-falsch-falsch"));
        }),
        new("anmelden-organisation", "/anmelden/organisation", null, async p =>
        {
            await p.OpenAsync("/anmelden");
            await p.SendAsync("/anmelden", ("login", Demo.TwoOrganisations), ("kennwort", Demo.Password));
            await p.Page.WaitForURLAsync("**/anmelden/organisation");
        }),
        Scene.At("konto", "/konto", Demo.Caseworker),
        Scene.At("konto-kennwort", "/konto/kennwort", Demo.Caseworker),
        Scene.At("konto-anmeldungen", "/konto/anmeldungen", Demo.Caseworker),
        Scene.At("konto-zweiter-faktor", "/konto/zweiter-faktor", Demo.Caseworker),
        Scene.At("nicht-gefunden", "/gibt-es-nicht", Demo.Caseworker),
        Scene.At("verboten", "/eingang", Demo.Caseworker),
    ];
}

/// <summary>What a caseworker sees.</summary>
internal static class CaseworkScenes
{
    private const string Page = "/ueberleitungen/{nr}";
    private const string List = "/ueberleitungen?status=alle";

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("uebersicht-fachkraft", "/", Demo.Caseworker),
        Scene.At("uebersicht-leer", "/", Demo.Steering),
        Scene.At("ueberleitungen", "/ueberleitungen", Demo.Caseworker),
        Scene.At("ueberleitungen-alle", "/ueberleitungen", Demo.Caseworker, List),
        Scene.At("ueberleitungen-ueberfaellig", "/ueberleitungen", Demo.Caseworker, "/ueberleitungen?frist=ueberfaellig&person=ich"),
        Scene.At("ueberleitungen-nichts", "/ueberleitungen", Demo.Caseworker, "/ueberleitungen?suche=ZZ-1"),
        Scene.Row("ueberleitung-laeuft", Page, Demo.Caseworker, List, "AE-17-213"),
        Scene.Row("ueberleitung-ueberfaellig", Page, Demo.Caseworker, List, "AE-17-201"),
        Scene.Row("ueberleitung-rueckfrage", Page, Demo.Caseworker, List, "AE-17-211"),
        Scene.Row("ueberleitung-entscheidung", Page, Demo.Caseworker, List, "AE-17-204"),
        Scene.Row("ueberleitung-parallel", Page, Demo.Caseworker, List, "AE-17-207"),
        Scene.Row("ueberleitung-abgeschlossen", Page, Demo.Caseworker, List, "AE-17-188"),
        Scene.Row("ueberleitung-zurueckgenommen", Page, Demo.Caseworker, List, "AE-17-214"),
        Scene.Row("ueberleitung-geprueft", Page, Demo.Caseworker, List, "AE-17-211", async p =>
            await p.SendAsync(new Uri(p.Page.Url).AbsolutePath + "/antworten", ("text", "Rufen Sie unter 0170 1234567 an."))),
        Scene.Row("ueberleitung-uebergabezettel", Page, Demo.Caseworker, List, "AE-17-201", async p =>
        {
            await p.SendAsync("/ueberleitungen/uebergabecode");
            await p.Page.Locator(".app-slip").WaitForAsync();
        }),
        Scene.Row("ueberleitung-uebergeben", Page, Demo.Caseworker, List, "AE-17-163"),
        Scene.Row("ueberleitung-loeschen", Page + "/loeschen", Demo.Caseworker, List, "AE-17-188", async p => await p.OpenAsync(new Uri(p.Page.Url).AbsolutePath + "/loeschen")),
        Scene.Row("ueberleitung-loeschen-laeuft", Page + "/loeschen", Demo.Caseworker, List, "AE-17-211", async p => await p.OpenAsync(new Uri(p.Page.Url).AbsolutePath + "/loeschen")),
        Scene.Row("ueberleitung-auskunft", Page + "/auskunft", Demo.Caseworker, List, "AE-17-211", async p => await p.OpenAsync(new Uri(p.Page.Url).AbsolutePath + "/auskunft")),
        Scene.Row("umstellen", Page + "/fassung", Demo.Caseworker, List, "AE-17-207", async p => await p.OpenAsync(new Uri(p.Page.Url).AbsolutePath + "/fassung")),
        Scene.At("umstellen-alle", "/ketten/{id}/umstellen", Demo.Caseworker, "/ketten/familie-im-gleichgewicht/umstellen"),
        Scene.At("umstellen-keine", "/ketten/{id}/umstellen", Demo.Caseworker, "/ketten/arbeit-mit-kind/umstellen"),
        Scene.At("probelauf", "/ketten/{id}/probe", Demo.Caseworker, "/ketten/arbeit-mit-kind/probe"),
        Scene.At("probelauf-laeuft", "/ketten/{id}/probe", Demo.Caseworker,
            "/ketten/arbeit-mit-kind/probe?beginn=2026-12-21&angabe-children=2&angabe-age-of-youngest=3&antwort=Wait~~3&antwort=Complete~kinderbetreuung~12~~placed"),
        Scene.At("ueberleitung-nicht-gefunden", Page, Demo.Caseworker, "/ueberleitungen/2020-0001"),
        Scene.At("benachrichtigungen", "/benachrichtigungen", Demo.Caseworker),
        Scene.At("benachrichtigungen-leer", "/benachrichtigungen", Demo.Steering),
        Scene.At("netzwerk", "/netzwerk", Demo.Caseworker),
        Scene.At("netzwerk-nichts", "/netzwerk", Demo.Caseworker, "/netzwerk?suche=Xylophon"),
        Scene.At("netzwerk-organisation", "/netzwerk/{code}", Demo.Caseworker, "/netzwerk/kita-amt-lindenfurt"),
    ];
}
