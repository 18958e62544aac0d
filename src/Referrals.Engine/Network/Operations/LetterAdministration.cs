using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;

namespace Referrals.Engine.Network.Operations;

/// <summary>What administrators do with dead letters; each act is written down in the organisation's list.</summary>
public sealed class LetterAdministration(OperationService operations, IEventLog log, AuditStore audit)
{
    /// <summary>The most letters that are delivered again at once.</summary>
    public const int MostAtOnce = 500;

    /// <summary>Has a dead letter delivered again, see <see cref="OperationService.RedeliverAsync"/>.</summary>
    public async Task<OperationOutcome> RedeliverAsync(Actor actor, Guid letter, CancellationToken ct)
    {
        var before = await log.FindRowAsync(actor.Tenant, DeadLetters.List, letter, ct);
        var asked = before is not null && DeadLetters.Read(before).RedeliveryAskedAt is not null;
        return await NoteAsync(actor, letter, await operations.RedeliverAsync(actor, letter, ct), asked ? null : AuditCodes.DeadLetterRedelivered);
    }

    /// <summary>Throws a dead letter away, see <see cref="OperationService.DiscardAsync"/>.</summary>
    public async Task<OperationOutcome> DiscardAsync(Actor actor, Guid letter, CancellationToken ct) =>
        await NoteAsync(actor, letter, await operations.DiscardAsync(actor, letter, ct), AuditCodes.DeadLetterDiscarded);

    /// <summary>Has several delivered again. How many were, and how many could not be.</summary>
    public async Task<(int Done, int Refused)> RedeliverAllAsync(Actor actor, IReadOnlyList<Guid> letters, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(letters.Count, MostAtOnce);
        var done = 0;
        foreach (var letter in letters)
        {
            done += await RedeliverAsync(actor, letter, ct) is OperationOutcome.Done ? 1 : 0;
        }

        return (done, letters.Count - done);
    }

    // What happened stands in the history already; the entry must not be lost to a cancelled request.
    private async Task<OperationOutcome> NoteAsync(Actor actor, Guid letter, OperationOutcome outcome, string? what)
    {
        if (outcome is OperationOutcome.Done && what is not null)
        {
            await audit.WriteAsync(new AuditEntry(actor.Organisation, actor.User, what, letter.ToString()), CancellationToken.None);
        }

        return outcome;
    }
}
