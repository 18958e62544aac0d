using System.Text;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Browser.Tests.Scenery;

/// <summary>What a coordinator sees who draws a chain. Each scene has a chain of its own, so that no other page shows it.</summary>
internal static class DrawingScenes
{
    private const string New = "/ketten/neu";
    private const string Draft = "/ketten/{kette}/entwurf";
    private const string InForce = "/ketten/arbeit-mit-kind/entwurf";

    public static IReadOnlyList<Scene> All { get; } =
    [
        Scene.At("kette-neu", New, Demo.Coordinator),
        new("kette-neu-fehlt", New, Demo.Coordinator, async p =>
        {
            await p.OpenAsync(New);
            await p.SendAsync(New);
        }),
        new("kette-neu-maengel", New, Demo.Coordinator, async p =>
        {
            await p.OpenAsync(New);
            var file = Encoding.UTF8.GetBytes("""
                <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
                  <process id="ablauf" name="Wege in Arbeit"><startEvent id="s" /><userTask id="a" name="Beratung" /><endEvent id="e" />
                    <sequenceFlow id="f1" sourceRef="s" targetRef="a" /><sequenceFlow id="f2" sourceRef="a" targetRef="e" /></process>
                  <process id="amt" name="Im Amt"><startEvent id="s2" /></process>
                </definitions>
                """);
            await p.Page.SetInputFilesAsync("input[name='datei']", new Microsoft.Playwright.FilePayload { Name = "wege.bpmn", MimeType = "application/xml", Buffer = file });
            await p.Page.Locator("#aus-datei button").ClickAsync();
            await p.SeesAsync("Nicht alles wurde übernommen");
        }),
        Scene.At("kette-kein-entwurf", Draft, Demo.Coordinator, InForce),
        Drawn("kette-entwurf", Draft, ""),
        Drawn("kette-entwurf-maengel", Draft, "", chain => Blocks.Remove(Frames.AddBranch(chain, new("wohin")), new("beratung"))),
        Drawn("kette-entwurf-leer", Draft, "", chain => chain with { Root = new ChainNode.Sequence { Id = new("ablauf"), Children = [] } }),
        Drawn("kette-entwurf-menue", Draft, "", then: async p => await p.Page.Locator(".draft-more summary").First.ClickAsync()),
        Drawn("kette-entwurf-verschoben", Draft, "", then: async p =>
        {
            await p.Page.Locator("button[value='runter gespraech']").ClickAsync();
            await p.SeesAsync("Nach unten verschoben.");
        }),
        Drawn("kette-entwurf-geaendert", Draft, "", then: async p =>
        {
            var other = new Person(await p.Page.Context.NewPageAsync());
            await other.OpenAsync(p.Page.Url);
            await other.Page.Locator("button[value='runter gespraech']").ClickAsync();
            await other.SeesAsync("Nach unten verschoben.");
            await other.Page.CloseAsync();
            await p.Page.Locator("button[value='runter gespraech']").ClickAsync();
            await p.SeesAsync("Inzwischen geändert");
        }),
        Drawn("kette-verwerfen", Draft + "/verwerfen", "/verwerfen"),
        Drawn("kette-schritt-neu", Draft + "/hinzufuegen", "/hinzufuegen?wo=neben&block=gespraech"),
        Drawn("kette-schritt", Draft + "/schritte/{schritt}", "/schritte/betreuung"),
        Drawn("kette-schritt-maengel", Draft + "/schritte/{schritt}", "/schritte/betreuung", chain => Contents.ChangeStep(
            chain, new("betreuung"), s => s with { Outcomes = [], Partners = [], AcknowledgeWithin = 90, RemindBefore = 300 })),
        Drawn("kette-teil", Draft + "/teile/{teil}", "/teile/runden"),
        Drawn("kette-bedingung", Draft + "/teile/{teil}/bedingung", "/teile/wohin/bedingung?zweig=0"),
        Drawn("kette-bedingung-maengel", Draft + "/teile/{teil}/bedingung", "/teile/wohin/bedingung?zweig=0", chain => Conditions.Set(
            chain, new ConditionPlace(new("wohin"), 0), new Condition.Any([new Condition.Fact("kinder", Comparison.Equal), new Condition.Not(new Condition.All([]))]))),
        Drawn("kette-bedingung-nichts", Draft + "/teile/{teil}/bedingung", "/teile/wohin/bedingung?zweig=0", chain => Conditions.Set(
            Blocks.MoveTo(chain with { Facts = [] }, new("wohin"), new DrawPlace.Before(new("gespraech"))), new ConditionPlace(new("wohin"), 0), Frames.Unsaid)),
        Drawn("kette-kopf", Draft + "/kopf", "/kopf"),
        Drawn("kette-angaben", Draft + "/angaben", "/angaben?name=zeit"),
        Drawn("kette-angaben-leer", Draft + "/angaben", "/angaben", chain => chain with { Facts = [] }),
        Drawn("kette-ergebnisse", Draft + "/ergebnisse", "/ergebnisse"),
    ];

    /// <summary>A chain with every kind of block.</summary>
    public static ChainVersion Example(string id)
    {
        var chain = Contents.Blank(new ChainId(id), new LocalText("Einstieg in Arbeit", "Into work"), "BB", new OrganisationId("jobcenter-elbtal"));
        chain = chain with
        {
            Facts =
            [
                new FactDeclaration("kinder", new LocalText("Kinder im Haushalt", "Children"), new FactType.WholeNumber(0, 12), Required: true),
                new FactDeclaration("zeit", new LocalText("Gesuchte Arbeitszeit", "Working time sought"), Contents.CodeList([new("Vormittags", "Mornings"), new("Schichten", "Shifts")])),
            ],
            Outcomes = [new CodeTitle("raten", new LocalText("Raten vereinbart", "Instalments agreed"))],
        };
        chain = Put(chain, "gespraech", "Erstgespräch", "case-management", new DrawPlace.AtEnd(), "fallmanagement-heide");
        chain = Put(chain, "betreuung", "Kinderbetreuung", "childcare", new DrawPlace.AtEnd(), "kita-amt-lindenfurt", "kita-amt-falkenrode");
        chain = Put(chain, "beratung", "Schuldnerberatung", "debt-counselling", new DrawPlace.Beside(new("betreuung")), "schuldnerberatung-elbaue");
        chain = Put(chain, "recht", "Rechtsberatung", "legal-advice", new DrawPlace.AtEnd(), "rechtsberatung-elbaue");
        chain = Put(chain, "begleitung", "Fallbegleitung", "case-management", new DrawPlace.AtEnd(), "fallmanagement-heide");
        chain = Put(chain, "kurs", "Qualifizierung", "training-course", new DrawPlace.AtEnd(), "bildungswerk-lindenfurt");
        chain = Named(Frames.Optional(chain, new("recht"), new LocalText("Rechtsberatung, wenn gewünscht", "Legal advice if wished")), "wunsch");
        chain = Named(Frames.Repeat(chain, new("begleitung")), "runden");
        chain = Conditions.Set(chain, new ConditionPlace(new("runden"), null), new Condition.Outcome(new("begleitung"), [OutcomeCodes.TookPlace]));
        chain = Named(Frames.Choice(chain, new("kurs")), "wohin");
        return Conditions.Set(chain, new ConditionPlace(new("wohin"), 0), new Condition.All(
        [
            new Condition.Fact("kinder", Comparison.AtMost, new FactValue.Number(2)),
            new Condition.Not(new Condition.Outcome(new("betreuung"), [OutcomeCodes.Skipped])),
        ]));
    }

    private static ChainVersion Put(ChainVersion chain, string id, string title, string service, DrawPlace place, params IEnumerable<string> partners)
    {
        var step = Contents.NewStep(new LocalText(title), service) with
        {
            Id = new NodeId(id),
            Partners = [.. partners.Select(p => new OrganisationId(p))],
            Outcomes = ["helped", "client-not-reached"],
            CompleteWithin = 20,
            RemindBefore = 1,
        };
        return Blocks.Add(chain, step, place);
    }

    private static ChainVersion Named((ChainVersion Chain, NodeId? Frame) framed, string id) =>
        ChainJson.Read(ChainJson.Write(framed.Chain).Replace($"\"id\": \"{framed.Frame}\"", $"\"id\": \"{id}\"", StringComparison.Ordinal)).Chain!;

    private static Scene Drawn(string name, string route, string page, Func<ChainVersion, ChainVersion>? change = null, Func<Person, Task>? then = null) => new(name, route, Demo.Coordinator, async p =>
    {
        var chain = Example($"szene-{Guid.NewGuid():n}");
        await UploadAsync(p, change?.Invoke(chain) ?? chain);
        if (page.Length > 0)
        {
            await p.OpenAsync($"/ketten/{chain.Id}/entwurf{page}");
        }

        await (then?.Invoke(p) ?? Task.CompletedTask);
    });

    /// <summary>Begins a draft from a file.</summary>
    public static async Task UploadAsync(Person person, ChainVersion chain)
    {
        await person.OpenAsync(New);
        await person.Page.Locator("main input[type=file]").SetInputFilesAsync(new FilePayload { Name = "kette.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(ChainJson.Write(chain)) });
        await person.Page.Locator("#aus-datei button[type=submit]").ClickAsync();
        await person.Page.WaitForURLAsync("**/entwurf");
    }
}
