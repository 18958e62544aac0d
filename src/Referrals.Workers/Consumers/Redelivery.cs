using System.Diagnostics;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Operations;

namespace Referrals.Workers.Consumers;

/// <summary>
/// Takes up what administrators asked for: makes a message that was given up anew from its sender's log and handles it once more. Handled:
/// its row among the dead letters goes. Not handled: the row stays, with the reason of this time.
/// </summary>
public sealed class Redelivery(IEventLog log, IncomingMessages incoming, TimeProvider time, ILogger<Redelivery> logger)
{
    /// <summary>Does what is asked in the operation of a letter.</summary>
    /// <returns>A word for what came of it.</returns>
    public async Task<string> RedeliverAsync(StreamName operation, CancellationToken ct)
    {
        var tenant = new OrganisationId(operation.Tenant);
        var events = await log.ReadStreamAsync(operation, 0, ct);
        var state = events.Select(e => (OperationEvent)e.Data).Aggregate((OperationState?)null, OperationState.Evolve);
        var asked = new Asked(operation, events.Count, state?.Redeliveries ?? 0);
        return state is not null
            && await log.FindRowAsync(tenant.Value, DeadLetters.List, state.Item, ct) is { } row
            && DeadLetters.Read(row) is { RedeliveryAskedAt: not null, From: { } from } letter
                ? await TryAsync(asked, tenant, row, letter, from, ct)
                : await WriteAsync(asked, [], "nothing", ct);
    }

    private async Task<string> TryAsync(
        Asked asked, OrganisationId tenant, ListRow row, DeadLetter letter, OrganisationId from, CancellationToken ct)
    {
        var recorded = await log.FindEventAsync(from.Value, row.Id, ct);
        var message = recorded is null ? null : Outgoing.From(recorded);
        if (recorded is null || message is null)
        {
            return await StaysAsync(asked, row, letter, RejectionReasons.NotInSendersLog, ct);
        }

        if (message.To != tenant)
        {
            // The tenant's own message, given up before positions were kept: it is sent anew.
            return from == tenant
                ? await GoesAsync(asked, row, [new RowChange.PutDelivery(tenant.Value, row.Id, recorded.Sequence, Now, message.To.Value)], ct)
                : await StaysAsync(asked, row, letter, RejectionReasons.WrongTenant, ct);
        }

        var handledAs = Codes.StableGuid("redelivery", row.Id.ToString(), asked.Times.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return await incoming.HandleAgainAsync(tenant, message, handledAs, ct) switch
        {
            HandlingResult.Handled => await GoesAsync(asked, row, [], ct),
            HandlingResult.TooEarly => await StaysAsync(asked, row, letter, RejectionReasons.NeverInOrder, ct),
            HandlingResult.Rejected rejected => await StaysAsync(asked, row, letter, rejected.Reason, ct),
            _ => throw new UnreachableException(),
        };
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private async Task<string> GoesAsync(Asked asked, ListRow row, IReadOnlyList<RowChange> more, CancellationToken ct)
    {
        logger.LogInformation("Dead letter {MessageId} of {Organisation} was delivered again", row.Id, row.Tenant);
        return await WriteAsync(asked, [new RowChange.DropListRow(row.Tenant, row.List, row.Id), .. more], "redelivered", ct);
    }

    private async Task<string> StaysAsync(Asked asked, ListRow row, DeadLetter letter, string reason, CancellationToken ct)
    {
        logger.LogWarning("Dead letter {MessageId} of {Organisation} could not be delivered again: {Reason}", row.Id, row.Tenant, reason);
        var stays = DeadLetters.With(row, letter with { Reason = reason, At = Now, RedeliveryAskedAt = null });
        return await WriteAsync(asked, [new RowChange.PutListRow(stays with { SortAt = Now })], "not redelivered", ct);
    }

    // Only if nobody asked for something else meanwhile; then that is due by itself.
    private async Task<string> WriteAsync(Asked asked, IReadOnlyList<RowChange> rows, string result, CancellationToken ct)
    {
        var actor = new Actor("network", new OrganisationId(asked.Operation.Tenant));
        var append = Append.To(asked.Operation, asked.Version, [], actor.At(Now), [.. rows, new RowChange.SetDue(asked.Operation, null)]);
        return await log.AppendAsync(append, ct) is AppendResult.Appended ? result : "stale";
    }

    private readonly record struct Asked(StreamName Operation, long Version, int Times);
}
