using System.Diagnostics;

namespace Referrals.Engine.Chains.Drawing;

/// <summary>
/// The tree as one draws it: every slot that holds a node holds a list of blocks, one after the other. A sequence without a caption is
/// such a list and no block of its own.
/// </summary>
internal static class DrawnTree
{
    /// <summary>What a list of blocks without anything to name it is called.</summary>
    public const string ListName = "ablauf";

    /// <summary>The blocks of a slot.</summary>
    public static IReadOnlyList<ChainNode> Blocks(ChainNode slot) => slot is ChainNode.Sequence { Title: null } list ? list.Children : [slot];

    /// <summary>The slot with other blocks in it; a list that was there stays, however few they are, so that it is still found by its id.</summary>
    public static ChainNode Slot(ChainNode before, IReadOnlyList<ChainNode> blocks, DrawnNames names) => blocks switch
    {
        _ when before is ChainNode.Sequence { Title: null } list => list with { Children = blocks },
        [var only] => only,
        _ => new ChainNode.Sequence { Id = names.NewNode(null, ListName), Children = blocks },
    };

    /// <summary>The chain with every list of blocks changed, those within others first.</summary>
    public static ChainVersion Change(ChainVersion chain, DrawnNames names, Func<IReadOnlyList<ChainNode>, IReadOnlyList<ChainNode>> change)
    {
        var root = Root(chain, names);
        return chain with { Root = root with { Children = Inner(root.Children, names, change) } };
    }

    /// <summary>The chain with one node made another; the node is looked for by its id.</summary>
    public static ChainVersion Replace(ChainVersion chain, NodeId id, Func<ChainNode, ChainNode> change) =>
        chain with { Root = Replace(chain.Root, id, change) };

    /// <summary>The chain's root as the list of its stages.</summary>
    public static ChainNode.Sequence Root(ChainVersion chain, DrawnNames names) =>
        chain.Root as ChainNode.Sequence ?? new ChainNode.Sequence { Id = names.NewNode(null, ListName), Children = [chain.Root] };

    /// <summary>The node with each of its slots changed.</summary>
    public static ChainNode WithSlots(ChainNode node, Func<ChainNode, ChainNode> change) => node switch
    {
        ChainNode.Sequence sequence => sequence with { Children = [.. sequence.Children.Select(change)] },
        ChainNode.Parallel parallel => parallel with { Children = [.. parallel.Children.Select(change)] },
        ChainNode.Choice choice => choice with
        {
            Branches = [.. choice.Branches.Select(b => b with { Then = change(b.Then) })],
            Otherwise = choice.Otherwise is { } otherwise ? change(otherwise) : null,
        },
        ChainNode.Optional optional => optional with { Child = change(optional.Child) },
        ChainNode.Repeat repeat => repeat with { Child = change(repeat.Child) },
        ChainNode.Step => node,
        _ => throw new UnreachableException(),
    };

    private static ChainNode Replace(ChainNode node, NodeId id, Func<ChainNode, ChainNode> change) =>
        node.Id == id ? change(node) : WithSlots(node, slot => Replace(slot, id, change));

    private static IReadOnlyList<ChainNode> Inner(
        IReadOnlyList<ChainNode> blocks, DrawnNames names, Func<IReadOnlyList<ChainNode>, IReadOnlyList<ChainNode>> change) =>
        change([.. blocks.Select(block => Inner(block, names, change))]);

    private static ChainNode Inner(ChainNode block, DrawnNames names, Func<IReadOnlyList<ChainNode>, IReadOnlyList<ChainNode>> change) => block switch
    {
        ChainNode.Sequence group => group with { Children = Inner(group.Children, names, change) },
        _ => WithSlots(block, slot => Slot(slot, Inner(Blocks(slot), names, change), names)),
    };
}
