using System.Diagnostics;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Pages.Inbox;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Pages.Assignments.Handover;

/// <summary>Takes the codes that clients bring: at an assignment, or with nothing but the slip at the list.</summary>
internal static class HandoverEntries
{
    /// <summary>The field with the code.</summary>
    public const string Code = "code";

    private const string Act = "uebergabecode";
    private const string Done = "Assignment.Done.uebergabecode";

    public static void Map(RouteGroupBuilder members)
    {
        var partners = members.MapGroup("").RequireAuthorization(Policies.Partner).RequireRateLimiting(Limits.Handover);
        partners.MapPost(Links.AssignmentHandover("{nr}"), RedeemAsync).Looks(LookCodes.Assignment);
        partners.MapPost(Links.InboxHandover, FindAsync).Looks(LookCodes.Assignments);
    }

    private static async Task<IResult> RedeemAsync(
        string nr, FormInput form, Visitor me, AssignmentDesk desk, HandoverDesk handovers, Words words, CancellationToken ct)
    {
        if (await desk.FindAsync(me, nr, ct) is not { } model)
        {
            return Answer.NotFound();
        }

        if (HandoverCode.Read(form[Code]) is not { } code)
        {
            return Answer.Invalid<AssignmentPage>(model with { Act = Act, Form = form.Fault(Code, Mistyped(words)) });
        }

        switch (await handovers.RedeemAsync(me.Actor, model.State.Offer.Assignment, code, null, ct))
        {
            case AssignmentOutcome.Done:
                return Answer.Go(Links.Assignment(nr), Done);
            case AssignmentOutcome.Refused { Refusal: { Field: not null } refusal }:
                var now = await desk.FindAsync(me, nr, ct) ?? model;
                return Answer.Invalid<AssignmentPage>(now with { Act = Act, Form = form.Fault(Code, words.Code("Assignment.Refusal", refusal.Code)) });
            case AssignmentOutcome.Refused refused:
                return Answer.Changed<AssignmentPage>((await desk.AgainAsync(me, model, Act, form, words.Code("Assignment.Refusal", refused.Refusal.Code), ct))!);
            case AssignmentOutcome.Stale:
                return Answer.Changed<AssignmentPage>((await desk.AgainAsync(me, model, Act, form, null, ct))!);
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<IResult> FindAsync(
        FormInput form, Visitor me, InboxList list, AssignmentService assignments, HandoverDesk handovers, Words words, CancellationToken ct)
    {
        var outcome = HandoverCode.Read(form[Code]) is { } code ? await handovers.RedeemAnywhereAsync(me.Actor, code, ct) : new AssignmentOutcome.Refused(AssignmentRefusal.HandoverMistyped);
        switch (outcome)
        {
            case AssignmentOutcome.Done done:
                var number = await assignments.NumberAsync(me.Organisation, done.Assignment.State.Offer.Assignment, ct);
                return Answer.Go(Links.Assignment(number!.Value), Done);
            case AssignmentOutcome.Refused refused:
                return await AgainAsync(words.Code("Assignment.Refusal", refused.Refusal.Code));
            case AssignmentOutcome.Stale:
                return await AgainAsync(words["Handover.Busy"]);
            default:
                throw new UnreachableException();
        }

        async Task<IResult> AgainAsync(string why) =>
            Answer.Invalid<InboxPage>(await list.ShowAsync(me, InboxFilter.Of(Links.Inbox), form.Fault(Code, why), ct) with { Typed = form[Code] });
    }

    private static string Mistyped(Words words) => words.Code("Assignment.Refusal", AssignmentRefusal.HandoverMistyped.Code);
}
