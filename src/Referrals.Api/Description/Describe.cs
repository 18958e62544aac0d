using Referrals.Api.Answers;

namespace Referrals.Api.Description;

/// <summary>What the OpenAPI document says of an operation beyond its types.</summary>
/// <param name="Status">Status of success.</param>
/// <param name="Response">An example of the answer.</param>
/// <param name="Request">An example of the body, where there is one.</param>
/// <param name="Errors">Errors of its own, beside those that every operation of its kind has.</param>
public sealed record OperationNotes(int Status, object? Response, object? Request, IReadOnlyList<ErrorCode> Errors);

/// <summary>How endpoints are described.</summary>
public static class Describe
{
    /// <summary>Names and describes an operation. Codes of errors are those of the engine or of the endpoint.</summary>
    public static RouteHandlerBuilder Says<T>(
        this RouteHandlerBuilder route, string name, string summary, string description, T response,
        object? request = null, int status = StatusCodes.Status200OK, params IReadOnlyList<ErrorCode> errors)
        where T : notnull => route
            .WithName(name)
            .WithSummary(summary)
            .WithDescription(description)
            .Produces<T>(status)
            .WithMetadata(new OperationNotes(status, response, request, errors));

    /// <summary>Names and describes an operation that answers nothing.</summary>
    public static RouteHandlerBuilder SaysNothing(
        this RouteHandlerBuilder route, string name, string summary, string description, params IReadOnlyList<ErrorCode> errors) => route
            .WithName(name)
            .WithSummary(summary)
            .WithDescription(description)
            .Produces(StatusCodes.Status204NoContent)
            .WithMetadata(new OperationNotes(StatusCodes.Status204NoContent, null, null, errors));

    /// <summary>Names and describes an operation that answers with a file.</summary>
    public static RouteHandlerBuilder SaysFile(
        this RouteHandlerBuilder route, string name, string summary, string description, string response, params IReadOnlyList<ErrorCode> errors) => route
            .WithName(name)
            .WithSummary(summary)
            .WithDescription(description)
            .Produces<string>(StatusCodes.Status200OK, "application/octet-stream")
            .WithMetadata(new OperationNotes(StatusCodes.Status200OK, response, null, errors));
}
