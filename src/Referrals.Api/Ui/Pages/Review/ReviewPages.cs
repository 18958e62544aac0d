using Referrals.Api.Security;
using Referrals.Api.Ui.Pages.Review.Imported;
using Referrals.Api.Ui.Pages.Review.Measures;
using Referrals.Api.Ui.Pages.Review.WhatIf;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Review;
using Referrals.Engine.Review.Logs;
using Referrals.Engine.Review.Reading;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Ui.Pages.Review;

/// <summary>Where chains get stuck, for the steering group: from aggregates only.</summary>
internal static class ReviewPages
{
    /// <summary>Registers what the pages of the review need.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton((configuration.GetSection("Review").Get<ReviewOptions>() ?? new ReviewOptions()).Checked());
        services.AddSingleton<IReviewStore>(p => new ReviewStore(p.GetRequiredService<PostgresOptions>()));
        services.AddSingleton<OwnReview>();
        services.AddHostedService<ReviewWarmUp>();
        services.AddSingleton<ReviewLogStore>();
        services.AddSingleton<LogReviews>();
        LogPages.Add(services);
        services.AddSingleton<WhatIfModels>();
        services.AddSingleton<IWhatIfJobs, WhatIfJobStore>();
        services.AddSingleton<VersionDates>();
        services.AddScoped<ReviewDesk>();
        services.AddScoped<ChoicesSource>();
        DetailPages.Add(services);
    }

    public static void Map(RouteGroupBuilder members)
    {
        var group = members.MapGroup("").RequireAuthorization(Policies.Steering);
        group.MapGet(Links.Review, Show<OverviewPage>);
        group.MapGet(Links.HeatTable, Show<HeatTablePage>);
        group.MapGet(Links.Flows, Show<FlowsPage>);
        group.MapGet(Links.Report, Show<ReportPage>);
        group.MapGet(Links.Loops, Show<LoopsPage>);
        group.MapGet(Links.Course, ShowCourseAsync);
        group.MapGet(Links.Comparison, CompareAsync);
        group.MapGet(Links.ReviewChain("{kette}"), ShowChainAsync);
        DetailPages.Map(members);
        MeasurePages.Map(members);
        LogPages.Map(members);
        WhatIfPages.Map(members);
    }

    // A chain of which nothing was ever referred has a page too: its steps, and nothing to count.
    private static async Task<IResult> ShowChainAsync(string kette, HttpContext context, ReviewDesk desk, ChainService chains, CancellationToken ct)
    {
        if (await desk.OpenAsync(ct) is not { } sight)
        {
            return await Preparing(desk, ct);
        }

        if (sight.Figures.Chains().Any(c => c.Chain.Value == kette))
        {
            return Answer.With<ChainMapPage>(new ChainSight(sight, kette, context.Request.Query["farbe"] == ChainSight.Frequency));
        }

        return sight.Scope.Log.Length == 0 && Codes.IsCode(kette) && await chains.InForceAsync(new ChainId(kette), ct) is { } agreed
            ? Answer.With<UnusedChainPage>(new UnusedChainSight(sight, agreed.Version))
            : Answer.NotFound();
    }

    private static async Task<IResult> ShowCourseAsync(HttpContext context, ReviewDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(ct) is { } sight
            ? Answer.With<CoursePage>(new CourseSight(sight, context.Request.Query["schritt"].ToString(), context.Request.Query["partner"].ToString()))
            : await Preparing(desk, ct);

    private static async Task<IResult> CompareAsync(HttpContext context, ReviewDesk desk, CancellationToken ct) =>
        await desk.OpenAsync(ct) is { } sight ? Answer.With<ComparisonPage>(ComparisonSight.Read(sight, context.Request.Query)) : await Preparing(desk, ct);

    /// <summary>Shows a page of the review; while the history is being read for the first time the page that says so.</summary>
    public static async Task<IResult> Show<TPage>(ReviewDesk desk, CancellationToken ct)
        where TPage : Microsoft.AspNetCore.Components.IComponent =>
        await desk.OpenAsync(ct) is { } sight ? Answer.With<TPage>(sight) : await Preparing(desk, ct);

    /// <summary>The page that says how far the history has been read; where an imported log is asked for that is not there, that it isn't.</summary>
    public static async Task<IResult> Preparing(ReviewDesk desk, CancellationToken ct) =>
        desk.Scope.Log.Length > 0 ? Answer.NotFound() : Answer.With<PreparingPage>(new PreparingModel(await desk.ProgressAsync(ct)));
}

/// <summary>What is said while the history is being read.</summary>
/// <param name="Progress">How far, from 0 to 1; null: not known.</param>
public sealed record PreparingModel(double? Progress);
