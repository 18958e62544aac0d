using Referrals.Engine.Chains.Formats;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>The whole drawing with all its places. Deterministic: the same chain gives the same drawing.</summary>
internal sealed class BpmnLayout
{
    /// <summary>Pairs of step and partner up to which message flows are drawn; more would hide the chain.</summary>
    public const int MessagePairs = 200;

    private const int PoolLeft = 160;
    private const int PoolTop = 80;
    private const int PoolHeader = 30;
    private const int Lane = 8;
    private const int PoolGap = 40;
    private const int MarkerWidth = 16;

    private readonly Block _whole;
    private readonly Dictionary<int, int> _lanes = [];
    private readonly int[] _left;
    private readonly int[] _right;

    public BpmnLayout(ChainVersion chain, Func<OrganisationId, string> name)
    {
        _whole = new BpmnBlocks(chain).Whole();
        var ids = new FigureIds();
        Pools = [.. chain.Partners().Select(partner => new Pool(ids.For("partner", partner.Value), partner, name(partner)))];
        Messages = Exchange(ids);
        _whole.Shift(PoolTop + 20 + _whole.Up);
        (_left, _right) = Columns();
        foreach (var shape in Shapes)
        {
            shape.X = _left[shape.Column] + shape.Inset;
            shape.Width = shape.LastColumn is { } last ? _right[last] - shape.X : shape.Width;
        }

        Route();
        PlacePools();
        RouteMessages();
    }

    public IReadOnlyList<Shape> Shapes => _whole.Shapes;

    public IReadOnlyList<SequenceFlow> Flows => _whole.Flows;

    public IReadOnlyList<Pool> Pools { get; }

    public IReadOnlyList<MessageFlow> Messages { get; }

    /// <summary>Left, top, width and height of the pool that holds the chain.</summary>
    public (int X, int Y, int Width, int Height) Main => (PoolLeft, PoolTop, _right[^1] + 30 - PoolLeft, _whole.Up + _whole.Down + 50);

    public int PoolsTop => Main.Y + Main.Height + PoolGap + (6 * Messages.Count);

    public static int PoolHeight => 80;

    private List<MessageFlow> Exchange(FigureIds ids)
    {
        var pairs = Shapes.Where(s => s.Node is ChainNode.Step)
            .SelectMany(s => ((ChainNode.Step)s.Node!).Partners.Distinct().Select(p => (Step: s, Pool: Pools.First(pool => pool.Partner == p)))).ToList();
        return pairs.Count > MessagePairs ? [] : [.. pairs.SelectMany(pair => Both(pair.Step, pair.Pool))];

        IEnumerable<MessageFlow> Both(Shape step, Pool pool) => [Message(step, pool, true), Message(step, pool, false)];

        MessageFlow Message(Shape step, Pool pool, bool isOffer) =>
            new(ids.For(isOffer ? "offer" : "feedback", step.Node!.Id.Value, pool.Id.Replace('_', '-')), step, pool, isOffer);
    }

    // A column is as wide as its widest figure; between two columns there is room for the message flows of the steps beside it.
    private (int[] Left, int[] Right) Columns()
    {
        var widths = new int[_whole.Next];
        foreach (var shape in Shapes.Where(s => s.LastColumn is null))
        {
            var needs = shape.Element switch
            {
                "serviceTask" => shape.Width + 50,
                "exclusiveGateway" or "parallelGateway" => Flows.Where(f => f.From == shape).Max(f => f.Label is { } label ? 60 + label.Inset + label.Width : 0),
                _ => 0,
            };
            widths[shape.Column] = Math.Max(widths[shape.Column], Math.Max(needs, shape.Inset + shape.Width + 30));
        }

        foreach (var message in Messages)
        {
            _lanes[GapOf(message)] = _lanes.GetValueOrDefault(GapOf(message)) + 1;
        }

        var (left, right, x) = (new int[widths.Length], new int[widths.Length], PoolLeft + PoolHeader + 20);
        for (var i = 0; i < widths.Length; i++)
        {
            (left[i], right[i]) = (x, x + widths[i]);
            x = right[i] + 30 + (Lane * _lanes.GetValueOrDefault(i)) + (Frames.Any(f => f.Column <= i && i < f.LastColumn) ? (2 * MarkerWidth) + Lane : 0);
        }

        return (left, right);
    }

    private IEnumerable<Shape> Frames => Shapes.Where(s => s.LastColumn is not null);

    // A sub-process shows in the middle of its lower edge that it is repeated.
    private bool IsThroughMarker(int lane, Shape step) => Frames.Any(f => f.Column <= step.Column && step.Column <= f.LastColumn && Math.Abs(lane - f.Centre) < MarkerWidth);

    private static int GapOf(MessageFlow message) => message.IsOffer ? message.Step.Column : message.Step.Column - 1;

    private void Route()
    {
        foreach (var flow in Flows)
        {
            var (from, to) = (flow.From, flow.To);
            flow.Waypoints = (flow.Bypass, from.Host) switch
            {
                (_, not null) => [new(from.Centre, from.Bottom), new(to.Centre, to.Top)],
                ({ } y, _) => [new(from.Centre, from.Bottom), new(from.Centre, y), new(to.Centre, y), new(to.Centre, to.Bottom)],
                _ when from.Anchor < to.Anchor => [new(from.Centre, from.Bottom), new(from.Centre, to.Anchor), new(to.X, to.Anchor)],
                _ when from.Anchor > to.Anchor => [new(from.Right, from.Anchor), new(to.Centre, from.Anchor), new(to.Centre, to.Bottom)],
                _ => [new(from.Right, from.Anchor), new(to.X, to.Anchor)],
            };
        }
    }

    private void PlacePools()
    {
        var x = PoolLeft;
        foreach (var pool in Pools)
        {
            (pool.X, pool.Width) = (x, Math.Max(Math.Max(180, 30 + (7 * Math.Min(pool.Name.Length, 60))), 40 + (10 * Messages.Count(m => m.Pool == pool))));
            x += pool.Width + PoolGap;
        }
    }

    // Down a lane beside the step, along a line of its own below the chain, and down to the partner; feedback the other way.
    private void RouteMessages()
    {
        var (lanes, docks, sides) = (new Dictionary<int, int>(), new Dictionary<Pool, int>(), new Dictionary<(Shape, bool), int>());
        for (var i = 0; i < Messages.Count; i++)
        {
            var message = Messages[i];
            var gap = GapOf(message);
            var lane = _right[gap] + 15 + (Lane * Count(lanes, gap));
            while (IsThroughMarker(lane, message.Step))
            {
                lane = _right[gap] + 15 + (Lane * Count(lanes, gap));
            }

            var dock = message.Pool.X + 20 + (10 * Count(docks, message.Pool));
            var side = message.Step.Anchor + 10 + Math.Min(28, 5 * Count(sides, (message.Step, message.IsOffer)));
            var bus = Main.Y + Main.Height + 20 + (6 * i);
            Point[] way = [new(message.IsOffer ? message.Step.Right : message.Step.X, side), new(lane, side), new(lane, bus), new(dock, bus), new(dock, PoolsTop)];
            message.Waypoints = message.IsOffer ? way : [.. way.Reverse()];
        }
    }

    private static int Count<T>(Dictionary<T, int> counts, T key)
        where T : notnull
    {
        var count = counts.GetValueOrDefault(key);
        counts[key] = count + 1;
        return count;
    }
}
