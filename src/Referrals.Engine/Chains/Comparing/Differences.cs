namespace Referrals.Engine.Chains.Comparing;

/// <summary>Collects differences in the order in which they are found.</summary>
internal sealed class Differences(ChainVersion before, ChainVersion after, ChainNames names)
{
    private readonly List<ChainDifference> _all = [];

    public IReadOnlyList<ChainDifference> All => _all;

    public ChainVersion Before => before;

    public ChainVersion After => after;

    public ChainNames Names => names;

    public void Add(DifferenceKind kind, NodeId? node, string what, string? was, string? now, IEnumerable<OrganisationId> partners, string de, string en) =>
        _all.Add(new ChainDifference(kind, node, what, was, now, new LocalText(de, en)) { Partners = [.. partners.Distinct()] });

    /// <summary>Everybody who is named in either version.</summary>
    public IEnumerable<OrganisationId> Everybody => before.Partners().Concat(after.Partners()).Distinct();

    /// <summary>Who is named below a node in either version.</summary>
    public IEnumerable<OrganisationId> In(NodeId id) =>
        before.Nodes().Concat(after.Nodes()).Where(n => n.Id == id).SelectMany(n => n.SelfAndDescendants().OfType<ChainNode.Step>()).SelectMany(s => s.Partners);

    /// <summary>
    /// What is new, what is gone, and, if the rest stands in another order, that too. Says each with the words that are given for it.
    /// </summary>
    public void Lists(
        NodeId? node, string what, IReadOnlyList<string> was, IReadOnlyList<string> now, Func<string, IEnumerable<OrganisationId>> partners,
        Func<string, LocalText> added, Func<string, LocalText> removed, Func<LocalText> reordered, string? orderedAs = null)
    {
        foreach (var code in now.Except(was))
        {
            Say(DifferenceKind.Added, code, null, code, added(code));
        }

        foreach (var code in was.Except(now))
        {
            Say(DifferenceKind.Removed, code, code, null, removed(code));
        }

        if (!was.Where(now.Contains).SequenceEqual(now.Where(was.Contains)))
        {
            var said = reordered();
            Add(DifferenceKind.Changed, node, orderedAs ?? what, string.Join(", ", was), string.Join(", ", now), was.Concat(now).SelectMany(partners), said.De, said.En());
        }

        void Say(DifferenceKind kind, string code, string? old, string? young, LocalText words) =>
            Add(kind, node, what, old, young, partners(code), words.De, words.En());
    }
}
