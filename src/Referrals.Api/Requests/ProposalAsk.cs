using System.Reflection;
using Referrals.Api.Answers;
using Referrals.Api.Description;

namespace Referrals.Api.Requests;

#pragma warning disable CA1000 // the framework binds parameters through these static members

/// <summary>From which day a proposed version is to be in force.</summary>
public sealed class ProposalAsk : IInput, IBindableFromHttpContext<ProposalAsk>
{
    private ProposalAsk(DateOnly? from, IReadOnlyList<Fault> faults) => (From, Faults) = (from, faults);

    /// <summary>The parameters, for the description.</summary>
    internal static QueryNotes Notes { get; } = new(
        [new("from", "The day in Europe/Berlin from which the version is to be in force, today or later; without it, once all have agreed.") { Format = "date" }]);

    /// <summary>The day; null: once all have agreed.</summary>
    public DateOnly? From { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.Invalid;

    /// <inheritdoc/>
    public static ValueTask<ProposalAsk?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(context.Request.Query);
        return ValueTask.FromResult<ProposalAsk?>(new ProposalAsk(reader.Day("from"), reader.Finish()));
    }
}
