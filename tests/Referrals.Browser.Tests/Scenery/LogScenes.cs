using System.Globalization;
using System.Text;

namespace Referrals.Browser.Tests.Scenery;

/// <summary>Event logs: what the steering group sees of those of other systems, and an organisation's own history.</summary>
internal static class LogScenes
{
    private const string Root = "/steuerung";
    private const string Logs = Root + "/protokolle";
    private const string Log = Logs + "/{protokoll}";
    private const string Columns = Logs + "/spalten/{id:guid}";
    private const string Own = "/ueberleitungen/ereignisprotokoll";
    private const int Cases = 60;

    private static readonly (string Activity, string Group, double Days)[] Way =
        [("Antrag erfassen", "Poststelle", 0), ("Unterlagen prüfen", "Sachgebiet 1", 2), ("Stellungnahme einholen", "Fachdienst Jugend", 16), ("Bescheid schreiben", "Sachgebiet 1", 4)];

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("ueberleitungen-ereignisprotokoll", Own, Demo.Caseworker),
        new("ueberleitungen-ereignisprotokoll-fehlt", Own, Demo.Caseworker, async p =>
        {
            await p.OpenAsync(Own);
            await p.SendAsync(Own, ("von", "2020-01"), ("bis", "2020-02"));
        }),
        Scene.At("steuerung-protokolle-leer", Logs, Demo.Steering),
        new("steuerung-protokolle-fehlt", Logs, Demo.Steering, async p =>
        {
            await p.OpenAsync(Logs);
            await p.SendAsync(Logs);
        }),
        new("steuerung-protokolle-kein-protokoll", Logs, Demo.Steering, p => UploadAsync(p, "antraege.xes", "<!DOCTYPE log [<!ENTITY a 'aaaa'>]><log>&a;</log>")),
        new("steuerung-protokoll", Log, Demo.Steering, ImportAsync) { AfterAYear = true },
        new("steuerung-protokoll-spalten", Columns, Demo.Steering, p => UploadAsync(p, "wohngeld-2026.csv", Table())) { AfterAYear = true },
        new("steuerung-protokoll-spalten-fehlt", Columns, Demo.Steering, async p =>
        {
            await UploadAsync(p, "wohngeld-2026.csv", Table());
            await p.SendAsync(new Uri(p.Page.Url).AbsolutePath, ("zeit", ""));
        })
        { AfterAYear = true },
        Looked("steuerung-protokolle", Logs, _ => Logs),
        Looked("steuerung-protokoll-ueberblick", Root, name => $"{Root}?log={name}"),
        Looked("steuerung-protokoll-kette", Root + "/ketten/{kette}", name => $"{Root}/ketten/{name}?log={name}"),
    ];

    private static Scene Looked(string name, string route, Func<string, string> url) => new(name, route, Demo.Steering, async p =>
    {
        await ImportAsync(p);
        await p.OpenAsync(url(new Uri(p.Page.Url).Segments[^1]));
    })
    { AfterAYear = true };

    private static async Task ImportAsync(Person person)
    {
        await UploadAsync(person, "wohngeld-2026.xes", Xes());
        await person.Page.WaitForURLAsync(u => u.Contains(Logs + "/", StringComparison.Ordinal));
    }

    private static async Task UploadAsync(Person person, string name, string content)
    {
        await person.OpenAsync(Logs);
        await person.Page.Locator("main input[type=file]").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "application/octet-stream", Buffer = Encoding.UTF8.GetBytes(content) });
        await person.SendAsync(Logs, ("bezeichnung", "Wohngeldanträge 2026"));
        await person.Page.Locator("main h1").WaitForAsync();
    }

    private static IEnumerable<(int Case, string Activity, string Group, DateTime At)> Events() =>
        from number in Enumerable.Range(0, Cases)
        from step in Enumerable.Range(0, Way.Length)
        let days = Way.Take(step + 1).Sum(w => w.Days * (1 + (((number * 7) + step) % 5 / 4.0)))
        select (number + 1, Way[step].Activity, Way[step].Group, new DateTime(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc).AddDays((number * 3) + days));

    private static string Xes() => "<log xes.version=\"1849.2016\">" + string.Concat(Events().GroupBy(e => e.Case).Select(c =>
        $"<trace><string key=\"concept:name\" value=\"{c.Key}\"/>" + string.Concat(c.Select(e =>
            $"<event><string key=\"concept:name\" value=\"{e.Activity}\"/><date key=\"time:timestamp\" value=\"{e.At:s}Z\"/><string key=\"org:group\" value=\"{e.Group}\"/></event>"))
        + (c.Key % 9 == 0 ? "<event/></trace>" : "</trace>"))) + "</log>";

    private static string Table() => "Vorgangsnummer;Arbeitsschritt;Erledigt am;Sachbearbeitung;Abteilung\n" + string.Join('\n', Events().Select(e =>
        string.Create(CultureInfo.InvariantCulture, $"{e.Case};{e.Activity};{e.At:dd.MM.yyyy HH:mm};K. Beispiel;{e.Group}")));
}
