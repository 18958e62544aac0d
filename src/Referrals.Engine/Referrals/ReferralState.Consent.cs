using System.Collections.Immutable;
using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals;

/// <summary>What a referral may pass on.</summary>
public sealed partial record ReferralState
{
    /// <summary>Whether its end was told beforehand, or was too near to be when the consent was recorded.</summary>
    public bool ConsentEndingTold { get; init; }

    /// <summary>Whether its last day has passed and what depends on it was stopped.</summary>
    public bool ConsentExpired { get; init; }

    /// <summary>Steps that go on without a consent, each with the ground.</summary>
    public ImmutableDictionary<NodeId, LegalGround> Overridden { get; init; } = ImmutableDictionary<NodeId, LegalGround>.Empty;

    /// <summary>The client's release from professional secrecy; null: none, or withdrawn.</summary>
    public Release? Release { get; init; }

    /// <summary>Whether its last day has passed and what depends on it was stopped.</summary>
    public bool ReleaseExpired { get; init; }

    /// <summary>Whether a step may be with a partner on that day, as far as the consent goes.</summary>
    public bool IsPermitted(NodeId step, DateOnly on) => Overridden.ContainsKey(step) || (Consent?.Covers(step, on) ?? false);

    private ReferralState WithConsent(Consent? consent, DateTimeOffset at) => consent is null ? this : this with
    {
        Consent = consent,
        ConsentExpired = false,
        ConsentEndingTold = consent.Until is not { } until || at >= ConsentTimes.Ending(until),
    };

    private ReferralState WithRelease(Release? release) => release is null ? this : this with { Release = release, ReleaseExpired = false };

    private ReferralState WithoutRelease(IReadOnlyList<NodeId> steps) => Release is not { } release ? this
        : this with { Release = release.Steps.Except(steps).ToList() is { Count: > 0 } left ? release with { Steps = left } : null };

    private ReferralState WithOverride(ReferralEvent.ConsentOverridden e) =>
        this with { Overridden = Overridden.SetItems(e.Steps.Select(s => KeyValuePair.Create(s, e.Ground))) };

    // What stopped for lack of a consent goes back to the same partners when there is one again.
    private ReferralState Stopped(ReferralEvent.OfferWithdrawn e)
    {
        var after = OfferEvolution.Apply(this, e);
        return e.Reason is WithdrawalReason.ConsentExpired or WithdrawalReason.ConsentWithdrawn or WithdrawalReason.ReleaseWithdrawn or WithdrawalReason.ReleaseExpired
            && Runs.ContainsKey(Offers[e.Assignment].Place)
            ? after.WithRun(Offers[e.Assignment].Place, r => r with { Stopped = r.Stopped.Add(e.Partner) })
            : after;
    }
}

/// <summary>When a consent that has a last day ends (Europe/Berlin).</summary>
public static class ConsentTimes
{
    private const int DaysBefore = 7;

    /// <summary>When it has ended: the midnight after its last day.</summary>
    /// <param name="until">Its last day.</param>
    public static DateTimeOffset End(DateOnly until) => WorkingCalendar.Midnight(until.AddDays(1));

    /// <summary>When its end is told: a week before its last day.</summary>
    /// <param name="until">Its last day.</param>
    public static DateTimeOffset Ending(DateOnly until) => WorkingCalendar.Midnight(until.AddDays(-DaysBefore));
}
