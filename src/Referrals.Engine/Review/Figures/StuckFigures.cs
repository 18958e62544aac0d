using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>Where something is stuck now: an agreed time has passed. Numbers of open visits, as far as they show.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="All">All of what is looked at.</param>
/// <param name="Chains">By chain, the most stuck first.</param>
/// <param name="Steps">By step.</param>
/// <param name="Partners">By partner.</param>
/// <param name="StepsAndPartners">By step and partner.</param>
public sealed record StuckList(
    Frame Frame, OpenCounts All, IReadOnlyList<StuckRow> Chains, IReadOnlyList<StuckRow> Steps, IReadOnlyList<StuckRow> Partners, IReadOnlyList<StuckRow> StepsAndPartners);

/// <summary>A row of it.</summary>
/// <param name="Chain">Chain, or null where chains are not told apart.</param>
/// <param name="Step">Step, or null where steps are not told apart.</param>
/// <param name="Partner">Partner, or null where partners are not told apart.</param>
/// <param name="Open">What is open there.</param>
public sealed record StuckRow(ChainId? Chain, StepName? Step, string? Partner, OpenCounts Open);

/// <summary>Makes the <see cref="StuckList"/>.</summary>
internal static class StuckFigures
{
    public static StuckList Of(Scope scope)
    {
        var (steps, partners) = (scope.Steps, scope.Table.Partners);
        var chains = steps.Select(s => s.Name.Chain).Distinct().ToList();
        int[] chainOf = [.. scope.Table.Chains.Select((c, i) => scope.ChainKey[i] < 0 ? -1 : chains.IndexOf(c.Id))];
        return new(
            scope.Frame,
            OpenVisits.Whole(scope),
            Rows(OpenVisits.OfChains(scope, chains.Count, Shown.Chain, c => chainOf[c]), i => (chains[i], null, null)),
            Rows(OpenVisits.Count(scope, steps.Count, Shown.Step, (s, _) => s), i => (steps[i].Name.Chain, steps[i].Name, null)),
            Rows(OpenVisits.Count(scope, partners.Count, Shown.Partner, (_, p) => p), i => (null, null, partners[i])),
            Rows(
                OpenVisits.Count(scope, steps.Count * partners.Count, Shown.Partner, (s, p) => (s * partners.Count) + p),
                i => (steps[i / partners.Count].Name.Chain, steps[i / partners.Count].Name, partners[i % partners.Count])));
    }

    private static List<StuckRow> Rows(OpenCounts[] counts, Func<int, (ChainId?, StepName?, string?)> name) =>
        [.. counts.Select((c, i) => (c, i)).Where(c => c.c.Stuck > 0).OrderByDescending(c => c.c.Stuck).ThenByDescending(c => c.c.OverdueWeeks).Select(c =>
        {
            var (chain, step, partner) = name(c.i);
            return new StuckRow(chain, step, partner, c.c);
        })];
}
