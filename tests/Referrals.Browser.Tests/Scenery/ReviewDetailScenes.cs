namespace Referrals.Browser.Tests.Scenery;

/// <summary>What lies behind the figures of the review: what is stuck, a step, a partner, and what to look at now.</summary>
internal static class ReviewDetailScenes
{
    private const string Root = "/steuerung";
    private const string Step = Root + "/ketten/{kette}/schritte/{schritt}";
    private const string Partner = Root + "/partner/{partner}";
    private const string Childcare = Root + "/ketten/arbeit-mit-kind/schritte/kinderbetreuung";
    private const string Nursery = Root + "/partner/kita-amt-lindenfurt";
    private const string Nothing = "?von=2020-01&bis=2020-03";

    public static IReadOnlyList<Scene> All { get; } =
    [
        Seen("steuerung-haengend", Root + "/haengend", Demo.Steering),
        Scene.At("steuerung-haengend-wenig", Root + "/haengend", Demo.Steering),
        Seen("steuerung-schritt", Step, Demo.Steering, Childcare),
        Seen("steuerung-schritt-leer", Step, Demo.Steering, Childcare + Nothing),
        Seen("steuerung-partner", Partner, Demo.Steering, Nursery),
        Seen("steuerung-partner-selbst", Partner, Demo.Partner, Nursery),
        Scene.At("steuerung-partner-leer", Partner, Demo.Partner, Nursery + Nothing),
        Seen("steuerung-fruehwarnung", Root + "/fruehwarnung", Demo.Steering),
        Seen("steuerung-fruehwarnung-eigene", Root + "/fruehwarnung", Demo.Caseworker),
        Scene.At("steuerung-fruehwarnung-leer", Root + "/fruehwarnung", Demo.Steering, Root + "/fruehwarnung" + Nothing),
    ];

    private static Scene Seen(string name, string route, string who, string? url = null) => Scene.At(name, route, who, url ?? route) with { AfterAYear = true };
}
