using Referrals.Engine.Review.Figures;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Tests.Review.Figures;

/// <summary>Asks for every figure in every way that a page, the API or a partner can, and writes down every number that it is told.</summary>
internal static class Attacker
{
    /// <summary>How each figure is asked for: all that <see cref="ReviewFigures"/> tells must stand here.</summary>
    public static readonly IReadOnlyDictionary<string, Func<ReviewFigures, ReviewFilter, IEnumerable<(string Name, object? Figure)>>> Questions =
        new Dictionary<string, Func<ReviewFigures, ReviewFilter, IEnumerable<(string, object?)>>>
        {
            [nameof(ReviewFigures.Overview)] = (f, ask) => [("", f.Overview(ask))],
            [nameof(ReviewFigures.Ranking)] = (f, ask) => Enum.GetValues<RankBy>().Select(by => ($"{by}", (object?)f.Ranking(ask, by))),
            [nameof(ReviewFigures.HeatTable)] = (f, ask) => [("", f.HeatTable(ask))],
            [nameof(ReviewFigures.ChainMap)] = (f, ask) => [("", f.ChainMap(ask))],
            [nameof(ReviewFigures.StuckList)] = (f, ask) => [("", f.StuckList(ask))],
            [nameof(ReviewFigures.StepDetail)] = (f, ask) => f.Steps(ask).Select(s => ($"{s.Chain}/{s.Step}", (object?)f.StepDetail(ask, s.Chain, s.Step))),
            [nameof(ReviewFigures.PartnerView)] = (f, ask) => f.Table.Partners.Select(p => (p, (object?)f.PartnerView(ask, p))),
            [nameof(ReviewFigures.Flows)] = (f, ask) => [("", f.Flows(ask))],
            [nameof(ReviewFigures.Funnel)] = (f, ask) => [("", f.Funnel(ask))],
            [nameof(ReviewFigures.Loops)] = (f, ask) => [("", f.Loops(ask))],
            [nameof(ReviewFigures.Dotted)] = (f, ask) => Subjects(f, ask).Select(s => (Name(s), (object?)f.Dotted(ask, s))),
            [nameof(ReviewFigures.ControlChart)] = (f, ask) =>
                Subjects(f, ask).SelectMany(s => Enum.GetValues<ChartMeasure>().Select(m => ($"{m} {Name(s)}", (object?)f.ControlChart(ask, m, s)))),
            [nameof(ReviewFigures.EarlyWarnings)] = (f, ask) => [("", f.EarlyWarnings(ask))],
            [nameof(ReviewFigures.Comparison)] = (f, ask) => [("", f.Comparison(ReviewFilter.All, ask)), ("before", ask.Before() is { } before ? f.Comparison(before, ask) : null)],
            [nameof(ReviewFigures.ReportSentences)] = (f, ask) => [("", f.ReportSentences(ask))],
            [nameof(ReviewFigures.LikelyLate)] = (f, _) => [("", f.LikelyLate(Probes(f.Table)))],
        };

    /// <summary>What is not asked for, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotAsked = new Dictionary<string, string>
    {
        [nameof(ReviewFigures.Table)] = "not told: pages take its date and threshold from it",
        [nameof(ReviewFigures.Months)] = "names, see Names_are_told_only_of_what_counts_or_shows",
        [nameof(ReviewFigures.Chains)] = "names",
        [nameof(ReviewFigures.Partners)] = "names",
        [nameof(ReviewFigures.Steps)] = "names",
    };

    /// <summary>Every number that is told with a filter.</summary>
    public static IEnumerable<ToldNumber> Ask(ReviewFigures figures, ReviewFilter filter) =>
        Questions.SelectMany(q => q.Value(figures, filter).SelectMany(a => ToldNumbers.Of(a.Figure, $"{q.Key} {a.Name}")));

    /// <summary>All chains and versions by all ranges of the months from one on.</summary>
    public static List<ReviewFilter> Filters(ReviewTable table, ushort first)
    {
        var last = Months.Of(table.AsOf);
        (ChainId? Chain, int? Version)[] chains =
            [(null, null), .. table.Chains.Select(c => ((ChainId?)c.Id, (int?)c.Version)), .. table.Chains.Select(c => c.Id).Distinct().Select(c => ((ChainId?)c, (int?)null))];
        return [.. from @from in Enumerable.Range(first, last - first + 1)
                   from to in Enumerable.Range(@from, last - @from + 1)
                   from chain in chains
                   select new ReviewFilter(chain.Chain, chain.Version, (ushort)@from, (ushort)to)];
    }

    /// <summary>Whether all that one filter lets through, the other does too.</summary>
    public static bool Holds(ReviewFilter wide, ReviewFilter narrow) =>
        wide.FromMonth <= narrow.FromMonth && wide.ToMonth >= narrow.ToMonth
        && (wide.Chain is null || (wide.Chain == narrow.Chain && (wide.Version is null || wide.Version == narrow.Version)));

    private static IEnumerable<ChartSubject?> Subjects(ReviewFigures figures, ReviewFilter filter)
    {
        var (steps, partners) = (figures.Steps(filter), figures.Table.Partners);
        return [null, .. steps.Select(s => new ChartSubject(s)), .. partners.Select(p => new ChartSubject(null, p)), .. steps.Zip(partners, (s, p) => new ChartSubject(s, p))];
    }

    private static string Name(ChartSubject? subject) => $"{subject?.Step?.Chain}/{subject?.Step?.Step} {subject?.Partner}";

    // Referrals of the attacker's own: one for each step at each partner, not acknowledged and accepted, due in some days.
    private static IEnumerable<ReviewCase> Probes(ReviewTable table)
    {
        var at = table.AsOf - (3 * Moments.Day);
        var due = table.AsOf + (5 * Moments.Day);
        return from step in table.Steps
               from partner in table.Partners
               from accepted in (bool[])[false, true]
               let chain = table.Chains[step.Chain]
               let visit = new Visit(step.Id, partner, 1, 1, at) { AcknowledgeBy = due, Acknowledged = accepted ? at : 0, Accepted = accepted ? at : 0, CompleteBy = accepted ? due : 0 }
               select new ReviewCase(new Guid(0, (short)step.Chain, 0, new byte[8]), new OrganisationId("own"), chain.Id, chain.Version, at) { Visits = [visit] };
    }
}
