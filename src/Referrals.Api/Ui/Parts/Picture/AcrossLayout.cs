using System.Diagnostics;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>
/// Lays a chain out from left to right. Every part is a block with a way in on its left edge and a way out on its right; blocks never
/// overlap, and ways run in the gaps between them. A sequence that is too wide goes on in the next line, as text does.
/// </summary>
internal sealed class AcrossLayout
{
    private const double MaxWidth = 1256;
    private const double BoxWidth = 252;
    private const double Gap = 36;
    private const double Gutter = 60;
    private const double LaneGap = 20;
    private const double LineGap = 44;
    private const double Turn = 26;
    private const double EmptyLane = 64;
    private const double CaptionWidth = 280;
    private const double MarkSize = 13;
    private const double Margin = 4;

    /// <summary>The drawing.</summary>
    public static Drawing Draw(PictureNode root)
    {
        const double Ends = 2 * (2 * MarkSize + Gap + Margin);
        var block = Lay(root, MaxWidth - Ends, false);
        var x = Margin + 2 * MarkSize + Gap;
        var (enter, leave) = (Margin + block.In, Margin + block.Out);
        var right = x + block.Exit;
        List<Shape> shapes =
        [
            new Shape.Mark(new Spot(Margin + MarkSize, enter), MarkKind.Start),
            Line(Margin + 2 * MarkSize, x, enter, block.Arrow, false),
            .. block.At(x, Margin),
            Line(right, right + Gap, leave, true, false),
            new Shape.Mark(new Spot(right + Gap + MarkSize, leave), MarkKind.End),
        ];
        return new Drawing(Math.Max(x + block.Width, right + Gap + 2 * MarkSize) + Margin, Math.Max(block.Height, Math.Max(block.In, block.Out) + MarkSize) + 2 * Margin, shapes);
    }

    private static Block Lay(PictureNode node, double room, bool faded) => node switch
    {
        PictureNode.Box box => Box(box),
        PictureNode.Row row => Row(row, room, faded),
        PictureNode.Lanes lanes => Lanes(lanes, room, faded),
        PictureNode.Frame frame => Frame(frame, room, faded),
        _ => throw new UnreachableException(),
    };

    private static Block Box(PictureNode.Box box)
    {
        var shape = Blocks.Box(box, BoxWidth);
        return new Block(BoxWidth, shape.Area.Height, shape.Area.Height / 2, shape.Area.Height / 2, true, [shape]);
    }

    private static Block Row(PictureNode.Row row, double room, bool faded)
    {
        var blocks = row.Parts.Select(part => Lay(part, room, faded)).ToList();
        if (Width(blocks) <= room)
        {
            return Line(blocks, faded);
        }

        var lines = new List<List<Block>> { new() };
        foreach (var block in blocks)
        {
            if (lines[^1].Count > 0 && Width([.. lines[^1], block]) > room - 2 * Turn)
            {
                lines.Add([]);
            }

            lines[^1].Add(block);
        }

        return lines.Count == 1 ? Line(blocks, faded) : Stack([.. lines.Select(line => Line(line, faded))], faded);
    }

    private static double Width(List<Block> blocks) => blocks.Sum(b => b.Width) + (blocks.Count - 1) * Gap;

    private static Block Line(List<Block> blocks, bool faded)
    {
        var (x, axis, top, bottom) = (0.0, 0.0, 0.0, 0.0);
        var shapes = new List<Shape>();
        foreach (var block in blocks)
        {
            if (x > 0)
            {
                shapes.Add(Line(x, x + Gap, axis, block.Arrow, faded));
                x += Gap;
            }

            var y = axis - block.In;
            shapes.AddRange(block.At(x, y));
            shapes.AddRange(Rest(block, x, y, faded));
            (x, axis, top, bottom) = (x + block.Width, y + block.Out, Math.Min(top, y), Math.Max(bottom, y + block.Height));
        }

        return new Block(x, bottom - top, -top, axis - top, blocks[0].Arrow, [.. shapes.Select(s => s.Move(0, -top))]);
    }

    // From the end of each line the way runs down, back to the left in the gap between the lines, and into the next.
    private static Block Stack(List<Block> lines, bool faded)
    {
        var width = lines.Max(l => l.Width) + 2 * Turn;
        var shapes = new List<Shape> { Line(0, Turn, lines[0].In, lines[0].Arrow, faded) };
        var y = 0.0;
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, leave) = (lines[i], new Spot(Turn + lines[i].Width, y + lines[i].Out));
            shapes.AddRange(line.At(Turn, y));
            if (i + 1 == lines.Count)
            {
                return new Block(width, y + line.Height, lines[0].In, leave.Y, false, shapes) { Exit = leave.X };
            }

            var between = y + line.Height + LineGap / 2;
            y += line.Height + LineGap;
            var enter = y + lines[i + 1].In;
            const double Side = Turn / 2;
            shapes.Add(new Shape.Edge(
                [leave, leave with { X = leave.X + Side }, new(leave.X + Side, between), new(Side - 4, between), new(Side - 4, enter), new(Turn, enter)],
                Curve: false, lines[i + 1].Arrow, faded));
        }

        throw new UnreachableException();
    }

    private static Block Lanes(PictureNode.Lanes node, double room, bool faded)
    {
        var lanes = node.Ways.Select(lane => (lane.Faded, Block: Lane(lane, room - 2 * Gutter))).ToList();
        var width = lanes.Max(l => l.Block.Width);
        var caption = Blocks.Label(node.Caption, PictureFont.Heading, PictureTone.Planned, Math.Max(width, CaptionWidth));
        var total = 2 * Gutter + width;
        var top = caption.Area.Height + 12;
        var height = top + lanes.Sum(l => l.Block.Height) + (lanes.Count - 1) * LaneGap;
        var axis = (top + lanes[0].Block.In + height - lanes[^1].Block.Height + lanes[^1].Block.In) / 2;
        var start = node.OneOf ? 16.0 : 0.0;
        var shapes = new List<Shape> { caption.Move(Gutter, 0) };
        var y = top;
        foreach (var (laneFaded, block) in lanes)
        {
            shapes.Add(Curve(new Spot(start, axis), new Spot(Gutter, y + block.In), block.Arrow, laneFaded));
            shapes.AddRange(block.At(Gutter, y));
            var leave = y + block.Out;
            if (block.Exit < width)
            {
                shapes.Add(Line(Gutter + block.Exit, Gutter + width, leave, false, laneFaded));
            }

            shapes.Add(Curve(new Spot(Gutter + width, leave), new Spot(total, axis), false, laneFaded));
            y += block.Height + LaneGap;
        }

        // What is taken is drawn over what is not, where they meet.
        shapes = [.. shapes.OrderBy(s => s is Shape.Edge { Faded: true } ? 0 : 1)];
        return new Block(total, height, axis, axis, false, node.OneOf ? [.. shapes, new Shape.Mark(new Spot(8, axis), MarkKind.Choice)] : shapes);
    }

    private static Block Lane(Lane lane, double room)
    {
        var content = lane.Part is { } part
            ? Lay(part, room, lane.Faded)
            : new Block(EmptyLane, 16, 8, 8, false, [Line(0, EmptyLane, 8, false, lane.Faded)]);
        if (lane.Caption is not { } words)
        {
            return content;
        }

        var caption = Blocks.Label(words, PictureFont.Caption, PictureTone.Planned, Math.Max(content.Width, CaptionWidth));
        var down = caption.Area.Height + 6;
        var width = Math.Max(content.Width, caption.Area.Width);
        var shapes = new List<Shape> { caption };
        shapes.AddRange(content.At(0, down));
        return new Block(width, down + content.Height, down + content.In, down + content.Out, content.Arrow, shapes) { Exit = content.Exit };
    }

    private static Block Frame(PictureNode.Frame frame, double room, bool faded)
    {
        var pad = frame.Loop ? 34.0 : 20.0;
        var dim = faded || frame.Faded;
        var content = Lay(frame.Part, room - 2 * pad, dim);
        var caption = Blocks.Label(frame.Caption, PictureFont.Heading, frame.Tone, Math.Max(content.Width, 200));
        var inner = Math.Max(content.Width, caption.Area.Width);
        var down = 10 + caption.Area.Height + 10;
        var (width, height) = (inner + 2 * pad, down + content.Height + (frame.Loop ? 38 : 16));
        var (enter, leave) = (down + content.In, down + content.Out);
        List<Shape> shapes =
        [
            new Shape.Frame(new Area(0, 0, width, height), frame.Dashed, dim),
            caption.Move(pad, 10),
            Line(0, pad, enter, content.Arrow, dim),
            .. content.At(pad, down),
            Line(pad + content.Exit, width, leave, false, dim),
        ];
        if (frame.Loop)
        {
            var (left, right, low) = (pad / 2 - 5, width - pad / 2 + 5, height - 16);
            shapes.Add(new Shape.Edge([new(right, leave), new(right, low), new(left, low), new(left, enter), new(pad, enter)], false, content.Arrow, dim));
        }

        return new Block(width, height, enter, leave, false, shapes);
    }

    // What ends before the part's right edge goes on to it.
    private static IEnumerable<Shape> Rest(Block block, double x, double y, bool faded) =>
        block.Exit < block.Width ? [Line(x + block.Exit, x + block.Width, y + block.Out, false, faded)] : [];

    private static Shape.Edge Line(double from, double to, double y, bool arrow, bool faded) =>
        new([new(from, y), new(to, y)], Curve: false, arrow, faded);

    private static Shape.Edge Curve(Spot start, Spot end, bool arrow, bool faded)
    {
        var middle = (start.X + end.X) / 2;
        return new Shape.Edge([start, start with { X = middle }, end with { X = middle }, end], Curve: true, arrow, faded);
    }
}
