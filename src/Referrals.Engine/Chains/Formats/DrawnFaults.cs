namespace Referrals.Engine.Chains.Formats;

/// <summary>Faults of a drawing, which name its figures as the person who drew it does.</summary>
internal sealed class DrawnFaults
{
    private readonly FaultList _faults = new();

    public IReadOnlyList<ChainFault> All => _faults.All;

    /// <summary>Notes a fault and gives true.</summary>
    public bool Add(string element, string code, string de, string en)
    {
        // A drawing with a thousand faults is told with the first hundred.
        if (_faults.All.Count < 100)
        {
            _faults.Add(element, code, de, en);
        }

        return true;
    }

    public static string De(DrawnNode node) => node switch
    {
        { Name: { Length: > 0 } name } => $"„{Short(name)}“",
        { Kind: DrawnKind.Start } => "dem Anfang",
        { Kind: DrawnKind.End } => "dem Ende",
        { Kind: DrawnKind.Parallel } => $"dem parallelen Gateway {node.Id}",
        { Kind: DrawnKind.Exclusive } => $"dem exklusiven Gateway {node.Id}",
        _ => $"der Figur {node.Id}",
    };

    public static string En(DrawnNode node) => node switch
    {
        { Name: { Length: > 0 } name } => $"“{Short(name)}”",
        { Kind: DrawnKind.Start } => "the start",
        { Kind: DrawnKind.End } => "the end",
        { Kind: DrawnKind.Parallel } => $"the parallel gateway {node.Id}",
        { Kind: DrawnKind.Exclusive } => $"the exclusive gateway {node.Id}",
        _ => $"the figure {node.Id}",
    };

    /// <summary>The nearest figure with a name on the way back from here, else this one.</summary>
    public static DrawnNode Before(Vertex vertex, bool includeSelf)
    {
        var (seen, at) = (new HashSet<Vertex>(), includeSelf ? vertex : vertex.In.FirstOrDefault()?.From ?? vertex);
        while (seen.Add(at))
        {
            if (at.Node is { Name.Length: > 0 } or { Kind: DrawnKind.Start })
            {
                return at.Node;
            }

            at = at.In.FirstOrDefault()?.From ?? at;
        }

        return vertex.Node;
    }

    private static string Short(string name) => name.Length <= 60 ? name : name[..59] + "…";
}
