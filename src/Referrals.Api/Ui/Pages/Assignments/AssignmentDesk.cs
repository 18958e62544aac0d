using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Api.Ui.Parts.Timeline;
using Referrals.Engine;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Assignments;

/// <summary>Loads an assignment with everything that its page shows.</summary>
internal sealed class AssignmentDesk(AssignmentService assignments, NetworkNames names, UserStore users, Words words, TimeProvider time)
{
    /// <summary>The assignment of this number, or null when the visitor's organisation has no such one.</summary>
    public async Task<AssignmentModel?> FindAsync(Visitor me, string nr, CancellationToken ct)
    {
        if (!CaseNumber.TryParse(nr, out var number) || await assignments.FindByNumberAsync(me.Organisation, number, ct) is not { } id)
        {
            return null;
        }

        var viewing = assignments.FindAsync(me.Organisation, id, ct);
        var history = assignments.HistoryAsync(me.Organisation, id, ct);
        var members = users.ListAsync(me.Organisation, ct);
        var directory = await names.DirectoryAsync(ct);
        if (await viewing is not { } view)
        {
            return null;
        }

        var people = (await members).ToDictionary(m => m.Person.Login, m => m.Person.Name);
        var sender = directory.NameOf(view.State.Offer.Sender);
        return new AssignmentModel
        {
            View = view,
            Number = nr,
            Sender = sender,
            History = await history,
            Story = AssignmentTimelineBuilder.Build(new AssignmentTimelineSource(
                view.Chain, await history, time.GetUtcNow(), words, directory.NameOf, login => people.GetValueOrDefault(login, login))),
            Person = view.State.Assignee is { } to ? people.GetValueOrDefault(to, to) : null,
            Colleagues = [.. (await members).Where(m => MayWork(m) && m.Person.Login != view.State.Assignee && m.Person.Login != me.Login).Select(m => new Choice(m.Person.Login, m.Person.Name))],
            Now = time.GetUtcNow(),
        };
    }

    /// <summary>What became of an act that did not go through: the page as it is now, with what was typed.</summary>
    public async Task<AssignmentModel?> AgainAsync(Visitor me, AssignmentModel seen, string act, FormInput form, string? refusal, CancellationToken ct) =>
        await FindAsync(me, seen.Number, ct) is { } now
            ? now with
            {
                Act = act,
                Form = form,
                Refusal = refusal,
                Meanwhile = form.Version is { } version ? Since(now, version) : [],
            }
            : null;

    private static IReadOnlyList<TimelineItem> Since(AssignmentModel model, long version) =>
        model.History.FirstOrDefault(h => h.Version > version) is { Data: AssignmentEvent first }
            ? [.. model.Story.OfType<TimelineItem.Entry>().Where(e => e.At >= first.At)]
            : [];

    private static bool MayWork(Member member) => member.Person.DisabledAt is null && member.Roles.Contains(NetworkRoles.Partner);
}
