using Referrals.Api.Ui.Parts.Picture;

namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>
/// The map of a chain as it was really walked: a box for each step, coloured by what its class says, a circle with how many are stuck in it, and ways
/// between them as wide as their volume.
/// </summary>
/// <param name="Title">Its name.</param>
/// <param name="Summary">What it shows, in a sentence.</param>
/// <param name="Nodes">Steps in the order of the chain.</param>
/// <param name="Edges">Ways between them.</param>
public sealed record StepGraph(string Title, string Summary, IReadOnlyList<ChartNode> Nodes, IReadOnlyList<ChartEdge> Edges)
{
    private const double BoxWidth = 208;
    private const double LineHeight = 19;
    private const double GapAcross = 84;
    private const double GapDown = 34;
    private const double Margin = 20;
    private const double Widest = 16;
    private const double Apart = 24;

    /// <summary>The picture.</summary>
    /// <param name="id">Begins the ids in it; unique in the page.</param>
    public string Draw(string id)
    {
        var columns = new FlowLayout(Nodes, Edges).Columns;
        var boxHeight = (Nodes.Select(n => Texts(n).Count).DefaultIfEmpty(1).Max() * LineHeight) + 18;
        var tallest = columns.Select(c => c.Count).DefaultIfEmpty(1).Max();
        var height = (tallest * (boxHeight + GapDown)) + (2 * Margin) + GapDown;
        var width = (columns.Count * (BoxWidth + GapAcross)) - GapAcross + (2 * Margin);
        var places = new Dictionary<string, (double X, double Y)>();
        for (var c = 0; c < columns.Count; c++)
        {
            var used = (columns[c].Count * (boxHeight + GapDown)) - GapDown;
            for (var r = 0; r < columns[c].Count; r++)
            {
                places[columns[c][r].Id] = (Margin + (c * (BoxWidth + GapAcross)), ((height - used) / 2) + (r * (boxHeight + GapDown)));
            }
        }

        var svg = new Svg(id, width, height, Title, Summary, "chart--graph");
        var most = Edges.Select(e => e.Volume).DefaultIfEmpty(1).Max();
        foreach (var edge in Edges.OrderByDescending(e => e.Volume))
        {
            svg.Draw(Way(places[edge.From], places[edge.To], boxHeight), "chart-way", 1.5 + (edge.Volume / most * (Widest - 1.5)), edge.Says);
        }

        foreach (var node in columns.SelectMany(c => c))
        {
            Box(svg, node, places[node.Id], boxHeight);
        }

        return svg.ToString();
    }

    // A way that leads back bends below the boxes, one that leads to itself above its box; those between neighbours of a column go straight.
    private static string Way((double X, double Y) from, (double X, double Y) to, double boxHeight)
    {
        var middle = boxHeight / 2;
        if (from == to)
        {
            var (x, y) = (from.X + (BoxWidth / 2), from.Y);
            return $"M{Svg.N(x - 24)} {Svg.N(y)}C{Svg.N(x - 24)} {Svg.N(y - 28)} {Svg.N(x + 24)} {Svg.N(y - 28)} {Svg.N(x + 24)} {Svg.N(y)}";
        }

        if (to.X == from.X)
        {
            var (x, down) = (from.X + (BoxWidth / 2) + (to.Y > from.Y ? -Apart : Apart), to.Y > from.Y);
            return $"M{Svg.N(x)} {Svg.N(from.Y + (down ? boxHeight : 0))}L{Svg.N(x)} {Svg.N(to.Y + (down ? 0 : boxHeight))}";
        }

        if (to.X > from.X)
        {
            return Svg.Way(from.X + BoxWidth, from.Y + middle, to.X, to.Y + middle);
        }

        var (x1, y1, x2, y2) = (from.X + (BoxWidth / 2), from.Y + boxHeight, to.X + (BoxWidth / 2), to.Y + boxHeight);
        var low = Math.Max(y1, y2) + 30;
        return $"M{Svg.N(x1)} {Svg.N(y1)}C{Svg.N(x1)} {Svg.N(low)} {Svg.N(x2)} {Svg.N(low)} {Svg.N(x2)} {Svg.N(y2)}";
    }

    private static void Box(Svg svg, ChartNode node, (double X, double Y) at, double height)
    {
        svg.Open($"chart-box {node.Css}", node.Says, node.Href);
        svg.Rect(at.X, at.Y, BoxWidth, height, "chart-box__area");
        var texts = Texts(node);
        for (var i = 0; i < texts.Count; i++)
        {
            svg.Text(at.X + 12, at.Y + 24 + (i * LineHeight), texts[i].Text, texts[i].Title ? "chart-box__title" : "chart-box__line");
        }

        if (node.Badge is { } badge)
        {
            var radius = 13 + (Math.Max(0, badge.Length - 2) * 4);
            svg.Circle(at.X + BoxWidth - 4, at.Y + 4, radius, "chart-badge");
            svg.Text(at.X + BoxWidth - 4, at.Y + 9, badge, "chart-badge__text");
        }

        svg.Close(node.Href);
    }

    private static List<(string Text, bool Title)> Texts(ChartNode node) =>
    [
        .. TextFit.Lines(node.Lines[0], PictureFont.Status, BoxWidth - 24, 2).Select(l => (l, true)),
        .. node.Lines.Skip(1).SelectMany(l => TextFit.Lines(l, PictureFont.Caption, BoxWidth - 24, 1)).Select(l => (l, false)),
    ];
}
