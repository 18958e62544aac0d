namespace Referrals.Browser.Tests.Scenery;

/// <summary>What the steering group tries out.</summary>
internal static class WhatIfScenes
{
    private const string List = "/steuerung/was-waere-wenn";
    private const string New = List + "/neu";
    private const string Job = List + "/{id:guid}";
    private const string Places = "{\"kind\":\"capacity\",\"partner\":\"kita-amt-lindenfurt\",\"service\":\"childcare\",\"by\":2}";
    private const string More = "{\"kind\":\"arrivals\",\"times\":1.2,\"chain\":\"arbeit-mit-kind\"}";

    private static readonly string Question = $"{New}?kette=arbeit-mit-kind&aenderung={Uri.EscapeDataString(Places)}";

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("wenn-leer", List, Demo.Steering),
        Scene.At("wenn-neu-zu-wenig", New, Demo.Steering),
        Seen("wenn-neu", New, New),
        Seen("wenn-neu-kette", New, $"{New}?kette=arbeit-mit-kind"),
        Seen("wenn-neu-plaetze", New, $"{New}?kette=arbeit-mit-kind&art=plaetze&aenderung={Uri.EscapeDataString(More)}"),
        Seen("wenn-neu-partner", New, $"{New}?kette=arbeit-mit-kind&art=partner"),
        Seen("wenn-neu-zeiten", New, $"{New}?kette=arbeit-mit-kind&art=zeiten"),
        Seen("wenn-neu-angebot", New, $"{New}?kette=arbeit-mit-kind&art=angebot"),
        Seen("wenn-neu-reihenfolge", New, $"{New}?kette=arbeit-mit-kind&art=reihenfolge"),
        Seen("wenn-neu-menge", New, $"{New}?kette=arbeit-mit-kind&art=menge"),
        Seen("wenn-neu-fassung", New, $"{New}?kette=gesund-in-arbeit&art=fassung"),
        Of("wenn-neu-fehlt", New, async p =>
        {
            await p.OpenAsync($"{New}?kette=arbeit-mit-kind&art=plaetze");
            await p.SendAsync(New, ("um", "viele"));
        }),
        Of("wenn-laeuft", Job, async p =>
        {
            await AskAsync(p);

            // The answer would come in the middle of the looking.
            await p.Page.Context.SetOfflineAsync(true);
        }),
        Of("wenn-antwort", Job, async p =>
        {
            await AskAsync(p);

            // The page looks again by itself.
            await p.Page.GetByText("Kurz gesagt").WaitForAsync();
        }),
        Of("wenn-abgebrochen", Job, async p =>
        {
            await AskAsync(p, "&aenderung=" + Uri.EscapeDataString(More), "250");
            await p.SendAsync(new Uri(p.Page.Url).AbsolutePath + "/abbrechen");
            await p.SeesAsync("abgebrochen");
        }),
        Of("wenn", List, async p =>
        {
            await AskAsync(p);
            await p.OpenAsync(List);
        }),
    ];

    private static Scene Seen(string name, string route, string url) => Scene.At(name, route, Demo.Steering, url) with { AfterAYear = true };

    private static Scene Of(string name, string route, Func<Person, Task> reach) => new(name, route, Demo.Steering, reach) { AfterAYear = true };

    private static Task AskAsync(Person person) => AskAsync(person, "", "125");

    private static async Task AskAsync(Person person, string more, string days)
    {
        await person.OpenAsync(Question + more);
        await person.SendAsync(List, ("dauer", days));
        await person.Page.WaitForURLAsync(u => !u.Contains(New, StringComparison.Ordinal) && !u.EndsWith(List, StringComparison.Ordinal));
    }
}
