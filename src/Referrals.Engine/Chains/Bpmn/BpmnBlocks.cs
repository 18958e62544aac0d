using System.Diagnostics;
using System.Globalization;
using Referrals.Engine.Chains.Formats;

namespace Referrals.Engine.Chains.Bpmn;

/// <summary>
/// Turns the tree of a chain into figures and flows. Everything in a block has columns of its own, and branches lie below one another, so that no two
/// figures can overlap.
/// </summary>
internal sealed class BpmnBlocks(ChainVersion chain)
{
    private const int GatewaySize = 50;
    private const int EventSize = 36;
    private const int BetweenBranches = 30;
    private readonly FigureIds _ids = new();

    /// <summary>The whole: from the start event to the end event.</summary>
    public Block Whole()
    {
        var whole = new Block(0);
        var start = Event(whole, "startEvent", _ids.For("start", "chain"), null, 0);
        var root = Of(chain.Root, whole.Next, null);
        whole.Take(root, 0);
        var end = Event(whole, "endEvent", _ids.For("end", "chain"), null, whole.Next);
        Connect(whole, [start, root, end]);
        return whole;
    }

    private Block Of(ChainNode node, int column, Shape? within) => node switch
    {
        ChainNode.Sequence sequence => Sequence(sequence, column, within),
        ChainNode.Parallel parallel => Parallel(parallel, column, within),
        ChainNode.Choice choice => Choice(choice, column, within),
        ChainNode.Optional optional => Optional(optional, column, within),
        ChainNode.Repeat repeat => Repeat(repeat, column, within),
        ChainNode.Step step => BpmnSteps.Of(step, _ids, column, within),
        _ => throw new UnreachableException(),
    };

    private Block Sequence(ChainNode.Sequence sequence, int column, Shape? within)
    {
        var whole = new Block(column);
        var parts = new List<Block>();
        foreach (var child in sequence.Children)
        {
            var part = Of(child, whole.Next, within);
            whole.Take(part, 0);
            parts.Add(part);
        }

        var drawn = parts.Where(p => p.First is not null).ToList();
        Connect(whole, drawn);
        (whole.First, whole.Last) = (drawn.FirstOrDefault()?.First, drawn.LastOrDefault()?.Last);
        return whole;
    }

    private Block Parallel(ChainNode.Parallel parallel, int column, Shape? within)
    {
        var code = parallel.Id.Value;
        var frame = new Frame(this, new Block(column), parallel, ("parallelGateway", parallel.Title?.De), ("parallel", code), within);
        for (var i = 0; i < parallel.Children.Count; i++)
        {
            frame.Branch(Of(parallel.Children[i], column + 1, within), string.Create(CultureInfo.InvariantCulture, $"branch{i + 1}"), null, null, false);
        }

        return frame.Close(parallel.Children.Count == 0);
    }

    private Block Choice(ChainNode.Choice choice, int column, Shape? within)
    {
        var code = choice.Id.Value;
        var frame = new Frame(this, new Block(column), choice, ("exclusiveGateway", choice.Title?.De), ("choice", code), within);
        for (var i = 0; i < choice.Branches.Count; i++)
        {
            var words = ConditionWords.Of(choice.Branches[i].When, chain);
            frame.Branch(Of(choice.Branches[i].Then, column + 1, within), string.Create(CultureInfo.InvariantCulture, $"branch{i + 1}"), words, words, false);
        }

        frame.Branch(choice.Otherwise is { } otherwise ? Of(otherwise, column + 1, within) : new Block(column + 1), "otherwise", BpmnNames.Otherwise, null, true);
        return frame.Close(false);
    }

    private Block Optional(ChainNode.Optional optional, int column, Shape? within)
    {
        var frame = new Frame(this, new Block(column), optional, ("exclusiveGateway", BpmnNames.Include(optional.Title?.De ?? "")), ("optional", optional.Id.Value), within);
        frame.Branch(Of(optional.Child, column + 1, within), "yes", BpmnNames.Yes, BpmnNames.Yes, false);
        frame.Branch(new Block(column + 1), "no", BpmnNames.No, null, true);
        return frame.Close(false);
    }

    private Block Repeat(ChainNode.Repeat repeat, int column, Shape? within)
    {
        var whole = new Block(column);
        var code = repeat.Id.Value;
        var box = new Shape { Id = _ids.For("repeat", code), Element = "subProcess", Name = repeat.Title?.De ?? BpmnNames.Until(repeat, chain), Node = repeat, Within = within, Column = column };
        whole.Shapes.Add(box);
        var start = Event(whole, "startEvent", _ids.For("repeat", code, "start"), box, column);
        var child = Of(repeat.Child, whole.Next, box);
        whole.Take(child, 0);
        var end = Event(whole, "endEvent", _ids.For("repeat", code, "end"), box, whole.Next);
        Connect(whole, [start, child, end]);
        whole.Up += 16 + (14 * Label.Lines(box.Name, 400));
        whole.Down += 40;
        (box.Top, box.Height, box.LastColumn) = (-whole.Up, whole.Up + whole.Down, whole.Next - 1);
        (whole.First, whole.Last) = (box, box);
        return whole;
    }

    private static Block Event(Block whole, string element, string id, Shape? within, int column)
    {
        var inset = within is null ? 10 : 30;
        var shape = new Shape { Id = id, Element = element, Within = within, Column = column, Inset = inset, Top = -EventSize / 2, Width = EventSize, Height = EventSize };
        var block = new Block(column) { First = shape, Last = shape, Up = 30, Down = 30, Next = column + 1 };
        block.Shapes.Add(shape);
        whole.Take(block, 0);
        return block;
    }

    private void Connect(Block whole, IReadOnlyList<Block> parts)
    {
        var drawn = parts.Where(p => p.First is not null).ToList();
        foreach (var (from, to) in drawn.Zip(drawn.Skip(1)))
        {
            whole.Flows.Add(new SequenceFlow { Id = _ids.For("flow", from.Last!.Id.Replace('_', '-')), From = from.Last, To = to.First! });
        }
    }

    /// <summary>A split and a join with branches between them.</summary>
    private sealed class Frame
    {
        private const int SplitCentre = 55;
        private readonly BpmnBlocks _blocks;
        private readonly Block _whole;
        private readonly Shape _split;
        private readonly Shape _join;
        private readonly string _kind;
        private readonly string _code;
        private int _below = int.MinValue;

        public Frame(BpmnBlocks blocks, Block whole, ChainNode node, (string Element, string? Name) gateway, (string Kind, string Code) id, Shape? within)
        {
            (_blocks, _whole, (_kind, _code)) = (blocks, whole, id);
            var words = string.IsNullOrWhiteSpace(gateway.Name) ? null : gateway.Name;
            var height = words is null ? 0 : Label.Lines(words, 100) * 14;
            _split = Gateway(blocks._ids.For(_kind, _code), SplitCentre - (GatewaySize / 2), words is null ? null : Label.For(words, -25, -(GatewaySize / 2) - 6 - height, 100));
            _join = Gateway(blocks._ids.For(_kind, _code, "join"), 5, null);
            _whole.Up = (GatewaySize / 2) + height + 10;
            _whole.Down = (GatewaySize / 2) + 5;

            Shape Gateway(string name, int inset, Label? label) => new()
            {
                Id = name,
                Element = gateway.Element,
                Name = label is null ? null : words,
                Node = label is null && inset == 5 ? null : node,
                Within = within,
                Column = whole.Next,
                Inset = inset,
                Top = -GatewaySize / 2,
                Width = GatewaySize,
                Height = GatewaySize,
                Label = label,
            };
        }

        public void Branch(Block branch, string part, string? name, string? condition, bool isDefault)
        {
            var label = name is null ? null : Label.For(name, (GatewaySize / 2) + 3, 5, 110);
            branch.Down = Math.Max(branch.Down, label is null ? 5 : label.Height + 10);
            branch.Up = Math.Max(branch.Up, 5);
            var at = _below == int.MinValue ? 0 : _below + BetweenBranches + branch.Up;
            if (branch.First is null && at == 0)
            {
                at = (GatewaySize / 2) + 20;
            }

            var (from, to, code) = (branch.First is null ? _join : branch.First, _join, _code);
            var flow = new SequenceFlow
            {
                Id = _blocks._ids.For($"flow_{_kind}", code, part),
                From = _split,
                To = from,
                Name = name,
                Condition = condition,
                IsDefault = isDefault,
                Bypass = branch.First is null ? 0 : null,
                Label = label,
            };
            branch.Flows.Add(flow);
            if (branch.First is not null)
            {
                branch.Flows.Add(new SequenceFlow { Id = _blocks._ids.For($"flow_{_kind}", code, $"{part}-end"), From = branch.Last!, To = to });
            }

            _below = at + branch.Down;
            _whole.Take(branch, at);
        }

        public Block Close(bool straight)
        {
            _whole.Next = Math.Max(_whole.Next, _split.Column + 1);
            _join.Column = _whole.Next++;
            _whole.Shapes.Insert(0, _split);
            _whole.Shapes.Add(_join);
            if (straight)
            {
                _whole.Flows.Add(new SequenceFlow { Id = _blocks._ids.For($"flow_{_kind}", _code, "through"), From = _split, To = _join });
            }

            (_whole.First, _whole.Last) = (_split, _join);
            return _whole;
        }
    }
}
