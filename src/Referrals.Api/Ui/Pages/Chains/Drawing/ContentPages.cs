using Referrals.Api.Ui.Forms;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>A form about the draft as a whole.</summary>
/// <param name="Sight">The draft.</param>
/// <param name="Form">The values.</param>
/// <param name="IsSent">Whether the form was sent and has faults.</param>
/// <param name="Name">The fact that is changed; null: a new one.</param>
public sealed record ContentModel(DraftSight Sight, FormInput Form, bool IsSent, string? Name = null)
{
    /// <summary>The button that was pressed before, as <c>hoch-kinder</c>; null: none.</summary>
    public string? Focus { get; init; }

    /// <summary>Whether a button of the list gets the focus: the one that was pressed before, or where that can do no more, the other way.</summary>
    /// <param name="act">What it does.</param>
    /// <param name="name">The fact or outcome.</param>
    /// <param name="isFirst">Whether that stands first.</param>
    /// <param name="isLast">Whether that stands last.</param>
    public bool HasFocus(string act, string name, bool isFirst, bool isLast) => act switch
    {
        DraftActs.Up => !isFirst && (Focus == $"{DraftActs.Up}-{name}" || (isLast && Focus == $"{DraftActs.Down}-{name}")),
        _ => !isLast && (Focus == $"{DraftActs.Down}-{name}" || (isFirst && Focus == $"{DraftActs.Up}-{name}")),
    };
}

/// <summary>What a draft says beside its blocks: head, facts, outcomes of its own.</summary>
internal static class ContentPages
{
    /// <summary>Removes a fact or an outcome.</summary>
    public const string Remove = "entfernen";

    /// <summary>The field with the title of a new outcome, and how those of the others begin.</summary>
    public const string Outcome = "titel-";

    /// <summary>How the fields with English titles of outcomes begin.</summary>
    public const string OutcomeEn = "en-";

    /// <summary>Ends the names of the fields of a new outcome.</summary>
    public const string New = "-neu";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(Links.DraftHead("{kette}"), ShowHeadAsync);
        group.MapPost(Links.DraftHead("{kette}"), SaveHeadAsync);
        group.MapGet(Links.DraftFacts("{kette}"), ShowFactsAsync);
        group.MapPost(Links.DraftFacts("{kette}"), SaveFactAsync);
        group.MapGet(Links.DraftOutcomes("{kette}"), ShowOutcomesAsync);
        group.MapPost(Links.DraftOutcomes("{kette}"), SaveOutcomesAsync);
    }

    private static async Task<IResult> ShowHeadAsync(string kette, DraftDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight ? Answer.With<HeadPage>(Head(sight)) : Answer.NotFound();

    private static Task<IResult> SaveHeadAsync(string kette, FormInput form, DraftDesk desk, Words words, CancellationToken ct) => desk.ChangeAsync(
        kette, form,
        sight =>
        {
            if (form[HeadForm.Title].Length == 0)
            {
                form.Fault(HeadForm.Title, words["Designer.TitleMissing"]);
                return null;
            }

            return HeadForm.Read(form, sight.Draft);
        },
        () => Answer.Go(Links.Draft(kette), "Designer.Saved"), sight => Answer.Invalid<HeadPage>(new ContentModel(sight, form, IsSent: true)), ct);

    private static ContentModel Head(DraftSight sight)
    {
        var form = HeadForm.Of(sight.Draft);
        foreach (var placed in sight.Faults.Where(f => f.Node is null && HeadForm.FieldOf(f.Fault.Path) is not null))
        {
            form.Fault(HeadForm.FieldOf(placed.Fault.Path)!, Words.Of(placed.Fault.Message));
        }

        return new ContentModel(sight, form, IsSent: false);
    }

    private static async Task<IResult> ShowFactsAsync(string kette, string? name, string? taste, DraftDesk desk, CancellationToken ct) => await desk.FindAsync(kette, ct) switch
    {
        null => Answer.NotFound(),
        var sight when string.IsNullOrEmpty(name) => Answer.With<FactsPage>(new ContentModel(sight, new FormInput(), IsSent: false) { Focus = taste }),
        var sight when sight.Draft.FindFact(name) is { } fact => Answer.With<FactsPage>(new ContentModel(sight, FactForm.Of(fact), IsSent: false, name)),
        _ => Answer.NotFound(),
    };

    private static Task<IResult> SaveFactAsync(string kette, string? name, FormInput form, DraftDesk desk, Words words, CancellationToken ct)
    {
        var act = form[DraftActs.Act].Split(' ');
        return desk.ChangeAsync(
            kette, form,
            sight => act[0] is Remove ? Contents.RemoveFact(sight.Draft, Named(act))
                : Places(act) is { } by ? Contents.MoveFact(sight.Draft, Named(act), by)
                : FactForm.Read(form, name is null ? null : sight.Draft.FindFact(name), words) is { } fact
                    ? name is null ? Contents.AddFact(sight.Draft, fact).Chain : Contents.ChangeFact(sight.Draft, name, fact)
                : null,
            () => Answer.Go(Links.DraftFacts(kette, null, Key(act)), Done(act)),
            sight => Answer.Invalid<FactsPage>(new ContentModel(sight, form, IsSent: true, name)), ct);
    }

    private static string Named(string[] act) => act.ElementAtOrDefault(1) ?? "";

    // By how many places something is moved; null: it is not about that.
    private static int? Places(string[] act) => act[0] switch { DraftActs.Up => -1, DraftActs.Down => 1, _ => null };

    private static string? Key(string[] act) => Places(act) is null ? null : $"{act[0]}-{Named(act)}";

    private static string Done(string[] act) => act[0] switch
    {
        Remove => "Designer.Removed",
        DraftActs.Up => "Designer.Done.hoch",
        DraftActs.Down => "Designer.Done.runter",
        _ => "Designer.Saved",
    };

    private static async Task<IResult> ShowOutcomesAsync(string kette, string? taste, DraftDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight
            ? Answer.With<OutcomesPage>(new ContentModel(sight, OutcomesForm(sight.Draft), IsSent: false) { Focus = taste })
            : Answer.NotFound();

    private static Task<IResult> SaveOutcomesAsync(string kette, FormInput form, DraftDesk desk, Words words, CancellationToken ct)
    {
        var act = form[DraftActs.Act].Split(' ');
        return desk.ChangeAsync(
            kette, form, sight => ReadOutcomes(form, sight.Draft, act, words),
            () => Answer.Go(Links.DraftOutcomes(kette, Key(act)), Done(act)),
            sight => Answer.Invalid<OutcomesPage>(new ContentModel(sight, form, IsSent: true)), ct);
    }

    private static ChainVersion? ReadOutcomes(FormInput form, ChainVersion draft, string[] act, Words words)
    {
        foreach (var outcome in draft.Outcomes.Where(o => form.Fields.Contains(Outcome + o.Code)))
        {
            if (form[Outcome + outcome.Code].Length == 0)
            {
                form.Fault(Outcome + outcome.Code, words["Designer.TitleMissing"]);
            }

            draft = Contents.ChangeOutcome(draft, outcome.Code, TextForm.Read(form, Outcome + outcome.Code, OutcomeEn + outcome.Code));
        }

        if (form[Outcome + New].Length > 0)
        {
            draft = Contents.AddOutcome(draft, TextForm.Read(form, Outcome + New, OutcomeEn + New)).Chain;
        }

        return !form.IsValid ? null
            : act[0] == Remove ? Contents.RemoveOutcome(draft, Named(act))
            : Places(act) is { } by ? Contents.MoveOutcome(draft, Named(act), by)
            : draft;
    }

    private static FormInput OutcomesForm(ChainVersion draft) =>
        FormInput.Of(draft.Outcomes.SelectMany(o => new[] { (Outcome + o.Code, (string?)o.Title.De), (OutcomeEn + o.Code, o.Title.En) }));
}
