using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>What is ranked.</summary>
public enum RankBy
{
    /// <summary>Steps over all partners.</summary>
    Step,

    /// <summary>Partners over all steps.</summary>
    Partner,

    /// <summary>Steps at each partner.</summary>
    StepAndPartner,
}

/// <summary>Where people wait, the most first.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="TotalDays">Waiting of all rows together, in days.</param>
/// <param name="Rows">Rows by total waiting (number times mean), then what nine of ten do not exceed, then share late. Never by the median alone.</param>
public sealed record Ranking(Frame Frame, double TotalDays, IReadOnlyList<RankRow> Rows);

/// <summary>A row of the ranking.</summary>
/// <param name="Step">Step; null when partners are ranked.</param>
/// <param name="Partner">Partner; null when steps are ranked.</param>
/// <param name="Waiting">From the offer to the start of work, or to the end where none began.</param>
/// <param name="Late">Visits that missed an agreed time, of all.</param>
/// <param name="ShareOfTotal">Share of the waiting of all rows.</param>
/// <param name="Open">What is open there now.</param>
public sealed record RankRow(StepName? Step, string? Partner, Durations Waiting, ShareOf Late, double? ShareOfTotal, OpenCounts Open);

/// <summary>Makes the <see cref="Ranking"/>.</summary>
internal static class RankingFigures
{
    public static Ranking Of(Scope scope, RankBy by)
    {
        var partners = scope.Table.Partners.Count;
        var (perStep, perPartner) = by switch { RankBy.Step => (1, 0), RankBy.Partner => (0, 1), _ => (partners, 1) };
        var groups = by switch { RankBy.Step => scope.Steps.Count, RankBy.Partner => partners, _ => scope.Steps.Count * partners };
        var key = scope.Visits(groups, scope.StepKeys(perStep), scope.PartnerKeys(perPartner));
        using var waited = Scan.Gather(scope.Table, key, default(Waited));
        var told = waited.Durations(scope.Law);
        var tally = by switch { RankBy.Step => scope.ByStep, RankBy.StepAndPartner => scope.ByStepAndPartner, _ => Scan.Tally(scope.Table, key) };
        var open = OpenVisits.Count(scope, groups, by == RankBy.Step ? Shown.Step : Shown.Partner, (step, partner) => (step * perStep) + (partner * perPartner));
        var total = told.Sum(t => t.Total ?? 0);
        var rows = Enumerable.Range(0, groups).Where(g => told[g].N > 0).Select(g => new RankRow(
            by == RankBy.Partner ? null : scope.Steps[g / perStepOrOne(perStep)].Name,
            by == RankBy.Step ? null : scope.Table.Partners[g % partners],
            told[g],
            new(tally[g].Late, tally[g].N),
            total > 0 ? told[g].Total / total : null,
            open[g]));
        return new(scope.Frame, total, [.. rows.OrderByDescending(r => r.Waiting.Total).ThenByDescending(r => r.Waiting.P90).ThenByDescending(r => r.Late.Share)]);

        static int perStepOrOne(int perStep) => Math.Max(perStep, 1);
    }
}
