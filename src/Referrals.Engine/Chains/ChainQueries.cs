namespace Referrals.Engine.Chains;

/// <summary>What one asks a chain version, whose validity is taken for granted.</summary>
public static class ChainQueries
{
    /// <summary>Every node, parents before children, in the order drawn.</summary>
    public static IEnumerable<ChainNode> Nodes(this ChainVersion chain) => chain.Root.SelfAndDescendants();

    /// <summary>Every step, in the order drawn.</summary>
    public static IEnumerable<ChainNode.Step> Steps(this ChainVersion chain) => chain.Nodes().OfType<ChainNode.Step>();

    /// <summary>Every partner named in a step, once: those who must agree to the version.</summary>
    public static IEnumerable<OrganisationId> Partners(this ChainVersion chain) => chain.Steps().SelectMany(s => s.Partners).Distinct();

    /// <summary>The step of this id, or null.</summary>
    public static ChainNode.Step? FindStep(this ChainVersion chain, NodeId id) => chain.Steps().FirstOrDefault(s => s.Id == id);

    /// <summary>The step of this id. Throws when there is none.</summary>
    public static ChainNode.Step Step(this ChainVersion chain, NodeId id) =>
        chain.FindStep(id) ?? throw new InvalidOperationException($"chain {chain.Id} version {chain.Version} has no step {id}");

    /// <summary>The declaration of a fact, or null.</summary>
    public static FactDeclaration? FindFact(this ChainVersion chain, string name) => chain.Facts.FirstOrDefault(f => f.Name == name);

    /// <summary>The words of an outcome code in this chain; the code itself for one that it doesn't know.</summary>
    public static LocalText TitleOf(this ChainVersion chain, string outcome) =>
        chain.Outcomes.FirstOrDefault(o => o.Code == outcome)?.Title ?? OutcomeCodes.TitleOf(outcome) ?? new LocalText(outcome);

    /// <summary>The public holidays and working days of the chain's federal state.</summary>
    public static WorkingCalendar Calendar(this ChainVersion chain) => WorkingCalendar.For(chain.FederalState);

    /// <summary>By when a step accepted at this time is to be completed; null when no time was agreed.</summary>
    public static DateTimeOffset? CompleteBy(this ChainVersion chain, NodeId step, DateTimeOffset acceptedAt) =>
        chain.Step(step).CompleteWithin is { } days ? chain.Calendar().Deadline(acceptedAt, days) : null;

    /// <summary>The node and everything below it, parents first.</summary>
    public static IEnumerable<ChainNode> SelfAndDescendants(this ChainNode node) => node.Children().SelectMany(SelfAndDescendants).Prepend(node);

    /// <summary>The nodes directly below.</summary>
    public static IEnumerable<ChainNode> Children(this ChainNode node) => node.Parts().Select(part => part.Node);
}
