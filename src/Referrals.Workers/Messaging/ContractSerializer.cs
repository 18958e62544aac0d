using System.Net.Mime;
using System.Runtime.Serialization;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using Referrals.Engine.History;

namespace Referrals.Workers.Messaging;

/// <summary>
/// MassTransit's JSON envelope, cut down to what a receiver needs: id, type, time, headers and message. MassTransit's own one also
/// tells the names of the sender's machine, program and queues. Messages are written as the history writes events.
/// </summary>
internal sealed class ContractSerializer : IMessageSerializer, IMessageDeserializer, ISerializerFactory
{
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
            SentTime = context.SentTime ?? DateTime.UtcNow,
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

    private static Envelope Read(MessageBody body)
    {
        try
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(body.GetBytes(), EventCodec.Json);
            return envelope?.Message is JsonElement ? envelope : throw new SerializationException("not a message");
        }
        catch (JsonException e)
        {
            // Where, but not what: the text of the message must not reach a log.
            throw new SerializationException($"not a message: line {e.LineNumber}, byte {e.BytePositionInLine}");
        }
    }

    private sealed class Envelope : MessageEnvelope
    {
        public string? MessageId { get; init; }

        public string? RequestId { get; init; }

        public string? CorrelationId { get; init; }

        public string? ConversationId { get; init; }

        public string? InitiatorId { get; init; }

        public string? SourceAddress { get; init; }

        public string? DestinationAddress { get; init; }

        public string? ResponseAddress { get; init; }

        public string? FaultAddress { get; init; }

        public string[]? MessageType { get; init; }

        public object? Message { get; init; }

        public DateTime? ExpirationTime { get; init; }

        public DateTime? SentTime { get; init; }

        public Dictionary<string, object?>? Headers { get; init; }

        // Neither written nor believed.
        HostInfo? MessageEnvelope.Host => null;
    }
}
