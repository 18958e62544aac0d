namespace Referrals.Browser.Tests.Scenery;

/// <summary>What the steering group sees.</summary>
internal static class ReviewScenes
{
    private const string Root = "/steuerung";
    private const string Measures = Root + "/massnahmen";
    private const string NewMeasure = Measures + "/neu";
    private const string Chain = Root + "/ketten/{kette}";
    private const string Nothing = "?von=2020-01&bis=2020-03";

    private static readonly (string, string)[] Plan =
    [
        ("was", "Zweite Ansprechperson für Anfragen in den Ferien"), ("wer", "Kita-Amt Lindenfurt"), ("ab", "2026-03-01"), ("bis", "2026-05-31"),
        ("ort", "arbeit-mit-kind"),
    ];

    public static IReadOnlyList<Scene> All { get; } =
    [
        Seen("steuerung", Root),
        Scene.At("steuerung-leer", Root, Demo.Steering, Root + Nothing),
        Scene.At("steuerung-verboten", Root, Demo.Caseworker),
        Seen("steuerung-waermetafel", Root + "/waermetafel"),
        Scene.At("steuerung-waermetafel-leer", Root + "/waermetafel", Demo.Steering, Root + "/waermetafel" + Nothing),
        Seen("steuerung-kette", Chain, Root + "/ketten/arbeit-mit-kind"),
        Seen("steuerung-kette-haeufigkeit", Chain, Root + "/ketten/gesund-in-arbeit?farbe=haeufigkeit"),
        Seen("steuerung-kette-leer", Chain, Root + "/ketten/arbeit-mit-kind" + Nothing),
        Scene.At("steuerung-kette-ungenutzt", Chain, Demo.Steering, Root + "/ketten/zurueck-in-ausbildung"),
        Seen("steuerung-kette-nicht-gefunden", Chain, Root + "/ketten/keine"),
        Seen("steuerung-wege-alle", Root + "/wege"),
        Seen("steuerung-wege", Root + "/wege", Root + "/wege?kette=arbeit-mit-kind"),
        Scene.At("steuerung-wege-leer", Root + "/wege", Demo.Steering, Root + "/wege" + Nothing),
        Seen("steuerung-schleifen", Root + "/schleifen"),
        Scene.At("steuerung-schleifen-leer", Root + "/schleifen", Demo.Steering, Root + "/schleifen" + Nothing),
        Seen("steuerung-verlauf", Root + "/verlauf"),
        Seen("steuerung-verlauf-schritt", Root + "/verlauf", Root + "/verlauf?kette=arbeit-mit-kind&schritt=arbeit-mit-kind%2Fkinderbetreuung"),
        Scene.At("steuerung-verlauf-leer", Root + "/verlauf", Demo.Steering, Root + "/verlauf" + Nothing),
        Seen("steuerung-bericht", Root + "/bericht"),
        Scene.At("steuerung-bericht-leer", Root + "/bericht", Demo.Steering, Root + "/bericht" + Nothing),
        Seen("steuerung-vergleich", Root + "/vergleich"),
        Seen("steuerung-vergleich-fassungen", Root + "/vergleich", Root + "/vergleich?art=fassungen&kette=gesund-in-arbeit"),
        Scene.At("steuerung-vergleich-leer", Root + "/vergleich", Demo.Steering, Root + "/vergleich?art=fassungen&kette=arbeit-mit-kind"),
        .. LogScenes.All,
        Scene.At("steuerung-massnahmen-leer", Measures, Demo.Steering),
        Scene.At("steuerung-massnahme-neu", NewMeasure, Demo.Steering),
        new("steuerung-massnahme-neu-fehlt", NewMeasure, Demo.Steering, async p =>
        {
            await p.OpenAsync(NewMeasure);
            await p.SendAsync(NewMeasure, ("ab", ""));
        }),
        new("steuerung-massnahme-neu-geprueft", NewMeasure, Demo.Steering, async p =>
        {
            await p.OpenAsync(NewMeasure);
            await p.SendAsync(NewMeasure, [("was", "Frau Muster unter 0170 1234567 anrufen"), .. Plan.Skip(1)]);
        }),
        new("steuerung-massnahme", Measures + "/{id:guid}", Demo.Steering, NoteAsync) { AfterAYear = true },
        new("steuerung-massnahmen", Measures, Demo.Steering, async p =>
        {
            await NoteAsync(p);
            await p.OpenAsync(Measures);
        })
        { AfterAYear = true },
    ];

    private static Scene Seen(string name, string route, string? url = null) => Scene.At(name, route, Demo.Steering, url ?? route) with { AfterAYear = true };

    private static async Task NoteAsync(Person person)
    {
        await person.OpenAsync(NewMeasure);
        await person.SendAsync(NewMeasure, Plan);
        await person.Page.WaitForURLAsync(u => !u.Contains(NewMeasure, StringComparison.Ordinal));
    }
}
