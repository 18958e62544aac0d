using System.Diagnostics;

namespace Referrals.Engine.Chains.Drawing;

/// <summary>Where a condition stands.</summary>
/// <param name="Node">The choice or repeat.</param>
/// <param name="Branch">Index of the branch; null: the end of a repeat.</param>
public sealed record ConditionPlace(NodeId Node, int? Branch);

/// <summary>The conditions of a chain.</summary>
public static class Conditions
{
    /// <summary>The condition at a place, or null.</summary>
    public static Condition? At(ChainVersion chain, ConditionPlace place) => (Blocks.Find(chain, place.Node), place.Branch) switch
    {
        (ChainNode.Choice choice, { } branch) when branch >= 0 && branch < choice.Branches.Count => choice.Branches[branch].When,
        (ChainNode.Repeat repeat, null) => repeat.Until,
        _ => null,
    };

    /// <summary>The chain with another condition at a place; unchanged where there is none.</summary>
    public static ChainVersion Set(ChainVersion chain, ConditionPlace place, Condition condition) =>
        At(chain, place) is null ? chain : DrawnTree.Replace(chain, place.Node, node => node switch
        {
            ChainNode.Choice choice => choice with { Branches = [.. choice.Branches.Select((b, i) => i == place.Branch ? b with { When = condition } : b)] },
            ChainNode.Repeat repeat => repeat with { Until = condition },
            _ => throw new UnreachableException(),
        });

    /// <summary>The steps that a condition at a place can ask for, in the order drawn: those that can have ended by then.</summary>
    public static IReadOnlyList<ChainNode.Step> StepsBefore(ChainVersion chain, ConditionPlace place) =>
        Reach(chain.Root, place, [], out var found) ? found : [];

    internal static Condition Renamed(Condition condition, IReadOnlyDictionary<NodeId, NodeId> ids) => condition switch
    {
        Condition.Outcome outcome => outcome with { Step = ids.GetValueOrDefault(outcome.Step, outcome.Step) },
        Condition.All all => new Condition.All([.. all.Of.Select(c => Renamed(c, ids))]),
        Condition.Any any => new Condition.Any([.. any.Of.Select(c => Renamed(c, ids))]),
        Condition.Not not => new Condition.Not(Renamed(not.Of, ids)),
        Condition.Fact => condition,
        _ => throw new UnreachableException(),
    };

    private static bool Reach(ChainNode node, ConditionPlace place, IReadOnlyList<ChainNode.Step> before, out IReadOnlyList<ChainNode.Step> found)
    {
        // Within a repeat of several rounds all of it can have ended in the round before; at its end all of it has.
        found = node is ChainNode.Repeat ? With(before, node) : before;
        if (node.Id == place.Node)
        {
            return true;
        }

        var inside = node is ChainNode.Repeat { MaxRounds: > 1 } ? found : before;
        foreach (var part in node.Children())
        {
            var here = node is ChainNode.Parallel ? [.. inside.Except(StepsIn(node).Except(StepsIn(part)))] : inside;
            if (Reach(part, place, here, out found))
            {
                return true;
            }

            inside = node is ChainNode.Sequence ? With(inside, part) : inside;
        }

        return false;
    }

    private static IReadOnlyList<ChainNode.Step> With(IReadOnlyList<ChainNode.Step> before, ChainNode node) => [.. before.Concat(StepsIn(node)).Distinct()];

    private static IEnumerable<ChainNode.Step> StepsIn(ChainNode node) => node.SelfAndDescendants().OfType<ChainNode.Step>();
}
