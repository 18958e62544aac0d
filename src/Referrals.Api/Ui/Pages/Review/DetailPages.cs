using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Pages.Review.Partners;
using Referrals.Api.Ui.Pages.Review.Steps;
using Referrals.Api.Ui.Pages.Review.Stuck;
using Referrals.Api.Ui.Pages.Review.Warnings;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>What lies behind the figures: what is stuck, one step, one partner, and what to look at now. The last two not for the steering group alone.</summary>
internal static class DetailPages
{
    /// <summary>Registers what these pages need.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddScoped<OwnRiskDesk>();
    }

    public static void Map(RouteGroupBuilder members)
    {
        var group = members.MapGroup("").RequireAuthorization(Policies.Steering);
        group.MapGet(Links.Stuck, ReviewPages.Show<StuckPage>);
        group.MapGet(Links.ReviewStep("{kette}", "{schritt}"), ShowStepAsync);
        members.MapGet(Links.ReviewPartner("{partner}"), ShowPartnerAsync);
        members.MapGet(Links.Warnings, ShowWarningsAsync).WithMetadata(new LooksAt(LookCodes.LikelyLate) { Purpose = LookPurposes.Evaluation });
    }

    private static async Task<IResult> ShowStepAsync(string kette, string schritt, ReviewDesk desk, CancellationToken ct)
    {
        if (await desk.OpenAsync(ct) is not { } sight)
        {
            return await ReviewPages.Preparing(desk, ct);
        }

        var chain = new ChainId(kette);
        return sight.Figures.StepDetail(sight.Filter with { Chain = chain }, chain, schritt) is { } detail
            ? Answer.With<StepPage>(new StepSight(sight, detail))
            : Answer.NotFound();
    }

    // An organisation sees itself, from the network's own history; of the others it learns nothing, not even whether they are there.
    private static async Task<IResult> ShowPartnerAsync(string partner, Visitor me, ReviewDesk desk, CancellationToken ct)
    {
        var steering = me.Has(NetworkRoles.Steering);
        var itself = me.Organisation.Value == partner && me.Has(Policies.Needed[Policies.OwnOrganisation]) && desk.Scope.Log.Length == 0;
        if (!steering && !itself)
        {
            return Answer.NotFound();
        }

        if (await desk.OpenAsync(ct) is not { } sight)
        {
            return await ReviewPages.Preparing(desk, ct);
        }

        var view = sight.Figures.PartnerView(sight.Filter, partner);
        return view is not null || itself || (Codes.IsCode(partner) && sight.Directory.Find(new OrganisationId(partner)) is not null)
            ? Answer.With<PartnerPage>(new PartnerSight(sight, partner, view, steering))
            : Answer.NotFound();
    }

    private static async Task<IResult> ShowWarningsAsync(Visitor me, ReviewDesk desk, OwnRiskDesk risks, CancellationToken ct)
    {
        var (steering, caseworker) = (me.Has(NetworkRoles.Steering), me.Has(NetworkRoles.Caseworker) && desk.Scope.Log.Length == 0);
        if (!steering && !caseworker)
        {
            return Answer.NotFound();
        }

        if (await desk.OpenAsync(ct) is not { } sight)
        {
            return await ReviewPages.Preparing(desk, ct);
        }

        return Answer.With<WarningsPage>(new WarningsModel(
            sight, steering ? sight.Figures.EarlyWarnings(sight.Filter) : null, caseworker ? await risks.FindAsync(me.Organisation, sight.Figures, ct) : null));
    }
}
