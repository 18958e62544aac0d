namespace Referrals.Engine.Chains.Drawing;

/// <summary>Frames around blocks: choice, optional part, repeat; and the branches of a choice. Pure; a block that doesn't exist changes nothing.</summary>
public static class Frames
{
    /// <summary>The condition of something that was just drawn. It is a fault until somebody says it.</summary>
    public static readonly Condition Unsaid = new Condition.All([]);

    /// <summary>Rounds of a repeat that was just drawn.</summary>
    public const int Rounds = 3;

    /// <summary>Makes a block the first branch of a choice.</summary>
    public static (ChainVersion Chain, NodeId? Frame) Choice(ChainVersion chain, NodeId node) =>
        Wrap(chain, node, "auswahl", (id, inner) => new ChainNode.Choice { Id = id, Branches = [new Branch(Unsaid, inner)] });

    /// <summary>Makes a block one that the caseworker may leave out; it gets this title.</summary>
    public static (ChainVersion Chain, NodeId? Frame) Optional(ChainVersion chain, NodeId node, LocalText title) =>
        Wrap(chain, node, "wahlweise", (id, inner) => new ChainNode.Optional { Id = id, Title = title, Child = inner });

    /// <summary>Makes a block one that is repeated.</summary>
    public static (ChainVersion Chain, NodeId? Frame) Repeat(ChainVersion chain, NodeId node) =>
        Wrap(chain, node, "wiederholung", (id, inner) => new ChainNode.Repeat { Id = id, MaxRounds = Rounds, Until = Unsaid, Child = inner });

    /// <summary>Takes a frame away; what was in it follows one after the other in its place.</summary>
    public static ChainVersion Unwrap(ChainVersion chain, NodeId node)
    {
        chain = NormalForm.Of(chain);
        return ReferenceEquals(chain.Root, Blocks.Find(chain, node))
            ? chain
            : NormalForm.Of(DrawnTree.Change(chain, DrawnNames.Of(chain), list => [.. list.SelectMany(b => b.Id == node && b is not ChainNode.Step ? b.Children() : [b])]));
    }

    /// <summary>Adds an empty branch at the end of a choice.</summary>
    public static ChainVersion AddBranch(ChainVersion chain, NodeId choice)
    {
        chain = NormalForm.Of(chain);
        return Change(chain, choice, c => c with { Branches = [.. c.Branches, new Branch(Unsaid, Empty(chain))] });
    }

    /// <summary>Adds an empty way for when no condition holds, where there is none.</summary>
    public static ChainVersion AddOtherwise(ChainVersion chain, NodeId choice)
    {
        chain = NormalForm.Of(chain);
        return Change(chain, choice, c => c with { Otherwise = c.Otherwise ?? Empty(chain) });
    }

    /// <summary>Removes a branch with all that is in it; at the number of the branches: the way for when no condition holds.</summary>
    public static ChainVersion RemoveBranch(ChainVersion chain, NodeId choice, int branch) => Change(NormalForm.Of(chain), choice, c => c with
    {
        Branches = [.. c.Branches.Where((_, i) => i != branch)],
        Otherwise = branch == c.Branches.Count ? null : c.Otherwise,
    });

    /// <summary>Moves a branch up (-1) or down (1): the first that holds is taken.</summary>
    public static ChainVersion MoveBranch(ChainVersion chain, NodeId choice, int branch, int by) => Change(NormalForm.Of(chain), choice, c =>
    {
        if (branch < 0 || branch >= c.Branches.Count || branch + by < 0 || branch + by >= c.Branches.Count)
        {
            return c;
        }

        var branches = c.Branches.ToArray();
        (branches[branch], branches[branch + by]) = (branches[branch + by], branches[branch]);
        return c with { Branches = branches };
    });

    private static ChainNode.Sequence Empty(ChainVersion chain) => new() { Id = DrawnNames.Of(chain).NewNode(null, DrawnTree.ListName), Children = [] };

    private static ChainVersion Change(ChainVersion chain, NodeId choice, Func<ChainNode.Choice, ChainNode.Choice> change) =>
        NormalForm.Of(DrawnTree.Replace(chain, choice, node => node is ChainNode.Choice found ? change(found) : node));

    private static (ChainVersion Chain, NodeId? Frame) Wrap(ChainVersion chain, NodeId node, string name, Func<NodeId, ChainNode, ChainNode> frame)
    {
        chain = NormalForm.Of(chain);
        if (Blocks.Find(chain, node) is not { } block || ReferenceEquals(block, chain.Root))
        {
            return (chain, null);
        }

        var id = DrawnNames.Of(chain).NewNode(null, name);
        return (NormalForm.Of(DrawnTree.Replace(chain, node, inner => frame(id, inner))), id);
    }
}
