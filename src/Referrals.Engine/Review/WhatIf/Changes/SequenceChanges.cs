using System.Diagnostics;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.WhatIf.Changes;

/// <summary>Changes of a chain's tree.</summary>
internal static class SequenceChanges
{
    /// <summary>The tree with another node in the place of one.</summary>
    public static ChainNode Replace(ChainNode tree, ChainNode old, ChainNode by)
    {
        if (ReferenceEquals(tree, old))
        {
            return by;
        }

        IReadOnlyList<ChainNode> Each(IReadOnlyList<ChainNode> nodes) => [.. nodes.Select(n => Replace(n, old, by))];
        return tree switch
        {
            ChainNode.Sequence n => n with { Children = Each(n.Children) },
            ChainNode.Parallel n => n with { Children = Each(n.Children) },
            ChainNode.Choice n => n with
            {
                Branches = [.. n.Branches.Select(b => b with { Then = Replace(b.Then, old, by) })],
                Otherwise = n.Otherwise is { } otherwise ? Replace(otherwise, old, by) : null,
            },
            ChainNode.Optional n => n with { Child = Replace(n.Child, old, by) },
            ChainNode.Repeat n => n with { Child = Replace(n.Child, old, by) },
            ChainNode.Step => tree,
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The sequence with its parts in another order.</summary>
    public static ChainNode Reorder(ChainNode.Sequence sequence, IReadOnlyList<NodeId> children, Complaints say)
    {
        if (!sequence.Children.Select(c => c.Id).Order(ById).SequenceEqual(children.Order(ById)))
        {
            say.That("children", "not-the-same-parts", $"name each of the parts once: {string.Join(", ", sequence.Children.Select(c => c.Id))}");
            return sequence;
        }

        return sequence with { Children = [.. children.Select(id => sequence.Children.First(c => c.Id == id))] };
    }

    /// <summary>The sequence with some of its parts, which follow one another, done at the same time.</summary>
    public static ChainNode Join(ChainNode.Sequence sequence, IReadOnlyList<NodeId> children, Complaints say)
    {
        var all = sequence.Children.ToList();
        var first = children.Count < 2 ? -1 : all.FindIndex(c => c.Id == children[0]);
        if (first < 0 || !all.Skip(first).Take(children.Count).Select(c => c.Id).SequenceEqual(children))
        {
            say.That("children", "not-neighbours", "name two or more parts of the sequence that follow one another, in their order");
            return sequence;
        }

        var joined = new ChainNode.Parallel { Id = new NodeId($"{Cut(sequence.Id.Value)}-at-once"), Children = all.GetRange(first, children.Count) };
        return sequence with { Children = [.. all.Take(first), joined, .. all.Skip(first + children.Count)] };
    }

    private static readonly Comparer<NodeId> ById = Comparer<NodeId>.Create((a, b) => string.CompareOrdinal(a.Value, b.Value));

    private static string Cut(string id) => id.Length <= 40 ? id : id[..40].TrimEnd('-');
}
