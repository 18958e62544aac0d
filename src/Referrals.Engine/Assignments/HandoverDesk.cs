using Referrals.Engine.History;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Assignments;

/// <summary>Takes the codes that clients bring.</summary>
public sealed class HandoverDesk(AssignmentService assignments, IEventLog log)
{
    /// <summary>Among how many of an organisation's assignments a code is looked for that came without one: those that arrived last.</summary>
    public const int MaxSearched = 500;

    /// <summary>Redeems a code for an assignment. Wrong ones are counted.</summary>
    /// <param name="actor">Who asks; the assignment is looked for in the tenant of its organisation.</param>
    /// <param name="id">The assignment.</param>
    /// <param name="code">The code that was typed.</param>
    /// <param name="expectedVersion">The version that the caller saw, or null when it does not matter.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public async Task<AssignmentOutcome> RedeemAsync(Actor actor, AssignmentId id, HandoverCode code, long? expectedVersion, CancellationToken ct) =>
        await RedeemAsync(actor, id, HandoverProof.Of(HandoverProof.Key(code, actor.Organisation), id), expectedVersion, ct);

    /// <summary>
    /// Redeems a code for that of the organisation's open assignments to which it belongs. One that belongs to none is counted nowhere: how often one may ask
    /// has to be bounded by the caller.
    /// </summary>
    public async Task<AssignmentOutcome> RedeemAnywhereAsync(Actor actor, HandoverCode code, CancellationToken ct)
    {
        var rows = await log.QueryRowsAsync(new ListQuery(actor.Tenant, AssignmentBoard.HandoversList) { Limit = MaxSearched }, ct);
        var key = HandoverProof.Key(code, actor.Organisation);
        AssignmentId? found = null;
        foreach (var row in rows)
        {
            var id = new AssignmentId(row.Id);
            found = HandoverProof.Same(HandoverProof.Of(key, id), AssignmentBoard.ProofOf(row)) ? id : found;
        }

        return found is { } belongs
            ? await RedeemAsync(actor, belongs, HandoverProof.Of(key, belongs), null, ct)
            : new AssignmentOutcome.Refused(AssignmentRefusal.HandoverUnknown);
    }

    private async Task<AssignmentOutcome> RedeemAsync(Actor actor, AssignmentId id, string proof, long? expectedVersion, CancellationToken ct)
    {
        var outcome = await assignments.DoAsync(actor, id, new AssignmentCommand.Redeem(proof), expectedVersion, ct);
        return outcome is not AssignmentOutcome.Done { Assignment.State.Handover: { RedeemedAt: null } code } ? outcome
            : new AssignmentOutcome.Refused(code.BlockedAt is null ? AssignmentRefusal.HandoverWrong : AssignmentRefusal.HandoverBlocked);
    }
}
