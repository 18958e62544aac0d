using Referrals.Api.Ui.Forms;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A referral: where it stands, what happened, and everything that a caseworker does with it.</summary>
internal static class ReferralPages
{
    public static void Map(RouteGroupBuilder caseworkers)
    {
        caseworkers.MapGet(Links.Referrals + "/{nr}", ShowAsync);
        foreach (var act in ReferralAct.All)
        {
            caseworkers.MapPost(Links.Referrals + "/{nr}/" + act.Name, (string nr, Visitor me, FormInput form, ReferralDesk desk, CancellationToken ct) => desk.DoAsync(me, nr, act, form, ct));
        }
    }

    private static async Task<IResult> ShowAsync(string nr, Visitor me, ReferralDesk desk, CancellationToken ct) =>
        await desk.FindAsync(me.Organisation, nr, ct) is { } view ? Answer.With<ReferralPage>(await desk.ModelAsync(me, view, null, ct)) : Answer.NotFound();
}
