using System.Security.Claims;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Pages.Review;
using Referrals.Api.Ui.Pages.Review.Warnings;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Endpoints;

/// <summary>Which of the organisation's own referrals will likely miss an agreed time: the list of the page, for programs.</summary>
internal static class LikelyLateEndpoint
{
    private const string Table = "likely-late";

    private static readonly LikelyLateList Example = new(
    [
        new(
            new ReferralId(new Guid("7d7c1a52-6a1d-4f0e-9d0c-2f4b8c1f6a10")), "2026-0408", new StepName(new ChainId("arbeit-mit-kind"), "childcare", new LocalText("Betreuung finden", "Find childcare")),
            new OrganisationId("kita-sonnenhof"), Awaited.Completion, new DateTimeOffset(2026, 6, 12, 22, 0, 0, TimeSpan.Zero), 0.78, 96),
    ]);

    /// <summary>Maps the address.</summary>
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/review/likely-late", ListAsync).WithTags("Review").RequireAuthorization(Policies.Caseworker)
            .Says(
                "getLikelyLate", "Own referrals that will likely be late",
                "Open steps of the referrals that the own organisation holds, with the probability (0.5 or more) of missing the time agreed for what comes next; the likeliest first, "
                + "25 at most, of the 100 that are due next. As CSV with format=csv or Accept: text/csv.",
                Example, errors: ReviewEndpoints.Preparing)
            .WithMetadata(TellAsk.Notes, new LooksAt(LookCodes.LikelyLate));

    private static async Task<IResult> ListAsync(TellAsk ask, ClaimsPrincipal user, ReviewDesk desk, OwnRiskDesk risks, HttpContext context, CancellationToken ct)
    {
        if (await desk.FiguresAsync(ct) is not { } figures)
        {
            return ReviewEndpoints.NotYet(context);
        }

        var list = new LikelyLateList([.. (await risks.FindAsync(user.Organisation(), figures, ct)).Select(LikelyLateLine.Of)]);
        return new FigureAnswer<LikelyLateList>(list, ask.AsCsv ? TableOf(list) : null, Table);
    }

    private static FigureTable<LikelyLateLine> TableOf(LikelyLateList list) => FigureTable.Of(Table, list.Items)
        .With("referral", l => l.Referral).With("number", l => l.Number).Step(l => l.Step).With("partner", l => l.Partner).With("awaited", l => l.Awaited)
        .With("due", l => l.Due.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))
        .With("probability", l => l.Probability).With("n", l => l.N);
}

/// <summary>What is to be done by an agreed time.</summary>
public enum Awaited
{
    /// <summary>The partner is to acknowledge the offer.</summary>
    Acknowledgement,

    /// <summary>The partner is to complete the step.</summary>
    Completion,
}

/// <summary>The own organisation's referrals that will likely be late.</summary>
/// <param name="Items">The likeliest first.</param>
public sealed record LikelyLateList(IReadOnlyList<LikelyLateLine> Items) : ILists
{
    int? ILists.Listed => Items.Count;
}

/// <summary>A step of an own referral that will likely be late.</summary>
/// <param name="Referral">The referral.</param>
/// <param name="Number">The number by which your people speak of it.</param>
/// <param name="Step">The step.</param>
/// <param name="Partner">Who has it.</param>
/// <param name="Awaited">What is to be done.</param>
/// <param name="Due">By when.</param>
/// <param name="Probability">How likely it is not: of those like it that were open as long, the share that was still open at the agreed time.</param>
/// <param name="N">How many like it are known.</param>
public sealed record LikelyLateLine(
    ReferralId Referral, string Number, StepName Step, OrganisationId Partner, Awaited Awaited, DateTimeOffset Due, double Probability, int N)
{
    /// <summary>The line of a risk.</summary>
    internal static LikelyLateLine Of(OwnRisk own) => new(
        new ReferralId(own.Risk.Case), own.Number.ToString(), own.Risk.Step, new OrganisationId(own.Risk.Partner),
        own.Risk.Completion ? Awaited.Completion : Awaited.Acknowledgement, own.Risk.Due, own.Risk.Probability, own.Risk.N);
}
