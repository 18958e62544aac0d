using System.Diagnostics;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Referrals;
using Referrals.Api.Security.Looks;

namespace Referrals.Api.Ui.Pages.Casework.Handover;

/// <summary>Makes a code with which a client is handed over, and shows the slip once.</summary>
internal static class HandoverPages
{
    /// <summary>Form field with the number of the referral; it stands in no address, which browsers print.</summary>
    public const string Number = "nr";

    /// <summary>Name of the act.</summary>
    public const string Issue = "uebergabecode";

    public static void Map(RouteGroupBuilder caseworkers) => caseworkers.MapPost(Links.HandoverSlip, IssueAsync).Looks(LookCodes.Referral);

    private static async Task<IResult> IssueAsync(
        HttpContext context, FormInput form, Visitor me, ReferralDesk desk, HandoverService handovers, NetworkNames names, Words words, CancellationToken ct)
    {
        context.Request.RouteValues[Number] = form[Number];
        if (await desk.FindAsync(me.Organisation, form[Number], ct) is not { Number: { } number } view || !Guid.TryParse(form[ReferralAct.Target], out var assignment))
        {
            return Answer.NotFound();
        }

        var made = await handovers.IssueAsync(me.Actor, view.State.Start.Referral, new AssignmentId(assignment), form.Version, ct);
        return made switch
        {
            { Outcome: ReferralOutcome.Done done, Code: { } code } => Slip(code, done.Referral.State.Offers[new AssignmentId(assignment)], await names.DirectoryAsync(ct), number),
            { Outcome: ReferralOutcome.Refused refused } => await desk.ChangedAsync(me, form[Number], Issue, form, words.Code("Referral.Refusal", refused.Refusal.Code), ct),
            { Outcome: ReferralOutcome.Stale } => await desk.ChangedAsync(me, form[Number], Issue, form, words["Referral.Stale"], ct),
            _ => throw new UnreachableException(),
        };
    }

    private static IResult Slip(Engine.Privacy.HandoverCode code, Offer offer, NetworkDirectory directory, CaseNumber number) => Answer.With<SlipPage>(new SlipModel(
        code, SecondFactor.Picture(code.ToString()), directory.NameOf(offer.Partner), directory.Find(offer.Partner)?.Profile.Municipality,
        Dates.LastDay(offer.Handover!.Until), number));
}
