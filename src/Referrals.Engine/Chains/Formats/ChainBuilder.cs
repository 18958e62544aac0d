using System.Diagnostics;
using System.Globalization;

namespace Referrals.Engine.Chains.Formats;

/// <summary>Makes a chain of the blocks of a drawing. What a drawing can't say is left open, for the ordinary checks to name.</summary>
internal sealed class ChainBuilder
{
    private static readonly string[] OtherwiseWords = ["", "sonst", "else", "otherwise", "default", "nein", "no", "false"];
    private readonly KnownChain? _known;
    private readonly DrawnFaults _faults;
    private readonly SequenceFolding _folding;
    private readonly HashSet<string> _ids;
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public ChainBuilder(KnownChain? known, DrawnFaults faults)
    {
        (_known, _faults) = (known, faults);
        _ids = [.. known?.Ids ?? []];
        _folding = new SequenceFolding(known, () => NewId(null, "ablauf"));
    }

    /// <summary>The tree; null: nothing is drawn, which is a fault.</summary>
    public ChainNode? Build(IReadOnlyList<DrawnBlock> blocks)
    {
        var root = Fold(blocks);
        if (root is null)
        {
            _faults.Add("", "drawing-empty", "Zwischen Anfang und Ende steht kein Schritt.", "There is no step between start and end.");
        }

        return root;
    }

    private ChainNode? Fold(IReadOnlyList<DrawnBlock> blocks) => _folding.Fold([.. blocks.SelectMany(Nodes)]);

    private IEnumerable<ChainNode> Nodes(DrawnBlock block) => block switch
    {
        DrawnBlock.One one => [Step(one.Node)],
        DrawnBlock.Group { Node.Loops: true } group => Repeat(group.Node, group.Node.Rounds, [group.Node.LoopWords ?? ""], group.Inner),
        DrawnBlock.Group group => Group(group),
        DrawnBlock.Split { Parallel: true } split => Parallel(split),
        DrawnBlock.Split split => Decision(split),
        DrawnBlock.Loop loop => Repeat(loop.Exit, null, loop.Out?.Captions is { Count: > 0 } leave ? leave : loop.Back.Captions, loop.Body),
        _ => throw new UnreachableException(),
    };

    // What a figure with a name holds keeps that name as the title of its sequence.
    private List<ChainNode> Group(DrawnBlock.Group group)
    {
        List<ChainNode> nodes = [.. group.Inner.SelectMany(Nodes)];
        return string.IsNullOrWhiteSpace(group.Node.Name) || nodes.Count == 0
            ? nodes
            : [new ChainNode.Sequence { Id = NewId(group.Node.Name, "ablauf"), Title = Title(null, null, group.Node.Name), Children = nodes }];
    }

    private ChainNode.Step Step(DrawnNode node)
    {
        var (known, before) = (Known<ChainNode.Step>(node.Id), _known?.Drawn(node.Id));
        if (known is null || before is null)
        {
            return new ChainNode.Step
            {
                Id = NewId(node.Name, "schritt"),
                Title = Title(null, null, node.Name),
                Service = node.Service ?? node.ServiceInWords ?? "",
                Outcomes = [],
                Partners = [.. node.Partners.Distinct().Select(p => new OrganisationId(p))],
                AcknowledgeWithin = node.Acknowledge ?? 0,
                CompleteWithin = node.Complete,
                EscalateAfter = node.Escalate,
            };
        }

        return known with
        {
            Title = Title(known.Title, before.Name, node.Name),
            Service = node.Service == before.Service ? known.Service : node.Service ?? "",
            Partners = Partners(known.Partners, before.Partners, node.Partners),
            AcknowledgeWithin = node.Acknowledge == before.Acknowledge ? known.AcknowledgeWithin : node.Acknowledge ?? 0,
            CompleteWithin = node.Complete == before.Complete ? known.CompleteWithin : node.Complete,
            EscalateAfter = node.Escalate == before.Escalate ? known.EscalateAfter : node.Escalate,
        };
    }

    // The order is an agreement that a drawing doesn't show: those that stay keep theirs.
    private static IReadOnlyList<OrganisationId> Partners(IReadOnlyList<OrganisationId> known, IReadOnlyList<string> before, IReadOnlyList<string> now) =>
        before.ToHashSet().SetEquals(now)
            ? known
            : [.. known.Where(p => now.Contains(p.Value)), .. now.Distinct().Where(p => !known.Contains(new OrganisationId(p))).Select(p => new OrganisationId(p))];

    private List<ChainNode> Parallel(DrawnBlock.Split split)
    {
        var known = Known<ChainNode.Parallel>(split.Gateway.Id);
        var children = split.Branches.Select(b => Fold(b.Blocks)).OfType<ChainNode>().ToList();
        return children.Count < 2 ? children :
        [
            new ChainNode.Parallel
            {
                Id = known?.Id ?? NewId(split.Gateway.Kind == DrawnKind.Parallel ? split.Gateway.Name : null, "gleichzeitig"),
                Title = Caption(known, split.Gateway, split.Gateway.Kind == DrawnKind.Parallel ? split.Gateway.Name : null), Children = children,
            },
        ];
    }

    private IEnumerable<ChainNode> Decision(DrawnBlock.Split split) =>
        split.Gateway.Asks is not null && split.Branches is [_, _] && split.Branches.Count(b => b.Blocks.Count == 0) == 1 ? Optional(split) : Choice(split);

    private IEnumerable<ChainNode> Optional(DrawnBlock.Split split)
    {
        var known = Known<ChainNode.Optional>(split.Gateway.Id);
        var child = Fold(split.Branches.First(b => b.Blocks.Count > 0).Blocks);
        return child is null ? [] :
        [
            new ChainNode.Optional
            {
                Id = known?.Id ?? NewId(split.Gateway.Asks, "optional"),
                Title = Title(known?.Title, _known?.Drawn(split.Gateway.Id)?.Asks, split.Gateway.Asks), Child = child,
            },
        ];
    }

    private IEnumerable<ChainNode> Choice(DrawnBlock.Split split)
    {
        var known = Known<ChainNode.Choice>(split.Gateway.Id);
        var otherwise = split.Branches.FirstOrDefault(b => b.Flow.IsDefault)
            ?? split.Branches.FirstOrDefault(b => b.Blocks.Count == 0 && b.Flow.Words is null)
            ?? split.Branches.FirstOrDefault(b => OtherwiseWords.Contains(b.Flow.Caption.Trim().ToLowerInvariant()));
        var id = known?.Id ?? NewId(split.Gateway.Name, "auswahl");
        var asked = split.Branches.Where(b => b != otherwise).ToList();
        while (split.Gateway.PartOf is { } part && otherwise is { Blocks: [DrawnBlock.Split { Parallel: false, Branches: [var yes, var no] } next] } && next.Gateway.PartOf == part && no.Flow.IsDefault)
        {
            asked.Add(yes);
            otherwise = no;
        }

        var branches = asked
            .Select(b => new Branch(Condition(b.Flow.Id, b.Flow.Captions, split.Gateway, c => _known?.Condition(c)), Fold(b.Blocks) ?? new ChainNode.Sequence { Id = NewId(null, "ablauf"), Children = [] })).ToList();
        return
        [
            new ChainNode.Choice
            {
                Id = id, Title = split.Gateway.PartOf is null ? Caption(known, split.Gateway, split.Gateway.Name) : known?.Title, Branches = branches, Otherwise = otherwise is null ? null : Fold(otherwise.Blocks),
            },
        ];
    }

    private IEnumerable<ChainNode> Repeat(DrawnNode node, int? rounds, IReadOnlyList<string> words, IReadOnlyList<DrawnBlock> body)
    {
        var (known, before) = (Known<ChainNode.Repeat>(node.Id), _known?.Drawn(node.Id));
        if (Fold(body) is not { } child)
        {
            _faults.Add(node.Id, "repeat-empty", $"Die Wiederholung an {DrawnFaults.De(node)} enthält keinen Schritt.", $"The repeat at {DrawnFaults.En(node)} holds no step.");
            return [];
        }

        return
        [
            new ChainNode.Repeat
            {
                Id = known?.Id ?? NewId(node.Name, "wiederholung"),
                Title = Caption(known, node, node.Name),
                Child = child,
                MaxRounds = known is not null && rounds == before?.Rounds ? known.MaxRounds : rounds ?? 0,
                Until = known is not null && words is [var same] && same == before?.LoopWords ? known.Until : Condition(node.Id, words, node, c => _known?.EndOfLoop(c)),
            },
        ];
    }

    // Words can't be turned into a condition again unless they are those that we wrote.
    private Condition Condition(string element, IReadOnlyList<string> captions, DrawnNode about, Func<string, Condition?> written)
    {
        var words = captions.FirstOrDefault(c => written(c) is null);
        if (words is null && captions.Count > 0)
        {
            return written(captions[0])!;
        }

        var text = words is null ? "" : words.Length <= 200 ? words : words[..199] + "…";
        _ = text.Trim().Length == 0
            ? _faults.Add(element, "condition-missing", $"An {DrawnFaults.De(about)} fehlt eine Bedingung.", $"At {DrawnFaults.En(about)} a condition is missing.")
            : _faults.Add(
                element, "condition-in-words", $"Die Bedingung „{text}“ an {DrawnFaults.De(about)} steht nur in Worten da; bitte aus Angaben und Ergebnissen zusammenstellen.",
                $"The condition “{text}” at {DrawnFaults.En(about)} stands there in words only; please put it together from facts and outcomes.");
        return new Condition.All([]);
    }

    // A figure copied or drawn anew stands for a new node; each known one is taken once.
    private T? Known<T>(string element)
        where T : ChainNode => _known?.Node<T>(element) is { } node && _taken.Add(node.Id.Value) ? node : null;

    private LocalText? Caption(ChainNode? known, DrawnNode node, string? name) =>
        known is null ? Title(null, null, name) : Title(known.Title, _known?.Drawn(node.Id)?.Name, name);

    private static LocalText? Title(LocalText? known, string? before, string? now) =>
        before == now && known is not null ? known : string.IsNullOrWhiteSpace(now) || before == now ? null : new LocalText(now.Trim());

    private NodeId NewId(string? name, string kind)
    {
        var wanted = Codes.IsCode(name ?? "") ? name! : TitleCodes.Of(name) ?? kind;
        for (var number = 1; ; number++)
        {
            var id = number == 1 ? wanted : string.Create(CultureInfo.InvariantCulture, $"{wanted}-{number}");
            if (_ids.Add(id))
            {
                return new NodeId(id);
            }
        }
    }
}
