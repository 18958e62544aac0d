using System.Globalization;
using System.Text.Json;
using Referrals.Engine.Review.Figures;

namespace Referrals.Api.Answers;

/// <summary>A table of a figure, as it stands in a CSV file: the same numbers as in JSON, with a decimal comma.</summary>
internal abstract class FigureTable(string name)
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Names of its columns.</summary>
    public abstract IReadOnlyList<string> Head { get; }

    /// <summary>Its rows.</summary>
    public abstract IEnumerable<IReadOnlyList<string?>> Rows { get; }

    /// <summary>A table of these rows, for which columns are then named.</summary>
    public static FigureTable<T> Of<T>(string name, IReadOnlyList<T> rows) => new(name, rows);

    /// <summary>A value as it stands in a cell.</summary>
    protected static string? Cell(object? value) => value switch
    {
        null => null,
        double number => number.ToString("0.##########", German),
        Enum word => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <summary>A table of rows of one kind, made column by column.</summary>
internal sealed class FigureTable<T>(string name, IReadOnlyList<T> rows) : FigureTable(name)
{
    private readonly List<(string Name, Func<T, object?> Of)> _columns = [];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Head => [.. _columns.Select(c => c.Name)];

    /// <inheritdoc/>
    public override IEnumerable<IReadOnlyList<string?>> Rows => rows.Select(r => (IReadOnlyList<string?>)[.. _columns.Select(c => Cell(c.Of(r)))]);

    /// <summary>A column.</summary>
    public FigureTable<T> With(string name, Func<T, object?> of)
    {
        _columns.Add((name, of));
        return this;
    }

    /// <summary>Chain, step and German title of a step.</summary>
    public FigureTable<T> Step(Func<T, StepName?> of, string prefix = "") => With(Named(prefix, "chain"), r => of(r)?.Chain)
        .With(Named(prefix, "step"), r => of(r)?.Step).With(Named(prefix, "title"), r => of(r)?.Title.De);

    /// <summary>Durations.</summary>
    public FigureTable<T> Times(Func<T, Durations?> of, string prefix = "") => With(Named(prefix, "n"), r => of(r)?.N)
        .With(Named(prefix, "total"), r => of(r)?.Total).With(Named(prefix, "mean"), r => of(r)?.Mean)
        .With(Named(prefix, "median"), r => of(r)?.Median).With(Named(prefix, "p90"), r => of(r)?.P90);

    /// <summary>How many of how many.</summary>
    public FigureTable<T> Share(Func<T, ShareOf?> of, string prefix) =>
        With(Named(prefix, "count"), r => of(r)?.Count).With(Named(prefix, "of"), r => of(r)?.Of).With(Named(prefix, "share"), r => of(r)?.Share);

    /// <summary>A difference with its interval.</summary>
    public FigureTable<T> Difference(Func<T, Difference> of, string prefix) => With(Named(prefix, "difference"), r => of(r).Value)
        .With(Named(prefix, "lower"), r => of(r).Lower).With(Named(prefix, "upper"), r => of(r).Upper);

    /// <summary>What is open.</summary>
    public FigureTable<T> Open(Func<T, OpenCounts> of) => With("open", r => of(r).Open).With("stuck", r => of(r).Stuck)
        .With("inWork", r => of(r).InWork).With("overdueWeeks", r => of(r).OverdueWeeks);

    private static string Named(string prefix, string name) => prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];
}
