using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals.Moving;

/// <summary>Where the nodes of a version can run: for each the repeats around it, outermost first.</summary>
internal sealed class ChainPlaces
{
    private readonly Dictionary<NodeId, (ChainNode Node, IReadOnlyList<NodeId> Repeats)> _nodes = [];

    public ChainPlaces(ChainVersion chain) => Add(chain.Root, []);

    public IEnumerable<ChainNode> Nodes => _nodes.Values.Select(n => n.Node);

    public bool Has(NodeId node) => _nodes.ContainsKey(node);

    public T? Find<T>(NodeId node)
        where T : ChainNode => _nodes.TryGetValue(node, out var found) ? found.Node as T : null;

    /// <summary>Whether a place of another version is one of this version too.</summary>
    public bool Has(Place place) =>
        _nodes.TryGetValue(place.Node, out var node) && node.Repeats.Select(r => r.Value).SequenceEqual(Rounds(place).Select(r => r[..r.LastIndexOf('.')]));

    /// <summary>The place of a node around a place, or null where it isn't one: that of the same round.</summary>
    public Place? Around(NodeId node, Place inner)
    {
        var (outer, rounds) = (_nodes[node], Rounds(inner));
        return _nodes.ContainsKey(inner.Node) && outer.Node.SelfAndDescendants().Any(n => n.Id == inner.Node)
            ? Place.Of(string.Concat(rounds.Take(outer.Repeats.Count).Select(r => r + "/")), node)
            : null;
    }

    private static string[] Rounds(Place place) => place.Value.Split('/')[..^1];

    private void Add(ChainNode node, IReadOnlyList<NodeId> repeats)
    {
        _nodes.TryAdd(node.Id, (node, repeats));
        foreach (var child in node.Children())
        {
            Add(child, node is ChainNode.Repeat ? [.. repeats, node.Id] : repeats);
        }
    }
}
