using System.Reflection;
using Referrals.Api.Answers;
using Referrals.Api.Description;

namespace Referrals.Api.Requests;

#pragma warning disable CA1000 // the framework binds parameters through these static members

/// <summary>Whether something is to be told as JSON or CSV.</summary>
public sealed class TellAsk : IInput, IBindableFromHttpContext<TellAsk>
{
    private TellAsk(bool asCsv, IReadOnlyList<Fault> faults) => (AsCsv, Faults) = (asCsv, faults);

    /// <summary>The parameters, for the description.</summary>
    internal static QueryNotes Notes { get; } = new([new("format", "json (default) or csv; the header Accept: text/csv asks for the same.", ["json", "csv"])]);

    /// <summary>Whether as CSV.</summary>
    public bool AsCsv { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.Invalid;

    /// <inheritdoc/>
    public static ValueTask<TellAsk?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(context.Request.Query);
        return ValueTask.FromResult<TellAsk?>(new TellAsk(WantsCsv(reader, context), reader.Finish()));
    }

    /// <summary>Whether <c>format</c>, or without it the header, asks for CSV.</summary>
    internal static bool WantsCsv(QueryReader reader, HttpContext context) => reader.Word("format", "json", "csv") is { } format
        ? format == "csv"
        : context.Request.Headers.Accept.Any(a => a?.Contains("text/csv", StringComparison.OrdinalIgnoreCase) == true);
}
