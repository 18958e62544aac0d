using System.Threading.Channels;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Consumers;

/// <summary>
/// Sends receipts for messages that came to their end. Those of one moment share one, so that a receipt costs little and keeps no
/// message waiting. Without its receipt a message comes again and gets another one, so nothing is lost when this process ends before.
/// </summary>
public sealed class Receipts(MessageSender sender, ILogger<Receipts> logger) : BackgroundService
{
    private const int MaxMessages = 500;
    private const int MaxWaiting = 50_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly Channel<Ended> _ended = Channel.CreateBounded<Ended>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Has a receipt sent for a message, soon. Receipts are not confirmed themselves.</summary>
    public void Confirm(IMessageV1 message, Guid id)
    {
        if (message is not ReceiptV1 && !_ended.Writer.TryWrite(new Ended(message.From, message.To, id)))
        {
            logger.LogWarning("No receipt for {MessageId}, which will come again: too many wait", id);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _ended.Reader.WaitToReadAsync(stoppingToken))
        {
            await Task.Delay(Moment, stoppingToken);
            var moment = new List<Ended>();
            while (moment.Count < MaxMessages && _ended.Reader.TryRead(out var ended))
            {
                moment.Add(ended);
            }

            await Task.WhenAll(moment.GroupBy(e => (e.From, e.To)).Select(g => SendAsync(g.Key.From, g.Key.To, [.. g.Select(e => e.Id)], stoppingToken)));
        }
    }

    private async Task SendAsync(Code from, Code to, IReadOnlyList<Guid> messages, CancellationToken ct)
    {
        try
        {
            await sender.SendAsync(Outgoing.ReceiptFor(from, to, messages), null, 0, ct);
        }
        catch (Exception e) when (e is DestinationMissingException or BrokerAwayException or UnsendableException)
        {
            logger.LogWarning("No receipt for {Count} messages of {Sender}, which will come again: {Reason}", messages.Count, from.Value, e.Message);
        }
    }

    private readonly record struct Ended(Code From, Code To, Guid Id);
}
