namespace Referrals.Browser.Tests.Scenery;

/// <summary>The guided start, page by page.</summary>
internal static class StartScenes
{
    private const string Pages = "/ueberleitungen/neu/";
    private const string Route = "/ueberleitungen/neu/{schritt}";

    private static readonly (string Page, (string, string)[] Fields)[] Filled =
    [
        ("kette", [("kette", "familie-im-gleichgewicht")]),
        ("fall", [("fallkuerzel", "AE-18-204")]),
        ("einwilligung", [("einwilligung-form", "schriftlich"), ("einwilligung-am", "2026-01-05"), ("einwilligung-zweck", "chain-support"), ("einwilligung-umfang", "kette")]),
        ("partner", [("angabe-children", "2"), ("angabe-age-of-youngest", "2"), ("angabe-rent-arrears", "2"), ("angabe-separation", "ja"), ("partner-familie", "jugendamt-elbtal")]),
        ("notiz", [("notiz", "Randzeitenbetreuung für zwei Kinder, Arbeitsbeginn 6 Uhr.")]),
    ];

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("anlegen-1-kette", "/ueberleitungen/neu", Demo.Coordinator),
        Until("anlegen-2-fall", "fall"),
        Until("anlegen-3-einwilligung", "einwilligung"),
        Until("anlegen-4-partner", "partner"),
        Until("anlegen-5-notiz", "notiz"),
        Until("anlegen-6-pruefen", "pruefen"),
        Until("anlegen-2-falsch", "fall", p => p.SendAsync(Pages + "fall", ("fallkuerzel", "Mustermann 12.03.1990"))),
        Until("anlegen-3-fehlt", "einwilligung", p => p.SendAsync(Pages + "einwilligung")),
        Until("anlegen-5-geprueft", "notiz", p => p.SendAsync(Pages + "notiz", ("notiz", "Bitte melden unter m.muster@example.org oder 0170 1234567, zwei Kinder."))),
    ];

    // A draft of its own each time, thrown away by nobody: drafts run out by themselves.
    private static Scene Until(string name, string page, Func<Person, Task>? then = null) => new(name, Route, Demo.Coordinator, async p =>
    {
        await p.OpenAsync("/ueberleitungen/neu");
        foreach (var (each, fields) in Filled.TakeWhile(f => f.Page != page))
        {
            await p.SendAsync(Pages + each, fields);
            await p.Page.WaitForURLAsync(u => !u.Contains($"{Pages}{each}", StringComparison.Ordinal));
        }

        await (then?.Invoke(p) ?? Task.CompletedTask);
    });
}
