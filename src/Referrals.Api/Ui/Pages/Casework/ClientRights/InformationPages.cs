using Referrals.Api.Answers;
using Referrals.Api.Security.Looks;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Casework.ClientRights;

/// <summary>Everything about one referral, for the client's request for information: to read, to print, and as JSON.</summary>
internal static class InformationPages
{
    public static void Map(RouteGroupBuilder caseworkers)
    {
        var one = caseworkers.MapGroup("").Looks(LookCodes.ReferralInformation);
        one.MapGet(Links.Referrals + "/{nr}/auskunft", ShowAsync);
        one.MapGet(Links.Referrals + "/{nr}/auskunft/json", JsonAsync);
    }

    private static async Task<IResult> ShowAsync(string nr, Visitor me, ReferralDesk desk, Engine.Chains.ChainService chains, CancellationToken ct)
    {
        if (await desk.FindAsync(me.Organisation, nr, ct) is not { } view)
        {
            return Answer.NotFound();
        }

        var model = await desk.ModelAsync(me, view, null, ct);
        return Answer.With<InformationPage>(new InformationModel(
            model, ReferralInformation.Of(view, model.History), (await chains.FindAsync(view.Chain.Id, ct))?.Chain.RetentionMonths));
    }

    private static async Task<IResult> JsonAsync(string nr, Visitor me, ReferralDesk desk, ReferralService referrals, CancellationToken ct) =>
        await desk.FindAsync(me.Organisation, nr, ct) is { } view
            ? new InformationFile(ReferralInformation.Of(view, await referrals.HistoryAsync(me.Organisation, view.State.Start.Referral, ct)), $"auskunft-{nr}.json")
            : Answer.NotFound();
}

/// <summary>What the page with the information shows.</summary>
/// <param name="Referral">The referral with names and words.</param>
/// <param name="Information">What is stored.</param>
/// <param name="RetentionMonths">After how many months from its end words are erased by themselves; null: there is no rule.</param>
public sealed record InformationModel(ReferralModel Referral, ReferralInformation Information, int? RetentionMonths);

/// <summary>The information as a file.</summary>
internal sealed class InformationFile(ReferralInformation information, string name) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return System.Text.Json.JsonSerializer.SerializeAsync(httpContext.Response.Body, information, ApiJson.Options, httpContext.RequestAborted);
    }
}
