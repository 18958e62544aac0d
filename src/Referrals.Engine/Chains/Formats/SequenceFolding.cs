namespace Referrals.Engine.Chains.Formats;

/// <summary>
/// Puts nodes that follow one another back into the sequences in which they lay, which a drawing does not show: their ids and titles are kept, and what was
/// put between two of them joins them.
/// </summary>
internal sealed class SequenceFolding(KnownChain? known, Func<NodeId> newId)
{
    private readonly HashSet<NodeId> _used = [];

    /// <summary>The nodes as one; null: there are none.</summary>
    public ChainNode? Fold(IReadOnlyList<ChainNode> nodes)
    {
        if (nodes.Count == 0)
        {
            return null;
        }

        var paths = nodes.Select(n => known?.Sequences(n.Id) ?? []).ToList();
        var around = paths.Where(p => p.Count > 0).Select(p => p[0]).Distinct().ToList();
        List<ChainNode> folded = around.Count == 1 && !nodes.Where((node, i) => paths[i].Count == 0 && IsKnown(node)).Any() && _used.Add(around[0].Id)
            ? [around[0] with { Children = Level([.. nodes.Select((n, i) => (n, paths[i]))], 1) }]
            : Level([.. nodes.Select((n, i) => (n, paths[i]))], 0);
        return folded.Count == 1 ? folded[0] : new ChainNode.Sequence { Id = newId(), Children = folded };
    }

    // A node that the file knows, and that lay in no sequence, does not come into one of its own accord.
    private bool IsKnown(ChainNode node) => known?.Knows(node.Id) == true;

    private List<ChainNode> Level(List<(ChainNode Node, IReadOnlyList<ChainNode.Sequence> Path)> nodes, int level)
    {
        var folded = new List<ChainNode>();
        for (var i = 0; i < nodes.Count;)
        {
            if (nodes[i].Path.Count <= level || nodes[i].Path[level] is var sequence && !_used.Add(sequence.Id))
            {
                folded.Add(nodes[i++].Node);
                continue;
            }

            var last = nodes.FindLastIndex(n => n.Path.Count > level && n.Path[level].Id == sequence.Id);
            var end = i + 1;
            while (end <= last && (nodes[end].Path.Count == 0 || (nodes[end].Path.Count > level && nodes[end].Path[level].Id == sequence.Id)))
            {
                end++;
            }

            folded.Add(sequence with { Children = Level(nodes[i..end], level + 1) });
            i = end;
        }

        return folded;
    }
}
