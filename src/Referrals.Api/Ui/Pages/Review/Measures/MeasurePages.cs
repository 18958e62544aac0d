using System.Diagnostics;
using Referrals.Api.Security;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Measures;

namespace Referrals.Api.Ui.Pages.Review.Measures;

/// <summary>What the steering group agreed to do: note it, change it, follow it up.</summary>
internal static class MeasurePages
{
    public static void Map(RouteGroupBuilder members)
    {
        var group = members.MapGroup("").RequireAuthorization(Policies.Steering);
        group.MapGet(Links.Measures, ListAsync);
        group.MapGet(Links.NewMeasure, AskAsync);
        group.MapPost(Links.NewMeasure, NoteAsync);
        group.MapGet(Links.Measures + "/{id:guid}", ShowAsync);
        group.MapPost(Links.Measures + "/{id:guid}", FollowUpAsync);
    }

    private static async Task<IResult> ListAsync(MeasureService measures, ChoicesSource source, TimeProvider time, CancellationToken ct)
    {
        var all = await measures.ListAsync([], ct);
        var ordered = all.OrderBy(m => m.Status).ThenBy(m => m.Status == MeasureStatus.Running ? m.Plan.Until.DayNumber : -m.Plan.Until.DayNumber).ToList();
        return Answer.With<MeasuresPage>(new MeasuresModel(ordered, await source.ReadAsync(ct), WorkingCalendar.LocalDay(time.GetUtcNow())));
    }

    // A page of the review hands over where it stands, so that the form begins with it.
    private static async Task<IResult> AskAsync(HttpContext context, ChoicesSource source, TimeProvider time, CancellationToken ct)
    {
        var today = WorkingCalendar.LocalDay(time.GetUtcNow());
        var form = FormInput.Of(
            (MeasureForm.Place, context.Request.Query[MeasureForm.Place]), (MeasureForm.Partner, context.Request.Query[MeasureForm.Partner]),
            (MeasureForm.From, TypedDay.Value(today)));
        return Answer.With<NewMeasurePage>(new MeasureFormModel(form, await source.ReadAsync(ct)));
    }

    private static async Task<IResult> NoteAsync(FormInput form, Visitor me, MeasureService measures, ChoicesSource source, NewId newId, Words words, CancellationToken ct)
    {
        var choices = await source.ReadAsync(ct);
        var (plan, hits) = MeasureForm.Plan(form, choices, words);
        if (plan is null)
        {
            return Answer.Invalid<NewMeasurePage>(new MeasureFormModel(form, choices) { Hits = hits });
        }

        switch (await measures.DoAsync(me.Actor, new MeasureId(newId()), new MeasureCommand.Take(plan), 0, ct))
        {
            case MeasureOutcome.Done done:
                return Answer.Go(Links.Measure(done.Measure.Id), "Measure.Noted");
            case MeasureOutcome.Refused refused:
                form.Fault("", words.Code("Measure.Refusal", refused.Refusal.Code));
                return Answer.Invalid<NewMeasurePage>(new MeasureFormModel(form, choices));
            case MeasureOutcome.Stale:
                throw new InvalidOperationException("a new measure has no history");
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<IResult> ShowAsync(Guid id, MeasureService measures, ChoicesSource source, TimeProvider time, CancellationToken ct) =>
        await FindAsync(id, measures, source, time, ct) is { } model ? Answer.With<MeasurePage>(model) : Answer.NotFound();

    private static async Task<IResult> FollowUpAsync(
        Guid id, FormInput form, Visitor me, MeasureService measures, ChoicesSource source, TimeProvider time, Words words, CancellationToken ct)
    {
        var (look, hits) = MeasureForm.Look(form, words);
        if (look is null)
        {
            return await FindAsync(id, measures, source, time, ct) is { } model ? Answer.Invalid<MeasurePage>(model with { Form = form, Hits = hits }) : Answer.NotFound();
        }

        switch (await measures.DoAsync(me.Actor, new MeasureId(id), look, form.Version, ct))
        {
            case MeasureOutcome.Done:
                return Answer.Go(Links.Measure(new MeasureId(id)), "Measure.FollowedUp");
            case MeasureOutcome.Refused:
                return Answer.NotFound();
            case MeasureOutcome.Stale:
                form.Fault("", words["Measure.Changed"]);
                return await FindAsync(id, measures, source, time, ct) is { } now ? Answer.Changed<MeasurePage>(now with { Form = form }) : Answer.NotFound();
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<MeasureModel?> FindAsync(Guid id, MeasureService measures, ChoicesSource source, TimeProvider time, CancellationToken ct) =>
        await measures.FindAsync(new MeasureId(id), ct) is var (measure, version)
            ? new MeasureModel(measure, version, FormInput.Of((MeasureForm.Status, MeasureForm.WordOf(measure.Status))), await source.ReadAsync(ct), time.GetUtcNow())
            : null;
}

/// <summary>Reads where and for whom a measure can be.</summary>
internal sealed class ChoicesSource(ChainService chains, NetworkNames names, Words words)
{
    public async Task<MeasureChoices> ReadAsync(CancellationToken ct)
    {
        var listed = await chains.AllAsync(ct);
        var versions = await names.ChainsAsync(listed.Where(c => (c.InForce ?? c.Latest) is not null).Select(c => (c.Id, (c.InForce ?? c.Latest)!.Value)), ct);
        var directory = await names.DirectoryAsync(ct);
        return new MeasureChoices(
            [.. versions.Values.OrderBy(v => Words.Of(v.Title), StringComparer.CurrentCulture).SelectMany(v => v.Steps().Select(s => (Step: s, Chain: v)).Prepend((null!, v))).Select(Place)],
            [.. directory.Lines.Select(o => new Choice(o.Id.Value, o.Profile.Name))]);
    }

    private Choice Place((ChainNode.Step? Step, ChainVersion Chain) place) => place.Step is { } step
        ? new(MeasureForm.PlaceOf(place.Chain.Id, step.Id), words["Measure.StepOf", Words.Of(place.Chain.Title), words.StepTitle(step)])
        : new(MeasureForm.PlaceOf(place.Chain.Id, null), Words.Of(place.Chain.Title));
}
