using Referrals.Api.Security.Looks;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Ui.Pages.Overview;

/// <summary>The start page.</summary>
internal static class OverviewPages
{
    /// <summary>The query that shows everything of the organisation.</summary>
    public const string Whose = "wessen";

    /// <summary>Everybody's.</summary>
    public const string Everybodys = "alle";

    public static void Map(RouteGroupBuilder members) => members.MapGet(Links.Home, ShowAsync).Looks(LookCodes.Overview, Whose);

    private static async Task<IResult> ShowAsync(HttpContext context, Visitor me, OverviewDesk desk, CancellationToken ct) =>
        Answer.With<OverviewPage>(await desk.ModelAsync(me, context.Request.Query[Whose] != Everybodys, ct));
}
