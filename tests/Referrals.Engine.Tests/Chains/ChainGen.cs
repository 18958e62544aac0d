using FsCheck;
using FsCheck.Fluent;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Tests.Chains;

/// <summary>
/// Random valid chains with every kind of node, offer, decline path, fact and condition; at most a few dozen nodes. The same seed
/// gives the same chain. Use <see cref="Valid"/> in properties, or <c>[Property(Arbitrary = [typeof(ChainGen)])]</c>.
/// </summary>
public sealed class ChainGen
{
    private const int MaxDepth = 4;

    private readonly Random _random;
    private readonly List<FactDeclaration> _facts = [];
    private int _nodes;

    private readonly bool _secrecy;

    private ChainGen(int seed) => (_random, _secrecy) = (new Random(seed), seed % 3 == 0);

    /// <summary>Valid chains for FsCheck; shrinks to smaller valid ones.</summary>
    public static Arbitrary<ChainVersion> Valid() => Arb.From(
        Gen.Choose(0, int.MaxValue - 1).Select(FromSeed),
        chain => Smaller(chain.Root).Select(root => chain with { Root = root }).Where(c => ChainValidation.Check(c).Count == 0));

    /// <summary>The valid chain of a seed.</summary>
    public static ChainVersion FromSeed(int seed) => new ChainGen(seed).Chain();

    private ChainVersion Chain()
    {
        _facts.AddRange(Facts().Where(_ => Chance(80)));
        return new ChainVersion
        {
            Id = new ChainId($"chain-{_random.Next(1000)}"),
            Version = _random.Next(1, 9),
            Title = new LocalText("Kette „Ä“", Chance(50) ? "Chain" : null),
            Description = Chance(30) ? new LocalText("Wozu\nsie dient") : null,
            FederalState = Pick(PublicHolidays.FederalStates),
            Coordinator = Partner(9),
            KeepsNames = Chance(20),
            Facts = [.. _facts],
            Outcomes = [new CodeTitle("own-outcome", new LocalText("Eigenes", "Own"))],
            Root = Node(1, []),
        };
    }

    private static IEnumerable<FactDeclaration> Facts() =>
    [
        new("housing", new LocalText("Wohnen"), new FactType.CodeList([new("own", new("Eigen")), new("rent", new("Miete")), new("none", new("Ohne"))])),
        new("children", new LocalText("Kinder", "Children"), new FactType.WholeNumber(0, 12), Required: true),
        new("works", new LocalText("Arbeitet"), new FactType.YesNo()),
        new("starts-in", new LocalText("Beginn"), new FactType.Month()),
        new("debts", new LocalText("Schulden"), new FactType.WholeNumber(-5, 500)),
    ];

    private ChainNode Node(int depth, IReadOnlyList<ChainNode.Step> before)
    {
        var kind = depth >= MaxDepth || _nodes > 20 ? 5 : _random.Next(depth == 1 ? 5 : 8);
        var (id, title) = (new NodeId($"node-{++_nodes}"), new LocalText($"Teil {_nodes}", Chance(50) ? $"Part {_nodes}" : null));
        switch (kind)
        {
            case 0:
                return new ChainNode.Sequence { Id = id, Title = Chance(50) ? title : null, Children = InSequence(depth, before) };
            case 1:
                return new ChainNode.Parallel { Id = id, Children = [.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Node(depth + 1, before))] };
            case 2:
                return Choice(id, depth, before);
            case 3:
                return new ChainNode.Optional { Id = id, Title = title, Child = Node(depth + 1, before) };
            case 4:
                return Repeat(id, depth, before);
            default:
                return Step(id, title);
        }
    }

    private List<ChainNode> InSequence(int depth, IReadOnlyList<ChainNode.Step> before)
    {
        var children = new List<ChainNode>();
        for (var left = _random.Next(1, 5); left > 0; left--)
        {
            children.Add(Node(depth + 1, before));
            before = [.. before, .. StepsIn(children[^1])];
        }

        return children;
    }

    private ChainNode Choice(NodeId id, int depth, IReadOnlyList<ChainNode.Step> before)
    {
        var atoms = new Queue<Func<Condition>>(Atoms(before));
        if (atoms.Count == 0)
        {
            return Step(id, new LocalText("Ersatz"));
        }

        var branches = new List<Branch>();
        for (var left = _random.Next(1, 4); left > 0 && atoms.Count > 0; left--)
        {
            branches.Add(new Branch(Compound(atoms), Node(depth + 1, before)));
        }

        return new ChainNode.Choice { Id = id, Branches = branches, Otherwise = Chance(60) ? Node(depth + 1, before) : null };
    }

    private ChainNode.Repeat Repeat(NodeId id, int depth, IReadOnlyList<ChainNode.Step> before)
    {
        var child = Node(depth + 1, before);
        var atoms = new Queue<Func<Condition>>(Atoms([.. StepsIn(child)]));
        return new ChainNode.Repeat { Id = id, Child = child, MaxRounds = _random.Next(1, 4), Until = Compound(atoms) };
    }

    private ChainNode.Step Step(NodeId id, LocalText title)
    {
        var partners = Enumerable.Range(1, 8).OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).Select(Partner).ToList();
        var offer = partners.Count == 1 ? OfferMode.InOrder : Pick(Enum.GetValues<OfferMode>());
        var declines = offer == OfferMode.Chosen ? [DeclinePath.BackToCaseworker, DeclinePath.Skip] : Enum.GetValues<DeclinePath>();
        var (acknowledge, feedback) = (_random.Next(1, 6), Pick(Enum.GetValues<Feedback>()));
        return new ChainNode.Step
        {
            Id = id,
            Title = title,
            Service = Pick(["childcare", "debt-counselling", "training"]),
            Partners = partners,
            Offer = offer,
            AcknowledgeWithin = acknowledge,
            CompleteWithin = Chance(60) ? _random.Next(acknowledge, 41) : null,
            RemindBefore = Chance(50) ? _random.Next(0, acknowledge) : null,
            EscalateAfter = Chance(50) ? _random.Next(0, 6) : null,
            OnDecline = Pick(declines),
            Outcomes = [.. OutcomeCodes.Common.Append("own-outcome").OrderBy(_ => _random.Next()).Take(_random.Next(1, 5))],
            PassFacts = [.. _facts.Where(_ => Chance(40)).Select(f => f.Name)],
            ReturnFacts = feedback == Feedback.TookPlace ? [] : [.. _facts.Where(_ => Chance(30)).Select(f => f.Name)],
            Feedback = feedback,
            Secrecy = _secrecy && _nodes % 2 == 0,
        };
    }

    // One maker per fact and per step, shuffled: each is used in one branch only, so that no two branches ask the same.
    private List<Func<Condition>> Atoms(IReadOnlyList<ChainNode.Step> steps) =>
        _facts.Select<FactDeclaration, Func<Condition>>(f => () => Asks(f))
            .Concat(steps.Select<ChainNode.Step, Func<Condition>>(s => () => Asks(s)))
            .OrderBy(_ => _random.Next()).ToList();

    private Condition Compound(Queue<Func<Condition>> atoms)
    {
        var first = atoms.Dequeue()();
        var second = atoms.Count > 0 && Chance(40) ? atoms.Dequeue()() : null;
        return (second, _random.Next(4)) switch
        {
            (null, 0) => new Condition.Not(first),
            (null, _) => first,
            (_, 0) => new Condition.All([first, second]),
            (_, 1) => new Condition.Any([first, second]),
            (_, 2) => new Condition.All([first, new Condition.Not(second)]),
            _ => new Condition.Not(new Condition.Any([second, first])),
        };
    }

    private Condition.Fact Asks(FactDeclaration fact)
    {
        if (!fact.Required && Chance(15))
        {
            return new Condition.Fact(fact.Name, Comparison.Unknown);
        }

        Comparison[] any = [Comparison.Equal, Comparison.NotEqual];
        Comparison[] ordered = [.. any, Comparison.Less, Comparison.AtMost, Comparison.AtLeast, Comparison.Greater];
        return fact.Type switch
        {
            FactType.CodeList list => new(fact.Name, Pick(any), new FactValue.Code(Pick(list.Codes).Code)),
            FactType.WholeNumber bounds => new(fact.Name, Pick(ordered), new FactValue.Number(_random.Next(bounds.Min + 1, bounds.Max))),
            FactType.YesNo => new(fact.Name, Pick(any), new FactValue.YesNo(Chance(50))),
            _ => new(fact.Name, Pick(ordered), new FactValue.Month(new DateOnly(_random.Next(2025, 2029), _random.Next(1, 13), 1))),
        };
    }

    private Condition.Outcome Asks(ChainNode.Step step)
    {
        var told = step.Outcomes.Select(o => OutcomeCodes.Reported(o, step.Feedback)).Append(OutcomeCodes.Skipped).Distinct().OrderBy(_ => _random.Next());
        return new Condition.Outcome(step.Id, [.. told.Take(_random.Next(1, 3))]);
    }

    private static IEnumerable<ChainNode> Smaller(ChainNode node)
    {
        var parts = node.Parts().Select(p => p.Node);
        return node switch
        {
            ChainNode.Sequence { Children.Count: > 1 } sequence => parts
                .Concat(sequence.Children.Select((_, i) => sequence with { Children = [.. sequence.Children.Where((_, other) => other != i)] }))
                .Concat(sequence.Children.SelectMany((child, i) =>
                    Smaller(child).Select(small => sequence with { Children = [.. sequence.Children.Select((other, j) => j == i ? small : other)] }))),
            ChainNode.Choice { Otherwise: not null } choice => parts.Append(choice with { Otherwise = null }),
            _ => parts,
        };
    }

    private static IEnumerable<ChainNode.Step> StepsIn(ChainNode node) =>
        node is ChainNode.Step step ? [step] : node.Parts().SelectMany(p => StepsIn(p.Node));

    private static OrganisationId Partner(int number) => new($"partner-{number}");

    private bool Chance(int percent) => _random.Next(100) < percent;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
