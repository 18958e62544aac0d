using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>The form of a block.</summary>
/// <param name="Page">The draft.</param>
/// <param name="Node">The block.</param>
/// <param name="Form">The values.</param>
/// <param name="IsSent">Whether the form was sent and has faults.</param>
/// <param name="Places">Where it can be moved.</param>
public sealed record BlockModel(DraftModel Page, ChainNode Node, FormInput Form, bool IsSent, IReadOnlyList<Choice> Places);

/// <summary>A block of a draft: its caption, the rounds of a repeat, and moving it elsewhere.</summary>
internal static class BlockPages
{
    public const string Title = "titel";
    public const string TitleEn = "titel-en";
    public const string Rounds = "runden";
    public const string MoveTo = "ziel";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(Links.DraftBlock("{kette}", "{teil}"), ShowAsync);
        group.MapPost(Links.DraftBlock("{kette}", "{teil}"), SaveAsync);
    }

    private static async Task<IResult> ShowAsync(string kette, string teil, DraftDesk desk, Words words, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight && Find(sight, teil) is { } node
            ? Answer.With<BlockPage>(Model(sight, node, FormOf(node), sent: false, words))
            : Answer.NotFound();

    private static Task<IResult> SaveAsync(string kette, string teil, FormInput form, DraftDesk desk, Words words, CancellationToken ct) => desk.ChangeAsync(
        kette, form,
        sight => Find(sight, teil) is { } node ? Change(sight.Draft, node, form, words) : null,
        () => Answer.Go(Links.Draft(kette, teil, DraftActs.Edit), "Designer.Saved"),
        sight => Find(sight, teil) is { } node ? Answer.Invalid<BlockPage>(Model(sight, node, form, sent: true, words)) : Answer.NotFound(), ct);

    private static ChainVersion? Change(ChainVersion draft, ChainNode node, FormInput form, Words words)
    {
        var changed = draft;
        if (node is not ChainNode.Step)
        {
            changed = Contents.Caption(changed, node.Id, TextForm.ReadOrNone(form, Title, TitleEn));
        }

        if (node is ChainNode.Repeat)
        {
            if (!int.TryParse(form[Rounds], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var rounds))
            {
                form.Fault(Rounds, words["Designer.NotANumber"]);
            }

            changed = Contents.SetRounds(changed, node.Id, rounds);
        }

        if (form[MoveTo] is { Length: > 0 } target)
        {
            var parts = target.Split(' ');
            if (AddStep.Place(draft, parts[0], parts.ElementAtOrDefault(1)) is not { } place)
            {
                form.Fault(MoveTo, words["Designer.NoSuchBlock"]);
                return null;
            }

            changed = Blocks.MoveTo(changed, node.Id, place);
        }

        return form.IsValid ? changed : null;
    }

    private static ChainNode? Find(DraftSight sight, string id) => sight.Draft.Nodes().Skip(1).FirstOrDefault(n => n.Id.Value == id);

    private static FormInput FormOf(ChainNode node) => FormInput.Of(
        (Title, node.Title?.De), (TitleEn, node.Title?.En), (Rounds, (node as ChainNode.Repeat)?.MaxRounds.ToString(CultureInfo.InvariantCulture)));

    private static BlockModel Model(DraftSight sight, ChainNode node, FormInput form, bool sent, Words words)
    {
        foreach (var (placed, field) in sight.FaultsOf(node.Id).Select(f => (f, FieldOf(f.Rest))).Where(f => f.Item2 is not null && form.FaultOf(f.Item2) is null))
        {
            form.Fault(field!, Words.Of(placed.Fault.Message));
        }

        var page = new DraftModel(sight, DraftPages.Picture(sight, words), words, null, null);
        return new BlockModel(page, node, form, sent, [.. Places(page, node, words)]);
    }

    private static string? FieldOf(string part) => part switch
    {
        "title.en" => TitleEn,
        "maxRounds" => Rounds,
        _ when part.StartsWith("title", StringComparison.Ordinal) => Title,
        _ => null,
    };

    private static IEnumerable<Choice> Places(DraftModel page, ChainNode node, Words words)
    {
        var within = node.SelfAndDescendants().Select(n => n.Id).ToHashSet();
        foreach (var other in page.Sight.Draft.Nodes().Skip(1).Where(n => !within.Contains(n.Id)))
        {
            var name = page.NameOf(other);
            if (other is ChainNode.Sequence { Title: null } list)
            {
                yield return new Choice($"{AddStep.Inside} {list.Id}", words["Designer.Into", InWords(page, list, words)]);
                continue;
            }

            yield return new Choice($"{AddStep.Before} {other.Id}", words["Designer.Where.vor", name]);
            yield return new Choice($"{AddStep.After} {other.Id}", words["Designer.Where.nach", name]);
            yield return new Choice($"{AddStep.Beside} {other.Id}", words["Designer.Where.neben", name]);
        }

        yield return new Choice(AddStep.End, words["Designer.Where.ende"]);
    }

    // An empty list is known by what it lies in.
    private static string InWords(DraftModel page, ChainNode.Sequence list, Words words)
    {
        var around = page.Sight.Draft.Nodes().FirstOrDefault(n => n.Children().Contains(list));
        return around is ChainNode.Choice choice && choice.Children().ToList().FindIndex(c => c.Id == list.Id) is var at
            ? words[at == choice.Branches.Count ? "Designer.OtherwiseOf" : "Designer.BranchOf", page.NameOf(choice), at + 1]
            : around is null ? list.Id.Value : page.NameOf(around);
    }
}
