using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>
/// Every figure of the review, for pages, API and files alike; pure, over one table. Keep it as long as the table: it remembers what all
/// figures need.
/// </summary>
/// <param name="table">What is reviewed.</param>
public sealed class ReviewFigures(ReviewTable table)
{
    private readonly Lazy<MonthRange> _range = new(() => MonthRange.Of(table));

    /// <summary>What is reviewed.</summary>
    public ReviewTable Table => table;

    /// <summary>The chains that can be filtered by, by title.</summary>
    public IReadOnlyList<ChainName> Chains() =>
        [.. table.Chains.GroupBy(c => c.Id)
            .Select(g => new ChainName(g.Key, g.MaxBy(c => c.Version)!.Title, [.. g.Select(c => c.Version).Order()]))
            .OrderBy(c => c.Title.De, StringComparer.Ordinal)];

    /// <summary>The steps that a filter leaves, in the order of their chains.</summary>
    public IReadOnlyList<StepName> Steps(ReviewFilter filter) => [.. In(filter).Steps.Select(s => s.Name)];

    /// <summary>The whole at a glance.</summary>
    public Overview Overview(ReviewFilter filter)
    {
        var scope = In(filter);
        var before = filter with { FromMonth = scope.First, ToMonth = scope.Last };
        return OverviewFigures.Of(scope, before.Before() is { } earlier ? In(earlier) : null);
    }

    /// <summary>Where people wait, the most first.</summary>
    public Ranking Ranking(ReviewFilter filter, RankBy by = RankBy.Step) => RankingFigures.Of(In(filter), by);

    /// <summary>Partners by steps.</summary>
    public HeatTable HeatTable(ReviewFilter filter) => HeatFigures.Of(In(filter));

    /// <summary>A chain with what happens at its steps and between them.</summary>
    public ChainMap ChainMap(ReviewFilter filter) => MapFigures.Of(In(filter));

    private Scope In(ReviewFilter filter) => new(table, filter, _range.Value);
}
