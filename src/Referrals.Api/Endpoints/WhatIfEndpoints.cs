using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.Review.WhatIf;
using Referrals.Engine.Review.WhatIf.Changes;
using Referrals.Engine.Review.WhatIf.Jobs;

namespace Referrals.Api.Endpoints;

/// <summary>What would be if: questions that are simulated one after the other.</summary>
internal static class WhatIfEndpoints
{
    /// <summary>Where the questions are.</summary>
    public const string Root = "/api/v1/review/what-if";

    private const string RetrySeconds = "2";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly ErrorCode NotFound = new("what-if-not-found", 404, "There is no such question, or it is no longer kept.");
    private static readonly ErrorCode NotYours = new("what-if-not-yours", 403, "Only who asked takes a question back.");
    private static readonly ErrorCode Ended = new("what-if-ended", 409, "The question has been answered or has ended otherwise.");
    private static readonly ErrorCode TooMany = new("what-if-too-many", 409, $"{WhatIfLimits.MostOpen} questions of your organisation wait or run; wait for one to end, or take one back.");
    private static readonly ErrorCode TooLittle = new("what-if-too-little-history", 409, $"There are fewer than {WhatIfBasis.FewestDays} working days of history to rest on.");
    private static readonly ErrorCode Preparing = new("review-preparing", 503, "The history is being read for the first time; try again shortly.");

    private static readonly DateTimeOffset Monday = new(2026, 5, 4, 8, 30, 0, TimeSpan.Zero);
    private static readonly ChainId Chain = new("arbeit-mit-kind");
    private static readonly WhatIfAsk Ask = new(
        [new Change.Capacity(new("kita-sonnenhof"), "childcare", By: 2), new Change.AgreedTimes(Chain, new("childcare"), Acknowledge: 3), new Change.Arrivals(1.1)], [Chain], 30, 125, 1);

    private static readonly WhatIfResource Waiting = new(new Guid("5f1de2f0-6a5c-4e58-9d0b-2f8f0c0f7a11"), WhatIfState.Queued, 0, new("jobcenter-elbland"), Monday, Ask);

    private static readonly WhatIfResource Example = Waiting with
    {
        State = WhatIfState.Done,
        Progress = 1,
        EndedAt = Monday.AddSeconds(12),
        Answer = new(
            Monday, new DateOnly(2026, 5, 5), new DateOnly(2026, 10, 30),
            [new(new(Chain.Value, "childcare", "kita-sonnenhof", null), [new(Measure.WaitingMedian, new(9.4, 8.8, 10), new(6.1, 5.7, 6.5), new(-3.3, -3.7, -2.9))])],
            [new(Measure.WaitingMedian, 28, 0.38, 0.4)], 183_400),
    };

    /// <summary>Maps the addresses.</summary>
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/review/what-if").WithTags("Review").RequireAuthorization(Policies.Steering);
        group.MapGet("/", ListAsync).Says(
            "listWhatIf", "List questions", $"The latest {WhatIfLimits.MostListed}, the newest first, without their answers. Kept for {WhatIfLimits.Kept.Days} days.", new WhatIfList([Waiting]));
        group.MapPost("/", AskAsync).Says(
            "askWhatIf", "Ask what would be if",
            "Puts a simulation in line, as it is and as it would be; ask again at Location until it has ended. What makes no sense of this network is named with its place, such as changes[0].partner.",
            Waiting, Ask, StatusCodes.Status202Accepted, TooMany, TooLittle, Preparing);
        group.MapGet("/{id:guid}", GetAsync).Says(
            "getWhatIf", "Show a question",
            "How far it is, and its answer: means over the runs with 95 % intervals, as it is (baseline), as it would be (scenario), and their difference run by run. Times are working days. "
            + "asOf is the moment up to which the history was known. What would rest on fewer visits than the threshold is left out. errors: how far off the same simulation was on this network's own history.",
            Example, errors: NotFound);
        group.MapDelete("/{id:guid}", CancelAsync).SaysNothing("cancelWhatIf", "Take a question back", "While it waits or runs, by who asked.", NotFound, NotYours, Ended);
    }

    private static async Task<IResult> ListAsync(IWhatIfJobs jobs, CancellationToken ct) =>
        new Shown<WhatIfList>(new WhatIfList([.. (await jobs.ListAsync(ct)).Select(WhatIfResource.Of)]));

    private static async Task<IResult> GetAsync(Guid id, IWhatIfJobs jobs, CancellationToken ct) =>
        await jobs.FindAsync(id, ct) is { } job ? new Shown<WhatIfResource>(WhatIfResource.Of(job)) : Refused(NotFound);

    private static async Task<IResult> AskAsync(Call call, Body<WhatIfAsk> body, IWhatIfJobs jobs, WhatIfModels models, HttpContext context, CancellationToken ct)
    {
        var (standing, question) = (await models.LatestAsync(Patience, ct), body.Value.Question());
        if (standing.Basis is not { } basis)
        {
            context.Response.Headers.RetryAfter = RetrySeconds;
            return Refused(standing.IsPreparing ? Preparing : TooLittle);
        }

        if (basis.Check(question) is { Count: > 0 } faults)
        {
            return new ProblemResult(Problem.Of(HttpErrors.Invalid, null, [.. faults.Select(f => new Fault(f.Path, f.Code, f.Message))]));
        }

        var id = call.NewId("what-if");
        if (!await jobs.AskAsync(id, call.Actor, question, ct) || await jobs.FindAsync(id, ct) is not { } job)
        {
            return Refused(TooMany);
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = $"{Root}/{id}";
        return Results.Json(WhatIfResource.Of(job), ApiJson.Options, statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> CancelAsync(Guid id, Call call, IWhatIfJobs jobs, CancellationToken ct) =>
        await jobs.CancelAsync(id, call.Actor, ct) ? Results.NoContent()
        : await jobs.FindAsync(id, ct) is not { } job ? Refused(NotFound)
        : Refused(job.Organisation == call.Actor.Organisation && job.Person == call.Actor.User ? Ended : NotYours);

    private static ProblemResult Refused(ErrorCode error) => new(Problem.Of(error));
}
