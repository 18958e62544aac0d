using System.Diagnostics;
using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Pages.Chains.Agreeing;

/// <summary>What organisations say of a version.</summary>
internal static class VersionActs
{
    public static void Map(RouteGroupBuilder partners)
    {
        partners.MapPost(Links.ChainAgree(AgreementPages.Code, AgreementPages.Number), AgreeAsync);
        partners.MapPost(Links.ChainObject(AgreementPages.Code, AgreementPages.Number), ObjectAsync);
        partners.MapPost(Links.ChainWithdraw(AgreementPages.Code, AgreementPages.Number), WithdrawAsync);
        partners.MapGroup("").RequireAuthorization(Policies.Coordinator).MapPost(Links.ChainRetire(AgreementPages.Code, AgreementPages.Number), RetireAsync);
    }

    private static async Task<IResult> AgreeAsync(string kette, string nummer, FormInput form, ChainDesk desk, ChainService chains, Visitor me, Words w, CancellationToken ct) =>
        await desk.FindAsync(kette, nummer, ct) is var (sight, version)
            ? await DoAsync(new VersionModel(sight, version, form, []), v => new ChainCommand.Agree(me.Organisation, v), "Chain.Agreed", chains, me, w, ct)
            : Answer.NotFound();

    private static async Task<IResult> RetireAsync(string kette, string nummer, FormInput form, ChainDesk desk, ChainService chains, Visitor me, Words w, CancellationToken ct) =>
        await desk.FindAsync(kette, nummer, ct) is var (sight, version)
            ? await DoAsync(new VersionModel(sight, version, form, []), v => new ChainCommand.Retire(me.Organisation, v), version.WasAgreed ? "Chain.RetiredDone" : "Chain.TakenBackDone", chains, me, w, ct)
            : Answer.NotFound();

    private static Task<IResult> ObjectAsync(string kette, string nummer, FormInput form, ChainDesk desk, ChainService chains, Visitor me, Words w, CancellationToken ct) =>
        WithReasonAsync(
            kette, nummer, VersionModel.Objection, "Chain.ObjectedDone", (v, reason) => new ChainCommand.RaiseObjection(me.Organisation, v, reason), form, desk, chains, me, w, ct);

    private static Task<IResult> WithdrawAsync(string kette, string nummer, FormInput form, ChainDesk desk, ChainService chains, Visitor me, Words w, CancellationToken ct) =>
        WithReasonAsync(
            kette, nummer, VersionModel.Withdrawal, "Chain.WithdrewDone", (v, reason) => new ChainCommand.Withdraw(me.Organisation, v, reason), form, desk, chains, me, w, ct);

    private static async Task<IResult> WithReasonAsync(
        string code, string number, string field, string done, Func<int, Note, ChainCommand> command, FormInput form, ChainDesk desk, ChainService chains, Visitor me, Words w,
        CancellationToken ct)
    {
        if (await desk.FindAsync(code, number, ct) is not var (sight, version))
        {
            return Answer.NotFound();
        }

        var (note, hits, fault) = NoteInput.Read(form[field], w);
        var model = new VersionModel(sight, version, form, hits);
        if (note is null)
        {
            form.Fault(field, fault ?? w["Chain.ReasonMissing"]);
            return Answer.Invalid<VersionPage>(model);
        }

        return await DoAsync(model, v => command(v, note), done, chains, me, w, ct);
    }

    // A version never changes once it was proposed, so that whoever agrees agrees to what was on the page.
    private static async Task<IResult> DoAsync(
        VersionModel model, Func<int, ChainCommand> command, string done, ChainService chains, Visitor me, Words w, CancellationToken ct)
    {
        switch (await chains.DoAsync(me.Actor, model.Sight.Chain.Id, command(model.Number), null, ct))
        {
            case ChainOutcome.Done:
                return Answer.Go(Links.ChainVersion(model.Sight.Id, model.Number), done);
            case ChainOutcome.Refused refused:
                model.Form.Fault("", w.Find($"Chain.Refusal.{refused.Refusal.Code}") ?? w["Chain.Refusal.other"]);
                return Answer.Changed<VersionPage>(model);
            case ChainOutcome.Stale:
                model.Form.Fault("", w["Chain.Refusal.other"]);
                return Answer.Changed<VersionPage>(model);
            default:
                throw new UnreachableException();
        }
    }
}
