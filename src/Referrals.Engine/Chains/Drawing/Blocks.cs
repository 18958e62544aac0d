namespace Referrals.Engine.Chains.Drawing;

/// <summary>
/// Adds, moves and removes blocks of a chain. Pure: gives another chain, in <see cref="NormalForm"/>. What was not removed is still there;
/// a block that doesn't exist changes nothing. Conditions elsewhere that ask for what was removed stay and are faults.
/// </summary>
public static class Blocks
{
    /// <summary>Puts a block somewhere. Ids in it must be new.</summary>
    public static ChainVersion Add(ChainVersion chain, ChainNode block, DrawPlace place)
    {
        chain = NormalForm.Of(chain);
        return NormalForm.Of(Put(chain, block, place, DrawnNames.Of(chain with { Root = Both(chain.Root, block) })));
    }

    /// <summary>Puts a new step somewhere.</summary>
    /// <returns>The chain and the step's id, which comes from its title.</returns>
    public static (ChainVersion Chain, NodeId Step) AddStep(ChainVersion chain, ChainNode.Step step, DrawPlace place)
    {
        chain = NormalForm.Of(chain);
        var own = step with { Id = DrawnNames.Of(chain).NewNode(step.Title?.De, "schritt") };
        return (Add(chain, own, place), own.Id);
    }

    /// <summary>Takes a block out with all that is in it. The root stays.</summary>
    public static ChainVersion Remove(ChainVersion chain, NodeId node)
    {
        chain = NormalForm.Of(chain);
        return NormalForm.Of(Without(chain, node, DrawnNames.Of(chain)));
    }

    /// <summary>Moves a block one place up in the list that it stands in, or among the lanes of a parallel part.</summary>
    public static ChainVersion MoveUp(ChainVersion chain, NodeId node) => Shift(chain, node, -1);

    /// <summary>Moves a block one place down; the opposite of <see cref="MoveUp"/>.</summary>
    public static ChainVersion MoveDown(ChainVersion chain, NodeId node) => Shift(chain, node, 1);

    /// <summary>Moves a block elsewhere. Nothing changes when that place is the block itself or within it.</summary>
    public static ChainVersion MoveTo(ChainVersion chain, NodeId node, DrawPlace place)
    {
        chain = NormalForm.Of(chain);
        if (Find(chain, node) is not { } block || ReferenceEquals(block, chain.Root)
            || (Target(place) is { } target && (Find(chain, target) is null || block.SelfAndDescendants().Any(n => n.Id == target))))
        {
            return chain;
        }

        var names = DrawnNames.Of(chain);
        return NormalForm.Of(Put(Without(chain, node, names), block, place, names));
    }

    /// <summary>Puts a copy of a block after it. Everything in the copy has an id of its own, and its conditions ask for the copied steps.</summary>
    /// <returns>The chain and the copy's id; null where there is no such block.</returns>
    public static (ChainVersion Chain, NodeId? Copy) Copy(ChainVersion chain, NodeId node)
    {
        chain = NormalForm.Of(chain);
        if (Find(chain, node) is not { } block || ReferenceEquals(block, chain.Root))
        {
            return (chain, null);
        }

        var names = DrawnNames.Of(chain);
        var ids = block.SelfAndDescendants().ToDictionary(n => n.Id, n => names.NewNode(n.Title?.De ?? n.Id.Value, DrawnTree.ListName));
        return (NormalForm.Of(Put(chain, Renamed(block, ids), new DrawPlace.After(node), names)), ids[node]);
    }

    /// <summary>Whether a block can be moved up and down where it stands.</summary>
    public static (bool Up, bool Down) CanMove(ChainVersion chain, NodeId node)
    {
        var slots = chain.Nodes().Select(Neighbours).FirstOrDefault(list => list.Any(n => n.Id == node)) ?? [];
        var at = slots.ToList().FindIndex(n => n.Id == node);
        return (at > 0, at >= 0 && at < slots.Count - 1);
    }

    internal static ChainNode? Find(ChainVersion chain, NodeId node) => chain.Nodes().FirstOrDefault(n => n.Id == node);

    private static NodeId? Target(DrawPlace place) => place switch
    {
        DrawPlace.Before before => before.Node,
        DrawPlace.After after => after.Node,
        DrawPlace.Beside beside => beside.Node,
        DrawPlace.Inside inside => inside.Node,
        _ => null,
    };

    private static ChainVersion Put(ChainVersion chain, ChainNode block, DrawPlace place, DrawnNames names) => place switch
    {
        DrawPlace.Before before => At(chain, before.Node, names, there => [block, there]),
        DrawPlace.After after => At(chain, after.Node, names, there => [there, block]),
        DrawPlace.Beside beside => PutBeside(chain, block, beside.Node, names),
        DrawPlace.Inside inside => DrawnTree.Replace(chain, inside.Node, there => PutInside(there, block, names)),
        DrawPlace.AtEnd => DrawnTree.Replace(chain, chain.Root.Id, root => PutInside(root, block, names)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    // A list in a lane stands for its lane, and the root for the whole chain: what is put after them follows within.
    private static ChainVersion At(ChainVersion chain, NodeId node, DrawnNames names, Func<ChainNode, IReadOnlyList<ChainNode>> blocks) =>
        Find(chain, node) is ChainNode.Sequence list && (list.Title is null || ReferenceEquals(list, chain.Root))
            ? DrawnTree.Replace(chain, node, _ => list with { Children = [.. blocks(list).SelectMany(b => ReferenceEquals(b, list) ? list.Children : [b])] })
            : DrawnTree.Change(chain, names, list => [.. list.SelectMany(b => b.Id == node ? blocks(b) : [b])]);

    private static ChainVersion PutBeside(ChainVersion chain, ChainNode block, NodeId node, DrawnNames names)
    {
        if (chain.Nodes().OfType<ChainNode.Parallel>().FirstOrDefault(p => p.Id == node || p.Children.Any(c => c.Id == node)) is { } parallel)
        {
            return DrawnTree.Replace(chain, parallel.Id, _ => parallel with { Children = [.. parallel.Children, block] });
        }

        return DrawnTree.Replace(chain, node, there => ReferenceEquals(there, chain.Root)
            ? PutInside(there, block, names)
            : new ChainNode.Parallel { Id = names.NewNode(null, "gleichzeitig"), Children = [there, block] });
    }

    private static ChainNode PutInside(ChainNode there, ChainNode block, DrawnNames names) => there switch
    {
        ChainNode.Sequence list => list with { Children = [.. list.Children, block] },
        ChainNode.Parallel parallel => parallel with { Children = [.. parallel.Children, block] },
        ChainNode.Optional optional => optional with { Child = DrawnTree.Slot(optional.Child, [.. DrawnTree.Blocks(optional.Child), block], names) },
        ChainNode.Repeat repeat => repeat with { Child = DrawnTree.Slot(repeat.Child, [.. DrawnTree.Blocks(repeat.Child), block], names) },
        ChainNode.Choice choice => choice with { Otherwise = choice.Otherwise is { } otherwise ? DrawnTree.Slot(otherwise, [.. DrawnTree.Blocks(otherwise), block], names) : block },
        _ => new ChainNode.Sequence { Id = names.NewNode(null, DrawnTree.ListName), Children = [there, block] },
    };

    private static ChainVersion Without(ChainVersion chain, NodeId node, DrawnNames names)
    {
        if (chain.Root.Id == node)
        {
            return chain;
        }

        // A list without a caption is no block: what is in it goes, its place stays.
        if (Find(chain, node) is ChainNode.Sequence { Title: null } list)
        {
            return DrawnTree.Replace(chain, node, _ => list with { Children = [] });
        }

        return DrawnTree.Change(chain, names, blocks => [.. blocks.Where(b => b.Id != node)]);
    }

    private static ChainVersion Shift(ChainVersion chain, NodeId node, int by)
    {
        chain = NormalForm.Of(chain);
        if (chain.Nodes().OfType<ChainNode.Parallel>().FirstOrDefault(p => p.Children.Any(c => c.Id == node)) is { } parallel)
        {
            return DrawnTree.Replace(chain, parallel.Id, _ => parallel with { Children = Swapped(parallel.Children, node, by) });
        }

        return DrawnTree.Change(chain, DrawnNames.Of(chain), list => Swapped(list, node, by));
    }

    private static IReadOnlyList<ChainNode> Swapped(IReadOnlyList<ChainNode> list, NodeId node, int by)
    {
        var at = list.ToList().FindIndex(b => b.Id == node);
        if (at < 0 || at + by < 0 || at + by >= list.Count)
        {
            return list;
        }

        var swapped = list.ToArray();
        (swapped[at], swapped[at + by]) = (swapped[at + by], swapped[at]);
        return swapped;
    }

    private static IReadOnlyList<ChainNode> Neighbours(ChainNode node) => node switch
    {
        ChainNode.Sequence sequence => sequence.Children,
        ChainNode.Parallel parallel => parallel.Children,
        _ => [],
    };

    private static ChainNode Renamed(ChainNode node, IReadOnlyDictionary<NodeId, NodeId> ids)
    {
        var named = node switch
        {
            ChainNode.Choice choice => choice with { Branches = [.. choice.Branches.Select(b => b with { When = Conditions.Renamed(b.When, ids) })] },
            ChainNode.Repeat repeat => repeat with { Until = Conditions.Renamed(repeat.Until, ids) },
            _ => node,
        };
        return DrawnTree.WithSlots(named with { Id = ids[node.Id] }, slot => Renamed(slot, ids));
    }

    private static ChainNode.Sequence Both(ChainNode tree, ChainNode block) => new() { Id = tree.Id, Children = [tree, block] };
}
