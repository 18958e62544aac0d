namespace Referrals.Engine.Review.Figures;

/// <summary>Partners by steps: where it is slow, and whose.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Steps">Columns.</param>
/// <param name="Partners">Rows: codes of organisations that have any cell.</param>
/// <param name="Cells">Cells for which anything is told.</param>
public sealed record HeatTable(Frame Frame, IReadOnlyList<StepName> Steps, IReadOnlyList<string> Partners, IReadOnlyList<HeatCell> Cells);

/// <summary>A cell: one step at one partner.</summary>
/// <param name="Step">Index of its step.</param>
/// <param name="Partner">Index of its partner.</param>
/// <param name="Duration">From the offer to the end, without pauses.</param>
/// <param name="AgreedDays">Days that the agreement allows from the offer to the end, or null.</param>
/// <param name="Late">Visits that missed an agreed time, of all.</param>
public sealed record HeatCell(int Step, int Partner, Durations Duration, int? AgreedDays, ShareOf Late)
{
    /// <summary>Median duration over the agreed time: 1 is as agreed, 2 takes twice as long.</summary>
    public double? Ratio => AgreedDays > 0 ? Duration.Median / AgreedDays : null;
}

/// <summary>Makes the <see cref="HeatTable"/>.</summary>
internal static class HeatFigures
{
    public static HeatTable Of(Scope scope)
    {
        var partners = scope.Table.Partners.Count;
        var key = scope.Visits(scope.Steps.Count * partners, scope.StepKeys(partners), scope.PartnerKeys(1));
        using var took = Scan.Gather(scope.Table, key, default(Took));
        var told = took.Durations(scope.Law);
        var tally = scope.ByStepAndPartner;
        var groups = Enumerable.Range(0, told.Length).Where(g => told[g].N > 0).ToList();
        var rows = groups.Select(g => g % partners).Distinct().OrderBy(p => scope.Table.Partners[p], StringComparer.Ordinal).ToList();
        var columns = groups.Select(g => g / partners).Distinct().Order().ToList();
        return new(
            scope.Frame,
            [.. columns.Select(s => scope.Steps[s].Name)],
            [.. rows.Select(p => scope.Table.Partners[p])],
            [.. groups.Select(g => new HeatCell(columns.IndexOf(g / partners), rows.IndexOf(g % partners), told[g], scope.Steps[g / partners].AgreedDays, new(tally[g].Late, tally[g].N)))]);
    }
}
