using Referrals.Api.Answers;

namespace Referrals.Api.Requests;

/// <summary>Something read from a request. What is wrong with it is kept, so that all faults can be told at once.</summary>
public interface IInput
{
    /// <summary>What is wrong; empty: it can be used.</summary>
    IReadOnlyList<Fault> Faults { get; }

    /// <summary>The problem that the faults make.</summary>
    ErrorCode Error { get; }
}

/// <summary>Answers a request whose inputs have faults, before the endpoint is called.</summary>
public sealed class InputFilter : IEndpointFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var wrong = context.Arguments.OfType<IInput>().Where(i => i.Faults.Count > 0).ToList();
        if (wrong.Count == 0)
        {
            return next(context);
        }

        var error = wrong.MinBy(i => i.Error.Status)!.Error;
        return ValueTask.FromResult<object?>(new ProblemResult(Problem.Of(error, null, [.. wrong.SelectMany(i => i.Faults)])));
    }
}
