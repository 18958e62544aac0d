using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using Referrals.Api.Ui;

namespace Referrals.Api.Answers;

/// <summary>Gives every error a problem that nobody else gave it.</summary>
internal static class Failures
{
    /// <summary>Answers after an exception.</summary>
    public static Task AnswerAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => HttpErrors.TooLarge,
            BadHttpRequestException or InvalidDataException => HttpErrors.BadRequest,
            NpgsqlException { IsTransient: true } or TimeoutException => HttpErrors.Unavailable,
            _ => HttpErrors.Failed,
        };
        return TellAsync(context, error);
    }

    /// <summary>Whether the exception is the caller's fault and no failure to log.</summary>
    public static bool IsCallers(Exception? exception) => exception is BadHttpRequestException or InvalidDataException;

    /// <summary>Answers where only a status was given, such as by routing or authorization.</summary>
    public static Task AnswerEmptyAsync(StatusCodeContext context) =>
        TellAsync(context.HttpContext, HttpErrors.For(context.HttpContext.Response.StatusCode));

    /// <summary>Tells an error in the way that the asker understands: a page for people, a problem for programs.</summary>
    public static Task TellAsync(HttpContext context, ErrorCode error) => PageRequests.IsPage(context)
        ? PageRequests.ShowErrorAsync(context, error.Status)
        : new ProblemResult(Problem.Of(error)).ExecuteAsync(context);
}
