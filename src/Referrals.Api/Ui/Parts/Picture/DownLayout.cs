using System.Diagnostics;

namespace Referrals.Api.Ui.Parts.Picture;

/// <summary>
/// Lays a chain out from top to bottom, for a phone: one part below the other, all in one width. What lies beside one another or has a
/// frame stands in a frame; ways run between parts only.
/// </summary>
internal static class DownLayout
{
    private const double Phone = 350;
    private const double MinBox = 216;
    private const double Gap = 34;
    private const double LaneGap = 16;
    private const double FramePadding = 10;
    private const double MarkSize = 11;
    private const double Margin = 3;

    /// <summary>The drawing.</summary>
    public static Drawing Draw(PictureNode root)
    {
        var width = Math.Max(Phone - 2 * Margin, MinBox + 2 * FramePadding * Depth(root));
        var block = Lay(root, width, false);
        var middle = Margin + width / 2;
        var top = Margin + 2 * MarkSize + Gap;
        var bottom = top + block.Height;
        List<Shape> shapes =
        [
            new Shape.Mark(new Spot(middle, Margin + MarkSize), MarkKind.Start),
            Line(middle, Margin + 2 * MarkSize, top, false),
            .. block.At(Margin, top),
            Line(middle, bottom, bottom + Gap, false),
            new Shape.Mark(new Spot(middle, bottom + Gap + MarkSize), MarkKind.End),
        ];
        return new Drawing(width + 2 * Margin, bottom + Gap + 2 * MarkSize + Margin, shapes);
    }

    private static int Depth(PictureNode node) => node switch
    {
        PictureNode.Box => 0,
        PictureNode.Row row => row.Parts.Max(Depth),
        PictureNode.Lanes lanes => 1 + lanes.Ways.Max(lane => lane.Part is { } part ? Depth(part) : 0),
        PictureNode.Frame frame => 1 + Depth(frame.Part),
        _ => throw new UnreachableException(),
    };

    private static Block Lay(PictureNode node, double width, bool faded) => node switch
    {
        PictureNode.Box box => Box(box, width),
        PictureNode.Row row => Row(row, width, faded),
        PictureNode.Lanes lanes => Lanes(lanes, width, faded),
        PictureNode.Frame frame => Frame(frame, width, faded),
        _ => throw new UnreachableException(),
    };

    private static Block Of(double width, double height, List<Shape> shapes) => new(width, height, width / 2, width / 2, true, shapes);

    private static Block Box(PictureNode.Box box, double width)
    {
        var shape = Blocks.Box(box, width);
        return Of(width, shape.Area.Height, [shape]);
    }

    private static Block Row(PictureNode.Row row, double width, bool faded)
    {
        var shapes = new List<Shape>();
        var y = 0.0;
        foreach (var block in row.Parts.Select(part => Lay(part, width, faded)))
        {
            if (y > 0)
            {
                shapes.Add(Line(width / 2, y, y + Gap, faded));
                y += Gap;
            }

            shapes.AddRange(block.At(0, y));
            y += block.Height;
        }

        return Of(width, y, shapes);
    }

    private static Block Lanes(PictureNode.Lanes lanes, double width, bool faded)
    {
        var inner = width - 2 * FramePadding;
        var caption = Blocks.Label(lanes.Caption, PictureFont.Heading, PictureTone.Planned, inner);
        var shapes = new List<Shape> { caption.Move(FramePadding, FramePadding) };
        var y = FramePadding + caption.Area.Height + 8;
        foreach (var lane in lanes.Ways)
        {
            if (lane.Caption is { } words)
            {
                var label = Blocks.Label(words, PictureFont.Caption, PictureTone.Planned, inner);
                shapes.Add(label.Move(FramePadding, y));
                y += label.Area.Height + 6;
            }

            if (lane.Part is { } part)
            {
                var block = Lay(part, inner, lane.Faded);
                shapes.AddRange(block.At(FramePadding, y));
                y += block.Height;
            }

            y += LaneGap;
        }

        y += FramePadding - LaneGap;
        return Of(width, y, [new Shape.Frame(new Area(0, 0, width, y), Dashed: false, faded), .. shapes]);
    }

    private static Block Frame(PictureNode.Frame frame, double width, bool faded)
    {
        var inner = width - 2 * FramePadding;
        var dim = faded || frame.Faded;
        var caption = Blocks.Label(frame.Caption, PictureFont.Heading, frame.Tone, inner);
        var content = Lay(frame.Part, inner, dim);
        var top = FramePadding + caption.Area.Height + 8;
        var height = top + content.Height + FramePadding;
        return Of(width, height,
        [
            new Shape.Frame(new Area(0, 0, width, height), frame.Dashed, dim),
            caption.Move(FramePadding, FramePadding),
            .. content.At(FramePadding, top),
        ]);
    }

    private static Shape.Edge Line(double x, double from, double to, bool faded) => new([new(x, from), new(x, to)], Curve: false, Arrow: true, faded);
}
