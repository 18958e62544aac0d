using System.Diagnostics;

namespace Referrals.Engine.Chains.Drawing;

/// <summary>
/// The one form of a tree that means the same: the root is the list of stages, lists without a caption don't lie in lists, a parallel
/// part has at least two lanes, and no id is used twice. What is still empty stays where it is.
/// </summary>
public static class NormalForm
{
    /// <summary>The chain in this form.</summary>
    public static ChainVersion Of(ChainVersion chain)
    {
        chain = WithUniqueIds(chain);
        var root = DrawnTree.Root(chain, DrawnNames.Of(chain));
        return chain with { Root = root with { Children = List(root.Children) } };
    }

    // Two nodes of one id can't be told apart; the first keeps it, because what asks for the id means the one drawn first.
    private static ChainVersion WithUniqueIds(ChainVersion chain)
    {
        if (chain.Nodes().GroupBy(n => n.Id).All(g => g.Count() == 1))
        {
            return chain;
        }

        var names = DrawnNames.Of(chain);
        var seen = new HashSet<NodeId>();
        return chain with { Root = Unique(chain.Root) };

        ChainNode Unique(ChainNode node)
        {
            var own = seen.Add(node.Id) ? node : node with { Id = names.NewNode(node.Title?.De ?? node.Id.Value, DrawnTree.ListName) };
            return DrawnTree.WithSlots(own, Unique);
        }
    }

    private static IReadOnlyList<ChainNode> List(IEnumerable<ChainNode> blocks) =>
        [.. blocks.Select(Node).SelectMany(block => block switch
        {
            ChainNode.Sequence { Title: null } inner => inner.Children,
            _ => [block],
        })];

    // A slot that becomes empty keeps an empty list, so that the place can be filled.
    private static ChainNode Node(ChainNode node) => node switch
    {
        ChainNode.Sequence sequence => List(sequence.Children) switch
        {
            [var only] when sequence.Title is null => only,
            var blocks => sequence with { Children = blocks },
        },
        ChainNode.Parallel parallel => Lanes(parallel),
        ChainNode.Choice { Branches.Count: 0, Otherwise: null } choice => new ChainNode.Sequence { Id = choice.Id, Children = [] },
        ChainNode.Choice or ChainNode.Optional or ChainNode.Repeat => DrawnTree.WithSlots(node, Node),
        ChainNode.Step => node,
        _ => throw new UnreachableException(),
    };

    private static ChainNode Lanes(ChainNode.Parallel parallel)
    {
        var lanes = parallel.Children.Select(Node).Where(lane => lane is not ChainNode.Sequence { Title: null, Children.Count: 0 }).ToList();
        return lanes switch
        {
            [] => new ChainNode.Sequence { Id = parallel.Id, Children = [] },
            [var only] => only,
            _ => parallel with { Children = lanes },
        };
    }
}
