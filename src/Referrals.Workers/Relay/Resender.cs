using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Options;
using Npgsql;
using Referrals.Engine;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Workers.Consumers;
using Referrals.Workers.Hosting;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Relay;

/// <summary>
/// Sends messages again that have no receipt, made anew from the log, and gives them up after so many tries. Any number of processes
/// may do this at once: the database hands each message to one of them.
/// </summary>
public sealed class Resender(
    IEventLog log, MessageSender sender, DeadLetterBox deadLetters, TimeProvider time, IOptions<WorkersOptions> options,
    IHostApplicationLifetime lifetime, ILogger<Resender> logger) : SupervisedWorker(lifetime, logger)
{
    private const int Page = 100;
    private static readonly TimeSpan Ahead = TimeSpan.FromHours(2);

    private const int Concurrency = 16;

    private bool _madeDue;

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (!options.Value.Relay)
        {
            return;
        }

        if (options.Value.InMemory && !_madeDue)
        {
            await MakeAllDueAsync(ct);
            _madeDue = true;
        }

        while (true)
        {
            // While the broker is away no more are taken than it needs to see when it is back.
            var limit = sender.IsDoubtful ? 1 : Page;
            var taken = sender.IsBroken ? [] : await log.TakeUnconfirmedAsync(time.GetUtcNow(), options.Value.ReceiptWithin, limit, ct);
            await SendAllAgainAsync(taken, ct);
            GoesWell();
            if (taken.Count < limit || sender.IsDoubtful)
            {
                await Task.Delay(options.Value.Poll, ct);
            }
        }
    }

    // What was on its way within a process ended with it, so at the start everything unconfirmed is due at once. Taking a row with almost
    // no hold and from far ahead gets each of them once; dropping and putting it makes it due now.
    private async Task MakeAllDueAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var all = new List<Delivery>();
        int taken;
        do
        {
            var page = await log.TakeUnconfirmedAsync(now + Ahead, TimeSpan.FromMicroseconds(1), Page, ct);
            all.AddRange(page);
            taken = page.Count;
        }
        while (taken == Page);

        // Only when all are taken: one put back before would be taken again.
        await MakeDueAsync(all, now, ct);
    }

    private async Task MakeDueAsync(IEnumerable<Delivery> deliveries, DateTimeOffset at, CancellationToken ct)
    {
        foreach (var own in deliveries.GroupBy(d => d.Tenant))
        {
            var rows = new List<RowChange>();
            foreach (var d in own)
            {
                var to = await log.ReadEventAsync(d.Sequence, ct) is { } recorded ? Parcel.ReceiverOf(recorded) : null;
                rows.AddRange([new RowChange.DropDelivery(d.Tenant, d.MessageId), new RowChange.PutDelivery(d.Tenant, d.MessageId, d.Sequence, at, to)]);
            }

            await log.AppendAsync(new Append(new Actor("network", new OrganisationId(own.Key)).At(at), [], [.. rows]), ct);
        }
    }

    // Several at once, so that a queue that takes nothing keeps no other receiver's messages waiting. What was taken comes again: later each
    // time, but for what found no broker. That says nothing of the message, and would make it wait when the broker is back.
    private async Task SendAllAgainAsync(IReadOnlyList<Delivery> taken, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var unsent = new ConcurrentBag<Delivery>();
        await Parallel.ForEachAsync(taken, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = ct }, async (delivery, token) =>
        {
            try
            {
                await SendAgainAsync(delivery, token);
            }
            catch (DestinationMissingException e)
            {
                WorkersMetrics.Missing.Add(1);
                Logger.LogError("{MessageId} was not sent and will be tried again: {Reason}", delivery.MessageId, e.Message);
            }
            catch (BrokerAwayException e)
            {
                Logger.LogWarning("{MessageId} was not sent and will be tried again: {Reason}", delivery.MessageId, e.Message);
                unsent.Add(delivery);
            }
            catch (Exception e) when (e is not NpgsqlException && !token.IsCancellationRequested)
            {
                await FailedAsync(delivery, e, token);
            }
        });
        if (!sender.SucceededSince(began))
        {
            await MakeDueAsync(unsent, time.GetUtcNow(), ct);
        }
    }

    // A message that can't be made or written would fail each time: it is given up like one that got no receipt.
    private async Task FailedAsync(Delivery delivery, Exception e, CancellationToken ct)
    {
        Logger.LogError(e, "{MessageId} can't be sent again, try {Try}", delivery.MessageId, delivery.Tries + 1);
        if (e is UnsendableException || delivery.Tries >= options.Value.MaxResends)
        {
            var tenant = new OrganisationId(delivery.Tenant);
            var row = DeadLetterBox.Unreadable(tenant, "event", delivery.MessageId, GivenUp.Unsendable, time.GetUtcNow(), delivery.Sequence);
            await deadLetters.GiveUpAsync(tenant, row, ct);
        }
    }

    private async Task SendAgainAsync(Delivery delivery, CancellationToken ct)
    {
        var tenant = new OrganisationId(delivery.Tenant);
        var recorded = await log.ReadEventAsync(delivery.Sequence, ct)
            ?? throw new InvalidOperationException($"event {delivery.Sequence} is not in the log");
        switch (Parcel.Of(recorded, time.GetUtcNow()))
        {
            case Parcel.Ready parcel when delivery.Tries >= options.Value.MaxResends:
                Logger.LogError("{MessageId} is given up: no receipt after {Tries} tries", delivery.MessageId, delivery.Tries);
                var row = DeadLetters.Row(tenant, parcel.Message.Body, delivery.MessageId, GivenUp.NoReceipt, time.GetUtcNow(), delivery.Sequence);
                await deadLetters.GiveUpAsync(tenant, row, ct);
                break;
            case Parcel.Ready parcel:
                using (parcel.StartActivity("resend"))
                {
                    await sender.SendAsync(parcel.Message, delivery.Tries + 1, ct);
                }

                WorkersMetrics.Resent.Add(1);
                Logger.LogInformation("{MessageId} was sent again, try {Try}", delivery.MessageId, delivery.Tries + 1);
                break;
            case Parcel.Blocked blocked:
                await deadLetters.GiveUpAsync(tenant, blocked.Row, ct);
                break;
            case null:
                var gone = DeadLetterBox.Unreadable(tenant, recorded.Type, delivery.MessageId, GivenUp.Unsendable, time.GetUtcNow(), delivery.Sequence);
                await deadLetters.GiveUpAsync(tenant, gone, ct);
                break;
            default:
                throw new UnreachableException();
        }
    }
}
