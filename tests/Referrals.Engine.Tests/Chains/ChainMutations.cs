using Referrals.Engine.Chains;

namespace Referrals.Engine.Tests.Chains;

/// <summary>Small changes of a chain, one at a time. What comes out need not be valid.</summary>
public static class ChainMutations
{
    private static readonly LocalText Other = new("Anders", "Other");

    /// <summary>Each change of the chain as a whole, each change of one random step, and each of one random node.</summary>
    public static IEnumerable<(string What, ChainVersion Changed)> Of(ChainVersion chain, int seed)
    {
        var random = new Random(seed);
        var (steps, nodes) = (chain.Steps().ToList(), chain.Nodes().ToList());
        var (step, node) = (steps[random.Next(steps.Count)], nodes[random.Next(nodes.Count)]);
        return
        [
            .. Head(chain),
            .. OfStep(step).Select(m => (m.What, Replace(chain, step.Id, m.Changed))),
            .. OfNode(node).Select(m => (m.What, Replace(chain, node.Id, m.Changed))),
        ];
    }

    private static IEnumerable<(string, ChainVersion)> Head(ChainVersion chain)
    {
        yield return ("title", chain with { Title = Other });
        yield return ("English title", chain with { Title = chain.Title with { En = "else" } });
        yield return ("description", chain with { Description = chain.Description is null ? Other : null });
        yield return ("federal state", chain with { FederalState = chain.FederalState == "BB" ? "BE" : "BB" });
        yield return ("names in notes", chain with { KeepsNames = !chain.KeepsNames });
        yield return ("coordinator", chain with { Coordinator = new("somebody-else") });
        yield return ("id", chain with { Id = new("another-chain") });
        yield return ("outcome gone", chain with { Outcomes = [] });
        yield return ("outcome renamed", chain with { Outcomes = [.. chain.Outcomes.Select(o => o with { Title = Other })] });
        yield return ("outcome new", chain with { Outcomes = [.. chain.Outcomes, new CodeTitle("new-outcome", Other)] });
        yield return ("fact new", chain with { Facts = [.. chain.Facts, new FactDeclaration("new-fact", Other, new FactType.YesNo())] });
        if (chain.Facts.Count > 0)
        {
            yield return ("fact gone", chain with { Facts = [.. chain.Facts.Skip(1)] });
            yield return ("fact required", chain with { Facts = [chain.Facts[0] with { Required = !chain.Facts[0].Required }, .. chain.Facts.Skip(1)] });
            yield return ("fact of another type", chain with { Facts = [chain.Facts[0] with { Type = new FactType.WholeNumber(3, 4) }, .. chain.Facts.Skip(1)] });
            yield return ("facts turned round", chain with { Facts = [.. chain.Facts.Reverse()] });
        }
    }

    private static IEnumerable<(string What, ChainNode Changed)> OfStep(ChainNode.Step step)
    {
        yield return ("service", step with { Service = "something-else" });
        yield return ("partner new", step with { Partners = [.. step.Partners, new("newcomer")] });
        yield return ("partner exchanged", step with { Partners = [new("newcomer"), .. step.Partners.Skip(1)] });
        yield return ("partners turned round", step with { Partners = [.. step.Partners.Reverse()] });
        yield return ("offer", step with { Offer = step.Offer == OfferMode.InOrder ? OfferMode.Chosen : OfferMode.InOrder });
        yield return ("acknowledge", step with { AcknowledgeWithin = step.AcknowledgeWithin + 1 });
        yield return ("complete", step with { CompleteWithin = step.CompleteWithin is null ? 5 : null });
        yield return ("remind", step with { RemindBefore = step.RemindBefore is null ? 0 : null });
        yield return ("escalate", step with { EscalateAfter = step.EscalateAfter is null ? 0 : null });
        yield return ("decline", step with { OnDecline = step.OnDecline == DeclinePath.Skip ? DeclinePath.BackToCaseworker : DeclinePath.Skip });
        yield return ("outcomes turned round", step with { Outcomes = [.. step.Outcomes.Reverse()] });
        yield return ("outcome of the step new", step with { Outcomes = [.. step.Outcomes, "new-outcome"] });
        yield return ("fact passed", step with { PassFacts = [.. step.PassFacts, "new-fact"] });
        yield return ("facts passed turned round", step with { PassFacts = [.. step.PassFacts.Reverse()] });
        yield return ("fact returned", step with { ReturnFacts = [.. step.ReturnFacts, "new-fact"] });
        yield return ("secrecy", step with { Secrecy = !step.Secrecy });
        yield return ("feedback", step with { Feedback = step.Feedback == Feedback.TookPlace ? Feedback.OutcomeAndFacts : Feedback.TookPlace });
    }

    private static IEnumerable<(string What, ChainNode Changed)> OfNode(ChainNode node)
    {
        yield return ("title of a node", node with { Title = Other });
        yield return ("no title of a node", node with { Title = null });
        yield return ("id of a node", node with { Id = new("another-node") });
        yield return ("put into an optional part", new ChainNode.Optional { Id = new("wrapped"), Title = Other, Child = node });
        yield return ("put into a sequence", new ChainNode.Sequence { Id = new("wrapped"), Children = [node] });
        yield return ("exchanged for a step", NewStep);
        switch (node)
        {
            case ChainNode.Sequence sequence:
                yield return ("at the same time", new ChainNode.Parallel { Id = node.Id, Title = node.Title, Children = sequence.Children });
                yield return ("in another order", sequence with { Children = [.. sequence.Children.Reverse()] });
                yield return ("one more", sequence with { Children = [.. sequence.Children, NewStep] });
                yield return ("one less", sequence with { Children = [.. sequence.Children.Skip(1), NewStep] });
                break;
            case ChainNode.Parallel parallel:
                yield return ("in another order", parallel with { Children = [.. parallel.Children.Reverse()] });
                break;
            case ChainNode.Choice choice:
                yield return ("another condition", choice with { Branches = [choice.Branches[0] with { When = new Condition.Not(choice.Branches[0].When) }, .. choice.Branches.Skip(1)] });
                yield return ("branches turned round", choice with { Branches = [.. choice.Branches.Reverse()] });
                yield return ("otherwise", choice with { Otherwise = choice.Otherwise is null ? NewStep : null });
                yield return ("branch new", choice with { Branches = [.. choice.Branches, new Branch(choice.Branches[0].When, NewStep)] });
                break;
            case ChainNode.Optional optional:
                yield return ("not optional", optional.Child);
                break;
            case ChainNode.Repeat repeat:
                yield return ("more rounds", repeat with { MaxRounds = repeat.MaxRounds + 1 });
                yield return ("another end", repeat with { Until = new Condition.Not(repeat.Until) });
                break;
        }
    }

    private static ChainNode.Step NewStep => new()
    {
        Id = new("new-step"),
        Title = Other,
        Service = "childcare",
        Partners = [new("newcomer")],
        AcknowledgeWithin = 2,
        Outcomes = ["helped"],
    };

    private static ChainVersion Replace(ChainVersion chain, NodeId id, ChainNode by) => chain with { Root = Replace(chain.Root, id, by) };

    private static ChainNode Replace(ChainNode node, NodeId id, ChainNode by) => node.Id == id ? by : node switch
    {
        ChainNode.Sequence s => s with { Children = [.. s.Children.Select(c => Replace(c, id, by))] },
        ChainNode.Parallel p => p with { Children = [.. p.Children.Select(c => Replace(c, id, by))] },
        ChainNode.Choice c => c with
        {
            Branches = [.. c.Branches.Select(b => b with { Then = Replace(b.Then, id, by) })],
            Otherwise = c.Otherwise is { } otherwise ? Replace(otherwise, id, by) : null,
        },
        ChainNode.Optional o => o with { Child = Replace(o.Child, id, by) },
        ChainNode.Repeat r => r with { Child = Replace(r.Child, id, by) },
        _ => node,
    };
}
