using Referrals.Engine.Chains;
using Referrals.Engine.Review.WhatIf.Model;
using Referrals.Engine.Review.WhatIf.Running;

namespace Referrals.Engine.Review.WhatIf.Fitting;

/// <summary>
/// Counts which ways finished referrals took where facts or people decide: a branch or an optional part was taken when one of its steps was offered, and
/// was not when the referral went on, or ran to its end, without.
/// </summary>
internal sealed class PathFit
{
    private readonly Dictionary<string, double[]> _branches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Included, double All)> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (double Enough, double All)> _rounds = new(StringComparer.Ordinal);

    public void Count(ChainPlan plan, SeenCase seen)
    {
        var visited = new int[plan.Steps.Count];
        foreach (var visit in seen.Visits)
        {
            if (plan.FindStep(visit.Step) is { } step)
            {
                visited[step] = Math.Max(visited[step], visit.Round);
            }
        }

        Count(plan, 0, visited, seen.RanToItsEnd);
    }

    public PathModel Model() => new(
        _branches,
        _parts.ToDictionary(p => p.Key, p => p.Value.Included / p.Value.All),
        _rounds.ToDictionary(r => r.Key, r => r.Value.Enough / r.Value.All));

    // over: all of it is known to be over, as the referral went on behind it.
    private void Count(ChainPlan plan, int index, int[] visited, bool over)
    {
        var node = plan.Nodes[index];
        switch (node.Node)
        {
            case ChainNode.Sequence:
                for (var i = 0; i < node.Children.Length; i++)
                {
                    Count(plan, node.Children[i], visited, over || node.Children.Skip(i + 1).Any(c => LastRound(plan, c, visited) > 0));
                }

                break;
            case ChainNode.Choice choice:
                CountBranch(plan, node, choice, visited, over);
                break;
            case ChainNode.Optional:
                var included = LastRound(plan, index, visited) > 0;
                if (included || over)
                {
                    var (with, all) = _parts.GetValueOrDefault(node.Node.Id.Value);
                    _parts[node.Node.Id.Value] = (with + (included ? 1 : 0), all + 1);
                    CountIf(included, plan, node.Children[0], visited, over);
                }

                break;
            case ChainNode.Repeat repeat:
                CountRounds(node, repeat, LastRound(plan, index, visited), over);
                CountIf(LastRound(plan, index, visited) > 0, plan, node.Children[0], visited, over);
                break;
            default:
                foreach (var child in node.Children)
                {
                    Count(plan, child, visited, over);
                }

                break;
        }
    }

    private void CountIf(bool taken, ChainPlan plan, int node, int[] visited, bool over)
    {
        if (taken)
        {
            Count(plan, node, visited, over);
        }
    }

    private void CountBranch(ChainPlan plan, PlanNode node, ChainNode.Choice choice, int[] visited, bool over)
    {
        var taken = Array.FindIndex(node.Children, c => LastRound(plan, c, visited) > 0);
        if (taken < 0 && !over)
        {
            return;
        }

        var id = node.Node.Id.Value;
        if (!_branches.TryGetValue(id, out var weights) || weights.Length != choice.Branches.Count + 1)
        {
            _branches[id] = weights = new double[choice.Branches.Count + 1];
        }

        weights[taken < 0 ? choice.Branches.Count : taken]++;
        CountIf(taken >= 0, plan, taken >= 0 ? node.Children[taken] : 0, visited, over);
    }

    // Only ends that the number of rounds did not force tell something.
    private void CountRounds(PlanNode node, ChainNode.Repeat repeat, int last, bool over)
    {
        var (enough, all) = _rounds.GetValueOrDefault(node.Node.Id.Value);
        var decided = over && last > 0 && last < repeat.MaxRounds;
        if (last > 1 || decided)
        {
            _rounds[node.Node.Id.Value] = (enough + (decided ? 1 : 0), all + Math.Max(0, last - 1) + (decided ? 1 : 0));
        }
    }

    private static int LastRound(ChainPlan plan, int node, int[] visited)
    {
        var last = 0;
        for (var step = plan.Nodes[node].FirstStep; step < plan.Nodes[node].AfterSteps; step++)
        {
            last = Math.Max(last, visited[step]);
        }

        return last;
    }
}
