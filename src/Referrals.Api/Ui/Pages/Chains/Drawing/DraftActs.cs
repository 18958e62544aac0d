using System.Globalization;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>What the buttons of the list of blocks do, as <c>hoch kinderbetreuung</c>.</summary>
internal static class DraftActs
{
    public const string Act = "tun";
    public const string Up = "hoch";
    public const string Down = "runter";
    public const string Copy = "kopie";
    public const string Optional = "wahlweise";
    public const string Choice = "auswahl";
    public const string Repeat = "wiederholung";
    public const string Unwrap = "aufloesen";
    public const string Remove = "entfernen";
    public const string Branch = "zweig";
    public const string Otherwise = "sonst";
    public const string BranchUp = "zweig-hoch";
    public const string BranchDown = "zweig-runter";
    public const string BranchRemove = "zweig-weg";
    public const string Edit = "bearbeiten";
    public const string Undo = "rueckgaengig";
    public const string Redo = "wiederherstellen";

    /// <summary>What came of it.</summary>
    /// <param name="Chain">The chain.</param>
    /// <param name="Block">The block that the keyboard's focus goes to.</param>
    /// <param name="Key">Its button.</param>
    public sealed record Outcome(ChainVersion Chain, string? Block, string Key);

    /// <summary>Does it; null: there is no such act or block.</summary>
    public static Outcome? Do(ChainVersion draft, string act, Words words)
    {
        var parts = act.Split(' ');
        if (parts.Length < 2 || draft.Nodes().FirstOrDefault(n => n.Id.Value == parts[1]) is not { } node || node.Id == draft.Root.Id)
        {
            return null;
        }

        var branch = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
        return parts[0] switch
        {
            Up => new Outcome(Blocks.MoveUp(draft, node.Id), parts[1], Up),
            Down => new Outcome(Blocks.MoveDown(draft, node.Id), parts[1], Down),
            Copy => Blocks.Copy(draft, node.Id) is var (copied, copy) ? new Outcome(copied, copy?.Value, Edit) : null,
            Optional => Framed(Frames.Optional(draft, node.Id, Both("Designer.OptionalTitle", words))),
            Choice => Framed(Frames.Choice(draft, node.Id)),
            Repeat => Framed(Frames.Repeat(draft, node.Id)),
            Unwrap => new Outcome(Frames.Unwrap(draft, node.Id), node.Children().FirstOrDefault()?.Id.Value, Edit),
            Remove => new Outcome(Blocks.Remove(draft, node.Id), Neighbour(draft, node.Id), Edit),
            Branch when node is ChainNode.Choice => new Outcome(Frames.AddBranch(draft, node.Id), parts[1], Branch),
            Otherwise when node is ChainNode.Choice => new Outcome(Frames.AddOtherwise(draft, node.Id), parts[1], Branch),
            BranchUp => new Outcome(Frames.MoveBranch(draft, node.Id, branch, -1), parts[1], $"{BranchUp}-{branch - 1}"),
            BranchDown => new Outcome(Frames.MoveBranch(draft, node.Id, branch, 1), parts[1], $"{BranchDown}-{branch + 1}"),
            BranchRemove => new Outcome(Frames.RemoveBranch(draft, node.Id, branch), parts[1], Branch),
            _ => null,
        };
    }

    private static Outcome Framed((ChainVersion Chain, NodeId? Frame) framed) => new(framed.Chain, framed.Frame?.Value, Edit);

    // Chains have both languages, whichever the person reads.
    private static LocalText Both(string key, Words words)
    {
        var here = CultureInfo.CurrentUICulture;
        try
        {
            var texts = PageRequests.Cultures.Select(culture =>
            {
                CultureInfo.CurrentUICulture = culture;
                return words[key];
            }).ToList();
            return new LocalText(texts[0], texts[1]);
        }
        finally
        {
            CultureInfo.CurrentUICulture = here;
        }
    }

    private static string? Neighbour(ChainVersion draft, NodeId node)
    {
        var blocks = draft.Nodes().Where(n => n is not ChainNode.Sequence { Title: null }).ToList();
        var at = blocks.FindIndex(n => n.Id == node);
        return at > 0 ? blocks[at - 1].Id.Value : blocks.FirstOrDefault(n => n.Id != node && blocks[at].SelfAndDescendants().All(d => d.Id != n.Id))?.Id.Value;
    }
}
