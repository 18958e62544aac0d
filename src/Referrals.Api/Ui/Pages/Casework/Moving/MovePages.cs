using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Referrals;
using Referrals.Engine.Referrals.Moving;

namespace Referrals.Api.Ui.Pages.Casework.Moving;

/// <summary>Running referrals go on on the version of their chain that is in force: first what that would change, then the move.</summary>
internal static class MovePages
{
    /// <summary>Numbers of the referrals to move.</summary>
    public const string These = "ueberleitung";

    /// <summary>Number of the version that was looked at.</summary>
    public const string Target = "ziel";

    public static void Map(RouteGroupBuilder caseworkers)
    {
        caseworkers.MapGet(Links.Referrals + "/{nr}/fassung", ShowAsync).Looks(LookCodes.ReferralMove);
        caseworkers.MapPost(Links.Referrals + "/{nr}/fassung", MoveAsync).Looks(LookCodes.ReferralMove);
        caseworkers.MapGet(Links.Chains + "/{id}/umstellen", ShowAllAsync).Looks(LookCodes.Moves);
        caseworkers.MapPost(Links.Chains + "/{id}/umstellen", MoveAllAsync).WithRequestTimeout(TimeSpan.FromMinutes(2)).Looks(LookCodes.Moves);
    }

    private static async Task<IResult> ShowAsync(string nr, Visitor me, ReferralDesk desk, MoveDesk moves, CancellationToken ct) =>
        await desk.FindAsync(me.Organisation, nr, ct) is not { } view ? Answer.NotFound()
        : await moves.OneAsync(view, FormInput.Of(), ct) is { } model ? Answer.With<MovePage>(model)
        : Answer.Go(Links.Referral(view.Number!.Value));

    private static async Task<IResult> MoveAsync(string nr, Visitor me, FormInput form, ReferralDesk desk, MoveDesk moves, ReferralService referrals, Words words, CancellationToken ct)
    {
        if (await desk.FindAsync(me.Organisation, nr, ct) is not { } view)
        {
            return Answer.NotFound();
        }

        switch (await referrals.MoveAsync(me.Actor, view.State.Start.Referral, To(form), form.Version ?? view.Version, ct))
        {
            case ReferralOutcome.Done { Referral.Chain.Version: var version }:
                return Answer.Go(Links.Referral(view.Number!.Value), "Move.Done", version.ToString(CultureInfo.InvariantCulture));
            case ReferralOutcome.Refused { Refusal.Code: var code }:
                form.Fault("", words.Code("Referral.Refusal", code));
                break;
            default:
                form.Fault("", words["Referral.Stale"]);
                break;
        }

        return await moves.OneAsync((await desk.FindAsync(me.Organisation, nr, ct))!, form, ct) is { } model
            ? Answer.Changed<MovePage>(model)
            : Answer.Go(Links.Referral(view.Number!.Value));
    }

    private static async Task<IResult> ShowAllAsync(string id, Visitor me, MoveDesk moves, CancellationToken ct) =>
        await moves.AllAsync(me.Organisation, id, FormInput.Of(), ct) is { } model ? Answer.With<MoveAllPage>(model) : Answer.NotFound();

    private static async Task<IResult> MoveAllAsync(string id, Visitor me, FormInput form, MoveDesk moves, MoveService service, Words words, CancellationToken ct)
    {
        if (await moves.AllAsync(me.Organisation, id, form, ct) is not { } model)
        {
            return Answer.NotFound();
        }

        var named = form.All(These).ToHashSet();
        var these = model.Rows.Where(r => named.Contains(r.Number.ToString())).Select(r => r.Id).ToList();
        if (these.Count == 0)
        {
            form.Fault(These, words["Move.NoneChosen"]);
            return Answer.Invalid<MoveAllPage>(model);
        }

        if (To(form) is { } to && to != model.Target.Version)
        {
            form.Fault("", words.Code("Referral.Refusal", ReferralRefusal.MoveTargetChanged.Code));
            return Answer.Changed<MoveAllPage>(model);
        }

        var moved = await service.MoveAsync(me.Actor, model.Target.Id, model.Target.Version, these, ct);
        return Answer.Go(
            Links.MoveAll(model.Target.Id), moved.Refused.Count == 0 ? "Move.AllDone" : "Move.SomeDone",
            moved.Done.Count.ToString(CultureInfo.InvariantCulture), moved.Refused.Count.ToString(CultureInfo.InvariantCulture), model.Target.Version.ToString(CultureInfo.InvariantCulture));
    }

    private static int? To(FormInput form) => int.TryParse(form[Target], NumberStyles.None, CultureInfo.InvariantCulture, out var to) ? to : null;
}

/// <summary>Gathers what the pages about moving show.</summary>
internal sealed class MoveDesk(MoveService moves, IChainCatalog chains, NetworkNames names)
{
    /// <summary>One referral; null when it has ended or runs on the version in force.</summary>
    public async Task<MoveModel?> OneAsync(ReferralView view, FormInput form, CancellationToken ct) =>
        await names.DirectoryAsync(ct) is var directory
        && await moves.FindAsync(view.State.Start.Holder, view.State.Start.Referral, directory.ChainNames(), ct) is { } preview
            ? new MoveModel(Row(preview, directory), preview.Referral.Chain, preview.Target, preview.Referral.Version, form)
            : null;

    /// <summary>All of an organisation on a chain; null when no version of it is in force.</summary>
    public async Task<MoveAllModel?> AllAsync(OrganisationId holder, string id, FormInput form, CancellationToken ct)
    {
        if (!Engine.Codes.IsCode(id) || await chains.InForceAsync(new ChainId(id), ct) is not { } target)
        {
            return null;
        }

        var directory = await names.DirectoryAsync(ct);
        var found = await moves.ListAsync(holder, target.Version.Id, directory.ChainNames(), ct);
        return new MoveAllModel(target.Version, [.. found.Items.Select(p => Row(p, directory))], found.More, form);
    }

    private static MoveRow Row(MovePreview preview, NetworkDirectory directory) => new(
        preview.Referral.State.Start.Referral,
        preview.Referral.Number ?? throw new UnreachableException(),
        preview.Referral.State.Start.CaseReference,
        preview.Referral.Chain.Version,
        preview.Move.Fits,
        [.. preview.Move.Fits
            ? preview.Move.Changes.Select(c => c.Partner is { } partner ? $"{Words.Of(c.Message)} ({directory.NameOf(partner)})" : Words.Of(c.Message))
            : preview.Move.Obstacles.Select(o => Words.Of(o.Message))]);
}

/// <summary>A referral that could be moved.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Number">Its number.</param>
/// <param name="CaseReference">The organisation's own reference.</param>
/// <param name="From">Number of the version that it runs on.</param>
/// <param name="Fits">Whether it can be moved.</param>
/// <param name="Sentences">What would change, or why it can't be.</param>
public sealed record MoveRow(ReferralId Id, CaseNumber Number, string CaseReference, int From, bool Fits, IReadOnlyList<string> Sentences);

/// <summary>What the page about moving one referral shows.</summary>
/// <param name="Row">The referral.</param>
/// <param name="From">The version that it runs on.</param>
/// <param name="Target">The version in force.</param>
/// <param name="Version">Version of the stream.</param>
/// <param name="Form">What was tried.</param>
public sealed record MoveModel(MoveRow Row, ChainVersion From, ChainVersion Target, long Version, FormInput Form);

/// <summary>What the page about moving all referrals on a chain shows.</summary>
/// <param name="Target">The version in force.</param>
/// <param name="Rows">Running referrals on other versions.</param>
/// <param name="More">Whether there are others that were not looked at.</param>
/// <param name="Form">What was chosen.</param>
public sealed record MoveAllModel(ChainVersion Target, IReadOnlyList<MoveRow> Rows, bool More, FormInput Form) : ILists
{
    int? ILists.Listed => Rows.Count;
}
