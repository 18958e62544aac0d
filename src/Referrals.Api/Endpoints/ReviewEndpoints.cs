using System.Security.Claims;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Api.Ui.Pages.Review;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Endpoints;

/// <summary>The figures of the review: the same as on its pages, for programs and spreadsheets. Aggregates only.</summary>
internal static class ReviewEndpoints
{
    private const string Tag = "Review";
    private const string RetrySeconds = "2";

    /// <summary>The figures are not there yet.</summary>
    internal static readonly ErrorCode Preparing = new("review-preparing", 503, "The history is being read for the first time; try again shortly.");
    private static readonly ErrorCode NoStep = new("review-step-not-found", 404, "What is looked at has no such step.");
    private static readonly ErrorCode NoPartner = new("review-partner-not-found", 404, "Nothing is known of such a partner, or it isn't yours to look at.");
    private static readonly ErrorCode NoLog = new("review-log-not-found", 404, "There is no imported log with this name.");

    private static readonly QueryNote OfStep = new("step", "Only this step; needs its chain.");
    private static readonly QueryNote OfPartner = new("partner", "Only this partner.");

    private delegate IReadOnlyList<FigureTable> Tables<in T>(T figure);

    /// <summary>Maps the addresses.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/review").WithTags(Tag);
        var steering = group.MapGroup("").RequireAuthorization(Policies.Steering);
        MapWhole(steering);
        MapSteps(steering);
        MapTime(steering);
        MapFindings(steering);
        Describe(
            group.MapGet("/partners/{partner}", Partner), "getReviewPartner", "One partner",
            "Waiting, times kept, load by Little's law (open visits over weekly closures), how visits ended. For the steering group, and for members of that organisation itself.",
            ReviewExamples.Partner, ReviewTables.Of, errors: NoPartner);
    }

    private static void MapWhole(RouteGroupBuilder group)
    {
        Figure(
            group, "overview", "getReviewOverview", "The whole at a glance",
            "Running and stuck cases now, median throughput with its trend, acknowledged in time; against as many months before.",
            ReviewExamples.Overview, (f, ask) => f.Overview(ask.Scope.For(f.Table)), ReviewTables.Of);
        Figure(
            group, "ranking", "getReviewRanking", "Where people wait",
            "By total waiting (number times mean), then by what nine of ten don't exceed, then by the share that was late.",
            ReviewExamples.Ranking, (f, ask) => f.Ranking(ask.Scope.For(f.Table), ask.Word("by", RankBy.Step)), ReviewTables.Of,
            [new("by", "What is ranked: step (default), partner, step-and-partner.", JsonFaults.Words(typeof(RankBy)))]);
        Figure(
            group, "stuck", "getReviewStuck", "What is stuck now",
            "Open visits that missed an agreed time. Tables: by step and partner, by step, by partner, by chain. Small numbers move up to the next coarser one.",
            ReviewExamples.Stuck, (f, ask) => f.StuckList(ask.Scope.For(f.Table)), ReviewTables.Of);
        Figure(
            group, "warnings", "getReviewWarnings", "Where waiting rises beyond chance",
            "Steps, partners at steps and chains whose control chart has a signal above the centre in one of the latest three months.",
            ReviewExamples.Warnings, (f, ask) => f.EarlyWarnings(ask.Scope.For(f.Table)), ReviewTables.Of);
    }

    private static void MapSteps(RouteGroupBuilder group)
    {
        Figure(
            group, "chain-map", "getReviewChainMap", "A chain's map",
            "Steps with their duration against the agreed time and what is open there, and the ways between them.",
            ReviewExamples.Map, (f, ask) => f.ChainMap(ask.Scope.For(f.Table)), ReviewTables.Of);
        Figure(
            group, "heat-table", "getReviewHeatTable", "Partners by steps", "Duration from the offer to the end at each partner's each step. step and partner are indexes.",
            ReviewExamples.Heat, (f, ask) => f.HeatTable(ask.Scope.For(f.Table)), ReviewTables.Of);
        Figure(
            group, "flows", "getReviewFlows", "How referrals flow", "From step to step and to where they end. from and to are indexes of nodes.",
            ReviewExamples.Flows, (f, ask) => f.Flows(ask.Scope.For(f.Table)), ReviewTables.Of);
        Figure(
            group, "funnel", "getReviewFunnel", "How far cases come", "Where and why they drop out.",
            ReviewExamples.Funnel, (f, ask) => f.Funnel(ask.Scope.For(f.Table)), ReviewTables.Of);
        Figure(
            group, "loops", "getReviewLoops", "Loops and reroutes", "Steps offered again, repeated, rerouted, declined and run out; cases that went back and forth.",
            ReviewExamples.Loops, (f, ask) => f.Loops(ask.Scope.For(f.Table)), ReviewTables.Of);
        Describe(
            group.MapGet("/steps/{chain}/{step}", Step), "getReviewStep", "One step in depth",
            "Waiting against working time, distribution, by partner, by reason, survival curves (Kaplan–Meier) with open visits and a 95 % band, months.",
            ReviewExamples.Step, ReviewTables.Of, errors: NoStep);
    }

    private static void MapTime(RouteGroupBuilder group)
    {
        Figure(
            group, "control-chart", "getReviewControlChart", "A measure by month with its natural limits",
            "Individuals and moving ranges (XmR): limits at 2.66 mean moving ranges, signals by the Western Electric rules. index of a signal is that of its month.",
            ReviewExamples.Chart, (f, ask) => Subject(f, ask) is { } about ? f.ControlChart(ask.Scope.For(f.Table), ask.Word("measure", ChartMeasure.Waiting), about) : null,
            ReviewTables.Of, [new("measure", "waiting (default) and so on.", JsonFaults.Words(typeof(ChartMeasure))), OfStep, OfPartner]);
        Figure(
            group, "dotted", "getReviewDotted", "How long visits took, month by month",
            "Each dot is the mean of at least as many visits as the threshold says, ordered by how long they took.",
            ReviewExamples.Dotted, (f, ask) => Subject(f, ask) is { } about ? f.Dotted(ask.Scope.For(f.Table), about) : null, ReviewTables.Of, [OfStep, OfPartner]);
    }

    private static void MapFindings(RouteGroupBuilder group)
    {
        Figure(
            group, "findings", "getReviewFindings", "What stands out",
            "The findings of the report as codes with their numbers, the weightiest first, each with the figure that backs it.",
            ReviewExamples.Findings, (f, ask) => f.ReportSentences(ask.Scope.For(f.Table)), ReviewTables.Of);
        Figure(
            group, "comparison", "getReviewComparison", "Two periods or two versions side by side",
            "second is what is looked at, first what it is compared with: as many months just before, unless againstFrom, againstTo or againstVersion say otherwise. "
            + "Versions without months are compared over the whole time. Differences are the second less the first, with a 95 % interval.",
            ReviewExamples.Comparison, Compare, ReviewTables.Of,
            [
                new("againstFrom", "First month of what it is compared with."), new("againstTo", "Last month of it."),
                new("againstVersion", "Version of the chain that it is compared with."),
            ]);
    }

    private static Comparison Compare(ReviewFigures figures, ReviewAsk ask)
    {
        var (first, second) = Sides(figures, ask);
        return figures.Comparison(first, second);
    }

    private static (ReviewFilter First, ReviewFilter Second) Sides(ReviewFigures figures, ReviewAsk ask)
    {
        var version = ask.Other.Version;
        if (version.Length > 0 && ask is { Scope: { From: "", To: "" }, Other: { From: "", To: "" } })
        {
            return (Whole(ask.Other), Whole(ask.Scope));
        }

        var second = ask.Scope.For(figures.Table);
        second = second with
        {
            FromMonth = (ushort)Math.Clamp(second.FromMonth, figures.Months.First, figures.Months.Last),
            ToMonth = (ushort)Math.Clamp(second.ToMonth, figures.Months.First, figures.Months.Last),
        };
        var period = ask.Other is { From: "", To: "" } ? version.Length > 0 ? second : second.Before() ?? second : ask.Other.For(figures.Table);
        return (version.Length > 0 ? period with { Version = Whole(ask.Other).Version } : period, second);
    }

    private static ReviewFilter Whole(ReviewScope scope) =>
        ReviewFilter.TryParse(scope.Chain, scope.Version, null, null, out var filter) ? filter : throw new InvalidOperationException("what was asked was not checked");

    private static Task<IResult> Step(string chain, string step, ReviewAsk ask, ReviewDesk desk, HttpContext context, CancellationToken ct) =>
        AnswerAsync(ask, desk, context, "step", f => f.StepDetail(ask.Scope.For(f.Table), new ChainId(chain), step), ReviewTables.Of, NoStep, ct);

    // A partner sees of itself what the steering group sees of it.
    private static Task<IResult> Partner(string partner, ReviewAsk ask, ReviewDesk desk, ClaimsPrincipal user, HttpContext context, CancellationToken ct) =>
        user.IsInRole(NetworkRoles.Steering) || (user.Organisation().Value == partner && ask.Scope.Log.Length == 0)
            ? AnswerAsync(ask, desk, context, "partner", f => f.PartnerView(ask.Scope.For(f.Table), partner), ReviewTables.Of, NoPartner, ct)
            : Task.FromResult<IResult>(new ProblemResult(Problem.Of(NoPartner)));

    private static ChartSubject? Subject(ReviewFigures figures, ReviewAsk ask)
    {
        if (ask.Text("step") is not { } step)
        {
            return new ChartSubject(null, ask.Text("partner"));
        }

        var known = figures.Steps(ask.Scope.For(figures.Table)).FirstOrDefault(s => s.Step == step && s.Chain.Value == ask.Scope.Chain);
        return known is null ? null : new ChartSubject(known, ask.Text("partner"));
    }

    private static void Figure<T>(
        RouteGroupBuilder group, string path, string id, string summary, string text, T example, Func<ReviewFigures, ReviewAsk, T?> read, Tables<T> tables,
        IReadOnlyList<QueryNote>? more = null)
        where T : class => Describe(
            group.MapGet("/" + path, (ReviewAsk ask, ReviewDesk desk, HttpContext context, CancellationToken ct) =>
                AnswerAsync(ask, desk, context, path, f => read(f, ask), tables, NoStep, ct)),
            id, summary, text, example, tables, more, more?.Contains(OfStep) == true ? [NoStep] : []);

    private static void Describe<T>(
        RouteHandlerBuilder route, string id, string summary, string text, T example, Tables<T> tables, IReadOnlyList<QueryNote>? more = null,
        params IReadOnlyList<ErrorCode> errors)
        where T : class
    {
        var notes = new FigureNotes([.. tables(example).Select(t => t.Name)], more ?? []);
        route.Says(id, summary, $"{text} Null: too few cases stand for it. As CSV with format=csv or Accept: text/csv.", example, errors: [.. errors, NoLog, Preparing])
            .WithMetadata(notes, ReviewAsk.Describe(notes));
    }

    private static async Task<IResult> AnswerAsync<T>(
        ReviewAsk ask, ReviewDesk desk, HttpContext context, string name, Func<ReviewFigures, T?> read, Tables<T> tables, ErrorCode missing, CancellationToken ct)
        where T : class
    {
        if (await desk.FiguresAsync(ct) is not { } figures)
        {
            if (ask.Scope.Log.Length > 0)
            {
                return new ProblemResult(Problem.Of(NoLog));
            }

            return NotYet(context);
        }

        return read(figures) is { } figure
            ? new FigureAnswer<T>(figure, ask.Table is { } table ? tables(figure).Single(t => t.Name == table) : null, name)
            : new ProblemResult(Problem.Of(missing));
    }

    /// <summary>The answer while the history is being read for the first time.</summary>
    internal static IResult NotYet(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetrySeconds;
        return new ProblemResult(Problem.Of(Preparing));
    }
}
