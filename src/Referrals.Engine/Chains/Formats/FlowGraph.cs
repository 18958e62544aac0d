namespace Referrals.Engine.Chains.Formats;

/// <summary>
/// A flow chart made regular: a figure has many arrows in or many out, never both; only splits and joins have many; the arrows that lead back are set apart;
/// every way ends at one exit.
/// </summary>
internal sealed class FlowGraph
{
    private readonly List<Vertex> _vertices = [];
    private readonly DrawnFaults _faults;

    public FlowGraph(DrawnScope scope, DrawnFaults faults)
    {
        _faults = faults;
        Exit = Add(new DrawnNode("", DrawnKind.End, null), null);
        var (entries, exits) = (new Dictionary<string, Vertex>(StringComparer.Ordinal), new Dictionary<string, Vertex>(StringComparer.Ordinal));
        var (into, from) = (scope.Flows.ToLookup(f => f.To), scope.Flows.ToLookup(f => f.From));
        foreach (var node in scope.Nodes.DistinctBy(n => n.Id))
        {
            AddRegular(node, into[node.Id].Count(), [.. from[node.Id]], entries, exits);
        }

        foreach (var flow in scope.Flows.Where(f => exits.ContainsKey(f.From) && entries.ContainsKey(f.To)))
        {
            Connect(exits[flow.From], entries[flow.To], flow);
        }

        Start = FindStart(entries);
        if (Start is not null)
        {
            CheckReached();
            FindLoops();
        }
    }

    public Vertex? Start { get; }

    /// <summary>Behind every end.</summary>
    public Vertex Exit { get; }

    private Vertex Add(DrawnNode node, DrawnKind? junction)
    {
        var vertex = new Vertex(node, junction);
        _vertices.Add(vertex);
        return vertex;
    }

    private void AddRegular(DrawnNode node, int ins, List<DrawnFlow> outs, Dictionary<string, Vertex> entries, Dictionary<string, Vertex> exits)
    {
        if (node.Kind is DrawnKind.Parallel or DrawnKind.Exclusive)
        {
            var entry = Add(node, node.Kind);
            var exit = ins > 1 && outs.Count > 1 ? Add(node, node.Kind) : entry;
            (entries[node.Id], exits[node.Id]) = (entry, exit);
            Link(entry, exit);
            return;
        }

        var middle = Add(node, null);
        var merge = ins > 1 ? Add(node, DrawnKind.Exclusive) : middle;
        var split = outs.Count > 1 ? Add(node, DrawnKind.Parallel) : middle;
        if (outs.Count > 1 && outs.Any(f => f.Words is not null))
        {
            _faults.Add(
                node.Id, "conditions-without-gateway", $"Hinter {DrawnFaults.De(node)} stehen Pfeile mit Bedingungen; dafür braucht es ein exklusives Gateway.",
                $"Behind {DrawnFaults.En(node)} there are arrows with conditions; they need an exclusive gateway.");
        }

        (entries[node.Id], exits[node.Id]) = (merge, split);
        Link(merge, middle);
        Link(middle, split);
    }

    private static void Link(Vertex from, Vertex to)
    {
        if (from != to)
        {
            Connect(from, to, null);
        }
    }

    private static void Connect(Vertex from, Vertex to, DrawnFlow? flow)
    {
        var edge = new Arrow(from, to, flow);
        from.Out.Add(edge);
        to.In.Add(edge);
    }

    private Vertex? FindStart(Dictionary<string, Vertex> entries)
    {
        var starts = _vertices.Where(v => v is { Node.Kind: DrawnKind.Start, Junction: null }).ToList();
        if (starts.Count == 0)
        {
            starts = [.. entries.Values.Where(v => v.In.Count == 0)];
        }

        foreach (var vertex in _vertices.Where(v => v != Exit && v.Out.Count == 0).ToList())
        {
            Connect(vertex, Exit, null);
        }

        if (starts.Count == 1)
        {
            return starts[0];
        }

        var names = string.Join(", ", starts.Take(5).Select(v => DrawnFaults.De(v.Node)));
        _ = starts.Count == 0
            ? _faults.Add("", "start-missing", "Es gibt keinen Anfang: Jede Figur hat einen Pfeil vor sich.", "There is no start: every figure has an arrow before it.")
            : _faults.Add("", "several-starts", $"Es gibt mehrere Anfänge: {names}. Eine Kette beginnt an einer Stelle.", $"There are several starts: {names}. A chain starts in one place.");
        return null;
    }

    private void CheckReached()
    {
        var (reached, open) = (new HashSet<Vertex> { Start! }, new Stack<Vertex>([Start!]));
        while (open.TryPop(out var vertex))
        {
            foreach (var edge in vertex.Out.Where(e => reached.Add(e.To)))
            {
                open.Push(edge.To);
            }
        }

        foreach (var node in _vertices.Where(v => v != Exit && !reached.Contains(v)).Select(v => v.Node).Distinct())
        {
            _faults.Add(node.Id, "not-connected", $"Zu {DrawnFaults.De(node)} führt vom Anfang kein Weg.", $"No way leads from the start to {DrawnFaults.En(node)}.");
        }
    }

    // Depth first with a stack of our own: an arrow to a figure that is still being walked leads back.
    private void FindLoops()
    {
        var (state, walk, back) = (new Dictionary<Vertex, bool>(), new Stack<(Vertex Vertex, int Next)>(), new List<Arrow>());
        walk.Push((Start!, 0));
        state[Start!] = true;
        while (walk.TryPop(out var at))
        {
            if (at.Next == at.Vertex.Out.Count)
            {
                state[at.Vertex] = false;
                continue;
            }

            walk.Push((at.Vertex, at.Next + 1));
            var edge = at.Vertex.Out[at.Next];
            if (!state.TryGetValue(edge.To, out var open))
            {
                state[edge.To] = true;
                walk.Push((edge.To, 0));
            }
            else if (open)
            {
                back.Add(edge);
            }
        }

        back.ForEach(SetApart);
    }

    private void SetApart(Arrow edge)
    {
        edge.From.Out.Remove(edge);
        edge.To.In.Remove(edge);
        if (edge.From.Junction == DrawnKind.Exclusive && edge.To.Junction == DrawnKind.Exclusive && edge.To.LoopsTo is null && edge.From.Out.Count == 1)
        {
            edge.To.LoopsTo = edge;
            edge.From.LoopedBy = edge;
            return;
        }

        if (edge.From.Out.Count == 0)
        {
            Connect(edge.From, Exit, null);
        }

        var (source, target) = (DrawnFaults.Before(edge.From, includeSelf: true), DrawnFaults.Before(edge.To, includeSelf: edge.To.Junction is null));
        _faults.Add(
            edge.Flow?.Id ?? edge.From.Node.Id, "loop-not-structured",
            $"Von {DrawnFaults.De(source)} führt ein Pfeil zurück hinter {DrawnFaults.De(target)}. Eine Wiederholung beginnt mit einem exklusiven Gateway, endet mit einem zweiten, das fragt, ob es noch eine Runde gibt, und hat dazwischen alles, was sich wiederholt.",
            $"From {DrawnFaults.En(source)} an arrow leads back behind {DrawnFaults.En(target)}. A repeat starts with an exclusive gateway, ends with a second one that asks whether there is another round, and has all that is repeated between the two.");
    }
}

/// <summary>A figure in a regular flow chart.</summary>
internal sealed class Vertex(DrawnNode node, DrawnKind? junction)
{
    public DrawnNode Node { get; } = node;

    /// <summary>Kind of a split or join; null: neither.</summary>
    public DrawnKind? Junction { get; } = junction;

    public List<Arrow> In { get; } = [];

    public List<Arrow> Out { get; } = [];

    /// <summary>At the first figure of a loop: the arrow that comes back.</summary>
    public Arrow? LoopsTo { get; set; }

    /// <summary>At the last figure of a loop: the arrow that goes back.</summary>
    public Arrow? LoopedBy { get; set; }

    /// <summary>Where all ways from here meet again, and how far from the exit that is.</summary>
    public (Vertex? Vertex, int Depth) Meets { get; set; }
}

/// <summary>An arrow in a regular flow chart; without a flow where making it regular put one in.</summary>
internal sealed record Arrow(Vertex From, Vertex To, DrawnFlow? Flow)
{
    public bool Equals(Arrow? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
