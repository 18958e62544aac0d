namespace Referrals.Browser.Tests.Scenery;

/// <summary>What administrators see.</summary>
internal static class OfficeScenes
{
    private const string Root = "/verwaltung";

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("uebersicht-verwaltung", "/", Demo.Administrator),
        Scene.At("verwaltung", Root, Demo.Administrator),
        Scene.At("verwaltung-eigene", Root, Demo.Partner),
        Scene.At("aufbewahrung", "/aufbewahrung", Demo.Partner),
        Scene.At("verwaltung-organisationen", Root + "/organisationen", Demo.Administrator),
        Scene.At("verwaltung-organisation-neu", Root + "/organisationen/neu", Demo.Administrator),
        Scene.At("verwaltung-organisation", Root + "/organisationen/{code}", Demo.Administrator, Root + "/organisationen/kita-amt-lindenfurt"),
        Scene.At("verwaltung-personen", Root + "/personen", Demo.Partner),
        Scene.At("verwaltung-person-neu", Root + "/personen/neu", Demo.Partner),
        new("verwaltung-person-neu-fehlt", Root + "/personen/neu", Demo.Partner, async p =>
        {
            await p.OpenAsync(Root + "/personen/neu");
            await p.SendAsync(Root + "/personen/neu");
        }),
        Scene.At("verwaltung-person-aufnehmen", Root + "/personen/aufnehmen", Demo.Partner),
        Scene.Row("verwaltung-person", Root + "/personen/{id:guid}", Demo.Partner, Root + "/personen", "Piet Moorland"),
        Scene.At("verwaltung-zugaenge", Root + "/zugaenge", Demo.Partner),
        Scene.At("verwaltung-zugang-neu", Root + "/zugaenge/neu", Demo.Partner),
        Scene.Row("verwaltung-zugang", Root + "/zugaenge/{client}", Demo.Partner, Root + "/zugaenge", "kita-amt-lindenfurt"),
        Scene.At("verwaltung-unzustellbar-leer", Root + "/unzustellbar", Demo.Partner),
        Scene.Row("verwaltung-unzustellbar", Root + "/unzustellbar/{id:guid}", Demo.Coordinator, Root + "/unzustellbar", ""),
        Scene.At("verwaltung-unzustellbar-liste", Root + "/unzustellbar", Demo.Coordinator),
        Scene.At("verwaltung-protokoll", Root + "/protokoll", Demo.Administrator),
        Scene.At("zugriffe", "/zugriffe", Demo.Officer),
        Scene.At("zugriffe-unbekannt", "/zugriffe", Demo.Officer, "/zugriffe?nummer=A-1999-0001"),
    ];
}
