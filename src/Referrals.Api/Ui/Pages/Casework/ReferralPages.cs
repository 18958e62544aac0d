using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A referral: where it stands, what happened, and everything that a caseworker does with it.</summary>
internal static class ReferralPages
{
    public static void Map(RouteGroupBuilder caseworkers)
    {
        var one = caseworkers.MapGroup("").Looks(LookCodes.Referral);
        one.MapGet(Links.Referrals + "/{nr}", ShowAsync);
        foreach (var act in ReferralAct.All)
        {
            one.MapPost(Links.Referrals + "/{nr}/" + act.Name, (string nr, Visitor me, FormInput form, ReferralDesk desk, CancellationToken ct) => desk.DoAsync(me, nr, act, form, ct));
        }
    }

    private static async Task<IResult> ShowAsync(string nr, Visitor me, ReferralDesk desk, CancellationToken ct) =>
        await desk.FindAsync(me.Organisation, nr, ct) is { } view ? Answer.With<ReferralPage>(await desk.ModelAsync(me, view, null, ct)) : Answer.NotFound();
}
