namespace Referrals.Engine.Chains.Formats;

/// <summary>
/// The chain that a file of ours carries along, and what each of its figures said when it was written. So what somebody changed in another tool shows, and
/// everything that the drawing can't say is taken from here.
/// </summary>
internal sealed class KnownChain
{
    private readonly Dictionary<string, ChainNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DrawnNode> _drawn;
    private readonly Dictionary<string, Condition> _conditions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Condition> _endsOfLoops = new(StringComparer.Ordinal);
    private readonly Dictionary<NodeId, IReadOnlyList<ChainNode.Sequence>> _sequences = [];

    /// <param name="chain">The chain in the file.</param>
    /// <param name="drawn">What reading our own file of it gives.</param>
    /// <param name="nodes">Which figure stands for which node.</param>
    /// <param name="words">How conditions are written in this format.</param>
    public KnownChain(ChainVersion chain, DrawnChain drawn, IEnumerable<(string Id, ChainNode Node)> nodes, Func<Condition, string> words)
    {
        Chain = chain;
        _drawn = drawn.Scope.All().DistinctBy(n => n.Id).ToDictionary(n => n.Id, StringComparer.Ordinal);
        foreach (var (id, node) in nodes)
        {
            _nodes.TryAdd(id, node);
        }

        Visit(chain.Root, [], words);
    }

    public ChainVersion Chain { get; }

    /// <summary>Ids of all nodes.</summary>
    public IEnumerable<string> Ids => _sequences.Keys.Select(id => id.Value);

    /// <summary>The node for which a figure stood.</summary>
    public T? Node<T>(string element)
        where T : ChainNode => _nodes.GetValueOrDefault(element) as T;

    /// <summary>Whether the chain has a node with this id.</summary>
    public bool Knows(NodeId id) => _sequences.ContainsKey(id);

    /// <summary>What the figure said when it was written.</summary>
    public DrawnNode? Drawn(string element) => _drawn.GetValueOrDefault(element);

    /// <summary>The condition that was written with these words.</summary>
    public Condition? Condition(string words) => _conditions.GetValueOrDefault(words);

    /// <summary>The condition that ends a repeat, by the words for going on: its negation; or by its own.</summary>
    public Condition? EndOfLoop(string words) => _endsOfLoops.GetValueOrDefault(words) ?? Condition(words);

    /// <summary>The sequences directly around a node, the outermost first.</summary>
    public IReadOnlyList<ChainNode.Sequence> Sequences(NodeId id) => _sequences.GetValueOrDefault(id, []);

    private void Visit(ChainNode node, IReadOnlyList<ChainNode.Sequence> around, Func<Condition, string> words)
    {
        _sequences.TryAdd(node.Id, around);
        if (node is ChainNode.Choice choice)
        {
            choice.Branches.ToList().ForEach(branch => _conditions.TryAdd(words(branch.When), branch.When));
        }
        else if (node is ChainNode.Repeat repeat)
        {
            _conditions.TryAdd(words(repeat.Until), repeat.Until);
            _endsOfLoops.TryAdd(words(new Condition.Not(repeat.Until)), repeat.Until);
        }

        foreach (var (_, part) in node.Parts())
        {
            Visit(part, node is ChainNode.Sequence sequence ? [.. around, sequence] : [], words);
        }
    }
}
