namespace Referrals.Engine.Chains.Formats;

/// <summary>
/// Finds the blocks of a flow chart: each split with its join, each loop with its one way in and its one way out. Where ways cross the edge of a block there
/// is none, and the fault names the figures. Works in time linear in the figures times the depth of their nesting.
/// </summary>
internal sealed class StructureRecovery
{
    private const int MaxDepth = 60;
    private readonly DrawnFaults _faults;
    private readonly FlowGraph _graph;
    private readonly HashSet<Vertex> _visited = [];
    private readonly HashSet<Vertex> _joined = [];
    private bool _failed;

    private StructureRecovery(FlowGraph graph, DrawnFaults faults) => (_graph, _faults) = (graph, faults);

    /// <summary>The blocks, one after the other; null when there are faults.</summary>
    public static IReadOnlyList<DrawnBlock>? Recover(DrawnScope scope, DrawnFaults faults, int depth = 0)
    {
        var before = faults.All.Count;
        var graph = new FlowGraph(scope, faults);
        if (graph.Start is null || faults.All.Count > before)
        {
            return null;
        }

        FindMeetings(graph.Start, graph.Exit);
        var recovery = new StructureRecovery(graph, faults);
        var at = new Way(graph.Start);
        var blocks = recovery.Walk(ref at, graph.Exit, depth);
        return recovery._failed || faults.All.Count > before ? null : blocks;
    }

    // Where all ways from a figure meet: the nearest common one of its successors' meetings. Without the arrows back there are no circles.
    private static void FindMeetings(Vertex start, Vertex exit)
    {
        exit.Meets = (null, 0);
        var (done, walk) = (new HashSet<Vertex> { exit }, new Stack<(Vertex Vertex, int Next)>([(start, 0)]));
        while (walk.TryPop(out var at))
        {
            if (at.Next < at.Vertex.Out.Count)
            {
                walk.Push((at.Vertex, at.Next + 1));
                if (!done.Contains(at.Vertex.Out[at.Next].To))
                {
                    walk.Push((at.Vertex.Out[at.Next].To, 0));
                }
            }
            else if (done.Add(at.Vertex))
            {
                var meeting = at.Vertex.Out.Select(e => e.To).Aggregate(Common);
                at.Vertex.Meets = (meeting, meeting.Meets.Depth + 1);
            }
        }
    }

    private static Vertex Common(Vertex a, Vertex b)
    {
        while (a != b)
        {
            (a, b) = a.Meets.Depth >= b.Meets.Depth ? (a.Meets.Vertex!, b) : (a, b.Meets.Vertex!);
        }

        return a;
    }

    // Walks from a figure up to, but without, another; tells by how many arrows that one was reached.
    private List<DrawnBlock> Walk(ref Way way, Vertex stop, int depth)
    {
        var blocks = new List<DrawnBlock>();
        if (depth > MaxDepth)
        {
            return Fail(blocks, way.At, "drawing-too-deep", "liegt zu tief in anderen Teilen.", "lies too deep within other parts.");
        }

        while (way.At != stop && !_failed)
        {
            var vertex = way.At;
            if (vertex == _graph.Exit || (vertex.In.Count > 1 && !_joined.Contains(vertex)) || !_visited.Add(vertex))
            {
                return Crossing(blocks, vertex);
            }

            if (vertex.LoopsTo is { } back)
            {
                Loop(blocks, ref way, back, depth);
            }
            else if (vertex.Out.Count > 1)
            {
                Split(blocks, ref way, stop, depth);
            }
            else
            {
                Single(blocks, vertex, depth);
                way = new Way(vertex.Out[0].To);
            }
        }

        return blocks;
    }

    private void Single(List<DrawnBlock> blocks, Vertex vertex, int depth)
    {
        if (vertex.Junction is not null)
        {
            return;
        }

        if (vertex.Node is { Kind: DrawnKind.Group, Inner: { } inner })
        {
            if (Recover(inner, _faults, depth + 1) is { } within)
            {
                blocks.Add(new DrawnBlock.Group(vertex.Node, within));
            }
            else
            {
                _failed = true;
            }
        }
        else if (vertex.Node.Kind == DrawnKind.Step)
        {
            blocks.Add(new DrawnBlock.One(vertex.Node));
        }
    }

    private void Loop(List<DrawnBlock> blocks, ref Way way, Arrow back, int depth)
    {
        var first = way.At;
        way = new Way(first.Out[0].To);
        var body = Walk(ref way, back.From, depth + 1);
        if (_failed || !_visited.Add(back.From))
        {
            _failed = true;
            return;
        }

        var leave = back.From.Out[0];
        blocks.Add(new DrawnBlock.Loop(back.From.Node, back.Flow!, leave.Flow, body));
        way = new Way(leave.To);
    }

    private void Split(List<DrawnBlock> blocks, ref Way way, Vertex stop, int depth)
    {
        var split = way.At;
        var join = split.Meets.Vertex!;
        var (branches, arrived) = (new List<DrawnBranch>(), 0);
        foreach (var edge in split.Out)
        {
            var branch = new Way(edge.To);
            branches.Add(new DrawnBranch(edge.Flow!, Walk(ref branch, join, depth + 1)));
            arrived += branch.Arrivals;
            if (_failed)
            {
                return;
            }
        }

        if (join != _graph.Exit && join.Junction != split.Junction && !join.Node.JoinsAll)
        {
            _failed = _faults.Add(
                split.Node.Id, "split-and-join-differ",
                $"Was sich an {DrawnFaults.De(split.Node)} teilt, kommt an {DrawnFaults.De(join.Node)} auf andere Art zusammen; Teilung und Zusammenführung sind beide parallel oder beide exklusiv.",
                $"What splits at {DrawnFaults.En(split.Node)} comes together at {DrawnFaults.En(join.Node)} in another way; split and join are both parallel or both exclusive.");
            return;
        }

        blocks.Add(new DrawnBlock.Split(split.Node, split.Junction == DrawnKind.Parallel, branches));
        if (join == stop)
        {
            way = new Way(join) { Arrivals = arrived };
        }
        else if (arrived == join.In.Count && _joined.Add(join))
        {
            way = new Way(join);
        }
        else
        {
            Crossing(blocks, join);
        }
    }

    private List<DrawnBlock> Crossing(List<DrawnBlock> blocks, Vertex vertex)
    {
        var from = vertex.In.Select(e => DrawnFaults.Before(e.From, includeSelf: true)).Distinct().Take(4).ToList();
        if (!_failed)
        {
            _faults.Add(
                vertex.Node.Id, "branches-cross",
                $"An {DrawnFaults.De(vertex.Node)} treffen sich Wege, die nicht aus derselben Teilung kommen (von {string.Join(", ", from.Select(DrawnFaults.De))}). Jede Teilung braucht ihre eigene Zusammenführung, und kein Pfeil führt in einen Zweig hinein oder aus ihm heraus.",
                $"At {DrawnFaults.En(vertex.Node)} ways meet that don't come from the same split (from {string.Join(", ", from.Select(DrawnFaults.En))}). Every split needs a join of its own, and no arrow leads into a branch or out of it.");
        }

        _failed = true;
        return blocks;
    }

    private List<DrawnBlock> Fail(List<DrawnBlock> blocks, Vertex vertex, string code, string de, string en)
    {
        _failed = _faults.Add(vertex.Node.Id, code, $"{DrawnFaults.De(vertex.Node)} {de}", $"{DrawnFaults.En(vertex.Node)} {en}");
        return blocks;
    }

    /// <summary>Where a walk has come to.</summary>
    private struct Way(Vertex at)
    {
        public Vertex At { get; } = at;

        public int Arrivals { get; init; } = 1;
    }
}
