using System.Globalization;
using System.Reflection;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Engine;

namespace Referrals.Api.Requests;

#pragma warning disable CA1000 // the framework binds parameters through these static members

/// <summary>Which two versions of a chain are compared.</summary>
public sealed class ComparisonAsk : IInput, IBindableFromHttpContext<ComparisonAsk>
{
    /// <summary>Stands for what the coordinator works on.</summary>
    public const string Draft = "draft";

    private ComparisonAsk(string from, string to, OrganisationId? partner, IReadOnlyList<Fault> faults) => (From, To, Partner, Faults) = (from, to, partner, faults);

    /// <summary>The parameters, for the description.</summary>
    internal static QueryNotes Notes { get; } = new(
    [
        new("from", "The earlier version: its number, or draft."), new("to", "The later version: its number, or draft."),
        new("partner", "Only what changes something for this organisation."),
    ]);

    /// <summary>The earlier version: a number, or <see cref="Draft"/>.</summary>
    public string From { get; }

    /// <summary>The later version: a number, or <see cref="Draft"/>.</summary>
    public string To { get; }

    /// <summary>For whom something changes; null: anybody.</summary>
    public OrganisationId? Partner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.Invalid;

    /// <inheritdoc/>
    public static ValueTask<ComparisonAsk?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var reader = new QueryReader(context.Request.Query);
        var (from, to, partner) = (Version(reader, "from"), Version(reader, "to"), reader.Code("partner"));
        return ValueTask.FromResult<ComparisonAsk?>(new ComparisonAsk(from, to, partner is null ? null : new OrganisationId(partner), reader.Finish()));
    }

    private static string Version(QueryReader reader, string name)
    {
        var given = reader.Single(name);
        if (given != Draft && !(int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
        {
            reader.Add(name, "wrong-value", "Here stands the number of a version, or draft.");
        }

        return given ?? "";
    }
}
