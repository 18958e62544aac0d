namespace Referrals.Browser.Tests;

/// <summary>Every page in every state that looks different.</summary>
internal static class Scenes
{
    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("impressum", "/impressum"),
        Scene.At("datenschutz", "/datenschutz"),
        Scene.At("barrierefreiheit", "/barrierefreiheit"),
        Scene.At("barriere-melden", "/barriere-melden"),
        Scene.At("hilfe", "/hilfe"),
        new("hilfe-suche", "/hilfe", null, page => page.GotoAsync("/hilfe?q=Plätze")),
        new("hilfe-leer", "/hilfe", null, page => page.GotoAsync("/hilfe?q=Xylophon")),
    ];
}
