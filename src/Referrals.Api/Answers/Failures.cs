using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

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
            BadHttpRequestException => HttpErrors.BadRequest,
            NpgsqlException { IsTransient: true } or TimeoutException => HttpErrors.Unavailable,
            _ => HttpErrors.Failed,
        };
        return new ProblemResult(Problem.Of(error)).ExecuteAsync(context);
    }

    /// <summary>Whether the exception is the caller's fault and no failure to log.</summary>
    public static bool IsCallers(Exception? exception) => exception is BadHttpRequestException;

    /// <summary>Answers where only a status was given, such as by routing or authorization.</summary>
    public static Task AnswerEmptyAsync(StatusCodeContext context) =>
        new ProblemResult(Problem.Of(HttpErrors.For(context.HttpContext.Response.StatusCode))).ExecuteAsync(context.HttpContext);
}
