namespace Referrals.Api.Ui.Parts.Charts;

/// <summary>Something that flows lead to and from.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Lines">What stands in it, the first line is its name.</param>
/// <param name="Css">How it looks.</param>
/// <param name="Says">All that it tells, as one sentence.</param>
/// <param name="Href">Where a click leads; null: nowhere.</param>
/// <param name="Badge">A number in a circle at its corner; null: none.</param>
public sealed record ChartNode(string Id, IReadOnlyList<string> Lines, string Css, string Says, string? Href = null, string? Badge = null);

/// <summary>A flow from one to another.</summary>
/// <param name="From">Where from.</param>
/// <param name="To">Where to.</param>
/// <param name="Volume">How much, above 0.</param>
/// <param name="Says">What it tells, as one sentence.</param>
public sealed record ChartEdge(string From, string To, double Volume, string Says);

/// <summary>
/// Places nodes in columns from left to right so that most flows lead to the right, and orders each column so that few flows cross (Sugiyama's method:
/// longest paths without the flows that lead back, then barycentres). Two that flow into each other in both directions alike, as parallel steps do, may
/// share a column. Pure; the same input gives the same places.
/// </summary>
public sealed class FlowLayout
{
    private const int Sweeps = 8;
    private const double Alike = 3;

    /// <summary>Places them.</summary>
    /// <param name="nodes">Nodes in their natural order, which decides where nothing else does.</param>
    /// <param name="edges">Flows between them.</param>
    public FlowLayout(IReadOnlyList<ChartNode> nodes, IReadOnlyList<ChartEdge> edges)
    {
        var order = nodes.Select((n, i) => (n.Id, i)).ToDictionary(p => p.Id, p => p.i);
        var back = edges.Where(e => order[e.From] > order[e.To]).ToDictionary(e => (e.To, e.From), e => e.Volume);
        var forward = edges.Where(e => order[e.From] < order[e.To] && !AreParallel(e.Volume, back.GetValueOrDefault((e.From, e.To)))).ToList();
        var column = nodes.ToDictionary(n => n.Id, _ => 0);
        foreach (var node in nodes)
        {
            foreach (var edge in forward.Where(e => e.To == node.Id))
            {
                column[node.Id] = Math.Max(column[node.Id], column[edge.From] + 1);
            }
        }

        var columns = nodes.GroupBy(n => column[n.Id]).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
        Columns = Ordered(columns, forward);
    }

    /// <summary>The columns from left to right, each from top to bottom.</summary>
    public IReadOnlyList<IReadOnlyList<ChartNode>> Columns { get; }

    private static bool AreParallel(double there, double back) => back > 0 && Math.Min(there, back) * Alike >= Math.Max(there, back);

    private static List<List<ChartNode>> Ordered(List<List<ChartNode>> columns, List<ChartEdge> edges)
    {
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var rank = columns.SelectMany(c => c.Select((n, i) => (n.Id, Rank: i - ((c.Count - 1) / 2.0)))).ToDictionary(p => p.Id, p => p.Rank);
            var leftwards = sweep % 2 == 1;
            columns = [.. columns.Select(c => c.OrderBy(n => Centre(n.Id, edges, rank, leftwards) ?? rank[n.Id]).ToList())];
        }

        return columns;
    }

    private static double? Centre(string id, List<ChartEdge> edges, Dictionary<string, double> rank, bool leftwards)
    {
        var near = edges.Where(e => (leftwards ? e.From : e.To) == id).Select(e => (At: rank[leftwards ? e.To : e.From], e.Volume)).ToList();
        return near.Count == 0 ? null : near.Sum(n => n.At * n.Volume) / near.Sum(n => n.Volume);
    }
}
