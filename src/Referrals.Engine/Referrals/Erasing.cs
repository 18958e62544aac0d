using Referrals.Engine.Chains;
using Referrals.Engine.Privacy;
using static Referrals.Engine.Referrals.ReferralDecision;
using Command = Referrals.Engine.Referrals.ReferralCommand;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>Erasing the words of a referral; its coded history stays.</summary>
internal static class Erasing
{
    private const string WithdrawalReason = "erasure";

    /// <summary>Decides it. An open referral is erased only when the client asks; then it is taken back first.</summary>
    public static ReferralDecision Decide(
        Command.Erase erase, ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn)
    {
        if (state.Erased is not null)
        {
            return new Happens([]);
        }

        if (state.Ended is not null)
        {
            return new Happens(Events(erase, state, now));
        }

        return erase.Reason != ErasureReason.Request ? new Refused(ReferralRefusal.NotClosed)
            : Caseworker.Decide(new Command.Withdraw(WithdrawalReason), state, chain, now, withdrawn) is Happens taken
                ? new Happens([.. taken.Events, .. Events(erase, state, now)])
                : new Refused(ReferralRefusal.NotClosed);
    }

    /// <summary>The state without its words, as it is read again from the log.</summary>
    public static ReferralState Apply(ReferralState state, Event.Erased e) => state with
    {
        Erased = new Erasure(e.Reason, e.At),
        Start = state.Start with { CaseReference = SealedAttribute.ErasedText, Note = Gone(state.Start.Note) },
        Offers = state.Offers.SetItems(state.Offers.Select(o => KeyValuePair.Create(o.Key, o.Value with
        {
            Questions = o.Value.Questions.SetItems(o.Value.Questions.Select(q => KeyValuePair.Create(
                q.Key, q.Value with { Text = Note.Erased, Answer = Gone(q.Value.Answer) }))),
        }))),
    };

    private static List<Event> Events(Command.Erase erase, ReferralState state, DateTimeOffset now) =>
    [
        .. state.Offers.Values.OrderBy(o => o.OfferedAt).ThenBy(o => o.Assignment.Value)
            .Select(o => new Event.StepErased(o.Assignment, o.Partner, erase.Reason) { At = now }),
        new Event.Erased(erase.Reason) { At = now },
    ];

    private static Note? Gone(Note? note) => note is null ? null : Note.Erased;
}
