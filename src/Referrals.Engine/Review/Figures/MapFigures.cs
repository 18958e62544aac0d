using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>A chain, or all chains, with what happens at its steps and between them.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Steps">Steps in the order of the chain, also those that nobody has reached.</param>
/// <param name="Edges">Ways from step to step.</param>
public sealed record ChainMap(Frame Frame, IReadOnlyList<MapStep> Steps, IReadOnlyList<MapEdge> Edges);

/// <summary>A step of the map.</summary>
/// <param name="Step">Step.</param>
/// <param name="Duration">From the offer to the end, without pauses; its N is how often the step was passed.</param>
/// <param name="AgreedDays">Days that the agreement allows from the offer to the end, or null.</param>
/// <param name="Late">Visits that missed an agreed time, of all.</param>
/// <param name="Open">What is open there now.</param>
public sealed record MapStep(StepName Step, Durations Duration, int? AgreedDays, ShareOf Late, OpenCounts Open)
{
    /// <summary>Median duration over the agreed time: 1 is as agreed, 2 takes twice as long.</summary>
    public double? Ratio => AgreedDays > 0 ? Duration.Median / AgreedDays : null;
}

/// <summary>A way into a step. Where it has no step before it, the case begins there.</summary>
/// <param name="From">Index of the step whose visit ended last before, or null.</param>
/// <param name="To">Index of the step.</param>
/// <param name="Waiting">Waiting at the step of those who came this way.</param>
public sealed record MapEdge(int? From, int To, Durations Waiting);

/// <summary>Makes the <see cref="ChainMap"/>.</summary>
internal static class MapFigures
{
    public static ChainMap Of(Scope scope)
    {
        var steps = scope.Steps.Count;
        var key = scope.Visits(steps, scope.StepKeys(), scope.PartnerKeys());
        using var took = Scan.Gather(scope.Table, key, default(Took));
        var told = took.Durations(scope.Law);
        var tally = scope.ByStep;
        var open = OpenVisits.Count(scope, steps, Shown.Step, (step, _) => step);
        return new(
            scope.Frame,
            [.. scope.Steps.Select((s, i) => new MapStep(s.Name, told[i], s.AgreedDays, new(tally[i].Late, tally[i].N), open[i]))],
            Edges(scope));
    }

    private static List<MapEdge> Edges(Scope scope)
    {
        var steps = scope.Steps.Count;
        using var waited = Scan.Gather(scope.Table, scope.Edges(), default(Waited));
        var told = waited.Durations(scope.Law);
        return [.. Enumerable.Range(0, told.Length).Where(g => told[g].N > 0).Select(g => new MapEdge(g < steps ? null : (g / steps) - 1, g % steps, told[g]))];
    }
}
