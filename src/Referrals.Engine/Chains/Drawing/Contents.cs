namespace Referrals.Engine.Chains.Drawing;

/// <summary>What a chain says beside its tree: head, facts, outcomes; and the words and fields of its nodes. Pure.</summary>
public static class Contents
{
    /// <summary>A chain in which nothing is drawn yet.</summary>
    public static ChainVersion Blank(ChainId id, LocalText title, string federalState, OrganisationId coordinator) => new()
    {
        Id = id,
        Version = 1,
        Title = title,
        FederalState = federalState,
        Coordinator = coordinator,
        Root = new ChainNode.Sequence { Id = new NodeId(DrawnTree.ListName), Children = [] },
    };

    /// <summary>A step of which only title and service are known yet; the id comes when it is put somewhere.</summary>
    public static ChainNode.Step NewStep(LocalText title, string service) => new()
    {
        Id = new NodeId("schritt"),
        Title = title,
        Service = service,
        Partners = [],
        AcknowledgeWithin = 3,
        Outcomes = [],
    };

    /// <summary>The chain with this step changed; its id stays. Unchanged where there is no such step.</summary>
    public static ChainVersion ChangeStep(ChainVersion chain, NodeId step, Func<ChainNode.Step, ChainNode.Step> change) =>
        DrawnTree.Replace(chain, step, node => node is ChainNode.Step found ? change(found) with { Id = found.Id } : node);

    /// <summary>The chain with the caption of a block changed; null takes it away.</summary>
    public static ChainVersion Caption(ChainVersion chain, NodeId node, LocalText? title) =>
        NormalForm.Of(DrawnTree.Replace(chain, node, found => found with { Title = title }));

    /// <summary>The chain with another number of rounds of a repeat.</summary>
    public static ChainVersion SetRounds(ChainVersion chain, NodeId node, int rounds) =>
        DrawnTree.Replace(chain, node, found => found is ChainNode.Repeat repeat ? repeat with { MaxRounds = rounds } : found);

    /// <summary>Declares a fact; its name comes from its title.</summary>
    /// <returns>The chain and the name.</returns>
    public static (ChainVersion Chain, string Name) AddFact(ChainVersion chain, FactDeclaration fact)
    {
        var name = new DrawnNames(chain.Facts.Select(f => f.Name)).New(fact.Title.De, "angabe");
        return (chain with { Facts = [.. chain.Facts, fact with { Name = name }] }, name);
    }

    /// <summary>The chain with a fact declared anew; its name stays.</summary>
    public static ChainVersion ChangeFact(ChainVersion chain, string name, FactDeclaration fact) =>
        chain with { Facts = [.. chain.Facts.Select(f => f.Name == name ? fact with { Name = name } : f)] };

    /// <summary>The chain with a fact moved in the list by so many places; at its ends, unchanged.</summary>
    public static ChainVersion MoveFact(ChainVersion chain, string name, int by) => chain with { Facts = Moved(chain.Facts, f => f.Name == name, by) };

    /// <summary>The chain without a fact. Steps and conditions that name it stay and are faults.</summary>
    public static ChainVersion RemoveFact(ChainVersion chain, string name) => chain with { Facts = [.. chain.Facts.Where(f => f.Name != name)] };

    /// <summary>Declares an outcome of the chain's own; its code comes from its title and is none that every chain knows.</summary>
    /// <returns>The chain and the code.</returns>
    public static (ChainVersion Chain, string Code) AddOutcome(ChainVersion chain, LocalText title)
    {
        var taken = OutcomeCodes.Common.Concat(OutcomeCodes.Reserved).Concat(chain.Outcomes.Select(o => o.Code));
        var code = new DrawnNames(taken).New(title.De, "ergebnis");
        return (chain with { Outcomes = [.. chain.Outcomes, new CodeTitle(code, title)] }, code);
    }

    /// <summary>The chain with another title of an own outcome.</summary>
    public static ChainVersion ChangeOutcome(ChainVersion chain, string code, LocalText title) =>
        chain with { Outcomes = [.. chain.Outcomes.Select(o => o.Code == code ? o with { Title = title } : o)] };

    /// <summary>The chain with an own outcome moved in the list by so many places; at its ends, unchanged.</summary>
    public static ChainVersion MoveOutcome(ChainVersion chain, string code, int by) => chain with { Outcomes = Moved(chain.Outcomes, o => o.Code == code, by) };

    /// <summary>The chain without an own outcome. Steps and conditions that name it stay and are faults.</summary>
    public static ChainVersion RemoveOutcome(ChainVersion chain, string code) => chain with { Outcomes = [.. chain.Outcomes.Where(o => o.Code != code)] };

    /// <summary>A code list of these titles. A title that stood in the list before keeps its code, so does one that took the place of another.</summary>
    public static FactType.CodeList CodeList(IReadOnlyList<LocalText> titles, FactType.CodeList? before = null)
    {
        var old = before?.Codes ?? [];
        var known = titles.Select((title, i) =>
            old.FirstOrDefault(c => c.Title.De == title.De)?.Code
            ?? (i < old.Count && titles.All(t => t.De != old[i].Title.De) ? old[i].Code : null)).ToList();
        var names = new DrawnNames(known.OfType<string>());
        return new FactType.CodeList([.. titles.Select((title, i) => new CodeTitle(known[i] ?? names.New(title.De, "wert"), title))]);
    }

    private static IReadOnlyList<T> Moved<T>(IReadOnlyList<T> list, Predicate<T> which, int by)
    {
        List<T> moved = [.. list];
        var at = moved.FindIndex(which);
        if (at < 0 || at + by < 0 || at + by >= moved.Count)
        {
            return list;
        }

        (moved[at], moved[at + by]) = (moved[at + by], moved[at]);
        return moved;
    }
}
