using Referrals.Api.Ui.Parts.Picture;

namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>Where how many went: bars as high as what passes through them, and bands as wide as what goes from one to the next.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Summary">What it shows, in a sentence.</param>
/// <param name="Nodes">Stations in their natural order; flows lead from an earlier to a later one.</param>
/// <param name="Edges">Flows; those that lead back are left out of the picture and stand in the table.</param>
public sealed record Sankey(string Title, string Summary, IReadOnlyList<ChartNode> Nodes, IReadOnlyList<ChartEdge> Edges)
{
    private const double Bar = 14;
    private const double Across = 214;
    private const double Gap = 40;
    private const double Margin = 26;
    private const double Tallest = 260;

    /// <summary>The picture.</summary>
    /// <param name="id">Begins the ids in it; unique in the page.</param>
    public string Draw(string id)
    {
        var order = Nodes.Select((n, i) => (n.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var edges = Edges.Where(e => order[e.From] < order[e.To]).ToList();
        var columns = new FlowLayout(Nodes, edges).Columns;
        double Volume(ChartNode n) => Math.Max(edges.Where(e => e.From == n.Id).Sum(e => e.Volume), edges.Where(e => e.To == n.Id).Sum(e => e.Volume));
        var unit = Tallest / Math.Max(1, columns.Max(c => c.Sum(Volume)));
        var height = columns.Max(c => (c.Sum(Volume) * unit) + (c.Count * Gap)) + (2 * Margin);
        var svg = new Svg(id, (columns.Count * Across) + Margin, height, Title, Summary, "chart--sankey");
        var bars = Bars(columns, n => Math.Max(2, Volume(n) * unit), height);
        Bands(svg, edges, bars, order, unit);
        foreach (var node in columns.SelectMany(c => c))
        {
            Station(svg, node, bars[node.Id]);
        }

        return svg.ToString();
    }

    private static Dictionary<string, (double X, double Y, double Height)> Bars(IReadOnlyList<IReadOnlyList<ChartNode>> columns, Func<ChartNode, double> tall, double height)
    {
        var bars = new Dictionary<string, (double, double, double)>();
        for (var c = 0; c < columns.Count; c++)
        {
            var y = (height - columns[c].Sum(n => tall(n) + Gap) + Gap) / 2;
            foreach (var node in columns[c])
            {
                bars[node.Id] = (Margin + (c * Across), y, tall(node));
                y += tall(node) + Gap;
            }
        }

        return bars;
    }

    // Bands leave and reach a bar in the order in which their other ends lie.
    private static void Bands(Svg svg, List<ChartEdge> edges, Dictionary<string, (double X, double Y, double Height)> bars, Dictionary<string, int> order, double unit)
    {
        var (left, reached) = (new Dictionary<string, double>(), new Dictionary<string, double>());
        var starts = edges.OrderBy(e => order[e.From]).ThenBy(e => bars[e.To].Y).ToDictionary(e => e, e => Next(left, e.From, e.Volume * unit));
        foreach (var edge in edges.OrderBy(e => order[e.To]).ThenBy(e => bars[e.From].Y))
        {
            var width = edge.Volume * unit;
            var (from, to) = (bars[edge.From], bars[edge.To]);
            var (y1, y2) = (from.Y + starts[edge] + (width / 2), to.Y + Next(reached, edge.To, width) + (width / 2));
            svg.Draw(Svg.Way(from.X + Bar, y1, to.X, y2), "chart-band-way", Math.Max(1, width), edge.Says);
        }
    }

    private static double Next(Dictionary<string, double> used, string id, double width)
    {
        var at = used.GetValueOrDefault(id);
        used[id] = at + width;
        return at;
    }

    private static void Station(Svg svg, ChartNode node, (double X, double Y, double Height) bar)
    {
        svg.Open($"chart-station {node.Css}", node.Says, node.Href);
        svg.Rect(bar.X, bar.Y, Bar, bar.Height, "chart-station__bar");
        var title = TextFit.Lines(node.Lines[0], PictureFont.Caption, Across - Bar - 20, 1);
        svg.Text(bar.X + Bar + 6, bar.Y + Math.Min(14, (bar.Height / 2) + 4), title.Count > 0 ? title[0] : "", "chart-station__title");
        if (node.Lines.Count > 1)
        {
            svg.Text(bar.X + Bar + 6, bar.Y + Math.Min(14, (bar.Height / 2) + 4) + 17, node.Lines[1], "chart-station__line");
        }

        svg.Close(node.Href);
    }
}
