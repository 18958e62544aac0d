using System.Diagnostics;
using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Contracts;
using Referrals.Workers.Hosting;
using Referrals.Workers.Messaging;

namespace Referrals.Workers.Consumers;

/// <summary>
/// What happens with a message from an organisation's queue. Handled: a receipt goes back. Too early: it is let go without one, so it
/// comes again. Rejected: a dead letter names the reason, the message goes to the error queue, and a receipt keeps it from coming again.
/// Failed: the error queue and a dead letter, but no receipt, so it comes again.
/// </summary>
public sealed class IncomingMessages(
    IncomingHandler handler, Receipts receipts, DeadLetterBox deadLetters, IOptions<WorkersOptions> options, ILogger<IncomingMessages> logger)
{
    private static readonly ResiliencePipeline<HandlingResult> Patience = new ResiliencePipelineBuilder<HandlingResult>()
        .AddRetry(new RetryStrategyOptions<HandlingResult>
        {
            // What overtook its predecessor by a little need not wait to be sent again.
            ShouldHandle = new PredicateBuilder<HandlingResult>()
                .Handle<Exception>(e => e is not OperationCanceledException)
                .HandleResult(result => result is HandlingResult.TooEarly),
            MaxRetryAttempts = 4,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(50),
            UseJitter = true,
        })
        .Build();

    internal async Task ConsumeAsync<T>(ConsumeContext<T> context, OrganisationId receiver)
        where T : class, IMessageV1
    {
        var (message, id, ct) = (context.Message, IdOf(context.ReceiveContext, context.MessageId), context.CancellationToken);
        var resend = int.TryParse(context.Headers.Get<string>(MessageSender.Resend), CultureInfo.InvariantCulture, out var tries) ? tries : 0;
        using var activity = WorkersMetrics.BeginTrace("handle");
        switch (await HandleAsync(receiver, message, id, Activity.Current?.Id, ct))
        {
            case HandlingResult.Handled:
                WorkersMetrics.Handled.Add(1, new KeyValuePair<string, object?>("type", typeof(T).Name));
                await ForgetFailureAsync(receiver, id, resend, ct);
                receipts.Confirm(message, id);
                break;
            case HandlingResult.TooEarly when resend >= options.Value.MaxResends - 1:
                await RejectAsync(receiver, message, id, RejectionReasons.NeverInOrder, ct);
                break;
            case HandlingResult.TooEarly:
                WorkersMetrics.TooEarly.Add(1);
                logger.LogInformation("{Message} {MessageId} for {Receiver} came too early and will come again", typeof(T).Name, id, receiver.Value);
                break;
            case HandlingResult.Rejected rejected:
                await RejectAsync(receiver, message, id, rejected.Reason, ct);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Handles a message once more that was given up, under an id of its own because its own counts as handled.</summary>
    internal async Task<HandlingResult> HandleAgainAsync(
        OrganisationId receiver, OutgoingMessage message, Guid handledAs, CancellationToken ct)
    {
        using var activity = WorkersMetrics.BeginTrace("handle again");
        var result = await Patience.ExecuteAsync(
            async token => await handler.HandleAsync(receiver, message.Body, handledAs, Activity.Current?.Id, token), ct);
        if (result is HandlingResult.Handled)
        {
            // Its sender may still be sending it.
            receipts.Confirm(message.Body, message.Id);
        }

        return result;
    }

    /// <summary>A message that could not even be read.</summary>
    internal async Task UnreadableAsync(OrganisationId receiver, ReceiveContext context, string reason, string type)
    {
        var id = IdOf(context, context.GetMessageId());
        logger.LogError("A message {MessageId} for {Receiver} is given up: {Reason}", id, receiver.Value, reason);
        await deadLetters.TryPutAsync(receiver, () => DeadLetterBox.Unreadable(receiver, type, id, reason, deadLetters.Now), context.CancellationToken);
    }

    private async Task<HandlingResult> HandleAsync(OrganisationId receiver, IMessageV1 message, Guid id, string? trace, CancellationToken ct)
    {
        try
        {
            return await Patience.ExecuteAsync(async token => await handler.HandleAsync(receiver, message, id, trace, token), ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogError(e, "{Message} {MessageId} for {Receiver} failed", message.GetType().Name, id, receiver.Value);
            await deadLetters.TryPutAsync(
                receiver, () => DeadLetters.Row(receiver, message, id, GivenUp.Failed, deadLetters.Now), ct);
            throw new MessageFailedException(e);
        }
    }

    private async Task RejectAsync(OrganisationId receiver, IMessageV1 message, Guid id, string reason, CancellationToken ct)
    {
        var isNew = await deadLetters.RejectAsync(receiver, message, id, reason, ct);

        // A receipt speaks in the name of the message's receiver, so not when that is somebody else.
        if (reason is not (RejectionReasons.WrongTenant or RejectionReasons.Malformed))
        {
            receipts.Confirm(message, id);
        }

        if (isNew)
        {
            logger.LogError("{Message} {MessageId} for {Receiver} is rejected: {Reason}", message.GetType().Name, id, receiver.Value, reason);
            throw new MessageRejectedException(reason);
        }
    }

    private async Task ForgetFailureAsync(OrganisationId receiver, Guid id, int resend, CancellationToken ct)
    {
        if (resend > 0)
        {
            await deadLetters.ForgetFailureAsync(receiver, id, ct);
        }
    }

    // A message without an id gets the same one each time that it comes.
    private static Guid IdOf(ReceiveContext context, Guid? messageId) =>
        messageId ?? Codes.StableGuid("body", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(context.Body.GetBytes())));
}
