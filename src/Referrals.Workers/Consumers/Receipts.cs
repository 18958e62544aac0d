using System.Threading.Channels;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Workers.Hosting;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Consumers;

/// <summary>
/// Sends receipts for messages that came to their end. Those of one moment share one, so that a receipt costs little and keeps no
/// message waiting. Without its receipt a message comes again and gets another one, so nothing is lost when this process ends before.
/// </summary>
public sealed class Receipts(MessageSender sender, IHostApplicationLifetime lifetime, ILogger<Receipts> logger)
    : SupervisedWorker(lifetime, logger)
{
    private const int MaxMessages = 500;
    private const int MaxWaiting = 50_000;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<Pair, List<Guid>> _next = [];
    private readonly Channel<Ended> _ended = Channel.CreateBounded<Ended>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    /// <summary>Has a receipt sent for a message, soon. Receipts are not confirmed themselves.</summary>
    public void Confirm(IMessageV1 message, Guid id)
    {
        if (message is not ReceiptV1 && !_ended.Writer.TryWrite(new Ended(message.From, message.To, id)))
        {
            Logger.LogWarning("No receipt for {MessageId}, which will come again: too many wait", id);
        }
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(CancellationToken ct)
    {
        while (await _ended.Reader.WaitToReadAsync(ct))
        {
            await Task.Delay(Moment, ct);
            var moment = new List<Ended>();
            while (moment.Count < MaxMessages && _ended.Reader.TryRead(out var ended))
            {
                moment.Add(ended);
            }

            foreach (var pair in moment.GroupBy(e => new Pair(e.From, e.To)))
            {
                Send(pair.Key, [.. pair.Select(e => e.Id)], ct);
            }
        }
    }

    // One receipt at a time is on its way between two organisations, and none waits for those of others. What comes meanwhile goes next.
    private void Send(Pair pair, List<Guid> messages, CancellationToken ct)
    {
        lock (_next)
        {
            if (_next.TryGetValue(pair, out var next))
            {
                next.AddRange(messages.Take(MaxWaiting - next.Count));
                return;
            }

            _next[pair] = [];
        }

        _ = SendAllAsync(pair, messages, ct);
    }

    private async Task SendAllAsync(Pair pair, List<Guid> messages, CancellationToken ct)
    {
        while (messages.Count > 0 && !ct.IsCancellationRequested)
        {
            foreach (var receipt in messages.Chunk(MaxMessages))
            {
                await SendAsync(pair.From, pair.To, receipt, ct);
            }

            lock (_next)
            {
                messages = _next[pair];
                _next[pair] = [];
                if (messages.Count == 0)
                {
                    _next.Remove(pair);
                }
            }
        }
    }

    private async Task SendAsync(Code from, Code to, Guid[] messages, CancellationToken ct)
    {
        try
        {
            await sender.SendAsync(Outgoing.ReceiptFor(from, to, messages), 0, ct);
        }
#pragma warning disable CA1031 // whatever kept a receipt from being sent, its messages come again
        catch (Exception e)
#pragma warning restore CA1031
        {
            Logger.LogWarning("No receipt for {Count} messages of {Sender}, which will come again: {Reason}", messages.Length, from.Value, e.Message);
        }
    }

    private readonly record struct Ended(Code From, Code To, Guid Id);

    private readonly record struct Pair(Code From, Code To);
}
