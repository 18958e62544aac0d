using System.Globalization;
using Referrals.Api.Ui.Parts.Picture;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Blocks = Referrals.Engine.Chains.Drawing.Blocks;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>The page of a draft: the list of its blocks beside its picture.</summary>
/// <param name="Sight">The draft.</param>
/// <param name="Picture">Its picture.</param>
/// <param name="Words">The reader's language.</param>
/// <param name="FocusBlock">The block whose button gets the keyboard's focus, or null.</param>
/// <param name="FocusKey">That button.</param>
public sealed record DraftModel(DraftSight Sight, PictureModel Picture, Words Words, string? FocusBlock, string? FocusKey)
{
    /// <summary>Why what was asked for couldn't be done; null: nothing was.</summary>
    public string? Fault { get; init; }

    /// <summary>Conditions in words.</summary>
    public ConditionWords Conditions { get; } = new(Sight.Draft);

    /// <summary>Whether a button gets the focus when the page is shown.</summary>
    public bool HasFocus(NodeId block, string key)
    {
        if (FocusBlock != block.Value)
        {
            return false;
        }

        var (up, down) = Blocks.CanMove(Sight.Draft, block);
        var wanted = FocusKey switch
        {
            DraftActs.Up when !up => down ? DraftActs.Down : DraftActs.Edit,
            DraftActs.Down when !down => up ? DraftActs.Up : DraftActs.Edit,
            var other => other ?? DraftActs.Edit,
        };
        return wanted == key;
    }

    /// <summary>What a block is called in buttons and headings.</summary>
    public string NameOf(ChainNode node) => node switch
    {
        ChainNode.Step step => Words.StepTitle(step) is { Length: > 0 } title ? title : step.Id.Value,
        { Title: { } title } => Words.Of(title),
        _ => Words.Code("Designer.Kind", KindOf(node)),
    };

    /// <summary>The kind of a block, as a word of the language.</summary>
    public static string KindOf(ChainNode node) => node.GetType().Name.ToLower(CultureInfo.InvariantCulture);

    /// <summary>The place of a block among those beside it.</summary>
    public (int At, int Of) PlaceOf(NodeId node)
    {
        var list = Sight.Draft.Nodes().Where(n => n is ChainNode.Sequence or ChainNode.Parallel).Select(n => n.Children().ToList()).FirstOrDefault(c => c.Exists(n => n.Id == node)) ?? [];
        return (list.FindIndex(n => n.Id == node) + 1, list.Count);
    }
}
