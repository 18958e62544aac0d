namespace Referrals.Engine.Chains.Comparing;

/// <summary>
/// Which nodes stand elsewhere. Only nodes that both versions have are looked at, so that what is new around a node, or gone, does not
/// move it.
/// </summary>
internal static class PlaceDiff
{
    /// <summary>Notes every node that moved.</summary>
    public static void Compare(Differences found)
    {
        var common = found.Before.Nodes().Select(n => n.Id).ToHashSet();
        common.IntersectWith(found.After.Nodes().Select(n => n.Id));
        var (was, now) = (Standing(found.Before, common), Standing(found.After, common));
        var moved = was.SelectMany(p => p.Value.Where(n => now.Single(q => q.Value.Contains(n)).Key != p.Key)).ToHashSet();
        foreach (var (parent, children) in now)
        {
            var stayed = children.Where(c => !moved.Contains(c)).ToList();
            var before = (was.GetValueOrDefault(parent) ?? []).Where(c => !moved.Contains(c)).ToList();
            moved.UnionWith(stayed.Except(InOrder(before, stayed)));
        }

        foreach (var node in found.After.Nodes().Where(n => moved.Contains(n.Id)))
        {
            var (a, b) = (Place(node.Id, found.Before), Place(node.Id, found.After));
            var name = node.Name();
            found.Add(
                DifferenceKind.Moved, node.Id, DifferenceParts.Place, a.De, b.De, found.In(node.Id),
                $"„{name.De}“ steht an anderer Stelle: bisher {a.De}, jetzt {b.De}.", $"“{name.En()}” stands elsewhere: {a.En()} before, now {b.En()}.");
        }
    }

    // By the nearest node around that both have (empty: none), those directly below it in the order drawn.
    private static Dictionary<string, List<NodeId>> Standing(ChainVersion chain, HashSet<NodeId> common)
    {
        var places = new Dictionary<string, List<NodeId>>();
        Walk(chain.Root, "");
        return places;

        void Walk(ChainNode node, string around)
        {
            if (common.Contains(node.Id))
            {
                (places.TryGetValue(around, out var there) ? there : places[around] = []).Add(node.Id);
                around = node.Id.Value;
            }

            foreach (var child in node.Children())
            {
                Walk(child, around);
            }
        }
    }

    // The longest list of those that are in the same order in both: the rest is what was moved.
    private static List<NodeId> InOrder(List<NodeId> before, List<NodeId> after)
    {
        var at = before.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        var best = new List<NodeId>[after.Count];
        for (var i = 0; i < after.Count; i++)
        {
            var longest = Enumerable.Range(0, i).Where(j => at[after[j]] < at[after[i]]).Select(j => best[j]).MaxBy(l => l.Count) ?? [];
            best[i] = [.. longest, after[i]];
        }

        return best.MaxBy(l => l.Count) ?? [];
    }

    private static LocalText Place(NodeId id, ChainVersion chain)
    {
        var parent = chain.Nodes().FirstOrDefault(n => n.Children().Any(c => c.Id == id));
        if (parent is null)
        {
            return new("ganz außen", "outermost");
        }

        var previous = parent.Children().TakeWhile(c => c.Id != id).LastOrDefault();
        var inside = parent.Title is { } title ? new LocalText($" in „{title.De}“", $" in “{title.En()}”")
            : parent is ChainNode.Sequence ? new LocalText("", "")
            : new LocalText($" ({Wording.Form(parent).De})", $" ({Wording.Form(parent).En()})");
        return previous is null
            ? new($"am Anfang{inside.De}", $"at the beginning{inside.En()}")
            : new($"nach „{previous.Name().De}“{inside.De}", $"after “{previous.Name().En()}”{inside.En()}");
    }
}
