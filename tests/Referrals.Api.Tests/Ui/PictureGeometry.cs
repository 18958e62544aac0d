using Referrals.Api.Ui.Parts.Picture;

namespace Referrals.Api.Tests.Ui;

/// <summary>What holds for every drawing: text in its box, boxes apart, no way across a box or a word, nothing off the paper.</summary>
internal static class PictureGeometry
{
    private const double Touching = 0.01;

    public static void Check(Drawing drawing)
    {
        var boxes = drawing.Shapes.OfType<Shape.Box>().ToList();
        var labels = drawing.Shapes.OfType<Shape.Label>().ToList();
        foreach (var box in boxes)
        {
            Assert.All(box.Lines, line => Assert.True(Holds(box.Area, line), $"'{line.Text}' leaves its box"));
        }

        foreach (var label in labels)
        {
            Assert.All(label.Lines, line => Assert.True(Holds(label.Area, line), $"'{line.Text}' leaves its place"));
        }

        var areas = boxes.Select(b => b.Area).Concat(labels.Select(l => l.Area)).ToList();
        for (var i = 0; i < areas.Count; i++)
        {
            Assert.DoesNotContain(areas.Skip(i + 1), other => Overlap(areas[i], other));
            Assert.True(areas[i].X >= 0 && areas[i].Y >= 0 && areas[i].Right <= drawing.Width && areas[i].Bottom <= drawing.Height, "off the paper");
        }

        var points = drawing.Shapes.OfType<Shape.Edge>().SelectMany(Points).ToList();
        Assert.DoesNotContain(points, p => areas.Exists(a => Inside(a, p)));
        Assert.DoesNotContain(points, p => p.X < 0 || p.Y < 0 || p.X > drawing.Width || p.Y > drawing.Height);
        Frames(drawing, areas);
    }

    // A frame holds a box or a word wholly or not at all, and frames are nested or apart.
    private static void Frames(Drawing drawing, List<Area> areas)
    {
        var frames = drawing.Shapes.OfType<Shape.Frame>().Select(f => f.Area).ToList();
        foreach (var frame in frames)
        {
            Assert.DoesNotContain(areas.Concat(frames), a => Overlap(frame, a) && !Contains(frame, a) && !Contains(a, frame));
        }
    }

    private static bool Holds(Area area, TextLine line) =>
        line.At.X >= area.X - Touching && line.At.X + TextFit.Width(line.Text, line.Font) <= area.Right + Touching
        && line.At.Y - line.Font.Size * 0.75 >= area.Y - Touching && line.At.Y + line.Font.Size * 0.25 <= area.Bottom + Touching;

    private static bool Overlap(Area a, Area b) =>
        a.X < b.Right - Touching && b.X < a.Right - Touching && a.Y < b.Bottom - Touching && b.Y < a.Bottom - Touching;

    private static bool Contains(Area a, Area b) =>
        a.X <= b.X + Touching && a.Y <= b.Y + Touching && a.Right >= b.Right - Touching && a.Bottom >= b.Bottom - Touching;

    private static bool Inside(Area a, Spot p) =>
        p.X > a.X + Touching && p.X < a.Right - Touching && p.Y > a.Y + Touching && p.Y < a.Bottom - Touching;

    private static IEnumerable<Spot> Points(Shape.Edge edge)
    {
        const int Parts = 40;
        if (edge.Curve)
        {
            return Enumerable.Range(0, Parts + 1).Select(i => Cubic(edge.Points, i / (double)Parts));
        }

        return edge.Points.Zip(edge.Points.Skip(1)).SelectMany(pair => Enumerable.Range(0, Parts + 1).Select(i => new Spot(
            pair.First.X + (pair.Second.X - pair.First.X) * i / Parts, pair.First.Y + (pair.Second.Y - pair.First.Y) * i / Parts)));
    }

    private static Spot Cubic(IReadOnlyList<Spot> p, double t)
    {
        var u = 1 - t;
        double At(Func<Spot, double> of) => u * u * u * of(p[0]) + 3 * u * u * t * of(p[1]) + 3 * u * t * t * of(p[2]) + t * t * t * of(p[3]);
        return new Spot(At(s => s.X), At(s => s.Y));
    }
}
