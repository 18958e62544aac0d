using System.Diagnostics;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Ui.Pages.Assignments;

/// <summary>One assignment and every answer to it.</summary>
internal static class AssignmentPages
{
    public static void Add(IServiceCollection services) => services.AddSingleton<AssignmentDesk>();

    public static void Map(RouteGroupBuilder members)
    {
        var one = members.MapGroup("").RequireAuthorization(Policies.Partner).Looks(LookCodes.Assignment);
        one.MapGet(Links.Assignment("{nr}"), ShowAsync);
        Map(one, AssignmentActs.Acknowledge, (_, _) => new AssignmentCommand.Acknowledge());
        Map(one, AssignmentActs.Accept, (_, _) => new AssignmentCommand.Accept());
        Map(one, AssignmentActs.Decline, AssignmentForms.Decline);
        Map(one, AssignmentActs.Ask, AssignmentForms.Ask);
        Map(one, AssignmentActs.Start, (_, _) => new AssignmentCommand.Start());
        Map(one, AssignmentActs.FirstContact, (_, _) => new AssignmentCommand.RecordFirstContact());
        Map(one, AssignmentActs.Pause, (_, _) => new AssignmentCommand.Pause());
        Map(one, AssignmentActs.Resume, (_, _) => new AssignmentCommand.Resume());
        Map(one, AssignmentActs.Complete, AssignmentForms.Complete);
        Map(one, AssignmentActs.Take, (_, sent) => new AssignmentCommand.Assign(sent.Login));
        Map(one, AssignmentActs.Give, AssignmentForms.Give);
        Map(one, AssignmentActs.Release, (_, _) => new AssignmentCommand.Assign(null));
        Map(one, AssignmentActs.Undo, AssignmentForms.Undo);
    }

    private static void Map(RouteGroupBuilder one, string act, Func<AssignmentModel, SentForm, AssignmentCommand?> read) => one.MapPost(
        Links.Assignment("{nr}", act),
        (string nr, FormInput form, Visitor me, AssignmentDesk desk, AssignmentService assignments, Words words, NewId newId, CancellationToken ct) =>
            new Doing(act, me, desk, assignments, words).RunAsync(nr, new SentForm(form, words, me.Login, newId), read, ct));

    private static async Task<IResult> ShowAsync(string nr, Visitor me, AssignmentDesk desk, CancellationToken ct) =>
        await desk.FindAsync(me, nr, ct) is { } model ? Answer.With<AssignmentPage>(model) : Answer.NotFound();

    private sealed record Doing(string Act, Visitor Me, AssignmentDesk Desk, AssignmentService Assignments, Words Words)
    {
        public async Task<IResult> RunAsync(string nr, SentForm sent, Func<AssignmentModel, SentForm, AssignmentCommand?> read, CancellationToken ct)
        {
            if (await Desk.FindAsync(Me, nr, ct) is not { } model)
            {
                return Answer.NotFound();
            }

            // What is no longer possible is told before what is wrong with the form: who can't send it need not mend it.
            var form = sent.Form;
            if (form.Version is { } seen && seen != model.View.Version)
            {
                return await ChangedAsync(model, form, null, ct);
            }

            if (read(model, sent) is not { } command)
            {
                return Answer.Invalid<AssignmentPage>(model with { Act = Act, Form = form, Hits = sent.Hits });
            }

            return await Assignments.DoAsync(Me.Actor, model.State.Offer.Assignment, command, form.Version, ct) switch
            {
                AssignmentOutcome.Done => Answer.Go(Links.Assignment(nr), $"Assignment.Done.{Act}"),
                AssignmentOutcome.Refused { Refusal: { Field: { } field } refusal } => Answer.Invalid<AssignmentPage>(model with
                {
                    Act = Act,
                    Form = form.Fault(AssignmentForms.FieldOf(field), Words.Code("Assignment.Refusal", refusal.Code)),
                }),
                AssignmentOutcome.Refused refused => await ChangedAsync(model, form, Words.Code("Assignment.Refusal", refused.Refusal.Code), ct),
                AssignmentOutcome.Stale => await ChangedAsync(model, form, null, ct),
                _ => throw new UnreachableException(),
            };
        }

        private async Task<IResult> ChangedAsync(AssignmentModel model, FormInput form, string? refusal, CancellationToken ct) =>
            await Desk.AgainAsync(Me, model, Act, form, refusal, ct) is { } now ? Answer.Changed<AssignmentPage>(now) : Answer.NotFound();
    }
}
