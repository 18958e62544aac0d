using System.Diagnostics;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.StartReferral;

/// <summary>The guided start of a referral: one topic a page, kept as a draft on every page.</summary>
internal static class StartPages
{
    private const string Missing = "fehlt";

    public static void Map(RouteGroupBuilder caseworkers)
    {
        caseworkers.MapGet(Links.StartReferral, () => Answer.Go(Links.StartPage(StartStep.Chain.Name)));
        caseworkers.MapGet(Links.StartReferral + "/{schritt}", ShowAsync);
        caseworkers.MapPost(Links.StartReferral + "/{schritt}", SaveAsync);
        caseworkers.MapPost(Links.RemoveDraft, RemoveAsync);
    }

    private static async Task<IResult> ShowAsync(string schritt, HttpContext context, Visitor me, StartDesk desk, CancellationToken ct)
    {
        if (StartStep.Find(schritt) is not { } step)
        {
            return Answer.NotFound();
        }

        var asked = Guid.TryParse(context.Request.Query[StartFields.Draft], out var id);
        var draft = asked ? await desk.FindAsync(me.Actor, id, ct) : null;
        if (draft is null && asked)
        {
            return await desk.SentAsync(me.Organisation, id, ct) ?? Answer.NotFound();
        }

        if (await desk.FirstIncompleteAsync(draft, step, ct) is { } first)
        {
            return Answer.Go(Links.With(Links.StartPage(first.Name, draft?.Id), (Missing, "ja")));
        }

        var form = draft is null ? new FormInput() : StartForm.FieldsOf(draft);
        return Answer.With<StartPage>(await desk.ModelAsync(me, step, draft, form, context.Request.Query.ContainsKey(Missing), ct));
    }

    private static async Task<IResult> SaveAsync(string schritt, Visitor me, FormInput form, StartDesk desk, CancellationToken ct)
    {
        if (StartStep.Find(schritt) is not { } step || !Guid.TryParse(form[StartFields.Draft], out var id) || id == Guid.Empty)
        {
            return Answer.NotFound();
        }

        var draft = await desk.FindAsync(me.Actor, id, ct);
        if (draft is null && (step != StartStep.Chain || await desk.SentAsync(me.Organisation, id, ct) is not null))
        {
            return await desk.SentAsync(me.Organisation, id, ct) ?? Answer.NotFound();
        }

        if (step == StartStep.Check)
        {
            return await SendAsync(me, draft!, form, desk, ct);
        }

        var keep = form[StartFields.Do] == StartFields.Keep;
        var (merged, isRight) = await desk.CheckAsync(step, draft, form, keep, ct);
        if (!isRight)
        {
            return Answer.Invalid<StartPage>(await desk.ModelAsync(me, step, draft, merged, comesFirst: false, ct, id));
        }

        await desk.KeepAsync(me.Actor, id, merged, ct);
        return keep ? Answer.Go(Links.Home, "Start.DraftKept") : Answer.Go(Links.StartPage(step.Next.Name, id));
    }

    private static async Task<IResult> SendAsync(Visitor me, Draft draft, FormInput form, StartDesk desk, CancellationToken ct)
    {
        if (form[StartFields.Do] == StartFields.Keep)
        {
            return Answer.Go(Links.Home, "Start.DraftKept");
        }

        if (await desk.FirstIncompleteAsync(draft, StartStep.Check, ct) is { } first)
        {
            return Answer.Go(Links.With(Links.StartPage(first.Name, draft.Id), (Missing, "ja")));
        }

        switch (await desk.StartAsync(me.Actor, draft, ct))
        {
            case ReferralOutcome.Done:
                await desk.RemoveAsync(me.Actor, draft.Id, ct);
                return await desk.SentAsync(me.Organisation, draft.Id, ct, "Start.Sent") ?? throw new UnreachableException();
            case ReferralOutcome.Refused { Refusal: var refusal } when refusal == ReferralRefusal.AlreadyStarted:
                return await desk.SentAsync(me.Organisation, draft.Id, ct) ?? throw new UnreachableException();
            case ReferralOutcome.Refused { Refusal: var refusal }:
                var shown = StartForm.FieldsOf(draft);
                desk.Say(shown, refusal);
                return Answer.Invalid<StartPage>(await desk.ModelAsync(me, StartStep.Check, draft, shown, comesFirst: false, ct));
            default:
                return Answer.Changed<StartPage>(await desk.ModelAsync(me, StartStep.Check, draft, StartForm.FieldsOf(draft), comesFirst: false, ct));
        }
    }

    private static async Task<IResult> RemoveAsync(Visitor me, FormInput form, StartDesk desk, CancellationToken ct) =>
        Guid.TryParse(form[StartFields.Draft], out var id) && await desk.RemoveAsync(me.Actor, id, ct) ? Answer.Go(Links.Home, "Start.DraftRemoved") : Answer.NotFound();
}
