using System.Net;
using System.Text;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Formats;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages.Chains;

public sealed class ContentPageTests(ApiHost api)
{
    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/kopf", PageCase.Works)]
    [Covers("POST /ketten/{kette}/entwurf/kopf", PageCase.Works)]
    public async Task The_head_of_a_chain_is_edited()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        await board.FillAsync(
            board.Page + "/kopf", ("titel", "Anders"), ("titel-en", "Different"), ("beschreibung", "Erste Zeile\r\nZweite"), ("land", "SN"), ("namen", "ja"));
        var draft = await board.DraftAsync();
        Assert.Equal((new LocalText("Anders", "Different"), new LocalText("Erste Zeile\nZweite"), "SN", board.Own), (draft.Title, draft.Description, draft.FederalState, draft.Coordinator));
        Assert.True(draft.KeepsNames);
        Assert.Empty(ChainValidation.Check(draft));
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf/kopf", PageCase.Refuses)]
    public async Task A_chain_needs_a_title()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var again = (await board.Me.Send(await board.Me.Open(board.Page + "/kopf"), board.Page + "/kopf", ("titel", ""))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Geben Sie eine Bezeichnung ein."], again.Faults);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/angaben", PageCase.Works)]
    [Covers("POST /ketten/{kette}/entwurf/angaben", PageCase.Works)]
    public async Task Facts_are_declared_changed_and_removed()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var url = board.Page + "/angaben";
        await SendAsync(url, ("titel", "Kinder"), ("art", "number"), ("von", "0"), ("bis", "9"), ("pflicht", "ja"));
        await SendAsync(url, ("titel", "Zeit"), ("titel-en", "Time"), ("art", "codes"), ("werte", "Früh | Early\r\nSpät"));
        await SendAsync(url, ("titel", "Auto"), ("art", "yes-no"));
        await SendAsync(url, ("titel", "Beginn"), ("art", "month"));
        var facts = (await board.DraftAsync()).Facts;
        Assert.Equal(["kinder", "zeit", "auto", "beginn"], facts.Select(f => f.Name));
        Assert.Equal((new FactType.WholeNumber(0, 9), true), (facts[0].Type, facts[0].Required));
        Assert.Equal([new CodeTitle("frueh", new("Früh", "Early")), new CodeTitle("spaet", new("Spät"))], Assert.IsType<FactType.CodeList>(facts[1].Type).Codes);

        var edited = (await board.Me.Open(url + "?name=zeit")).Is(HttpStatusCode.OK);
        Assert.Equal("Früh | Early\nSpät", edited.Value("werte"));
        await SendAsync(url + "?name=zeit", ("titel", "Tageszeit"), ("werte", "Sehr früh\nSpät"));
        var time = (await board.DraftAsync()).FindFact("zeit")!;
        Assert.Equal(("Tageszeit", "frueh"), (time.Title.De, Assert.IsType<FactType.CodeList>(time.Type).Codes[0].Code));
        var page = await board.Me.Open(url);
        (await board.Me.Send(page, url, ("tun", "entfernen auto"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal(["kinder", "zeit", "beginn"], (await board.DraftAsync()).Facts.Select(f => f.Name));

        // The form below the list is the second of the page.
        async Task SendAsync(string address, params (string, string?)[] values)
        {
            var open = (await board.Me.Open(address)).Is(HttpStatusCode.OK);
            open.Document.QuerySelector("form.draft-board")?.Remove();
            (await board.Me.Send(open, url, values)).Is(HttpStatusCode.SeeOther);
        }
    }

    [Fact]
    public async Task Facts_and_outcomes_are_put_in_order_and_the_focus_stays_where_it_is_of_use()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        foreach (var title in (string[])["Eins", "Zwei", "Drei"])
        {
            var open = await board.Me.Open(board.Page + "/angaben");
            open.Document.QuerySelector("form.draft-board")?.Remove();
            (await board.Me.Send(open, board.Page + "/angaben", ("titel", title), ("art", "yes-no"))).Is(HttpStatusCode.SeeOther);
            await board.FillAsync(board.Page + "/ergebnisse", ("titel--neu", title));
        }

        async Task<string?> MoveAsync(string page, string act)
        {
            var open = (await board.Me.Open(board.Page + page)).Is(HttpStatusCode.OK);
            var after = await board.Me.Follow((await board.Me.Send(open, board.Page + page, ("tun", act))).Is(HttpStatusCode.SeeOther));
            Assert.Contains("verschoben", after.Text, StringComparison.Ordinal);
            return Assert.Single(after.Document.QuerySelectorAll("[autofocus]")).GetAttribute("value");
        }

        Assert.Equal("hoch drei", await MoveAsync("/angaben", "hoch drei"));
        Assert.Equal("runter drei", await MoveAsync("/angaben", "hoch drei"));
        Assert.Equal(["drei", "eins", "zwei"], (await board.DraftAsync()).Facts.Select(f => f.Name));
        Assert.Equal("runter eins", await MoveAsync("/ergebnisse", "runter eins"));
        Assert.Equal("hoch eins", await MoveAsync("/ergebnisse", "runter eins"));
        Assert.Equal(["zwei", "drei", "eins"], (await board.DraftAsync()).Outcomes.Select(o => o.Code));
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf/angaben", PageCase.Refuses)]
    public async Task A_fact_needs_a_title_and_a_type()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var url = board.Page + "/angaben";
        var again = (await board.Me.Send(await board.Me.Open(url), url, ("titel-en", "Left"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Geben Sie eine Bezeichnung ein.", "Wählen Sie, welche Werte es gibt."], again.Faults);
        again = (await board.Me.Send(again, url, ("titel", "Zahl"), ("art", "number"), ("von", "eins"), ("bis", "9"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("eins", "Left"), (again.Value("von"), again.Value("titel-en")));
        (await board.Me.Open(url + "?name=nirgends")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/ergebnisse", PageCase.Works)]
    [Covers("POST /ketten/{kette}/entwurf/ergebnisse", PageCase.Works)]
    public async Task Outcomes_of_its_own_are_declared_changed_and_removed()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var url = board.Page + "/ergebnisse";
        await board.FillAsync(url, ("titel--neu", "Raten vereinbart"), ("en--neu", "Instalments agreed"));
        await board.FillAsync(url, ("titel-raten-vereinbart", "Raten stehen"), ("titel--neu", "Verzicht"));
        Assert.Equal(
            [new CodeTitle("raten-vereinbart", new("Raten stehen", "Instalments agreed")), new CodeTitle("verzicht", new("Verzicht"))], (await board.DraftAsync()).Outcomes);
        await board.FillAsync(url, ("tun", "entfernen verzicht"));
        Assert.Single((await board.DraftAsync()).Outcomes);
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf/ergebnisse", PageCase.Refuses)]
    public async Task An_outcome_needs_a_title()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var page = await board.FillAsync(board.Page + "/ergebnisse", ("titel--neu", "Verzicht"));
        var again = (await board.Me.Send(page, board.Page + "/ergebnisse", ("titel-verzicht", ""))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Geben Sie eine Bezeichnung ein."], again.Faults);
    }

    [Fact]
    [Covers("GET /ketten/neu", PageCase.Works)]
    [Covers("POST /ketten/neu", PageCase.Works)]
    public async Task A_chain_is_begun_blank_or_from_a_file()
    {
        var own = api.Organisation("beginner");
        var me = await api.SignedInAsync(own, NetworkRoles.Coordinator);
        var title = $"Kette von {own}";
        var page = (await me.Open("/ketten/neu")).Is(HttpStatusCode.OK);
        var begun = (await me.Send(page, "/ketten/neu", ("titel", title), ("land", "BB"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal($"/ketten/kette-von-{own}/entwurf", begun.Location);
        Assert.Equal($"{title} – Entwurf der Fassung 1", (await me.Follow(begun)).Heading);
        Assert.Equal($"/ketten/kette-von-{own}-2/entwurf", (await me.Send(page, "/ketten/neu", ("titel", title), ("land", "BB"))).Is(HttpStatusCode.SeeOther).Location);

        var file = TestChain.Make($"file-{own}", "somebody-else", 4, own.Value);
        var taken = (await me.SendFile(page, "/ketten/neu", "datei", "kette.json", Encoding.UTF8.GetBytes(ChainJson.Write(file)))).Is(HttpStatusCode.SeeOther);
        var draft = (await me.Open(taken.Location! + "/datei")).Is(HttpStatusCode.OK);
        var read = ChainJson.Read(draft.Html).Chain!;
        Assert.Equal((1, own, file.Steps().Count()), (read.Version, read.Coordinator, read.Steps().Count()));

        var bpmn = ChainFormats.Export(file with { Id = new ChainId($"bpmn-{own}") }, ChainFormat.Bpmn);
        var drawn = (await me.SendFile(page, "/ketten/neu", "datei", "kette.bpmn", bpmn)).Is(HttpStatusCode.SeeOther);
        Assert.Equal(file.Steps().Select(s => s.Id), ChainJson.Read((await me.Open(drawn.Location! + "/datei")).Html).Chain!.Steps().Select(s => s.Id));
    }

    [Fact]
    public async Task What_a_drawing_holds_and_a_chain_can_t_is_named_before_the_draft_begins()
    {
        var own = api.Organisation("modeler");
        var me = await api.SignedInAsync(own, NetworkRoles.Coordinator);
        var drawing = Encoding.UTF8.GetBytes($"""
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn">
              <bpmn:process id="Process_1" name="Weg von {own}">
                <bpmn:startEvent id="s" /><bpmn:userTask id="a" name="Beratung" /><bpmn:endEvent id="e" />
                <bpmn:boundaryEvent id="klappt-nicht" name="Klappt nicht" attachedToRef="a"><bpmn:errorEventDefinition id="d" /></bpmn:boundaryEvent>
                <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="a" /><bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="e" />
              </bpmn:process>
              <bpmn:process id="Process_2" name="Im Amt"><bpmn:startEvent id="s2" /></bpmn:process>
            </bpmn:definitions>
            """);
        var told = (await me.SendFile(await me.Open("/ketten/neu"), "/ketten/neu", "datei", "weg.bpmn", drawing)).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("Nicht alles wurde übernommen", told.Heading);
        Assert.Contains("Im Amt", told.Document.GetElementById("nicht-uebernommen")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Klappt nicht", told.Document.GetElementById("nicht-uebernommen")!.TextContent, StringComparison.Ordinal);
        (await me.Open($"/ketten/weg-von-{own}/entwurf")).Is(HttpStatusCode.NotFound);

        var begun = (await me.Send(told, "/ketten/neu")).Is(HttpStatusCode.SeeOther);
        Assert.Contains("Beratung", (await me.Follow(begun)).Text, StringComparison.Ordinal);
        var broken = (await me.Send(told, "/ketten/neu", ("gelesen", "{"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("kein gültiges JSON", Assert.Single(broken.Faults), StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ketten/neu", PageCase.Refuses)]
    public async Task A_chain_is_not_begun_without_a_title_or_from_a_file_that_is_none()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var page = await board.Me.Open("/ketten/neu");
        var again = (await board.Me.Send(page, "/ketten/neu", ("titel-en", "Left"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Geben Sie eine Bezeichnung ein.", "Wählen Sie ein Bundesland."], again.Faults);
        var broken = (await board.Me.SendFile(page, "/ketten/neu", "datei", "kette.json", "{"u8.ToArray())).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("kein gültiges JSON", Assert.Single(broken.Faults), StringComparison.Ordinal);
        var known = Encoding.UTF8.GetBytes(ChainJson.Write((await board.DraftAsync()) with { FederalState = "SN" }));
        var twice = (await board.Me.SendFile(page, "/ketten/neu", "datei", "kette.json", known)).Is(HttpStatusCode.Conflict);
        Assert.Contains("gibt es schon einen Entwurf", twice.Text, StringComparison.Ordinal);
        var stranger = await api.SignedInAsync(api.Organisation("stranger"), NetworkRoles.Coordinator);
        var foreign = (await stranger.SendFile(await stranger.Open("/ketten/neu"), "/ketten/neu", "datei", "kette.json", known)).Is(HttpStatusCode.Conflict);
        Assert.Contains("koordiniert eine andere Organisation", foreign.Text, StringComparison.Ordinal);
        var large = (await board.Me.SendFile(page, "/ketten/neu", "datei", "kette.json", new byte[10 << 20])).Is(HttpStatusCode.RequestEntityTooLarge);
        Assert.Contains("größer als 8 MiB", large.Text, StringComparison.Ordinal);
    }
}
