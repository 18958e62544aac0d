using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;

namespace Referrals.Api.Ui.Pages.Assignments.Cards;

/// <summary>Hands contact cards out to the script that opens them, and hears what became of them.</summary>
internal static class CardDesk
{
    /// <summary>Which card of the assignment it is.</summary>
    public const string Issue = "karte";

    private const string Act = "kontaktkarte";

    public static void Map(RouteGroupBuilder members)
    {
        var partners = members.MapGroup("").RequireAuthorization(Policies.Partner).Looks(LookCodes.Assignment);
        partners.MapPost(Links.AssignmentCard("{nr}"), FetchAsync);
        partners.MapPost(Links.AssignmentCardOpened("{nr}"), OpenedAsync);
        partners.MapPost(Links.AssignmentCardReturn("{nr}"), ReturnAsync);
    }

    private static async Task<IResult> FetchAsync(string nr, FormInput form, Visitor me, AssignmentDesk desk, CardService cards, Words words, CancellationToken ct)
    {
        if (await desk.FindAsync(me, nr, ct) is not { } model)
        {
            return Answer.NotFound();
        }

        var (outcome, card) = await cards.FetchAsync(me.Actor, model.State.Offer.Assignment, ct);
        return card is not null
            ? Results.Json(new { issue = card.Card.Issue, @sealed = card.Sealed })
            : await ChangedAsync(me, desk, model, form, outcome, words, ct);
    }

    private static async Task<IResult> OpenedAsync(string nr, FormInput form, Visitor me, AssignmentDesk desk, AssignmentService assignments, Words words, CancellationToken ct) =>
        await desk.FindAsync(me, nr, ct) is not { } model ? Answer.NotFound()
        : await assignments.DoAsync(me.Actor, model.State.Offer.Assignment, new AssignmentCommand.ConfirmCard(IssueOf(form)), null, ct) switch
        {
            AssignmentOutcome.Done => Results.NoContent(),
            var other => await ChangedAsync(me, desk, model, form, other, words, ct),
        };

    private static async Task<IResult> ReturnAsync(string nr, FormInput form, Visitor me, AssignmentDesk desk, AssignmentService assignments, Words words, CancellationToken ct) =>
        await desk.FindAsync(me, nr, ct) is not { } model ? Answer.NotFound()
        : await assignments.DoAsync(me.Actor, model.State.Offer.Assignment, new AssignmentCommand.ReturnCard(IssueOf(form)), null, ct) switch
        {
            AssignmentOutcome.Done => Answer.Go(Links.Assignment(nr), "Assignment.Done.kontaktkarte-zurueckgeben"),
            var other => await ChangedAsync(me, desk, model, form, other, words, ct),
        };

    private static int IssueOf(FormInput form) => int.TryParse(form[Issue], NumberStyles.None, CultureInfo.InvariantCulture, out var issue) ? issue : 0;

    private static async Task<IResult> ChangedAsync(
        Visitor me, AssignmentDesk desk, AssignmentModel model, FormInput form, AssignmentOutcome outcome, Words words, CancellationToken ct) =>
        Answer.Changed<AssignmentPage>((await desk.AgainAsync(me, model, Act, form, outcome switch
        {
            AssignmentOutcome.Refused refused => words.Code("Assignment.Refusal", refused.Refusal.Code),
            AssignmentOutcome.Stale => null,
            _ => throw new UnreachableException(),
        }, ct))!);
}
