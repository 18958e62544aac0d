using System.Globalization;
using System.Reflection;
using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Ui.Pages.Review;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Requests;

#pragma warning disable CA1000 // the framework binds parameters through these static members

/// <summary>What a figure can be asked with beside chain, version and months, and as which tables it is told.</summary>
/// <param name="Tables">Names of its tables; the first one is given unless another is asked for.</param>
/// <param name="More">Parameters of its own.</param>
internal sealed record FigureNotes(IReadOnlyList<string> Tables, IReadOnlyList<QueryNote> More);

/// <summary>A question for a figure of the review: what is looked at, what it is about, and how it is to be told.</summary>
public sealed class ReviewAsk : IInput, IBindableFromHttpContext<ReviewAsk>
{
    private const int MaxText = 200;
    private readonly Dictionary<string, string> _more;

    private ReviewAsk(ReviewScope scope, ReviewScope other, Dictionary<string, string> more, string? table, IReadOnlyList<Fault> faults) =>
        (Scope, Other, _more, Table, Faults) = (scope, other, more, table, faults);

    /// <summary>What is looked at.</summary>
    public ReviewScope Scope { get; }

    /// <summary>What it is compared with.</summary>
    public ReviewScope Other { get; }

    /// <summary>Name of the table that is to be told as CSV; null: JSON.</summary>
    public string? Table { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Fault> Faults { get; }

    /// <inheritdoc/>
    public ErrorCode Error => HttpErrors.Invalid;

    /// <summary>The parameters of every figure.</summary>
    internal static QueryNotes Describe(FigureNotes notes) => new(
    [
        new("chain", "Only this chain; of an imported log its own name for it."),
        new("version", "Only this version of the chain."),
        new("from", "First month, such as 2026-01. Without months: the latest twelve."),
        new("to", "Last month, such as 2026-09."),
        new("log", "Name of an imported log; without it the network's own history."),
        .. notes.More,
        .. TellAsk.Notes.Items,
        new("table", "Which table of the figure as CSV; the first one unless given.", notes.Tables),
    ]);

    /// <inheritdoc/>
    public static ValueTask<ReviewAsk?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var notes = context.GetEndpoint()!.Metadata.GetRequiredMetadata<FigureNotes>();
        var reader = new QueryReader(context.Request.Query);
        var log = reader.Code("log") ?? "";
        var chain = (log.Length > 0 ? reader.Text("chain", MaxText) : reader.Code("chain")) ?? "";
        var scope = Period(reader, log, chain, "version", "from", "to");
        var other = notes.More.Any(n => n.Name == "againstFrom") ? Period(reader, log, scope.Chain, "againstVersion", "againstFrom", "againstTo") : scope;
        var more = new Dictionary<string, string>();
        foreach (var note in notes.More.Where(n => !n.Name.StartsWith("against", StringComparison.Ordinal)))
        {
            if ((note.Words is { } words ? reader.Word(note.Name, words) : reader.Text(note.Name, MaxText)) is { } given)
            {
                more.Add(note.Name, given);
            }
        }

        var (csv, table) = (TellAsk.WantsCsv(reader, context), reader.Word("table", notes.Tables));
        return ValueTask.FromResult<ReviewAsk?>(new(scope, other, more, csv ? table ?? notes.Tables[0] : null, reader.Finish()));
    }

    /// <summary>One of the figure's own parameters, or null.</summary>
    public string? Text(string name) => _more.GetValueOrDefault(name);

    /// <summary>One of the figure's own parameters as a word of an enum, or what stands for none.</summary>
    public T Word<T>(string name, T otherwise)
        where T : struct, Enum => _more.TryGetValue(name, out var word) ? Enum.GetValues<T>()[JsonFaults.Words(typeof(T)).ToList().IndexOf(word)] : otherwise;

    private static ReviewScope Period(QueryReader reader, string log, string chain, string version, string from, string to)
    {
        var asked = new ReviewScope(log, chain, Version(reader, version), Month(reader, from), Month(reader, to));
        if (asked is { Chain: "", Version.Length: > 0 })
        {
            reader.Add(version, "wrong-value", "A version needs its chain.");
        }

        if (asked is { From.Length: > 0, To.Length: > 0 } && string.CompareOrdinal(asked.From, asked.To) > 0)
        {
            reader.Add(to, "wrong-value", "The last month lies before the first.");
        }

        return asked;
    }

    private static string Version(QueryReader reader, string name) =>
        reader.Number(name, 1, int.MaxValue, 0) is > 0 and var number ? number.ToString(CultureInfo.InvariantCulture) : "";

    private static string Month(QueryReader reader, string name)
    {
        var given = reader.Single(name);
        if (given is not null && (given.Length == 0 || !ReviewFilter.TryParse(null, null, given, null, out _)))
        {
            reader.Add(name, "wrong-value", "Here stands a month such as 2026-09.");
            return "";
        }

        return given ?? "";
    }
}
