using System.Net;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Tests.Pages.Chains;

public sealed class ConditionPageTests(ApiHost api)
{
    private const string Url = "/teile/auswahl/bedingung";

    private async Task<DrawingBoard> OpenAsync()
    {
        var board = await DrawingBoard.OpenAsync(api, "A", "B");
        var draft = Frames.Choice(await board.DraftAsync(), new("b")).Chain;
        FactType[] types = [new FactType.WholeNumber(0, 9), new FactType.YesNo(), new FactType.Month(), Contents.CodeList([new("Früh"), new("Spät")])];
        foreach (var (type, title) in types.Zip(["Kinder", "Auto", "Beginn", "Zeit"]))
        {
            draft = Contents.AddFact(draft, new FactDeclaration("", new LocalText(title), type)).Chain;
        }

        await board.SaveAsync(draft);
        return board;
    }

    private static async Task<Condition> SaidAsync(DrawingBoard board) => Conditions.At(await board.DraftAsync(), new ConditionPlace(new("auswahl"), 0))!;

    [Fact]
    [Covers("GET /ketten/{kette}/entwurf/teile/{teil}/bedingung", PageCase.Works)]
    [Covers("POST /ketten/{kette}/entwurf/teile/{teil}/bedingung", PageCase.Works)]
    public async Task A_condition_is_built_from_rows()
    {
        var board = await OpenAsync();
        var url = board.Page + Url + "?zweig=0";
        await board.FillAsync(url, ("tun", "dazu-angabe b"));
        await board.FillAsync(url, ("b.0.angabe", "kinder"), ("b.0.ist", "at-least"), ("b.0.wert", "3"), ("tun", "dazu-ergebnis b"));
        await board.FillAsync(url, ("b.1.schritt", "a"), ("b.1.in", "took-place"), ("b.1.nicht", "ja"), ("tun", "dazu-gruppe b"));
        await board.FillAsync(url, ("tun", "dazu-angabe b.2"));
        await board.FillAsync(url, ("b.2.0.angabe", "auto"), ("b.2.0.wert", "ja"), ("tun", "dazu-angabe b.2"));
        await board.FillAsync(url, ("b.2.1.angabe", "beginn"), ("b.2.1.ist", "unknown"), ("tun", "dazu-angabe b.2"));
        var page = await board.FillAsync(url, ("b.2.2.angabe", "zeit"), ("b.2.2.ist", "equal"), ("b.2.2.wert", "spaet"), ("tun", "bleiben"));
        Condition expected = new Condition.All([
            new Condition.Fact("kinder", Comparison.AtLeast, new FactValue.Number(3)),
            new Condition.Not(new Condition.Outcome(new("a"), ["took-place"])),
            new Condition.Any([
                new Condition.Fact("auto", Comparison.Equal, new FactValue.YesNo(true)), new Condition.Fact("beginn", Comparison.Unknown),
                new Condition.Fact("zeit", Comparison.Equal, new FactValue.Code("spaet"))])]);
        Assert.Equal(Json(expected), Json(await SaidAsync(board)));
        Assert.Empty(page.Document.QuerySelectorAll(".draft-condition .kern-error"));
        Assert.Equal("select", page.Document.QuerySelector("[name='b.2.2.wert']")!.LocalName);

        await board.FillAsync(url, ("tun", "weg b.2"));
        await board.FillAsync(url, ("tun", "weg b.1"));
        var list = await board.FillAsync(url, ("b.0.ist", "equal"));
        Assert.Equal(Json(new Condition.Fact("kinder", Comparison.Equal, new FactValue.Number(3))), Json(await SaidAsync(board)));
        Assert.Contains("1. Wenn Kinder", list.Text, StringComparison.Ordinal);
        await board.FillAsync(url, ("b.wie", "eine"), ("tun", "weg b.0"));
        Assert.Empty(Assert.IsType<Condition.Any>(await SaidAsync(board)).Of);
    }

    [Fact]
    public async Task Only_steps_before_are_offered_and_what_is_wrong_stands_in_its_row()
    {
        var board = await OpenAsync();
        await board.SaveAsync(Conditions.Set(await board.DraftAsync(), new ConditionPlace(new("auswahl"), 0), new Condition.All([
            new Condition.Fact("kinder", Comparison.Equal, new FactValue.Number(99)),
            new Condition.Not(new Condition.Outcome(new("gone"), ["helped"])),
            new Condition.Any([])])));
        var page = (await board.Me.Open(board.Page + Url + "?zweig=0")).Is(HttpStatusCode.OK);
        var groups = page.Document.QuerySelectorAll(".draft-row").ToList();
        Assert.Equal(3, groups.Count);
        Assert.All(groups, g => Assert.Single(g.QuerySelectorAll(".draft-fault")));
        Assert.Equal(["a", "gone"], page.Document.QuerySelectorAll("[name='b.1.schritt'] option").Select(o => o.GetAttribute("value")));
    }

    [Fact]
    [Covers("POST /ketten/{kette}/entwurf/teile/{teil}/bedingung", PageCase.Refuses)]
    public async Task A_form_without_rows_or_for_no_condition_changes_nothing()
    {
        var board = await OpenAsync();
        var page = await board.Me.Open(board.Page + Url + "?zweig=0");
        (await board.Me.Send(page, board.Page + Url, ("b.art", null))).Is(HttpStatusCode.UnprocessableEntity);
        (await board.Me.Open(board.Page + Url + "?zweig=4")).Is(HttpStatusCode.NotFound);
        (await board.Me.Open(board.Page + Url)).Is(HttpStatusCode.NotFound);
        (await board.Me.Open(board.Page + "/teile/a/bedingung")).Is(HttpStatusCode.NotFound);
        Assert.Equal(Json(Frames.Unsaid), Json(await SaidAsync(board)));
    }

    private static string Json(Condition condition) => System.Text.Json.JsonSerializer.Serialize(condition, Referrals.Engine.History.EventCodec.Json);
}
