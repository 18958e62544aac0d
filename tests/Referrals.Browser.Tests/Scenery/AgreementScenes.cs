namespace Referrals.Browser.Tests.Scenery;

/// <summary>Chains as agreements.</summary>
internal static class AgreementScenes
{
    private const string Chain = "/ketten/arbeit-mit-kind";
    private const string Open = "/ketten/zurueck-in-ausbildung";
    private const string Health = "/ketten/gesund-in-arbeit/fassungen/1";

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("kette-aufbewahrung", "/ketten/{kette}/aufbewahrung", Demo.Coordinator, "/ketten/arbeit-mit-kind/aufbewahrung"),
        Scene.At("vereinbarungen", "/vereinbarungen", Demo.Partner),
        Scene.At("vereinbarungen-koordination", "/vereinbarungen", Demo.Coordinator),
        Scene.At("kette", "/ketten/{kette}", Demo.Partner, Chain),
        Scene.At("kette-koordination", "/ketten/{kette}", Demo.Coordinator, Chain),
        Scene.At("kette-fassung", "/ketten/{kette}/fassungen/{nummer}", Demo.Partner, Chain + "/fassungen/1"),
        new("kette-fassung-grund-fehlt", "/ketten/{kette}/fassungen/{nummer}", Demo.Partner, async p =>
        {
            await p.OpenAsync(Chain + "/fassungen/1");
            await p.SendAsync(Chain + "/fassungen/1/ruecktritt");
        }),
        Scene.At("kette-fassung-offen", "/ketten/{kette}/fassungen/{nummer}", Demo.Partner, Open + "/fassungen/2"),
        Scene.At("kette-offen", "/ketten/{kette}", Demo.Partner, Open),
        Scene.At("kette-vergleich-zwei", "/ketten/{kette}/vergleich", Demo.Partner, Open + "/vergleich?von=1&bis=2"),
        Scene.At("kette-dokument", "/ketten/{kette}/fassungen/{nummer}/dokument", Demo.Partner, Chain + "/fassungen/1/dokument"),
        Scene.At("kette-einwilligung", "/ketten/{kette}/fassungen/{nummer}/einwilligung", Demo.Caseworker, Health + "/einwilligung"),
        Scene.At("kette-information", "/ketten/{kette}/fassungen/{nummer}/information", Demo.Caseworker, Health + "/information"),
        Scene.At("kette-schweigepflicht", "/ketten/{kette}/fassungen/{nummer}/schweigepflicht", Demo.Caseworker, Health + "/schweigepflicht"),
        Scene.At("kette-vergleich", "/ketten/{kette}/vergleich", Demo.Partner, Chain + "/vergleich"),
        Scene.At("kette-vergleich-nichts", "/ketten/{kette}/vergleich", Demo.Partner, Chain + "/vergleich?von=1&bis=9"),
        Scene.At("kette-vorschlag-leer", "/ketten/{kette}/vorschlag", Demo.Coordinator, Chain + "/vorschlag"),
    ];
}
