using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Consumers;

/// <summary>Writes the rows of messages that were given up.</summary>
public sealed class DeadLetterBox(IEventLog log, TimeProvider time, ILogger<DeadLetterBox> logger)
{
    /// <summary>Now.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The row of a message of which only the type is known.</summary>
    public static ListRow Unreadable(OrganisationId tenant, string type, Guid id, string reason, DateTimeOffset at, long? sequence = null) =>
        DeadLetters.UnreadableRow(tenant, type, id, at, reason, sequence);

    /// <summary>Records that a message was rejected, once. False: it had been already.</summary>
    public async Task<bool> RejectAsync(OrganisationId receiver, IMessageV1 message, Guid id, string reason, CancellationToken ct)
    {
        var row = DeadLetters.Row(receiver, message, id, reason, Now);
        var result = await WriteAsync(receiver, [new RowChange.PutInbox(receiver.Value, id), new RowChange.PutListRow(row)], ct);
        if (result is AppendResult.Appended)
        {
            Count(row);
        }

        return result is AppendResult.Appended;
    }

    /// <summary>Writes a row if it can; when the database is away there is only the log and the error queue.</summary>
    public async Task TryPutAsync(OrganisationId tenant, Func<ListRow> make, CancellationToken ct)
    {
        try
        {
            var row = make();
            await WriteAsync(tenant, [new RowChange.PutListRow(row)], ct);
            Count(row);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogError(e, "A dead letter of {Organisation} could not be written", tenant.Value);
        }
    }

    /// <summary>Gives a message up that was sent: it is not sent again.</summary>
    public async Task GiveUpAsync(OrganisationId sender, ListRow row, CancellationToken ct)
    {
        await WriteAsync(sender, [new RowChange.DropDelivery(sender.Value, row.Id), new RowChange.PutListRow(row)], ct);
        Count(row);
    }

    /// <summary>Removes the row of a failure that is over.</summary>
    public async Task ForgetFailureAsync(OrganisationId receiver, Guid id, CancellationToken ct)
    {
        if (await log.FindRowAsync(receiver.Value, DeadLetters.List, id, ct) is { Status: GivenUp.Failed })
        {
            await WriteAsync(receiver, [new RowChange.DropListRow(receiver.Value, DeadLetters.List, id)], ct);
        }
    }

    internal static void Count(ListRow row) =>
        WorkersMetrics.DeadLetters.Add(1, new KeyValuePair<string, object?>("reason", row.Status));

    private Task<AppendResult> WriteAsync(OrganisationId tenant, IReadOnlyList<RowChange> rows, CancellationToken ct) =>
        log.AppendAsync(new Append(new Actor("network", tenant).At(Now), [], rows), ct);
}
