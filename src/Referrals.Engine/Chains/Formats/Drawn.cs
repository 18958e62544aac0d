using System.Globalization;
using System.Text;

namespace Referrals.Engine.Chains.Formats;

/// <summary>What a figure of a flow chart means to us, whatever the format.</summary>
internal enum DrawnKind
{
    Start,
    End,
    Step,

    /// <summary>Splits into branches at the same time, or joins them.</summary>
    Parallel,

    /// <summary>Splits into branches of which one is taken, or joins them.</summary>
    Exclusive,

    /// <summary>Holds a flow chart of its own.</summary>
    Group,

    /// <summary>Means nothing by itself.</summary>
    Pass,
}

/// <summary>A figure of a flow chart as it was read.</summary>
internal sealed record DrawnNode(string Id, DrawnKind Kind, string? Name)
{
    /// <summary>What it holds.</summary>
    public DrawnScope? Inner { get; init; }

    /// <summary>Whether what it holds is repeated.</summary>
    public bool Loops { get; init; }

    /// <summary>At most this many rounds.</summary>
    public int? Rounds { get; init; }

    /// <summary>When it is repeated, in words.</summary>
    public string? LoopWords { get; init; }

    /// <summary>Title of a part that a person includes or leaves out at this split; null: conditions decide.</summary>
    public string? Asks { get; init; }

    /// <summary>The decision that this one goes on with, where several stand for one; the same in all of them.</summary>
    public string? PartOf { get; init; }

    /// <summary>Whether this join waits for all branches that were entered, and so fits any split.</summary>
    public bool JoinsAll { get; init; }

    /// <summary>Working days.</summary>
    public int? Acknowledge { get; init; }

    /// <summary>Working days.</summary>
    public int? Complete { get; init; }

    /// <summary>Working days.</summary>
    public int? Escalate { get; init; }

    /// <summary>Partner organisations.</summary>
    public IReadOnlyList<string> Partners { get; init; } = [];

    /// <summary>Code of the service.</summary>
    public string? Service { get; init; }

    /// <summary>Code of the service as the words for people name it: counts only where nothing else tells it, and is no change of the drawing.</summary>
    public string? ServiceInWords { get; init; }

    /// <summary>Everything that the figure says, as one line.</summary>
    public string Key() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Id}|{Kind}|{Name}|{Loops}|{Rounds}|{LoopWords}|{Asks}|{PartOf}|{JoinsAll}|{Acknowledge}|{Complete}|{Escalate}|{string.Join(',', Partners.Order(StringComparer.Ordinal))}|{Service}|{Inner?.Key()}");
}

/// <summary>An arrow of a flow chart.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">Id of the figure where it starts.</param>
/// <param name="To">Id of the figure where it ends.</param>
/// <param name="Name">Words beside it.</param>
/// <param name="Words">The condition that stands at it.</param>
/// <param name="IsDefault">Whether it is taken when no condition holds.</param>
internal sealed record DrawnFlow(string Id, string From, string To, string? Name = null, string? Words = null, bool IsDefault = false)
{
    /// <summary>What stands at the arrow for people, beside it and as its condition.</summary>
    public IReadOnlyList<string> Captions => [.. new[] { Name, Words }.OfType<string>().Select(w => w.Trim()).Where(w => w.Length > 0).Distinct()];

    /// <summary>The first of the captions, or nothing.</summary>
    public string Caption => Captions is [var first, ..] ? first : "";
}

/// <summary>A flow chart: figures, and arrows in the order in which they are tried.</summary>
internal sealed record DrawnScope(IReadOnlyList<DrawnNode> Nodes, IReadOnlyList<DrawnFlow> Flows)
{
    /// <summary>Everything that the flow chart says but where its figures stand, as text; equal for equal charts.</summary>
    public string Key()
    {
        var (key, flows) = (new StringBuilder("{"), Flows.ToLookup(f => f.From));
        foreach (var node in Nodes.OrderBy(n => n.Id, StringComparer.Ordinal))
        {
            key.Append(node.Key());
            foreach (var flow in flows[node.Id])
            {
                key.Append(CultureInfo.InvariantCulture, $">{flow.To}:{flow.Name}:{flow.Words}:{flow.IsDefault}");
            }

            key.Append('\n');
        }

        return key.Append('}').ToString();
    }

    /// <summary>All figures, also those within others.</summary>
    public IEnumerable<DrawnNode> All() => Nodes.SelectMany(n => (n.Inner?.All() ?? []).Prepend(n));

    /// <summary>All arrows, also those within figures.</summary>
    public IEnumerable<DrawnFlow> AllFlows() => Nodes.SelectMany(n => n.Inner?.AllFlows() ?? []).Concat(Flows);
}

/// <summary>A file as it was read, before it is a chain.</summary>
/// <param name="Id">Id of the process.</param>
/// <param name="Title">Its name.</param>
/// <param name="Description">What is said about it.</param>
/// <param name="Scope">The flow chart.</param>
/// <param name="Embedded">The chain as JSON that the file carries along; null: none.</param>
internal sealed record DrawnChain(string? Id, string? Title, string? Description, DrawnScope Scope, string? Embedded);

/// <summary>A part of a flow chart with one way in and one way out.</summary>
internal abstract record DrawnBlock
{
    private DrawnBlock() { }

    /// <summary>A step.</summary>
    public sealed record One(DrawnNode Node) : DrawnBlock;

    /// <summary>A figure that holds others.</summary>
    public sealed record Group(DrawnNode Node, IReadOnlyList<DrawnBlock> Inner) : DrawnBlock;

    /// <summary>Branches between a split and its join.</summary>
    public sealed record Split(DrawnNode Gateway, bool Parallel, IReadOnlyList<DrawnBranch> Branches) : DrawnBlock;

    /// <summary>Figures that an arrow leads back over.</summary>
    public sealed record Loop(DrawnNode Exit, DrawnFlow Back, DrawnFlow? Out, IReadOnlyList<DrawnBlock> Body) : DrawnBlock;
}

/// <summary>A branch with the arrow by which it is entered.</summary>
internal sealed record DrawnBranch(DrawnFlow Flow, IReadOnlyList<DrawnBlock> Blocks);
