using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Referrals.Api.Answers;
using Referrals.Engine.Chains;

namespace Referrals.Api.Requests;

/// <summary>A chain as the body of a request. Its faults are no faults of the request: the endpoint says what they mean.</summary>
public sealed class ChainBody : IBindableFromHttpContext<ChainBody>, IEndpointParameterMetadataProvider
{
    private ChainBody(ChainReading? reading) => Reading = reading;

    /// <summary>What came of reading it; null: the body was empty.</summary>
    public ChainReading? Reading { get; }

    /// <summary>The answer to a chain that has not even the shape of one.</summary>
    public ProblemResult NotAChain => new(Problem.Of(
        HttpErrors.Invalid, null, Reading is null ? [new Fault("", "missing-body", "The body is a chain.")] : [.. Reading.Faults.Select(EngineErrors.FaultOf)]));

    /// <inheritdoc/>
    public static async ValueTask<ChainBody?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var bytes = await RawBody.ReadAsync(context);
        return new ChainBody(bytes.IsEmpty ? null : ChainJson.Read(bytes));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(ChainVersion)));
}
