namespace Referrals.Browser.Tests.Scenery;

/// <summary>What a partner and a coordinator see.</summary>
internal static class PartnerScenes
{
    private const string Page = "/auftraege/{nr}";
    private const string List = "/eingang?status=alle";

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("uebersicht-partner", "/", Demo.Partner),
        Scene.At("uebersicht-koordination", "/", Demo.Coordinator),
        Scene.At("eingang", "/eingang", Demo.Partner),
        Scene.At("eingang-alle", "/eingang", Demo.Partner, List),
        Scene.At("eingang-nichts", "/eingang", Demo.Partner, "/eingang?nummer=2020-0001"),
        Scene.At("eingang-leer", "/eingang", Demo.TwoOrganisationsAtHome),
        Scene.Row("auftrag-neu", Page, Demo.Partner, "/eingang?status=neu", "Neu"),
        Scene.Row("auftrag-in-arbeit", Page, Demo.Partner, "/eingang?status=in-arbeit", "In Arbeit"),
        Scene.Row("auftrag-rueckfrage", Page, Demo.Partner, "/eingang?status=bestaetigt", "Rückfrage"),
        Scene.Row("auftrag-abgeschlossen", Page, Demo.Partner, "/eingang?status=abgeschlossen", "Abgeschlossen"),
        Scene.Row("auftrag-zurueckgenommen", Page, Demo.Partner, "/eingang?status=zurueckgenommen", "Zurückgenommen"),
        Scene.Row("auftrag-ablehnen-fehlt", Page, Demo.Partner, "/eingang?status=neu", "Neu", p => p.SendAsync(PathOf(p) + "/ablehnen")),
        Scene.Row("auftrag-frage-geprueft", Page, Demo.Partner, "/eingang?status=neu", "Neu", p => p.SendAsync(PathOf(p) + "/rueckfrage", ("frage", "Ist Frau Muster unter 0170 1234567 zu erreichen?"))),
        Scene.Row("auftrag-uebergabecode-falsch", Page, Demo.Partner, "/eingang?status=bestaetigt", "Rückfrage", p => p.SendAsync(PathOf(p) + "/uebergabecode", ("code", "KX7-4MP-T28"))),
        new("eingang-uebergabecode-falsch", "/eingang", Demo.Partner, async p =>
        {
            await p.OpenAsync("/eingang");
            await p.SendAsync("/eingang/uebergabecode", ("code", "KX7-4MP-T28"));
        }),
        Scene.At("auftrag-nicht-gefunden", Page, Demo.Partner, "/auftraege/2020-0001"),
        Scene.At("kapazitaet", "/kapazitaet", Demo.Partner),
        Scene.At("organisation-bearbeiten", "/netzwerk/{code}/bearbeiten", Demo.Partner, "/netzwerk/kita-amt-lindenfurt/bearbeiten"),
        Scene.At("eskalationen", "/eskalationen", Demo.Coordinator),
        Scene.At("eskalationen-nichts", "/eskalationen", Demo.Coordinator, "/eskalationen?status=erledigt"),
    ];

    private static string PathOf(Person person) => new Uri(person.Page.Url).AbsolutePath;
}
