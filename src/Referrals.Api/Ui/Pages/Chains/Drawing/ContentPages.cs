using Referrals.Api.Ui.Forms;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>A form about the draft as a whole.</summary>
/// <param name="Sight">The draft.</param>
/// <param name="Form">The values.</param>
/// <param name="IsSent">Whether the form was sent and has faults.</param>
/// <param name="Name">The fact that is changed; null: a new one.</param>
public sealed record ContentModel(DraftSight Sight, FormInput Form, bool IsSent, string? Name = null);

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

    private static async Task<IResult> ShowFactsAsync(string kette, string? name, DraftDesk desk, CancellationToken ct) => await desk.FindAsync(kette, ct) switch
    {
        null => Answer.NotFound(),
        var sight when string.IsNullOrEmpty(name) => Answer.With<FactsPage>(new ContentModel(sight, new FormInput(), IsSent: false)),
        var sight when sight.Draft.FindFact(name) is { } fact => Answer.With<FactsPage>(new ContentModel(sight, FactForm.Of(fact), IsSent: false, name)),
        _ => Answer.NotFound(),
    };

    private static Task<IResult> SaveFactAsync(string kette, string? name, FormInput form, DraftDesk desk, Words words, CancellationToken ct)
    {
        var act = form[DraftActs.Act].Split(' ');
        return desk.ChangeAsync(
            kette, form,
            sight => act[0] == Remove
                ? Contents.RemoveFact(sight.Draft, act.ElementAtOrDefault(1) ?? "")
                : FactForm.Read(form, name is null ? null : sight.Draft.FindFact(name), words) is { } fact
                    ? name is null ? Contents.AddFact(sight.Draft, fact).Chain : Contents.ChangeFact(sight.Draft, name, fact)
                    : null,
            () => Answer.Go(Links.DraftFacts(kette), act[0] == Remove ? "Designer.Removed" : "Designer.Saved"),
            sight => Answer.Invalid<FactsPage>(new ContentModel(sight, form, IsSent: true, name)), ct);
    }

    private static async Task<IResult> ShowOutcomesAsync(string kette, DraftDesk desk, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight ? Answer.With<OutcomesPage>(new ContentModel(sight, OutcomesForm(sight.Draft), IsSent: false)) : Answer.NotFound();

    private static Task<IResult> SaveOutcomesAsync(string kette, FormInput form, DraftDesk desk, Words words, CancellationToken ct)
    {
        var act = form[DraftActs.Act].Split(' ');
        return desk.ChangeAsync(
            kette, form, sight => ReadOutcomes(form, sight.Draft, act, words),
            () => Answer.Go(Links.DraftOutcomes(kette), act[0] == Remove ? "Designer.Removed" : "Designer.Saved"),
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

        return !form.IsValid ? null : act[0] == Remove ? Contents.RemoveOutcome(draft, act.ElementAtOrDefault(1) ?? "") : draft;
    }

    private static FormInput OutcomesForm(ChainVersion draft) =>
        FormInput.Of(draft.Outcomes.SelectMany(o => new[] { (Outcome + o.Code, (string?)o.Title.De), (OutcomeEn + o.Code, o.Title.En) }));
}
