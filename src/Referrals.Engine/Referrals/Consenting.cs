using Referrals.Engine.Chains;
using static Referrals.Engine.Referrals.ReferralDecision;
using Command = Referrals.Engine.Referrals.ReferralCommand;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>The decisions on the client's consent. What goes on on another ground of the law does not depend on it.</summary>
internal static class Consenting
{
    /// <summary>Records a new or wider consent.</summary>
    public static ReferralDecision Record(Command.RecordConsent record, ReferralState state, ChainVersion chain, DateTimeOffset now)
    {
        var faults = StartRules.CheckConsent(record.Consent, chain, WorkingCalendar.LocalDay(now)).ToList();
        return faults.Count > 0 ? new Refused(ReferralRefusal.InvalidConsent(faults))
            : record.Consent.IsSameAs(state.Consent) ? new Happens([])
            : new Happens([new Event.ConsentRecorded(record.Consent) { At = now }]);
    }

    /// <summary>
    /// Withdraws it, as a whole or for some steps. A client may do so at any time (Art. 7(3) GDPR), also after the end: then it takes a new one to open the
    /// referral again.
    /// </summary>
    public static ReferralDecision Withdraw(Command.WithdrawConsent withdraw, ReferralState state, ChainVersion chain, DateTimeOffset now) =>
        withdraw.Steps is { } steps ? WithdrawSome(steps, state, chain, now) : WithdrawAll(state, now);

    /// <summary>Lets steps that wait for a consent go on without one.</summary>
    public static ReferralDecision Override(
        Command.OverrideConsent command, ReferralState state, ChainVersion chain, DateTimeOffset now, IReadOnlySet<OrganisationId> withdrawn)
    {
        if (Fault(command.Steps, state, chain) is { } fault)
        {
            return new Refused(fault);
        }

        var steps = command.Steps.Distinct().Where(s => !state.Overridden.ContainsKey(s)).ToList();
        var waiting = Flow.Next(chain, state, now, withdrawn).Waiting.Where(w => w.For == WaitingFor.Consent).Select(w => w.Node).ToHashSet();
        return steps.Count == 0 ? new Happens([])
            : !steps.TrueForAll(waiting.Contains) ? new Refused(ReferralRefusal.ConsentNotAwaited)
            : new Happens([new Event.ConsentOverridden(steps, command.Ground, command.Reason) { At = now }]);
    }

    /// <summary>What happens when its last day has passed.</summary>
    public static IEnumerable<Event> Expire(ReferralState state, DateOnly until, DateTimeOffset now) =>
        [new Event.ConsentExpired(until) { At = now }, .. Stop(state, _ => true, WithdrawalReason.ConsentExpired, now)];

    private static Happens WithdrawAll(ReferralState state, DateTimeOffset now)
    {
        if (state.Ended is not null)
        {
            return new Happens(state.Consent is null ? [] : [new Event.ConsentWithdrawn { At = now }]);
        }

        var goesOn = state.OpenOffers.Any(o => state.Overridden.ContainsKey(o.Step));
        return goesOn && state.Consent is null ? new Happens([]) : new Happens([
            new Event.ConsentWithdrawn { At = now },
            .. Stop(state, _ => true, WithdrawalReason.ConsentWithdrawn, now),
            .. goesOn ? (Event[])[] : [new Event.Closed(ClosingReason.ConsentWithdrawn) { At = now }]]);
    }

    private static ReferralDecision WithdrawSome(IReadOnlyList<NodeId> named, ReferralState state, ChainVersion chain, DateTimeOffset now)
    {
        if (Fault(named, state, chain) is { } fault)
        {
            return new Refused(fault);
        }

        if (state.Consent is not { } consent)
        {
            return new Happens([]);
        }

        var covered = (consent.Steps ?? [.. chain.Steps().Select(s => s.Id)]).Distinct().ToList();
        var steps = covered.Where(named.Contains).ToList();
        var left = covered.Except(steps).ToList();
        return steps.Count == 0 ? new Happens([])
            : left.Count == 0 ? WithdrawAll(state, now)
            : new Happens([
                new Event.ConsentNarrowed(steps, consent with { Steps = left }) { At = now },
                .. Stop(state, steps.Contains, WithdrawalReason.ConsentWithdrawn, now)]);
    }

    private static ReferralRefusal? Fault(IReadOnlyList<NodeId> steps, ReferralState state, ChainVersion chain) =>
        steps.Count == 0 ? ReferralRefusal.StepsMissing
        : steps.Any(s => chain.FindStep(s) is null && state.Consent?.Steps?.Contains(s) != true) ? ReferralRefusal.StepUnknown
        : null;

    private static IEnumerable<Event> Stop(ReferralState state, Func<NodeId, bool> which, WithdrawalReason reason, DateTimeOffset now) =>
        state.OpenOffers.Where(o => which(o.Step) && !state.Overridden.ContainsKey(o.Step))
            .OrderBy(o => o.OfferedAt).ThenBy(o => o.Assignment.Value).Select(o => Events.Withdraw(o, reason, now));
}
