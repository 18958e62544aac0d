using Referrals.Engine.History;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Referrals;

/// <summary>What became of asking for a code.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Code">The code, which is shown this once and kept nowhere; null when none was made.</param>
public sealed record IssuingOutcome(ReferralOutcome Outcome, HandoverCode? Code);

/// <summary>Makes codes with which clients are handed over to partners without a name.</summary>
public sealed class HandoverService(ReferralService referrals)
{
    /// <summary>Makes a code for an open offer; an earlier one counts no more.</summary>
    /// <param name="actor">Who asks; the referral is looked for in the tenant of its organisation.</param>
    /// <param name="id">The referral.</param>
    /// <param name="assignment">The offer.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public async Task<IssuingOutcome> IssueAsync(Actor actor, ReferralId id, AssignmentId assignment, long? expectedVersion, CancellationToken ct)
    {
        var view = await referrals.FindAsync(actor.Organisation, id, ct);
        if (view?.State.Offers.GetValueOrDefault(assignment) is not { } offer)
        {
            return new IssuingOutcome(new ReferralOutcome.Refused(view is null ? ReferralRefusal.NotFound : ReferralRefusal.AssignmentNotOpen), null);
        }

        var code = HandoverCode.New();
        var issue = new ReferralCommand.IssueHandover(assignment, HandoverProof.Of(HandoverProof.Key(code, offer.Partner), assignment));
        var outcome = await referrals.DoAsync(actor, id, issue, expectedVersion, ct);
        return new IssuingOutcome(outcome, outcome is ReferralOutcome.Done ? code : null);
    }
}
