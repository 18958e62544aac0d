using System.Globalization;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts.Picture;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>The form of a condition.</summary>
/// <param name="Sight">The draft.</param>
/// <param name="Place">Where the condition stands.</param>
/// <param name="Root">Its rows.</param>
/// <param name="Form">The values.</param>
/// <param name="InWords">The condition in words; empty: nothing is said yet.</param>
/// <param name="Steps">The steps that it can ask for.</param>
/// <param name="Focus">Where the keyboard's focus goes, or null.</param>
public sealed record ConditionModel(
    DraftSight Sight, ConditionPlace Place, ConditionRow.Group Root, FormInput Form, string InWords, IReadOnlyList<ChainNode.Step> Steps, string? Focus)
{
    /// <summary>What is wrong with a row and with nothing in it.</summary>
    public IEnumerable<PlacedFault> FaultsOf(ConditionRow row)
    {
        var inner = row is ConditionRow.Group group ? group.Rows : [];
        return Sight.FaultsOf(Place.Node).Where(f => IsIn(f.Rest, row.Path) && !inner.Any(r => IsIn(f.Rest, r.Path)));
    }

    private static bool IsIn(string rest, string path) => rest == path || (rest.StartsWith(path, StringComparison.Ordinal) && rest[path.Length] is '.' or '[');
}

/// <summary>Conditions of a draft, built from drop-downs.</summary>
internal static class ConditionPages
{
    public const string AddFact = "dazu-angabe";
    public const string AddOutcome = "dazu-ergebnis";
    public const string AddGroup = "dazu-gruppe";
    public const string Remove = "weg";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(Links.DraftCondition("{kette}", "{teil}"), ShowAsync);
        group.MapPost(Links.DraftCondition("{kette}", "{teil}"), SaveAsync);
    }

    private static async Task<IResult> ShowAsync(string kette, string teil, string? zweig, string? taste, DraftDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight && Conditions.At(sight.Draft, Place(teil, zweig)) is { } condition
            ? Answer.With<ConditionPage>(Model(sight, Place(teil, zweig), condition, taste))
            : Answer.NotFound();

    private static Task<IResult> SaveAsync(string kette, string teil, string? zweig, FormInput form, DraftDesk desk, CancellationToken ct)
    {
        var (place, act) = (Place(teil, zweig), form[DraftActs.Act].Split(' '));
        return desk.ChangeAsync(
            kette, form,
            sight => Conditions.At(sight.Draft, place) is not null && form[ConditionRow.Root + ".art"].Length > 0
                ? Conditions.Set(sight.Draft, place, ConditionRow.Say(Act(ConditionRow.Read(form, sight.Draft), act, sight.Draft, place)))
                : null,
            () => act[0].Length == 0
                ? Answer.Go(Links.Draft(kette, teil, place.Branch is { } branch ? $"bedingung-{branch}" : DraftActs.Edit), "Designer.Saved")
                : Answer.Go(Links.With(Links.DraftCondition(kette, teil, place.Branch), ("taste", act[0] == StepPages.Stay ? form["feld"] : string.Join(' ', act)))),
            sight => Conditions.At(sight.Draft, place) is { } condition
                ? Answer.Invalid<ConditionPage>(Model(sight, place, condition, null))
                : Answer.NotFound(), ct);
    }

    private static ConditionPlace Place(string node, string? branch) => new(
        new NodeId(node), int.TryParse(branch, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null);

    private static ConditionRow.Group Act(ConditionRow.Group root, string[] act, ChainVersion draft, ConditionPlace place)
    {
        var at = act.ElementAtOrDefault(1) ?? ConditionRow.Root;
        switch (act[0])
        {
            case AddFact when draft.Facts is [var fact, ..]:
                return ConditionRow.Add(root, at, prefix => new ConditionRow.Fact(prefix, "", false, fact.Name, Comparison.Equal, null));
            case AddOutcome when Conditions.StepsBefore(draft, place) is [.., var step]:
                return ConditionRow.Add(root, at, prefix => new ConditionRow.Outcome(prefix, "", false, step.Id.Value, []));
            case AddGroup:
                return ConditionRow.Add(root, at, prefix => new ConditionRow.Group(prefix, "", false, Any: true, []));
            case Remove:
                return ConditionRow.Remove(root, at);
            default:
                return root;
        }
    }

    private static ConditionModel Model(DraftSight sight, ConditionPlace place, Condition condition, string? focus)
    {
        var rows = ConditionRow.Of(condition, place.Branch is { } branch ? $"branches[{branch}].when" : "until");
        var offered = Conditions.StepsBefore(sight.Draft, place);
        var asked = rows.All().OfType<ConditionRow.Outcome>().Select(o => sight.Draft.FindStep(new NodeId(o.Step))).OfType<ChainNode.Step>();
        return new ConditionModel(
            sight, place, rows, ConditionRow.Form(rows), new ConditionWords(sight.Draft).Of(condition), [.. offered.Concat(asked).DistinctBy(s => s.Id)], focus);
    }
}
