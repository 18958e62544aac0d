using System.Diagnostics;
using Referrals.Api.Answers;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>Gathers what the page of a referral shows, and does what its forms ask.</summary>
internal sealed class ReferralDesk(ReferralService referrals, IChainCatalog chains, NetworkNames names, Colleagues colleagues, Words words, TimeProvider time)
{
    /// <summary>The referral of this number; null when the organisation has none.</summary>
    public async Task<ReferralView?> FindAsync(OrganisationId holder, string number, CancellationToken ct) =>
        CaseNumber.TryParse(number, out var read) && await referrals.FindByNumberAsync(holder, read, ct) is { } id
            ? await referrals.FindAsync(holder, id, ct)
            : null;

    /// <summary>What the page shows.</summary>
    public async Task<ReferralModel> ModelAsync(Visitor me, ReferralView view, Attempt? tried, CancellationToken ct)
    {
        var history = referrals.HistoryAsync(me.Organisation, view.State.Start.Referral, ct);
        var directory = await names.DirectoryAsync(ct);
        var people = await colleagues.OfAsync(me.Organisation, ct);
        return new ReferralModel(
            view, view.Number ?? throw new UnreachableException(), await history, directory,
            people.ToDictionary(m => m.Person.Login, m => m.Person.Name, StringComparer.Ordinal),
            [.. people.Where(m => m.Roles.Contains(NetworkRoles.Caseworker)).Select(m => new Choice(m.Person.Login, m.Person.Name))],
            time.GetUtcNow())
        {
            Tried = tried,
            Newer = view.State.Ended is null && await chains.InForceAsync(view.Chain.Id, ct) is { } inForce && inForce.ContentHash != view.State.Pin.ContentHash
                ? inForce.Version.Version
                : null,
        };
    }

    /// <summary>Does what a form asks, and says what became of it.</summary>
    public async Task<IResult> DoAsync(Visitor me, string number, ReferralAct act, FormInput form, CancellationToken ct)
    {
        if (await FindAsync(me.Organisation, number, ct) is not { } view)
        {
            return Answer.NotFound();
        }

        var logins = act == ReferralAct.HandOver ? (await colleagues.OfAsync(me.Organisation, ct)).Where(m => m.Roles.Contains(NetworkRoles.Caseworker)).Select(m => m.Person.Login).ToList() : [];
        var input = new ActInput(form, view, logins, words, WorkingCalendar.LocalDay(time.GetUtcNow()));
        if (act.Read(input) is not { } command)
        {
            return Answer.Invalid<ReferralPage>(await ModelAsync(me, view, new Attempt(act.Name, form, input.Hits), ct));
        }

        var outcome = await referrals.DoAsync(me.Actor, view.State.Start.Referral, command, act.MindsVersion ? form.Version ?? view.Version : null, ct);
        return outcome switch
        {
            ReferralOutcome.Done => Answer.Go(Links.Referral(view.Number!.Value), $"Referral.Done.{act.Name}"),
            ReferralOutcome.Refused { Refusal.Code: "referral-not-found" } => Answer.NotFound(),
            ReferralOutcome.Refused { Refusal: var refusal } => await RefusedAsync(me, number, act, form, refusal, ct),
            ReferralOutcome.Stale => await ChangedAsync(me, number, act.Name, form, words["Referral.Stale"], ct),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<IResult> RefusedAsync(Visitor me, string number, ReferralAct act, FormInput form, ReferralRefusal refusal, CancellationToken ct)
    {
        if (EngineErrors.Of(refusal.Code, refusal.Message).Status == StatusCodes.Status409Conflict)
        {
            return await ChangedAsync(me, number, act.Name, form, words.Code("Referral.Refusal", refusal.Code), ct);
        }

        foreach (var fault in refusal.Faults.Count > 0 ? refusal.Faults : [refusal])
        {
            form.Fault("", words.Code("Referral.Refusal", fault.Code));
        }

        return Answer.Invalid<ReferralPage>(await ModelAsync(me, (await FindAsync(me.Organisation, number, ct))!, new Attempt(act.Name, form, []), ct));
    }

    /// <summary>The page as it is now, because an act doesn't fit any more.</summary>
    public async Task<IResult> ChangedAsync(Visitor me, string number, string act, FormInput form, string why, CancellationToken ct)
    {
        var model = await ModelAsync(me, (await FindAsync(me.Organisation, number, ct))!, null, ct);
        var seen = form.Version ?? model.View.Version;
        return Answer.Changed<ReferralPage>(model with { Tried = new Attempt(act, form, [], why, [.. model.History.Where(e => e.Version > seen)]) });
    }
}
