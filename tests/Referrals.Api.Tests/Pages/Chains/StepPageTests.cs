using System.Net;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Tests.Pages.Chains;

public sealed class StepPageTests(ApiHost api)
{
    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/hinzufuegen", PageCase.Works)]
    [Covers("POST /ketten/{kette}/entwurf/hinzufuegen", PageCase.Works)]
    public async Task A_step_is_added_where_it_was_asked_for()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B");
        var added = await board.FillAsync(board.Page + "/hinzufuegen?wo=neben&block=b", ("titel", "Über Mittag"), ("titel-en", "At noon"), ("dienst", "childcare"));
        Assert.Equal("Schritt „Über Mittag“", added.Heading);
        Assert.Equal("a gleichzeitig b ueber-mittag", await board.DrawnAsync());
        await board.FillAsync(board.Page + "/hinzufuegen?wo=vor&block=a", ("titel", "Zuerst"), ("dienst", "legal-advice"));
        await board.FillAsync(board.Page + "/hinzufuegen", ("titel", "Zuletzt"), ("dienst", "legal-advice"));
        Assert.Equal("zuerst a gleichzeitig b ueber-mittag zuletzt", await board.DrawnAsync());
        var step = (await board.DraftAsync()).FindStep(new NodeId("ueber-mittag"))!;
        Assert.Equal((new LocalText("Über Mittag", "At noon"), "childcare", 3), (step.Title, step.Service, step.AcknowledgeWithin));
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf/hinzufuegen", PageCase.Refuses)]
    public async Task A_step_needs_a_title_a_service_and_a_place()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var page = await board.Me.Open(board.Page + "/hinzufuegen?wo=nach&block=a");
        var again = (await board.Me.Send(page, board.Page + "/hinzufuegen", ("titel-en", "Left"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Geben Sie eine Bezeichnung ein.", "Wählen Sie einen Dienst."], again.Faults);
        Assert.Equal("Left", again.Value("titel-en"));
        (await board.Me.Open(board.Page + "/hinzufuegen?wo=nach&block=nirgends")).Is(HttpStatusCode.NotFound);
        (await board.Me.Open(board.Page + "/hinzufuegen?wo=irgendwo&block=a")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/schritte/{schritt}", PageCase.Works)]
    [Covers("POST /ketten/{kette}/entwurf/schritte/{schritt}", PageCase.Works)]
    public async Task Everything_that_is_agreed_about_a_step_is_edited()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        await board.SaveAsync(Contents.AddFact(await board.DraftAsync(), new FactDeclaration("", new LocalText("Kinder"), new FactType.WholeNumber(0, 9))).Chain);
        await board.FillAsync(
            board.Page + "/schritte/a", ("titel", "Neu"), ("titel-en", "New"), ("dienst", "legal-advice"), ("angebot", "chosen"), ("ablehnung", "skip"), ("bestaetigen", "5"),
            ("abschliessen", "30"), ("erinnern", "2"), ("eskalieren", "1"), ("ergebnis", "placed"), ("weiter", "kinder"), ("zurueck-angaben", "kinder"), ("rueckmeldung", "outcome-and-facts"));
        var step = (await board.DraftAsync()).FindStep(new NodeId("a"))!;
        Assert.Equal(
            (new LocalText("Neu", "New"), "legal-advice", OfferMode.Chosen, DeclinePath.Skip, Feedback.OutcomeAndFacts), (step.Title, step.Service, step.Offer, step.OnDecline, step.Feedback));
        Assert.Equal((5, 30, 2, 1), (step.AcknowledgeWithin, step.CompleteWithin, step.RemindBefore, step.EscalateAfter));
        Assert.Equal(["placed"], step.Outcomes);
        Assert.Equal(["kinder"], step.PassFacts.Intersect(step.ReturnFacts));
    }

    [Fact]
    public async Task Partners_are_put_in_order_and_taken_out()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        OrganisationId[] partners = [new("one"), new("two"), new("three")];
        await board.SaveAsync(Contents.ChangeStep(await board.DraftAsync(), new("a"), s => s with { Partners = partners }));
        var page = await board.FillAsync(board.Page + "/schritte/a", ("tun", "partner-hoch three"));
        Assert.Equal(["one", "three", "two"], await PartnersAsync());
        Assert.Equal("partner-hoch three", page.Document.QuerySelector("[autofocus]")!.GetAttribute("value"));
        await board.FillAsync(board.Page + "/schritte/a", ("tun", "partner-runter one"));
        Assert.Equal(["three", "one", "two"], await PartnersAsync());
        await board.FillAsync(board.Page + "/schritte/a", ("tun", "partner-weg one"));
        Assert.Equal(["three", "two"], await PartnersAsync());

        async Task<IEnumerable<string>> PartnersAsync() => (await board.DraftAsync()).Steps().Single().Partners.Select(p => p.Value);
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf/schritte/{schritt}", PageCase.Refuses)]
    public async Task What_cant_be_read_is_not_saved_and_what_is_wrong_stands_beside_its_field()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var page = await board.Me.Open(board.Page + "/schritte/a");
        var again = (await board.Me.Send(page, board.Page + "/schritte/a", ("bestaetigen", "bald"), ("titel", "Bleibt stehen"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Geben Sie eine ganze Zahl ein."], again.Faults);
        Assert.Equal(("bald", "Bleibt stehen"), (again.Value("bestaetigen"), again.Value("titel")));
        Assert.Equal("A", (await board.DraftAsync()).Steps().Single().Title!.De);

        await board.FillAsync(board.Page + "/schritte/a", ("bestaetigen", "99"), ("titel", ""));
        var faulty = await board.Me.Open(board.Page + "/schritte/a");
        Assert.Contains("99 Arbeitstage", faulty.Document.GetElementById("f-bestaetigen-fault")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(faulty.Document.GetElementById("f-titel-fault"));
        (await board.Me.Open(board.Page + "/schritte/b")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_step_that_somebody_changed_meanwhile_is_saved_on_top_when_that_is_wanted()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B");
        var page = await board.Me.Open(board.Page + "/schritte/a");
        await board.SaveAsync(Contents.ChangeStep(Blocks.Remove(await board.DraftAsync(), new("b")), new("a"), s => s with { AcknowledgeWithin = 8 }));
        var told = (await board.Me.Send(page, board.Page + "/schritte/a", ("titel", "Meins"))).Is(HttpStatusCode.Conflict);
        (await board.Me.Send(told, board.Page + "/schritte/a")).Is(HttpStatusCode.SeeOther);
        var step = Assert.Single((await board.DraftAsync()).Steps());
        Assert.Equal(("Meins", "helped", 8), (step.Title!.De, step.Outcomes[0], step.AcknowledgeWithin));
    }

    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/teile/{teil}", PageCase.Works)]
    [Covers("POST /ketten/{kette}/entwurf/teile/{teil}", PageCase.Works)]
    public async Task A_block_is_named_bounded_and_moved_elsewhere()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B", "C");
        await board.PressAsync("wiederholung b");
        await board.FillAsync(board.Page + "/teile/wiederholung", ("titel", "Runden"), ("titel-en", "Rounds"), ("runden", "7"), ("ziel", "vor a"));
        var repeat = Assert.IsType<ChainNode.Repeat>((await board.DraftAsync()).Root.Children().First());
        Assert.Equal((new LocalText("Runden", "Rounds"), 7), (repeat.Title, repeat.MaxRounds));
        await board.FillAsync(board.Page + "/teile/c", ("ziel", "neben a"));
        Assert.Equal("wiederholung b gleichzeitig a c", await board.DrawnAsync());
        var page = await board.FillAsync(board.Page + "/teile/wiederholung", ("titel", ""), ("titel-en", ""), ("runden", "50"));
        Assert.Contains("liegt zwischen 1 und 20", page.Text, StringComparison.Ordinal);
        Assert.Null((await board.DraftAsync()).Root.Children().First().Title);
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf/teile/{teil}", PageCase.Refuses)]
    public async Task A_block_is_not_moved_where_nothing_is()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B");
        await board.PressAsync("wiederholung b");
        var page = await board.Me.Open(board.Page + "/teile/wiederholung");
        var again = (await board.Me.Send(page, board.Page + "/teile/wiederholung", ("runden", "viele"), ("ziel", "vor nirgends"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(["Geben Sie eine ganze Zahl ein.", "Diesen Teil gibt es im Entwurf nicht."], again.Faults);
        (await board.Me.Open(board.Page + "/teile/nirgends")).Is(HttpStatusCode.NotFound);
    }
}
