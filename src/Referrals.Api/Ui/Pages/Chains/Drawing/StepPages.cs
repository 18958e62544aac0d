using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Chains.Drawing;

namespace Referrals.Api.Ui.Pages.Chains.Drawing;

/// <summary>Steps of a draft: a new one, and everything that is agreed about one.</summary>
internal static class StepPages
{
    public const string PartnerUp = "partner-hoch";
    public const string PartnerDown = "partner-runter";
    public const string PartnerRemove = "partner-weg";
    public const string PartnerAdd = "partner-dazu";
    public const string Stay = "bleiben";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet(Links.DraftAdd("{kette}"), AskAsync);
        group.MapPost(Links.DraftAdd("{kette}"), AddAsync);
        group.MapGet(Links.DraftStep("{kette}", "{schritt}"), ShowAsync);
        group.MapPost(Links.DraftStep("{kette}", "{schritt}"), SaveAsync);
    }

    private static async Task<IResult> AskAsync(string kette, string? wo, string? block, DraftDesk desk, Words words, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight && AddStep.Place(sight.Draft, wo, block) is not null
            ? Answer.With<AddStepPage>(Ask(sight, wo, block, new FormInput(), words))
            : Answer.NotFound();

    private static async Task<IResult> AddAsync(string kette, string? wo, string? block, FormInput form, DraftDesk desk, Words words, CancellationToken ct)
    {
        NodeId added = default;
        return await desk.ChangeAsync(
            kette, form,
            sight =>
            {
                if (Read(form, sight, wo, block, words) is not var (step, place))
                {
                    return null;
                }

                (var chain, added) = Blocks.AddStep(sight.Draft, step, place);
                return chain;
            },
            () => Answer.Go(Links.DraftStep(kette, added.Value), "Designer.Added"),
            sight => Answer.Invalid<AddStepPage>(Ask(sight, wo, block, form, words)), ct);
    }

    private static (ChainNode.Step Step, DrawPlace Place)? Read(FormInput form, DraftSight sight, string? where, string? block, Words words)
    {
        if (form[StepForm.Title].Length == 0)
        {
            form.Fault(StepForm.Title, words["Designer.TitleMissing"]);
        }

        if (!Codes.IsCode(form[StepForm.Service]))
        {
            form.Fault(StepForm.Service, words["Designer.ServiceMissing"]);
        }

        if (AddStep.Place(sight.Draft, where, block) is not { } place)
        {
            form.Fault("", words["Designer.NoSuchBlock"]);
            return null;
        }

        if (!form.IsValid)
        {
            return null;
        }

        // The only one that offers it is meant.
        var partners = Offering(sight, form[StepForm.Service]).ToList();
        var step = Contents.NewStep(TextForm.Read(form, StepForm.Title, StepForm.TitleEn), form[StepForm.Service]);
        return (step with { Partners = partners.Count == 1 ? partners : [] }, place);
    }

    private static async Task<IResult> ShowAsync(string kette, string schritt, string? taste, DraftDesk desk, Words words, CancellationToken ct) =>
        await desk.FindAsync(kette, ct) is { } sight && sight.Draft.FindStep(new NodeId(schritt)) is { } step
            ? Answer.With<StepPage>(Model(sight, step, StepForm.Of(step), sent: false, taste, words))
            : Answer.NotFound();

    private static Task<IResult> SaveAsync(string kette, string schritt, FormInput form, DraftDesk desk, Words words, CancellationToken ct)
    {
        var (id, act) = (new NodeId(schritt), form[DraftActs.Act].Split(' '));
        return desk.ChangeAsync(
            kette, form,
            sight => sight.Draft.FindStep(id) is { } step && StepForm.Read(form, step, words) is { } read
                ? Contents.ChangeStep(sight.Draft, id, now => Act(First(sight, form, id) is { } first ? StepForm.OnTop(first, read, now) : read, act))
                : null,
            () => act[0].Length == 0
                ? Answer.Go(Links.Draft(kette, schritt, DraftActs.Edit), "Designer.Saved")
                : Answer.Go(Links.With(Links.DraftStep(kette, schritt), ("taste", act[0] == Stay ? null : string.Join('-', act)))),
            sight => sight.Draft.FindStep(id) is { } step ? Answer.Invalid<StepPage>(Model(sight, step, form, sent: true, null, words)) : Answer.NotFound(), ct);
    }

    // A change that is applied on top of somebody else's: the step that it was made of.
    private static ChainNode.Step? First(DraftSight sight, FormInput form, NodeId step) => form[DraftDesk.MadeOf] is { Length: > 0 } hash
        ? sight.Chain.Trail.Before.LastOrDefault(d => DraftTrail.HashOf(d) == hash)?.FindStep(step)
        : null;

    private static ChainNode.Step Act(ChainNode.Step step, string[] act)
    {
        var partners = step.Partners.ToList();
        var at = act.Length > 1 ? partners.FindIndex(p => p.Value == act[1]) : -1;
        switch (act[0])
        {
            case PartnerUp when at > 0:
                (partners[at - 1], partners[at]) = (partners[at], partners[at - 1]);
                break;
            case PartnerDown when at >= 0 && at < partners.Count - 1:
                (partners[at + 1], partners[at]) = (partners[at], partners[at + 1]);
                break;
            case PartnerRemove when at >= 0:
                partners.RemoveAt(at);
                break;
        }

        return step with { Partners = partners };
    }

    private static IEnumerable<OrganisationId> Offering(DraftSight sight, string service) =>
        sight.Directory.Lines.Where(o => o.Services.Any(s => s.Service == service)).Select(o => o.Id);

    private static AddModel Ask(DraftSight sight, string? where, string? block, FormInput form, Words words)
    {
        var name = sight.Draft.Nodes().FirstOrDefault(n => n.Id.Value == block) is { } node ? new DraftModel(sight, DraftPages.Picture(sight, words), words, null, null).NameOf(node) : "";
        return new AddModel(sight, words[$"Designer.Where.{where ?? AddStep.End}", name], Links.DraftAdd(sight.Id, where, block), form, Services(sight, null, words));
    }

    // What is wrong with the step stands beside its fields, also before anything was sent.
    private static StepModel Model(DraftSight sight, ChainNode.Step step, FormInput form, bool sent, string? focus, Words words)
    {
        foreach (var placed in sight.FaultsOf(step.Id).Where(f => form.FaultOf(StepForm.FieldOf(f.Rest)) is null))
        {
            form.Fault(StepForm.FieldOf(placed.Rest), Words.Of(placed.Fault.Message));
        }

        return new StepModel(sight, step, form, sent, focus, Services(sight, step.Service, words));
    }

    private static IReadOnlyList<Choice> Services(DraftSight sight, string? own, Words words) =>
    [
        .. NetworkWords.Services.Concat(sight.Directory.Lines.SelectMany(o => o.Services).Select(s => s.Service)).Append(own).OfType<string>()
            .Where(s => s.Length > 0).Distinct().Select(s => new Choice(s, words.Service(s))).OrderBy(c => c.Text, StringComparer.CurrentCultureIgnoreCase),
    ];
}
