using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>Who changed a draft last, and when.</summary>
/// <param name="Name">Name of the person; the login where it has none here.</param>
/// <param name="At">When (UTC).</param>
/// <param name="IsMe">Whether that is who looks at the page.</param>
public sealed record DraftTouch(string Name, DateTimeOffset At, bool IsMe);

/// <summary>A fault of the draft with the place where it is put right.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Node">The innermost node that it is in; null: the chain's head, facts or outcomes.</param>
/// <param name="Rest">The fault's path from there on, such as <c>partners[0]</c>.</param>
/// <param name="Href">The page, and the field in it, where it is put right.</param>
public sealed record PlacedFault(ChainFault Fault, NodeId? Node, string Rest, string Href);

/// <summary>A draft as its pages show it.</summary>
/// <param name="Chain">The chain over all its versions.</param>
/// <param name="Draft">What is drawn, in the form that the pages work on.</param>
/// <param name="Stand">Which draft this is: the hash of its content.</param>
/// <param name="Faults">Everything that is wrong with it.</param>
/// <param name="Directory">The network.</param>
/// <param name="Touch">Who changed it last.</param>
/// <param name="Now">The time (UTC).</param>
public sealed record DraftSight(
    ChainState Chain, ChainVersion Draft, string Stand, IReadOnlyList<PlacedFault> Faults, NetworkDirectory Directory, DraftTouch? Touch, DateTimeOffset Now)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    /// <summary>The chain's code.</summary>
    public string Id => Chain.Id.Value;

    /// <summary>Minutes since somebody else changed the draft; null when that was long ago or nobody else.</summary>
    public int? OthersMinutes => Touch is { IsMe: false, At: var at } && Now - at < Recent ? Math.Max(1, (int)(Now - at).TotalMinutes) : null;

    /// <summary>What is wrong with a node by itself.</summary>
    public IEnumerable<PlacedFault> FaultsOf(NodeId node) => Faults.Where(f => f.Node == node);

    /// <summary>What is wrong with a part of a node, such as <c>branches[0].when</c>.</summary>
    public IEnumerable<PlacedFault> FaultsOf(NodeId node, string part) => FaultsOf(node).Where(f => f.Rest.StartsWith(part, StringComparison.Ordinal));
}

/// <summary>Finds where each fault of a draft is put right.</summary>
internal static class FaultPlaces
{
    public static IReadOnlyList<PlacedFault> Of(ChainVersion draft, IReadOnlyList<ChainFault> faults)
    {
        var places = new List<(string Path, ChainNode Node)>();
        Walk(draft.Root, "root", places);
        return [.. faults.Select(fault => Place(fault, draft, places))];
    }

    private static void Walk(ChainNode node, string path, List<(string Path, ChainNode Node)> places)
    {
        places.Add((path, node));
        foreach (var (part, child) in node.Parts())
        {
            Walk(child, $"{path}.{part}", places);
        }
    }

    private static PlacedFault Place(ChainFault fault, ChainVersion draft, List<(string Path, ChainNode Node)> places)
    {
        var within = places.LastOrDefault(p => fault.Path == p.Path || fault.Path.StartsWith(p.Path + ".", StringComparison.Ordinal));
        if (within.Node is null)
        {
            return new PlacedFault(fault, null, fault.Path, Head(fault.Path, draft));
        }

        var rest = fault.Path.Length > within.Path.Length ? fault.Path[(within.Path.Length + 1)..] : "";
        return new PlacedFault(fault, within.Node.Id, rest, Href(draft.Id.Value, within.Node, rest));
    }

    private static string Head(string path, ChainVersion draft)
    {
        var chain = draft.Id.Value;
        if (Index(path, "facts") is { } fact && fact < draft.Facts.Count)
        {
            return Links.DraftFacts(chain, draft.Facts[fact].Name);
        }

        return path.StartsWith("outcomes", StringComparison.Ordinal) ? Links.DraftOutcomes(chain) : Links.DraftHead(chain);
    }

    private static string Href(string chain, ChainNode node, string rest) => node switch
    {
        ChainNode.Step => $"{Links.DraftStep(chain, node.Id.Value)}#{Forms.PageForm.Id(StepForm.FieldOf(rest))}",
        ChainNode.Choice when Index(rest, "branches") is { } branch => Links.DraftCondition(chain, node.Id.Value, branch),
        ChainNode.Repeat when rest.StartsWith("until", StringComparison.Ordinal) => Links.DraftCondition(chain, node.Id.Value),
        _ when rest.StartsWith("title", StringComparison.Ordinal) || rest == "maxRounds" => Links.DraftBlock(chain, node.Id.Value),
        _ => "#" + Anchor(node.Id),
    };

    /// <summary>The id of a block in the page of the draft.</summary>
    public static string Anchor(NodeId node) => "block-" + node.Value;

    private static int? Index(string path, string list) =>
        path.StartsWith(list + "[", StringComparison.Ordinal) && path.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
        && int.TryParse(path.AsSpan(list.Length + 1, end - list.Length - 1), out var index) ? index : null;
}
