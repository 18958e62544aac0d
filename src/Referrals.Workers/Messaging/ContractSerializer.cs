using System.Collections.Frozen;
using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using Referrals.Engine.History;
using Referrals.Engine.Network.Contracts;

namespace Referrals.Workers.Messaging;

/// <summary>
/// MassTransit's JSON envelope, cut down to what a receiver needs: id, type, time, headers and message. MassTransit's own one also
/// tells the names of the sender's machine, program and queues. Messages are written as the history writes events.
/// </summary>
internal sealed class ContractSerializer : IMessageSerializer, IMessageDeserializer, ISerializerFactory
{
    private static readonly FrozenSet<string> Known = MessageTypes.All.Select(MessageUrn.ForTypeString).ToFrozenSet(StringComparer.Ordinal);

    public ContentType ContentType { get; } = new("application/vnd.masstransit+json");

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => this;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        var envelope = new Envelope
        {
            MessageId = context.MessageId?.ToString(),
            MessageType = context.SupportedMessageTypes,
            Message = JsonSerializer.SerializeToElement(context.Message, context.Message.GetType(), EventCodec.Json),
            SentTime = ToTheMinute(context.SentTime ?? DateTime.UtcNow),
            Headers = context.Headers.GetAll().ToDictionary(h => h.Key, h => (object?)h.Value.ToString()),
        };
        return new MemoryMessageBody(JsonSerializer.SerializeToUtf8Bytes(envelope, EventCodec.Json));
    }

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        var envelope = Read(body);
        var objects = SystemTextJsonMessageSerializer.Instance;
        return new SystemTextJsonSerializerContext(
            objects, EventCodec.Json, ContentType, new EnvelopeMessageContext(envelope, objects), envelope.MessageType ?? [], envelope);
    }

    public void Probe(ProbeContext context) => context.CreateScope("contracts");

    // What goes to several partners goes at one moment.
    private static DateTime ToTheMinute(DateTime at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));

    private static Envelope Read(MessageBody body)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(body.GetBytes(), EventCodec.Json);
            if (envelope is not { Message: JsonElement, MessageType: { } types })
            {
                throw new SerializationException("not a message");
            }

            // Refused here, since MassTransit would put it aside without a word.
            return types.Any(Known.Contains) ? envelope : throw new UnknownContractException(types.FirstOrDefault());
        }
        catch (JsonException e)
        {
            // Where, but not what: the text of the message must not reach a log.
            throw new SerializationException($"not a message: line {e.LineNumber}, byte {e.BytePositionInLine}");
        }
    }

    // What is not here is neither written nor believed: an address for faults would have this process send wherever a message says.
    private sealed class Envelope : MessageEnvelope
    {
        public string? MessageId { get; init; }

        public string[]? MessageType { get; init; }

        public object? Message { get; init; }

        public DateTime? SentTime { get; init; }

        public Dictionary<string, object?>? Headers { get; init; }

        string? MessageEnvelope.RequestId => null;

        string? MessageEnvelope.CorrelationId => null;

        string? MessageEnvelope.ConversationId => null;

        string? MessageEnvelope.InitiatorId => null;

        string? MessageEnvelope.SourceAddress => null;

        string? MessageEnvelope.DestinationAddress => null;

        string? MessageEnvelope.ResponseAddress => null;

        string? MessageEnvelope.FaultAddress => null;

        DateTime? MessageEnvelope.ExpirationTime => null;

        HostInfo? MessageEnvelope.Host => null;
    }
}

/// <summary>A message of a type that is none of our contracts.</summary>
internal sealed class UnknownContractException(string? urn) : SerializationException("none of the contracts")
{
    /// <summary>Name of its type, if that is a plain word: it comes from outside.</summary>
    public string TypeName { get; } =
        urn?.Split(':', '.')[^1] is { Length: > 0 and <= 60 } last && last.All(char.IsAsciiLetterOrDigit) ? last : "unknown";
}
