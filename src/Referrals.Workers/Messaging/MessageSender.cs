using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Workers.Hosting;

namespace Referrals.Workers.Messaging;

/// <summary>
/// Puts messages into the receivers' queues and returns when the broker has confirmed it. Each try has a time limit; passing faults
/// are tried again, and when the broker is away a circuit breaker keeps everybody from waiting for it.
/// </summary>
/// <param name="bus">The bus.</param>
/// <param name="queues">Knows which organisations there are.</param>
/// <param name="options">Time limits.</param>
public sealed class MessageSender(IBus bus, ConnectedQueues queues, IOptions<WorkersOptions> options)
{
    /// <summary>The header that says how often the message was sent before.</summary>
    public const string Resend = "referrals-resend";

    private static readonly TimeSpan Break = TimeSpan.FromSeconds(1);

    // Made once: first messages may go out together, and all share one circuit breaker.
    private readonly ResiliencePipeline _pipeline = CreatePipeline(options.Value.SendTimeout);
    private long _failedAt;
    private long _succeededAt;

    /// <summary>True when the last send failed: one more may be tried, to see.</summary>
    public bool IsDoubtful => Volatile.Read(ref _failedAt) != 0;

    /// <summary>True for a moment after a send has failed: trying is no use.</summary>
    public bool IsBroken => Volatile.Read(ref _failedAt) is not 0 and var at && Stopwatch.GetElapsedTime(at) < Break;

    /// <summary>Whether some send succeeded after that time stamp of <see cref="Stopwatch"/>: then the broker is there.</summary>
    public bool SucceededSince(long timestamp) => Volatile.Read(ref _succeededAt) > timestamp;

    /// <summary>Sends a message to its receiver. No trace goes along: what happens at another organisation begins one of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="resend">How often it was sent before.</param>
    /// <param name="ct">Cancels the wait; the message may be sent all the same.</param>
    /// <exception cref="DestinationMissingException">The receiver has no queue. Nothing was sent.</exception>
    /// <exception cref="BrokerAwayException">The broker can't be reached or doesn't confirm. The message may be sent all the same.</exception>
    public async Task SendAsync(OutgoingMessage message, int resend, CancellationToken ct)
    {
        try
        {
            await _pipeline.ExecuteAsync(async token => await TrySendAsync(message, resend, token), ct);
            Volatile.Write(ref _failedAt, 0);
            Volatile.Write(ref _succeededAt, Stopwatch.GetTimestamp());
        }
        catch (Exception e) when (e is not (DestinationMissingException or UnsendableException) && !ct.IsCancellationRequested)
        {
            Volatile.Write(ref _failedAt, Stopwatch.GetTimestamp());
            throw new BrokerAwayException(e);
        }
    }

    private async Task TrySendAsync(OutgoingMessage message, int resend, CancellationToken ct)
    {
        using var alone = new Untraced();
        if (!await queues.CanBeThereAsync(message.To, ct))
        {
            throw new DestinationMissingException(message.To, null);
        }

        try
        {
            // The exchange of the queue, which is not enough to make the queue: a missing one must show.
            var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{ConnectedQueues.NameOf(message.To)}"));
            var pipe = Pipe.Execute<SendContext>(context => Address(context, message, resend));
            await endpoint.Send(message.Body, message.Body.GetType(), pipe, ct);
        }
        catch (MessageReturnedException e)
        {
            throw new DestinationMissingException(message.To, e);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or NotSupportedException or System.Runtime.Serialization.SerializationException)
        {
            throw new UnsendableException(e);
        }
    }

    private static void Address(SendContext context, OutgoingMessage message, int resend)
    {
        context.MessageId = message.Id;
        if (resend > 0)
        {
            context.Headers.Set(Resend, resend.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            rabbit.Mandatory = true;
        }
    }

    // MassTransit would hand the trace that it finds on to the receiver, and a queue that is connected now would consume in it.
    private readonly struct Untraced : IDisposable
    {
        private readonly Activity? _before = Activity.Current;

        public Untraced() => Activity.Current = null;

        public void Dispose() => Activity.Current = _before;
    }

    private static ResiliencePipeline CreatePipeline(TimeSpan timeout)
    {
        var passing = new PredicateBuilder().Handle<Exception>(
            e => e is not (DestinationMissingException or UnsendableException or OperationCanceledException or BrokenCircuitException));
        return new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = passing,
                MaxRetryAttempts = 2,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(100),
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                ShouldHandle = passing,
                FailureRatio = 0.9,
                MinimumThroughput = 3,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = Break,
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = timeout })
            .Build();
    }
}

/// <summary>The receiver's queue is not there, so nothing was sent.</summary>
public sealed class DestinationMissingException(OrganisationId to, Exception? inner) : Exception($"organisation '{to}' has no queue", inner);

/// <summary>The message can't be written.</summary>
public sealed class UnsendableException(Exception inner) : Exception("the message can't be written", inner);

/// <summary>The broker can't be reached, or didn't confirm in time.</summary>
public sealed class BrokerAwayException(Exception inner) : Exception($"the broker did not confirm: {inner.GetType().Name}", inner);
