using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;
using Referrals.Engine.History;
using Referrals.Engine.Network;

namespace Referrals.Api.Tests.Pages.Chains;

/// <summary>An organisation that coordinates a chain of its own, and somebody of it who draws.</summary>
public sealed class DrawingBoard
{
    private readonly ApiHost _api;

    private DrawingBoard(ApiHost api, OrganisationId own, PageClient me) => (_api, Own, Me, Chain) = (api, own, me, new ChainId($"chain-{own}"));

    public OrganisationId Own { get; }

    public PageClient Me { get; }

    public ChainId Chain { get; }

    /// <summary>The page of the draft.</summary>
    public string Page => $"/ketten/{Chain}/entwurf";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ChainService Chains => _api.Services.GetRequiredService<ChainService>();

    /// <summary>A board with a draft of these steps, one after the other.</summary>
    public static async Task<DrawingBoard> OpenAsync(ApiHost api, params IEnumerable<string> steps)
    {
        var own = api.Organisation("drawing");
        var board = new DrawingBoard(api, own, await api.SignedInAsync(own, NetworkRoles.Coordinator));
        await board.SaveAsync(steps.Aggregate(
            Contents.Blank(board.Chain, new LocalText("Gezeichnete Kette", "Drawn chain"), "BB", own),
            (chain, title) => Blocks.AddStep(chain, Step(title, own), new DrawPlace.AtEnd()).Chain));
        return board;
    }

    /// <summary>A step to which nothing is missing.</summary>
    public static ChainNode.Step Step(string title, OrganisationId partner) =>
        Contents.NewStep(new LocalText(title), "childcare") with { Partners = [partner], Outcomes = ["helped", "client-not-reached"] };

    /// <summary>What is drawn now.</summary>
    public async Task<ChainVersion> DraftAsync() => (await Chains.FindAsync(Chain, Ct))!.Value.Chain.Draft!;

    /// <summary>Somebody of the organisation saves another draft elsewhere.</summary>
    public async Task SaveAsync(ChainVersion draft, string by = "kim") =>
        Assert.IsType<ChainOutcome.Done>(await Chains.DoAsync(new Actor(by, Own), Chain, new ChainCommand.SaveDraft(Own, draft), null, Ct));

    /// <summary>The coordinator proposes the draft, and the only partner agrees.</summary>
    public async Task PutInForceAsync()
    {
        var draft = await DraftAsync();
        foreach (var command in (ChainCommand[])[new ChainCommand.Propose(Own, draft), new ChainCommand.Agree(Own, draft.Version)])
        {
            Assert.IsType<ChainOutcome.Done>(await Chains.DoAsync(new Actor("kim", Own), Chain, command, null, Ct));
        }
    }

    /// <summary>Presses a button of the list of blocks; gives the page that follows.</summary>
    public async Task<PageAnswer> PressAsync(string act)
    {
        var page = (await Me.Open(Page)).Is(HttpStatusCode.OK);
        Assert.NotNull(page.Document.QuerySelector($"button[name='tun'][value='{act}']"));
        return (await Me.Follow((await Me.Send(page, Page, ("tun", act))).Is(HttpStatusCode.SeeOther))).Is(HttpStatusCode.OK);
    }

    /// <summary>Opens a form, sends it and gives the page that follows.</summary>
    public async Task<PageAnswer> FillAsync(string url, params (string Name, string? Value)[] values)
    {
        var page = (await Me.Open(url)).Is(HttpStatusCode.OK);
        return (await Me.Follow((await Me.Send(page, url.Split('?')[0], values)).Is(HttpStatusCode.SeeOther))).Is(HttpStatusCode.OK);
    }

    /// <summary>The steps and parts in the order drawn.</summary>
    public async Task<string> DrawnAsync() => string.Join(' ', (await DraftAsync()).Nodes().Skip(1).Select(n => n.Id.Value));
}
