using Referrals.Engine.Referrals;
using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Figures;

/// <summary>How referrals flow from step to step and where they end (a Sankey diagram).</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Nodes">Start, steps and ends.</param>
/// <param name="Links">Between nodes, also from a step to itself or back; those into steps count visits, those into ends count cases.</param>
public sealed record Flows(Frame Frame, IReadOnlyList<FlowNode> Nodes, IReadOnlyList<FlowLink> Links);

/// <summary>A node: a step, an end, or with neither the start.</summary>
/// <param name="Step">The step, or null.</param>
/// <param name="End">Why cases ended here, or null.</param>
public sealed record FlowNode(StepName? Step, ClosingReason? End);

/// <summary>A link.</summary>
/// <param name="From">Index of the node that it leaves.</param>
/// <param name="To">Index of the node that it enters.</param>
/// <param name="N">How many took it.</param>
public sealed record FlowLink(int From, int To, int N);

/// <summary>How far cases come, and where and why they drop out.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="Finished">Cases that ended in the period.</param>
/// <param name="Completed">Of them: the chain ran to its end.</param>
/// <param name="Steps">Steps in the order of the chain.</param>
public sealed record Funnel(Frame Frame, int Finished, int Completed, IReadOnlyList<FunnelStep> Steps);

/// <summary>A step of the funnel.</summary>
/// <param name="Step">Step.</param>
/// <param name="Reached">Cases whose first visit of the step ended in the period.</param>
/// <param name="Ends">Cases that ended with this step as their last one, by why.</param>
/// <param name="DropOuts">Of all finished cases those that ended here before the chain's end.</param>
/// <param name="Reasons">Visits of this step that were not completed, by coded reason.</param>
public sealed record FunnelStep(StepName Step, int Reached, IReadOnlyList<FunnelEnd> Ends, ShareOf DropOuts, IReadOnlyList<Fate> Reasons);

/// <summary>How many ended for a reason.</summary>
/// <param name="Reason">Why.</param>
/// <param name="N">How many.</param>
public sealed record FunnelEnd(ClosingReason Reason, int N);

/// <summary>Where visits are repeated or passed on.</summary>
/// <param name="Frame">What the figures speak of.</param>
/// <param name="BackAndForth">Cases that went from one partner to another and back (A, B, A), of all finished ones.</param>
/// <param name="Steps">By step, in the order of the chain.</param>
public sealed record Loops(Frame Frame, ShareOf BackAndForth, IReadOnlyList<LoopStep> Steps);

/// <summary>A step's loops.</summary>
/// <param name="Step">Step.</param>
/// <param name="N">All visits that ended.</param>
/// <param name="Again">Of them: a second or later offer of the same step.</param>
/// <param name="Repeated">Of them: in a second or later round.</param>
/// <param name="Rerouted">Of them: moved to another partner by hand.</param>
/// <param name="Declined">Of them: declined.</param>
/// <param name="Expired">Of them: taken back because the agreed time had passed without an acknowledgement.</param>
public sealed record LoopStep(StepName Step, int N, int Again, int Repeated, int Rerouted, int Declined, int Expired);

/// <summary>Makes <see cref="Flows"/>, <see cref="Funnel"/> and <see cref="Loops"/>.</summary>
internal static class FlowFigures
{
    private static readonly ClosingReason[] Closings = Enum.GetValues<ClosingReason>();

    public static Flows Flows(Scope scope)
    {
        var steps = scope.Steps.Count;
        var ways = Scan.Count(scope.Table, scope.Edges());
        var ends = Ends(scope);
        var nodes = new List<FlowNode> { new(null, null) };
        nodes.AddRange(scope.Steps.Select(s => new FlowNode(s.Name, null)));
        nodes.AddRange(Closings.Select(c => new FlowNode(null, c)));
        var links = new List<FlowLink>();
        for (var i = 0; i < ways.Length; i++)
        {
            links.Add(new(i / steps, 1 + (i % steps), ways[i]));
        }

        for (var i = 0; i < ends.Length; i++)
        {
            var from = i / Closings.Length;
            links.Add(new(from == steps ? 0 : 1 + from, 1 + steps + (i % Closings.Length), ends[i]));
        }

        return new(scope.Frame, nodes, [.. links.Where(l => l.N > 0)]);
    }

    public static Funnel Funnel(Scope scope)
    {
        var steps = scope.Steps.Count;
        var ends = Ends(scope);
        var reasons = scope.Table.Reasons;
        var ways = Enum.GetValues<VisitEnd>().Length;
        var fates = Scan.Count(scope.Table, new FateKey(steps * ways * reasons.Count, scope.StepKeys(ways * reasons.Count), scope.PartnerKeys(), reasons.Count, scope.First, scope.MonthCount));
        var tally = scope.ByStep;
        var finished = ends.Sum();
        return new(
            scope.Frame,
            finished,
            Enumerable.Range(0, steps + 1).Sum(s => ends[(s * Closings.Length) + (int)ClosingReason.Completed]),
            [.. Enumerable.Range(0, steps).Select(Step)]);

        FunnelStep Step(int step)
        {
            var here = Closings.Select((c, i) => new FunnelEnd(c, ends[(step * Closings.Length) + i])).Where(e => e.N > 0).ToList();
            var why = Enumerable.Range(0, ways * reasons.Count).Select(i => new Fate((VisitEnd)(i / reasons.Count), reasons[i % reasons.Count], fates[(step * ways * reasons.Count) + i]));
            return new(
                scope.Steps[step].Name, tally[step].First, here, new(here.Where(e => e.Reason != ClosingReason.Completed).Sum(e => e.N), finished),
                [.. why.Where(f => f.N > 0 && f.End is not (VisitEnd.Completed or VisitEnd.Open)).OrderByDescending(f => f.N)]);
        }
    }

    public static Loops Loops(Scope scope)
    {
        var tally = scope.ByStep;
        var cases = Scan.Count(scope.Table, new CaseKey(2, scope.ChainKey, null, 0, 1, scope.First, scope.MonthCount, 0));
        return new(
            scope.Frame,
            new(cases[1], cases[0] + cases[1]),
            [.. tally.Select((t, i) => new LoopStep(scope.Steps[i].Name, t.N, t.Again, t.Repeated, t.Rerouted, t.Declined, t.Expired))]);
    }

    // Finished cases by the step that they ended at (behind the steps: none) and by why.
    private static int[] Ends(Scope scope)
    {
        int[] last = [.. scope.StepKeys(Closings.Length).Select(s => Math.Max(s, 0)), scope.Steps.Count * Closings.Length];
        return Scan.Count(scope.Table, new CaseKey((scope.Steps.Count + 1) * Closings.Length, scope.ChainKey, last, 1, 0, scope.First, scope.MonthCount, 0));
    }
}
