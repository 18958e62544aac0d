using System.Diagnostics;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Chains.Drawing;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Chains.Agreeing;

/// <summary>Laying a draft before its partners.</summary>
internal static class ProposalPages
{
    public static void Map(RouteGroupBuilder coordinators)
    {
        coordinators.MapGet(Links.ChainProposal(AgreementPages.Code), ShowAsync);
        coordinators.MapPost(Links.ChainProposal(AgreementPages.Code), ProposeAsync);
    }

    private static async Task<IResult> ShowAsync(string kette, ChainDesk desk, ChainService chains, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { Draws: true } sight ? Answer.With<ProposalPage>(await ModelAsync(sight, new FormInput(), chains, ct)) : Answer.NotFound();

    private static async Task<IResult> ProposeAsync(string kette, FormInput form, ChainDesk desk, ChainService chains, Visitor me, Words w, CancellationToken ct)
    {
        if (await desk.FindAsync(kette, ct) is not { Draws: true } sight)
        {
            return Answer.NotFound();
        }

        var model = await ModelAsync(sight, form, chains, ct);
        if (model.Draft is not { } draft)
        {
            return Answer.Changed<ProposalPage>(model);
        }

        var from = form[ProposalModel.From].Length == 0 ? null : TypedDay.Day(form[ProposalModel.From]);
        if (form[ProposalModel.From].Length > 0 && from is null)
        {
            form.Fault(ProposalModel.From, w["Chain.DayFault"]);
            return Answer.Invalid<ProposalPage>(model);
        }

        // The draft that the person saw is proposed, or none.
        switch (await chains.DoAsync(me.Actor, sight.Chain.Id, new ChainCommand.Propose(me.Organisation, draft, from), form.Version, ct))
        {
            case ChainOutcome.Done:
                return Answer.Go(Links.ChainVersion(sight.Id, draft.Version), "Chain.ProposedDone");
            case ChainOutcome.Refused { Refusal: var refusal } when refusal.Code == ChainRefusal.DayPast.Code:
                form.Fault(ProposalModel.From, w["Chain.Refusal.chain-from-past"]);
                return Answer.Invalid<ProposalPage>(model);
            case ChainOutcome.Refused { Refusal: var refusal }:
                form.Fault("", w.Find($"Chain.Refusal.{refusal.Code}") ?? w["Chain.Refusal.other"]);
                return Answer.Invalid<ProposalPage>(model);
            case ChainOutcome.Stale:
                form.Fault("", w["Chain.DraftChanged"]);
                return Answer.Changed<ProposalPage>(model);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<ProposalModel> ModelAsync(ChainSight sight, FormInput form, ChainService chains, CancellationToken ct) =>
        new(sight, sight.Draft, sight.Draft is { } draft ? FaultPlaces.Of(draft, await chains.CheckAsync(draft, sight.Directory.ChainNames(), ct)) : [], form);
}
