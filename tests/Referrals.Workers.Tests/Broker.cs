using System.Text;
using RabbitMQ.Client;
using Referrals.Engine;
using Referrals.LocalServers;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Tests;

/// <summary>Looks at the broker's queues past the product.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly IConnection _connection;

    private Broker(IConnection connection) => _connection = connection;

    public static async Task<Broker> ConnectAsync(LocalRabbit rabbit, CancellationToken ct) =>
        new(await new ConnectionFactory { Uri = rabbit.Uri }.CreateConnectionAsync(ct));

    public static string ErrorQueue(OrganisationId organisation) => ConnectedQueues.NameOf(organisation) + "_error";

    /// <summary>How many messages lie ready in a queue; 0 when it is not there.</summary>
    public async Task<uint> CountAsync(string queue, CancellationToken ct) => await FindAsync(queue, ct) ?? 0;

    public async Task<bool> ExistsAsync(string queue, CancellationToken ct) => await FindAsync(queue, ct) is not null;

    private async Task<uint?> FindAsync(string queue, CancellationToken ct)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            return await channel.MessageCountAsync(queue, ct);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == 404)
        {
            return null;
        }
    }

    public async Task DeleteQueueAsync(string queue, CancellationToken ct)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct);
        await channel.QueueDeleteAsync(queue, cancellationToken: ct);
    }

    public async Task DeleteExchangeAsync(string exchange, CancellationToken ct)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct);
        await channel.ExchangeDeleteAsync(exchange, cancellationToken: ct);
    }

    /// <summary>Puts bytes into an organisation's queue. A quorum queue that was just made refuses until it has a leader, so until it takes them.</summary>
    public async Task PutAsync(OrganisationId organisation, string body, Guid messageId, CancellationToken ct)
    {
        var confirmed = new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);
        await using var channel = await _connection.CreateChannelAsync(confirmed, ct);
        var properties = new BasicProperties { MessageId = messageId.ToString(), ContentType = "application/vnd.masstransit+json" };
        await Wait.UntilAsync("the queue takes the message", async () =>
        {
            try
            {
                await channel.BasicPublishAsync("", ConnectedQueues.NameOf(organisation), true, properties, Encoding.UTF8.GetBytes(body), ct);
                return true;
            }
            catch (RabbitMQ.Client.Exceptions.PublishException)
            {
                return false;
            }
        }, ct);
    }

    /// <summary>Takes a message out of a queue.</summary>
    public async Task<BasicGetResult> TakeAsync(string queue, CancellationToken ct)
    {
        await using var channel = await _connection.CreateChannelAsync(cancellationToken: ct);
        BasicGetResult? taken = null;
        await Wait.UntilAsync($"a message in {queue}", async () => (taken = await channel.BasicGetAsync(queue, autoAck: true, ct)) is not null, ct);
        return taken!;
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
