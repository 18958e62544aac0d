using System.Diagnostics;
using Microsoft.Extensions.Options;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Workers.Consumers;
using Referrals.Workers.Hosting;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Relay;

/// <summary>
/// Follows the log and sends what other organisations are to know. One process does, another takes over when it ends. The delivery rows
/// of a batch are written with its checkpoint, before anything is sent: from then on each message is owed a receipt, and the resender
/// sends whatever has none. So each is sent at least once, and those of one stream in its order.
/// </summary>
public sealed class RelayWorker(
    IEventLog log, MessageSender sender, RelayState state, TimeProvider time, IOptions<WorkersOptions> options,
    IHostApplicationLifetime lifetime, ILogger<RelayWorker> logger) : SupervisedWorker(lifetime, logger)
{
    /// <summary>The follower's name.</summary>
    public const string Follower = "relay";

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortestWaitForOne = FirstPause * 4;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!options.Value.Relay)
        {
            return;
        }

        await using var follower = await log.FollowAsync(Follower, ct);
        Logger.LogInformation("Relaying from position {Position}", follower.Position);
        state.Lead(true);
        try
        {
            while (true)
            {
                var events = await follower.NextAsync(options.Value.RelayBatch, ct);
                state.Took();
                await RelayAsync(follower, events, ct);
                state.Relayed();
                GoesWell();
            }
        }
        finally
        {
            state.Lead(false);
        }
    }

    private async Task RelayAsync(IFollower follower, IReadOnlyList<RecordedEvent> events, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var parcels = events.Select(e => Parcel.Of(e, now)).OfType<Parcel>().ToList();
        var ready = parcels.OfType<Parcel.Ready>().ToList();
        var blocked = parcels.OfType<Parcel.Blocked>().Select(b => b.Row).ToList();
        var due = now + options.Value.ReceiptWithin;
        var deliveries = ready.Select(p => (RowChange)new RowChange.PutDelivery(p.Event.Stream.Tenant, p.Message.Id, p.Event.Sequence, due, p.Message.To.Value));
        await follower.AdvanceAsync(events[^1].Sequence, [.. deliveries, .. blocked.SelectMany(GiveUp)], ct);
        var unsendable = await SendAllAsync(ready, ct);
        if (unsendable.Count > 0)
        {
            await follower.AdvanceAsync(follower.Position, [.. unsendable.SelectMany(GiveUp)], ct);
        }

        blocked.ForEach(DeadLetterBox.Count);
        unsendable.ForEach(DeadLetterBox.Count);
    }

    private static IEnumerable<RowChange> GiveUp(ListRow row) =>
        [new RowChange.DropDelivery(row.Tenant, row.Id), new RowChange.PutListRow(row)];

    // Different streams at once, the messages of one stream one after the other.
    private async Task<List<ListRow>> SendAllAsync(IReadOnlyList<Parcel.Ready> parcels, CancellationToken ct)
    {
        var unsendable = new System.Collections.Concurrent.ConcurrentBag<ListRow>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Value.SendConcurrency, CancellationToken = ct };
        await Parallel.ForEachAsync(parcels.GroupBy(p => p.Event.Stream), parallel, async (stream, token) =>
        {
            foreach (var parcel in stream)
            {
                if (await SendAsync(parcel, token) is { } row)
                {
                    unsendable.Add(row);
                }
            }
        });
        return [.. unsendable];
    }

    // Waits for the broker for as long as it takes. A receiver whose queue is missing, or takes nothing while others do, keeps nobody else
    // waiting: the message has its delivery row and is sent again.
    private async Task<ListRow?> SendAsync(Parcel.Ready parcel, CancellationToken ct)
    {
        var (message, context) = (parcel.Message, parcel.Event.Context);
        var began = Stopwatch.GetTimestamp();
        using var activity = parcel.StartActivity("relay");
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await sender.SendAsync(message, 0, ct);
                WorkersMetrics.Sent.Add(1);
                WorkersMetrics.RelayLag.Record((time.GetUtcNow() - context.At).TotalSeconds);
                return null;
            }
            catch (DestinationMissingException e)
            {
                WorkersMetrics.Missing.Add(1);
                Logger.LogError("{MessageId} was not sent and will be tried again: {Reason}", message.Id, e.Message);
                return null;
            }
            catch (UnsendableException e)
            {
                Logger.LogError(e, "{MessageId} can't be sent", message.Id);
                return DeadLetters.Row(
                    new OrganisationId(parcel.Event.Stream.Tenant), message.Body, message.Id, GivenUp.Unsendable, time.GetUtcNow(), parcel.Event.Sequence);
            }
            catch (BrokerAwayException e) when (pause >= ShortestWaitForOne && sender.SucceededSince(began))
            {
                WorkersMetrics.Missing.Add(1);
                Logger.LogError("{MessageId} was not taken by its queue and will be tried again: {Reason}", message.Id, e.Message);
                return null;
            }
            catch (BrokerAwayException e)
            {
                Logger.LogWarning("Waiting for the broker: {Reason}", e.Message);
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), ct);
            }
        }
    }
}
