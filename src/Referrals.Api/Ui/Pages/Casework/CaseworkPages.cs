using Referrals.Api.Security;
using Referrals.Api.Ui.Pages.Casework.ClientRights;
using Referrals.Api.Ui.Pages.Casework.Moving;
using Referrals.Api.Ui.Pages.Overview;
using Referrals.Api.Ui.Pages.StartReferral;
using Referrals.Engine.Review.Logs;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>The pages of a caseworker's day.</summary>
internal static class CaseworkPages
{
    /// <summary>Registers what they need.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Colleagues>();
        services.AddSingleton<SavedViews>();
        services.AddSingleton<ReferralLines>();
        services.AddSingleton<ReferralList>();
        services.AddSingleton<ListDesk>();
        services.AddSingleton<ReferralDesk>();
        services.AddSingleton<MoveDesk>();
        services.AddSingleton<DraftStore>();
        services.AddSingleton<StartDesk>();
        services.AddSingleton<RecentlyEnded>();
        services.AddSingleton<OverviewDesk>();
        services.AddSingleton<OwnHistory>();
        services.AddSingleton<OwnHistoryExports>();
    }

    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder members)
    {
        OverviewPages.Map(members);
        var caseworkers = members.MapGroup("").RequireAuthorization(Policies.Caseworker);
        ReferralListPages.Map(caseworkers);
        OwnHistoryPages.Map(caseworkers);
        StartPages.Map(caseworkers);
        Handover.HandoverPages.Map(caseworkers);
        Cards.CardPages.Map(caseworkers);
        ReferralPages.Map(caseworkers);
        MovePages.Map(caseworkers);
        ErasePages.Map(caseworkers);
        InformationPages.Map(caseworkers);
    }
}
