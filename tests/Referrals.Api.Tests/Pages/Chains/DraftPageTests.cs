using System.Net;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages.Chains;

public sealed class DraftPageTests(ApiHost api)
{
    [Fact]
    [Covers("GET /ketten/{kette}/entwurf", PageCase.Works)]
    public async Task A_draft_is_shown_as_stages_with_its_picture_and_what_is_missing()
    {
        var board = await DrawingBoard.OpenAsync(api, "Kinderbetreuung", "Beratung");
        await board.SaveAsync(Contents.ChangeStep(await board.DraftAsync(), new("beratung"), s => s with { Outcomes = [] }));
        var page = (await board.Me.Open(board.Page)).Is(HttpStatusCode.OK);
        Assert.Equal("Gezeichnete Kette – Entwurf der Fassung 1", page.Heading);
        Assert.Equal(["Stufe 1", "Stufe 2"], page.Document.QuerySelectorAll(".draft-stage h3").Select(h => h.TextContent));
        Assert.Contains("Bestätigen in 3 Arbeitstagen", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Document.QuerySelector(".chain-picture svg"));
        Assert.Contains("1 Mangel", page.Text, StringComparison.Ordinal);
        var fault = page.Document.QuerySelector("#maengel ~ ul a")!;
        Assert.Equal($"{board.Page}/schritte/beratung#f-ergebnis", fault.GetAttribute("href"));
        Assert.Equal(fault.TextContent, page.Document.QuerySelector("#block-beratung .kern-error")!.TextContent.Trim());
        Assert.NotNull((await board.Me.Open(fault.GetAttribute("href")!)).Document.GetElementById("f-ergebnis"));
    }

    [Fact]
    public async Task A_partner_that_has_left_the_network_is_a_fault_of_its_step_wherever_faults_stand()
    {
        var left = api.Organisation("left");
        var board = await DrawingBoard.OpenAsync(api, "Kinderbetreuung", "Beratung");
        await board.SaveAsync(Contents.ChangeStep(await board.DraftAsync(), new("beratung"), s => s with { Partners = [left] }));
        var page = (await board.Me.Open(board.Page)).Is(HttpStatusCode.OK);
        var fault = page.Document.QuerySelector("#maengel ~ ul a")!;
        Assert.Contains("gehört nicht zum Netzwerk", fault.TextContent, StringComparison.Ordinal);
        Assert.Equal(fault.TextContent, page.Document.QuerySelector("#block-beratung .kern-error")!.TextContent.Trim());
        var step = (await board.Me.Open(fault.GetAttribute("href")!)).Is(HttpStatusCode.OK);
        Assert.Contains("gehört nicht zum Netzwerk", step.Text, StringComparison.Ordinal);
        var proposal = (await board.Me.Open($"/ketten/{board.Chain}/vorschlag")).Is(HttpStatusCode.OK);
        Assert.Equal(fault.TextContent, proposal.Document.QuerySelector($"a[href='{fault.GetAttribute("href")}']")!.TextContent);
        Assert.DoesNotContain("root.chil", proposal.Text, StringComparison.Ordinal);
        var trial = (await board.Me.Open($"/ketten/{board.Chain}/probe?fassung=entwurf")).Is(HttpStatusCode.OK);
        Assert.Contains(fault.TextContent, trial.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf", PageCase.Works)]
    public async Task Blocks_are_moved_wrapped_copied_and_removed_and_the_focus_stays_with_them()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B", "C");
        var moved = await board.PressAsync("hoch b");
        Assert.Equal("b a c", await board.DrawnAsync());
        Assert.Contains("Nach oben verschoben.", moved.Text, StringComparison.Ordinal);
        Assert.Equal("runter b", moved.Document.QuerySelector("[autofocus]")!.GetAttribute("value"));
        Assert.Equal("„B“ nach unten, jetzt 1 von 3", moved.Document.QuerySelector("[autofocus]")!.GetAttribute("aria-label"));
        await board.PressAsync("runter b");
        Assert.Equal("a b c", await board.DrawnAsync());
        await board.PressAsync("wahlweise a");
        await board.PressAsync("wiederholung b");
        await board.PressAsync("auswahl c");
        Assert.Equal("wahlweise a wiederholung b auswahl c", await board.DrawnAsync());
        await board.PressAsync("zweig auswahl");
        await board.PressAsync("sonst auswahl");
        await board.PressAsync("zweig-hoch auswahl 1");
        var choice = (await board.DraftAsync()).Nodes().OfType<ChainNode.Choice>().Single();
        Assert.Equal((2, "c", true), (choice.Branches.Count, choice.Branches[1].Then.Id.Value, choice.Otherwise is not null));
        await board.PressAsync("zweig-runter auswahl 0");
        await board.PressAsync("zweig-weg auswahl 1");
        await board.PressAsync("zweig-weg auswahl 1");
        await board.PressAsync("aufloesen auswahl");
        await board.PressAsync("kopie c");
        var removed = await board.PressAsync("entfernen c");
        Assert.Equal("wahlweise a wiederholung b c-2", await board.DrawnAsync());
        Assert.NotNull(removed.Document.QuerySelector("[autofocus]"));
    }

    [Fact]
    public async Task Every_step_is_undone_and_redone()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B");
        Assert.NotNull((await board.Me.Open(board.Page)).Document.QuerySelector("button[value='rueckgaengig'][disabled]"));
        await board.PressAsync("entfernen a");
        Assert.Equal("b", await board.DrawnAsync());
        await board.PressAsync("rueckgaengig");
        Assert.Equal("a b", await board.DrawnAsync());
        var page = await board.PressAsync("wiederherstellen");
        Assert.Equal("b", await board.DrawnAsync());
        Assert.NotNull(page.Document.QuerySelector("button[value='wiederherstellen'][disabled]"));
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf", PageCase.Refuses)]
    public async Task Who_saves_over_the_draft_of_somebody_else_is_told_and_can_apply_the_change_on_top()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B", "C");
        var kim = await api.PersonAsync(board.Own, "Kim Beispiel");
        var seen = await board.Me.Open(board.Page);
        await board.SaveAsync(Contents.ChangeStep(await board.DraftAsync(), new("a"), s => s with { AcknowledgeWithin = 9 }), kim);
        var told = (await board.Me.Send(seen, board.Page, ("tun", "hoch c"))).Is(HttpStatusCode.Conflict);
        Assert.Equal("Inzwischen geändert", told.Heading);
        Assert.Contains("Kim Beispiel: hat gespeichert", told.Text, StringComparison.Ordinal);
        Assert.Contains("9", Assert.Single(told.Document.QuerySelectorAll(".app-timeline ul li")).TextContent, StringComparison.Ordinal);
        Assert.Equal("a b c", await board.DrawnAsync());
        (await board.Me.Send(told, board.Page)).Is(HttpStatusCode.SeeOther);
        Assert.Equal("a c b", await board.DrawnAsync());
        Assert.Equal(9, (await board.DraftAsync()).Steps().First().AcknowledgeWithin);

        (await board.Me.Send(await board.Me.Open(board.Page), board.Page, ("tun", "hoch nirgends"))).Is(HttpStatusCode.UnprocessableEntity);
        (await board.Me.Send(seen, board.Page, ("tun", "rueckgaengig"))).Is(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Somebody_elses_recent_change_is_named()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B");
        var kim = await api.PersonAsync(board.Own, "Kim Beispiel");
        Assert.Contains($"{board.Own} hat diesen Entwurf vor einer Minute geändert.", (await board.Me.Open(board.Page)).Text, StringComparison.Ordinal);
        await board.SaveAsync(Contents.ChangeStep(await board.DraftAsync(), new("a"), s => s with { AcknowledgeWithin = 9 }), kim);
        Assert.Contains("Kim Beispiel hat diesen Entwurf vor einer Minute geändert.", (await board.Me.Open(board.Page)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hat diesen Entwurf vor", (await board.PressAsync("hoch b")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_there_for_its_coordinator_alone()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var stranger = await api.SignedInAsync(api.Organisation("stranger"));
        string[] pages = ["", "/datei", "/verwerfen", "/hinzufuegen", "/schritte/a", "/teile/a", "/teile/a/bedingung", "/kopf", "/angaben", "/ergebnisse"];
        var token = (await stranger.Open("/ketten/neu")).Value("__RequestVerificationToken")!;
        foreach (var page in pages)
        {
            (await stranger.Open(board.Page + page)).Is(HttpStatusCode.NotFound);
            if (page != "/datei")
            {
                (await stranger.Post(board.Page + page, [new("__RequestVerificationToken", token)])).Is(HttpStatusCode.NotFound);
            }
        }

        var caseworker = await api.SignedInAsync(board.Own, NetworkRoles.Caseworker);
        (await caseworker.Open(board.Page)).Is(HttpStatusCode.Forbidden);
        (await board.Me.Open("/ketten/Not%20A%20Code/entwurf")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/datei", PageCase.Works)]
    public async Task The_draft_is_downloaded_as_it_is()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var file = (await board.Me.Open(board.Page + "/datei")).Is(HttpStatusCode.OK);
        Assert.Equal("application/json", file.ContentType);
        Assert.Equal(ChainJson.Write(await board.DraftAsync()) + "\n", file.Html);
        Assert.Contains("<bpmn:definitions", (await board.Me.Open(board.Page + "/datei?format=bpmn")).Is(HttpStatusCode.OK).Html, StringComparison.Ordinal);
        (await board.Me.Open(board.Page + "/datei?format=doc")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/verwerfen", PageCase.Works)]
    [Covers("POST /ketten/{kette}/entwurf/verwerfen", PageCase.Works)]
    public async Task A_draft_is_thrown_away_and_begun_anew_from_the_version_in_force()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        await board.PutInForceAsync();
        var none = (await board.Me.Open(board.Page)).Is(HttpStatusCode.OK);
        Assert.Equal("Gezeichnete Kette: kein Entwurf", none.Heading);
        var begun = await board.Me.Follow((await board.Me.Send(none, board.Page, ("tun", "beginnen"))).Is(HttpStatusCode.SeeOther));
        Assert.Equal("Gezeichnete Kette – Entwurf der Fassung 2", begun.Heading);
        Assert.Contains("Fassung 1 bleibt in Kraft", begun.Text, StringComparison.Ordinal);

        var asked = (await board.Me.Open(board.Page + "/verwerfen")).Is(HttpStatusCode.OK);
        var gone = await board.Me.Follow((await board.Me.Send(asked, board.Page + "/verwerfen")).Is(HttpStatusCode.SeeOther));
        Assert.Equal("Gezeichnete Kette: kein Entwurf", gone.Heading);
        Assert.Contains("Der Entwurf ist verworfen.", gone.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf/verwerfen", PageCase.Refuses)]
    public async Task A_draft_that_somebody_else_changed_is_not_thrown_away_unseen()
    {
        var board = await DrawingBoard.OpenAsync(api, "A");
        var asked = await board.Me.Open(board.Page + "/verwerfen");
        await board.SaveAsync((await board.DraftAsync()) with { FederalState = "SN" });
        (await board.Me.Send(asked, board.Page + "/verwerfen")).Is(HttpStatusCode.Conflict);
        Assert.Equal("SN", (await board.DraftAsync()).FederalState);
    }

    [Fact]
    public async Task What_is_unfinished_in_every_way_is_shown_without_failing()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B", "C");
        var draft = (await board.DraftAsync()) with { FederalState = "", Title = new LocalText("") };
        draft = Frames.AddOtherwise(Frames.Choice(draft, new("a")).Chain, new("auswahl"));
        draft = Blocks.Remove(Frames.Repeat(draft, new("b")).Chain, new("b"));
        draft = Blocks.Remove(Frames.Optional(draft, new("c"), new LocalText("")).Chain, new("c"));
        draft = Blocks.AddStep(draft, Contents.NewStep(new LocalText(""), ""), new DrawPlace.AtEnd()).Chain;
        await board.SaveAsync(draft);
        (await board.Me.Open(board.Page)).Is(HttpStatusCode.OK);
        foreach (var fault in (await board.Me.Open(board.Page)).Document.QuerySelectorAll("#maengel ~ ul a").Select(a => a.GetAttribute("href")!).Where(h => h[0] != '#'))
        {
            (await board.Me.Open(fault)).Is(HttpStatusCode.OK);
        }
    }
}
