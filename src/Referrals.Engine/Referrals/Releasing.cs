using Referrals.Engine.Chains;
using static Referrals.Engine.Referrals.ReferralDecision;
using Command = Referrals.Engine.Referrals.ReferralCommand;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>
/// The decisions on the client's release of professionals from their secrecy. It stands beside the consent: a step that needs both goes on with both only, and no
/// override of the consent takes its place.
/// </summary>
internal static class Releasing
{
    /// <summary>Records a new or wider release.</summary>
    public static ReferralDecision Record(Command.RecordRelease record, ReferralState state, ChainVersion chain, DateTimeOffset now)
    {
        var faults = Check(record.Release, chain, WorkingCalendar.LocalDay(now)).ToList();
        return faults.Count > 0 ? new Refused(ReferralRefusal.InvalidRelease(faults))
            : record.Release.IsSameAs(state.Release) ? new Happens([])
            : new Happens([new Event.ReleaseRecorded(record.Release) { At = now }]);
    }

    /// <summary>Withdraws it; what needs it stops, the referral stays open.</summary>
    public static ReferralDecision Withdraw(Command.WithdrawRelease withdraw, ReferralState state, ChainVersion chain, DateTimeOffset now)
    {
        if (withdraw.Steps is { Count: 0 })
        {
            return new Refused(ReferralRefusal.StepsMissing);
        }

        if (withdraw.Steps?.Any(s => chain.FindStep(s) is null && state.Release?.Steps.Contains(s) != true) == true)
        {
            return new Refused(ReferralRefusal.StepUnknown);
        }

        var steps = (state.Release?.Steps ?? []).Where(s => withdraw.Steps?.Contains(s) != false).ToList();
        return steps.Count == 0 ? new Happens([])
            : new Happens([new Event.ReleaseWithdrawn(steps) { At = now }, .. Stop(state, chain, steps.Contains, WithdrawalReason.ReleaseWithdrawn, now)]);
    }

    /// <summary>What happens when its last day has passed.</summary>
    public static IEnumerable<Event> Expire(ReferralState state, ChainVersion chain, DateOnly until, DateTimeOffset now) =>
        [new Event.ReleaseExpired(until) { At = now }, .. Stop(state, chain, _ => true, WithdrawalReason.ReleaseExpired, now)];

    /// <summary>Every fault of a release.</summary>
    public static IEnumerable<ReferralRefusal> Check(Release release, ChainVersion chain, DateOnly today)
    {
        if (release.Given > today)
        {
            yield return new ReferralRefusal("release-in-future", "The release can't have been given in the future.", "release.given");
        }

        if (release.Until is { } until && (until < release.Given || until < today))
        {
            yield return new ReferralRefusal("release-expired", "The release has expired, or ends before it was given.", "release.until");
        }

        if (release.Steps.Count == 0)
        {
            yield return ReferralRefusal.StepsMissing with { Field = "release.steps" };
        }

        foreach (var step in release.Steps.Where(s => chain.FindStep(s) is not { Secrecy: true }))
        {
            yield return new ReferralRefusal("step-without-secrecy", $"The chain has no step '{step}' that needs a release.", "release.steps");
        }
    }

    private static IEnumerable<Event> Stop(ReferralState state, ChainVersion chain, Func<NodeId, bool> which, WithdrawalReason reason, DateTimeOffset now) =>
        state.OpenOffers.Where(o => which(o.Step) && chain.FindStep(o.Step) is { Secrecy: true })
            .OrderBy(o => o.OfferedAt).ThenBy(o => o.Assignment.Value).Select(o => Events.Withdraw(o, reason, now));
}
