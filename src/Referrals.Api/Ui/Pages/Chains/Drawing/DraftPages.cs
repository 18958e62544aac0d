using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts.Picture;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>Draws a chain: the list of its blocks with everything that can be done there.</summary>
internal static class DraftPages
{
    /// <summary>Begins the draft from the version in force.</summary>
    public const string Begin = "beginnen";

    /// <summary>Registers what the pages of drafts need.</summary>
    public static void Add(IServiceCollection services) => services.AddScoped<DraftDesk>();

    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder members)
    {
        var group = members.MapGroup("").RequireAuthorization(Policies.Coordinator);
        group.MapGet(Links.Draft("{kette}"), ShowAsync);
        group.MapPost(Links.Draft("{kette}"), ActAsync);
        group.MapGet(Links.DraftFile("{kette}"), DownloadAsync);
        group.MapGet(Links.DiscardDraft("{kette}"), AskDiscardAsync);
        group.MapPost(Links.DiscardDraft("{kette}"), DiscardAsync);
        NewChainPages.Map(group);
        StepPages.Map(group);
        BlockPages.Map(group);
        ConditionPages.Map(group);
        ContentPages.Map(group);
    }

    /// <summary>The picture of a draft, whose boxes lead to the steps.</summary>
    public static PictureModel Picture(DraftSight sight, Words words) => PictureBuilder.Build(new PictureSource(sight.Draft, words, sight.Directory.NameOf)
    {
        Href = place => Links.DraftStep(sight.Id, place.Node.Value),
    });

    private static async Task<IResult> ShowAsync(string kette, string? block, string? taste, DraftDesk desk, Words words, CancellationToken ct)
    {
        if (await desk.FindAsync(kette, ct) is { } sight)
        {
            return Answer.With<DraftPage>(new DraftModel(sight, Picture(sight, words), words, block, taste));
        }

        return await desk.ChainAsync(kette, ct) is ({ InForce: not null } or { Latest: not null }, _) and var (chain, _) ? Answer.With<NoDraftPage>(chain) : Answer.NotFound();
    }

    private static async Task<IResult> ActAsync(string kette, FormInput form, Visitor me, DraftDesk desk, Words words, CancellationToken ct)
    {
        if (await desk.ChainAsync(kette, ct) is not var (chain, _))
        {
            return Answer.NotFound();
        }

        var (act, seen) = (form[DraftActs.Act], form[DraftDesk.Stand]);
        switch (act)
        {
            case DraftActs.Undo:
                return await desk.DoAsync(chain.Id, new ChainCommand.UndoDraft(me.Organisation, seen), form, () => Answer.Go(Links.Draft(kette, "", DraftActs.Undo), "Designer.Undone"), ct);
            case DraftActs.Redo:
                return await desk.DoAsync(chain.Id, new ChainCommand.RedoDraft(me.Organisation, seen), form, () => Answer.Go(Links.Draft(kette, "", DraftActs.Redo), "Designer.Redone"), ct);
            case Begin when (chain.InForce ?? chain.Latest) is { } from:
                return await desk.DoAsync(
                    chain.Id, new ChainCommand.SaveDraft(me.Organisation, NormalForm.Of(from.Definition), DraftTrail.NoDraft), form, () => Answer.Go(Links.Draft(kette), "Designer.Begun"), ct);
            default:
                DraftActs.Outcome? outcome = null;
                return await desk.ChangeAsync(
                    kette, form, sight => (outcome = DraftActs.Do(sight.Draft, act, words))?.Chain,
                    () => Answer.Go(Links.Draft(kette, outcome!.Block, outcome.Key), $"Designer.Done.{act.Split(' ')[0]}"),
                    sight => Answer.With<DraftPage>(new DraftModel(sight, Picture(sight, words), words, null, null) { Fault = words["Designer.NoSuchBlock"] }, StatusCodes.Status422UnprocessableEntity), ct);
        }
    }

    private static async Task<IResult> DownloadAsync(string kette, string? format, DraftDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { Chain.Draft: { } draft } ? ChainFile.Of(draft, format) : Answer.NotFound();

    private static async Task<IResult> AskDiscardAsync(string kette, DraftDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight ? Answer.With<DiscardPage>(sight) : Answer.NotFound();

    private static async Task<IResult> DiscardAsync(string kette, FormInput form, Visitor me, DraftDesk desk, CancellationToken ct)
    {
        if (await desk.ChainAsync(kette, ct) is not var (chain, _))
        {
            return Answer.NotFound();
        }

        var next = chain.Versions.IsEmpty ? Links.NewChain : Links.Draft(kette);
        return await desk.DoAsync(chain.Id, new ChainCommand.DiscardDraft(me.Organisation, form[DraftDesk.Stand]), form, () => Answer.Go(next, "Designer.Discarded"), ct);
    }
}
