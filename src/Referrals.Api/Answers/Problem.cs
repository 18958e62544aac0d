using System.Diagnostics;

namespace Referrals.Api.Answers;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">Path in the body, such as <c>facts.children</c>, or the name of the query parameter or header; empty: the whole.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record Fault(string Field, string Code, string Message)
{
    /// <summary>Where a text could tell who a person is, if that is the fault.</summary>
    public IReadOnlyList<NoteHit>? Hits { get; init; }
}

/// <summary>A place in a text that could tell who a person is.</summary>
/// <param name="Start">Index of its first character (UTF-16).</param>
/// <param name="Length">Its length.</param>
/// <param name="Kind">Code of the kind, such as <c>e-mail</c>.</param>
/// <param name="Certainty">0 to 1.</param>
public sealed record NoteHit(int Start, int Length, string Kind, double Certainty);

/// <summary>Every error that the API answers with (RFC 9457), beside those of the token endpoint (RFC 6749).</summary>
/// <param name="Type">URI of the kind of problem; stable.</param>
/// <param name="Title">What the code means, the same for every occurrence.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Detail">What it is this time.</param>
/// <param name="Errors">All faults of the request, if that is the problem.</param>
/// <param name="TraceId">What to look for in the log.</param>
public sealed record Problem(
    string Type, string Title, int Status, string Code, string Detail, IReadOnlyList<Fault>? Errors = null, string? TraceId = null)
{
    /// <summary>The content type of problems.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>A problem of this kind.</summary>
    public static Problem Of(ErrorCode error, string? detail = null, IReadOnlyList<Fault>? errors = null) =>
        new($"urn:referrals:problem:{error.Code}", error.Title, error.Status, error.Code, detail ?? error.Title, errors);
}

/// <summary>Answers with a problem.</summary>
public sealed class ProblemResult(Problem problem, string? etag = null) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc/>
    public int? StatusCode => problem.Status;

    /// <summary>What is answered.</summary>
    public Problem Problem => problem;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = problem.Status;
        if (etag is not null)
        {
            response.Headers.ETag = etag;
        }

        var body = problem with { TraceId = Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier };
        return response.WriteAsJsonAsync(body, ApiJson.Options, Problem.ContentType, httpContext.RequestAborted);
    }
}
