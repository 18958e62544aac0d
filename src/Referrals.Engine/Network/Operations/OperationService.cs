using System.Text.Json;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Operations;

/// <summary>
/// Takes care of escalations and dead letters. Each act is an event in the tenant, written together with the change of the row. Publishes
/// nothing: a letter that was sent gets its delivery row back, which the resender takes; one that came in is taken up by the workers,
/// because its operation is due.
/// </summary>
public sealed class OperationService(IEventLog log, TimeProvider time)
{
    private const int MaxTries = 3;

    /// <summary>Marks an escalation as taken care of; marking it again changes nothing.</summary>
    public Task<OperationOutcome> HandleEscalationAsync(Actor actor, Guid escalation, CancellationToken ct) =>
        DoAsync(actor, Escalations.List, escalation, OperationRefusal.EscalationNotFound, (row, now) =>
        {
            if (row.Status == Escalations.Handled)
            {
                return new Act.Nothing(row);
            }

            var item = Escalations.Read(row) with { HandledBy = actor.User, HandledAt = now };
            var handled = row with { Status = Escalations.Handled, Data = JsonSerializer.Serialize(item, EventCodec.Json) };
            return new Act.Happens(
                new OperationEvent.EscalationHandled(item.Chain, item.Step, item.Partner) { Item = escalation, At = now },
                handled, [new RowChange.PutListRow(handled)]);
        }, ct);

    /// <summary>
    /// Has a dead letter delivered again. One that was sent is sent anew as often as agreed; one that came in is handled once more, made anew
    /// from its sender's log, and its row goes when that succeeds. Asking again meanwhile changes nothing.
    /// </summary>
    public Task<OperationOutcome> RedeliverAsync(Actor actor, Guid letter, CancellationToken ct) =>
        DoAsync(actor, DeadLetters.List, letter, OperationRefusal.LetterNotFound, (row, now) => Redeliver(actor.Organisation, row, now), ct);

    /// <summary>Throws a dead letter away. One that its sender still sends may come back.</summary>
    public Task<OperationOutcome> DiscardAsync(Actor actor, Guid letter, CancellationToken ct) =>
        DoAsync(actor, DeadLetters.List, letter, OperationRefusal.LetterNotFound, (row, now) => new Act.Happens(
            new OperationEvent.LetterDiscarded(row.Subject, row.Status) { Item = letter, At = now },
            null,
            [
                new RowChange.DropListRow(row.Tenant, row.List, row.Id),
                new RowChange.SetDue(OperationState.Stream(actor.Organisation, DeadLetters.List, letter), null),
            ]), ct);

    private static Act Redeliver(OrganisationId tenant, ListRow row, DateTimeOffset now)
    {
        var letter = DeadLetters.Read(row);
        var happened = new OperationEvent.LetterRedelivered(row.Subject, row.Status) { Item = row.Id, At = now };
        if (letter.Sequence is { } sequence)
        {
            return new Act.Happens(happened, null,
                [new RowChange.PutDelivery(row.Tenant, row.Id, sequence, now, letter.To?.Value), new RowChange.DropListRow(row.Tenant, row.List, row.Id)]);
        }

        if (letter.From is null || (letter.From != tenant && letter.To != tenant))
        {
            return new Act.Refused(OperationRefusal.NotRedeliverable);
        }

        if (letter.RedeliveryAskedAt is not null)
        {
            return new Act.Nothing(row);
        }

        var asked = DeadLetters.With(row, letter with { RedeliveryAskedAt = now });
        return new Act.Happens(
            happened, asked, [new RowChange.PutListRow(asked), new RowChange.SetDue(OperationState.Stream(tenant, DeadLetters.List, row.Id), now)]);
    }

    private async Task<OperationOutcome> DoAsync(
        Actor actor, string list, Guid item, OperationRefusal missing, Func<ListRow, DateTimeOffset, Act> decide, CancellationToken ct)
    {
        var stream = OperationState.Stream(actor.Organisation, list, item);
        for (var attempt = 1; attempt <= MaxTries; attempt++)
        {
            // The version first: whoever changes the row in between has moved it on.
            var version = (await log.ReadStreamAsync(stream, 0, ct)) is [.., var last] ? last.Version : 0;
            if (await log.FindRowAsync(actor.Tenant, list, item, ct) is not { } row)
            {
                return new OperationOutcome.Refused(missing);
            }

            var now = time.GetUtcNow();
            switch (decide(row, now))
            {
                case Act.Refused refused:
                    return new OperationOutcome.Refused(refused.Refusal);
                case Act.Nothing nothing:
                    return new OperationOutcome.Done(nothing.Row);
                case Act.Happens happens:
                    if (await log.AppendAsync(Append.To(stream, version, [happens.Event], actor.At(now), [.. happens.Rows]), ct) is AppendResult.Appended)
                    {
                        return new OperationOutcome.Done(happens.Row);
                    }

                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        return new OperationOutcome.Refused(OperationRefusal.TooBusy);
    }

    private abstract record Act
    {
        public sealed record Nothing(ListRow Row) : Act;

        public sealed record Refused(OperationRefusal Refusal) : Act;

        public sealed record Happens(OperationEvent Event, ListRow? Row, IReadOnlyList<RowChange> Rows) : Act;
    }
}
