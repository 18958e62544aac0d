using System.Diagnostics;
using Referrals.Engine.Chains;
using static Referrals.Engine.Referrals.ReferralDecision;
using Command = Referrals.Engine.Referrals.ReferralCommand;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>The decisions on what caseworkers of the case holder ask.</summary>
internal static class Caseworker
{
    /// <summary>Decides a caseworker's command on a referral that was started.</summary>
    public static ReferralDecision Decide(
        Command command, ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn) => command switch
        {
            Command.Reopen reopen => Reopen(reopen, state, chain, now),
            Command.Withdraw withdraw => Withdraw(withdraw, state, now),
            Command.WithdrawConsent withdraw => Consenting.Withdraw(withdraw, state, chain, now),
            Command.WithdrawRelease withdraw => Releasing.Withdraw(withdraw, state, chain, now),
            Command.Close => Close(state, now),
            Command.Answer answer => Answer(answer, state, now),
            Command.HandOver hand => HandOver(hand, state, now),
            _ when state.Ended is not null => new Refused(ReferralRefusal.Closed),
            Command.ChoosePartner choose => ChoosePartner(choose, state, chain, now, withdrawn),
            Command.Reroute reroute => Reroute(reroute, state, chain, now, withdrawn),
            Command.Skip skip => Skip(skip, state, chain, now, withdrawn),
            Command.DecidePart part => DecidePart(part, state, chain, now),
            Command.Remind remind => Remind(remind, state, now),
            Command.IssueHandover issue => HandingOut.Issue(issue, state, now),
            Command.RevokeHandover revoke => HandingOut.Revoke(revoke, state, now),
            Command.SealCard seal => CardSealing.Seal(seal, state, chain, now),
            Command.WithdrawCard withdraw => CardSealing.Withdraw(withdraw, state, now),
            Command.RecordConsent record => Consenting.Record(record, state, chain, now),
            Command.RecordRelease record => Releasing.Record(record, state, chain, now),
            Command.OverrideConsent over => Consenting.Override(over, state, chain, now, withdrawn),
            _ => throw new UnreachableException(),
        };

    private static readonly Happens Nothing = new([]);

    private static ReferralDecision HandOver(Command.HandOver hand, ReferralState state, DateTimeOffset now) =>
        hand.To is { } to && !Codes.IsSignInName(to) ? new Refused(ReferralRefusal.AssigneeInvalid)
        : hand.To == state.Caseworker ? Nothing
        : state.Ended is not null ? new Refused(ReferralRefusal.Closed)
        : new Happens([new Event.CaseworkerChanged(hand.To) { At = now }]);

    private static ReferralDecision Answer(Command.Answer answer, ReferralState state, DateTimeOffset now)
    {
        var offer = state.Offers.Values.FirstOrDefault(o => o.Questions.ContainsKey(answer.Question));
        if (offer is null)
        {
            return new Refused(ReferralRefusal.QuestionNotFound);
        }

        var question = offer.Questions[answer.Question];
        if (question.Answer is { } given)
        {
            return given == answer.Text ? Nothing : new Refused(ReferralRefusal.QuestionAnswered);
        }

        return offer.IsOpen
            ? new Happens([new Event.StepAnswered(offer.Assignment, offer.Partner, answer.Question, answer.Text) { At = now }])
            : new Refused(ReferralRefusal.AssignmentNotOpen);
    }

    private static ReferralDecision ChoosePartner(
        Command.ChoosePartner choose, ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn)
    {
        if (Find(choose.Place, state, chain, now, withdrawn) is not { } step)
        {
            return new Refused(ReferralRefusal.PlaceNotReached);
        }

        var run = state.Run(choose.Place);
        return !step.Partners.Contains(choose.Partner) ? new Refused(ReferralRefusal.PartnerNotAgreed)
            : run.End is not null ? new Refused(ReferralRefusal.StepEnded)
            : run.Choice == choose.Partner ? Nothing
            : Open(run, state) is { } open ? open.Any(o => o.Partner == choose.Partner) ? Nothing : new Refused(ReferralRefusal.StepWithPartner)
            : withdrawn.Contains(choose.Partner) ? new Refused(ReferralRefusal.PartnerWithdrew)
            : new Happens([new Event.PartnerChosen(choose.Place, choose.Partner) { At = now }]);
    }

    private static ReferralDecision Reroute(
        Command.Reroute reroute, ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn)
    {
        if (Find(reroute.Place, state, chain, now, withdrawn) is not { } step)
        {
            return new Refused(ReferralRefusal.PlaceNotReached);
        }

        var run = state.Run(reroute.Place);
        if (run.End is not null)
        {
            return new Refused(ReferralRefusal.StepEnded);
        }

        if (!step.Partners.Contains(reroute.Partner))
        {
            return new Refused(ReferralRefusal.PartnerNotAgreed);
        }

        if (Open(run, state) is not { } open)
        {
            return run.Choice == reroute.Partner ? Nothing : new Refused(ReferralRefusal.StepNotWithPartner);
        }

        return open.Any(o => o.Partner == reroute.Partner)
            ? open.Count == 1 ? Nothing : new Refused(ReferralRefusal.SamePartner)
            : withdrawn.Contains(reroute.Partner) ? new Refused(ReferralRefusal.PartnerWithdrew)
            : new Happens([
                new Event.StepRerouted(reroute.Place, reroute.Partner) { At = now },
                .. open.Select(o => Events.Withdraw(o, WithdrawalReason.Rerouted, now))]);
    }

    private static ReferralDecision Skip(
        Command.Skip skip, ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn)
    {
        if (Find(skip.Place, state, chain, now, withdrawn) is not { } step)
        {
            return new Refused(ReferralRefusal.PlaceNotReached);
        }

        var run = state.Run(skip.Place);
        return run.End is { } end
            ? end.Outcome == OutcomeCodes.Skipped ? Nothing : new Refused(ReferralRefusal.StepEnded)
            : new Happens([
                .. (Open(run, state) ?? []).Select(o => Events.Withdraw(o, WithdrawalReason.Skipped, now)),
                new Event.StepSkipped(skip.Place, step.Id, ByRule: false) { At = now }]);
    }

    private static ReferralDecision DecidePart(Command.DecidePart part, ReferralState state, ChainVersion chain, DateTimeOffset now)
    {
        if (state.Parts.TryGetValue(part.Place, out var included) || state.Start.Parts.TryGetValue(part.Place.Node, out included))
        {
            return included == part.Included ? Nothing : new Refused(ReferralRefusal.PartDecided);
        }

        var waits = Flow.Next(chain, state, now).Waiting.Any(w => w.For == WaitingFor.Part && w.Place == part.Place);
        return waits
            ? new Happens([new Event.PartDecided(part.Place, part.Included) { At = now }])
            : new Refused(ReferralRefusal.PlaceNotReached);
    }

    // A second reminder within the hour is taken for the same one.
    private static ReferralDecision Remind(Command.Remind remind, ReferralState state, DateTimeOffset now) =>
        !state.Offers.TryGetValue(remind.Assignment, out var offer) || !offer.IsOpen ? new Refused(ReferralRefusal.AssignmentNotOpen)
        : offer.LastRemindedAt is { } last && now - last < TimeSpan.FromHours(1) ? Nothing
        : new Happens([new Event.StepReminded(offer.Assignment, offer.Partner, Reminder.ByCaseworker) { At = now }]);

    private static ReferralDecision Withdraw(Command.Withdraw withdraw, ReferralState state, DateTimeOffset now) =>
        !Codes.IsCode(withdraw.Reason) ? new Refused(ReferralRefusal.ReasonNotACode)
        : End(state, ClosingReason.Withdrawn, WithdrawalReason.ReferralWithdrawn, now, new Event.Withdrawn(withdraw.Reason) { At = now });

    private static ReferralDecision Close(ReferralState state, DateTimeOffset now) =>
        End(state, ClosingReason.ByCaseworker, WithdrawalReason.ReferralClosed, now);

    private static ReferralDecision End(ReferralState state, ClosingReason reason, WithdrawalReason withdrawal, DateTimeOffset now, params Event[] first) =>
        state.Ended is { } ended
            ? ended.Reason == reason ? Nothing : new Refused(ReferralRefusal.Closed)
            : new Happens([
                .. first,
                .. state.OpenOffers.OrderBy(o => o.OfferedAt).ThenBy(o => o.Assignment.Value).Select(o => Events.Withdraw(o, withdrawal, now)),
                new Event.Closed(reason) { At = now }]);

    private static ReferralDecision Reopen(Command.Reopen reopen, ReferralState state, ChainVersion chain, DateTimeOffset now)
    {
        if (state.Ended is null)
        {
            return new Refused(ReferralRefusal.NotClosed);
        }

        if (reopen.Consent is null && state.Consent is null)
        {
            return new Refused(ReferralRefusal.ConsentMissing);
        }

        var faults = reopen.Consent is { } consent ? StartRules.CheckConsent(consent, chain, WorkingCalendar.LocalDay(now)).ToList() : [];
        if (faults.Count > 0)
        {
            return new Refused(ReferralRefusal.InvalidConsent(faults));
        }

        // What was with a partner when the referral ended begins afresh as well.
        var cut = state.Runs.Where(r => r.Value.End is null).Select(r => r.Key).ToList();
        var again = reopen.Again.Concat(cut).Distinct().OrderBy(p => p.Value, StringComparer.Ordinal).ToList();
        return reopen.Again.Any(p => !state.Runs.ContainsKey(p)) || (again.Count == 0 && state.Ended.Reason == ClosingReason.Completed)
            ? new Refused(ReferralRefusal.NothingToRepeat)
            : new Happens([new Event.Reopened(again, reopen.Consent) { At = now }]);
    }

    private static List<Offer>? Open(StepRun run, ReferralState state)
    {
        var open = run.Offers.Select(id => state.Offers[id]).Where(o => o.IsOpen).ToList();
        return open.Count == 0 ? null : open;
    }

    // A place is reached when something happened there or the flow waits there.
    private static ChainNode.Step? Find(
        Place place, ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn) =>
        state.Runs.ContainsKey(place) || Flow.Next(chain, state, now, withdrawn).Waiting.Any(w => w.Place == place && w.For != WaitingFor.Part)
            ? chain.Step(place.Node)
            : null;
}
