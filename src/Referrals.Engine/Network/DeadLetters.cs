using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Referrals.Engine.History;
using Referrals.Engine.Network.Contracts;

namespace Referrals.Engine.Network;

/// <summary>One line of the list of messages that could not be handled or sent.</summary>
/// <param name="Id">The message.</param>
/// <param name="Type">Name of its type.</param>
/// <param name="Reason">One of <see cref="RejectionReasons"/>.</param>
/// <param name="At">When it was given up (UTC).</param>
/// <param name="Preview">The message without its note; null when it can't be read.</param>
/// <param name="Sequence">Position of the event that the message is made from; only in the sender's tenant.</param>
/// <param name="RedeliveryAskedAt">When somebody asked to have it handled again; null when nobody has, or that has come to its end.</param>
public sealed record DeadLetter(
    Guid Id, string Type, string Reason, DateTimeOffset At, JsonNode? Preview, long? Sequence = null, DateTimeOffset? RedeliveryAskedAt = null)
{
    /// <summary>Who sent it, as it says itself; null when it can't be read.</summary>
    [JsonIgnore]
    public OrganisationId? From => Name("from");

    /// <summary>For whom it is, as it says itself; null when it can't be read.</summary>
    [JsonIgnore]
    public OrganisationId? To => Name("to");

    private OrganisationId? Name(string of) => Preview?[of]?.GetValue<string>() is { } name ? new OrganisationId(name) : null;
}

/// <summary>Messages that could not be handled (in the receiver's tenant) or sent (in the sender's).</summary>
public static class DeadLetters
{
    /// <summary>The list; status is the reason, subject the type of the message, counterpart the organisation on the other side.</summary>
    public const string List = "dead-letters";

    /// <summary>The row of a message given up by <paramref name="tenant"/>. Holds no free text: the note is left out.</summary>
    /// <param name="tenant">Who could not handle or send it.</param>
    /// <param name="message">The message, of whatever type.</param>
    /// <param name="messageId">Its identity.</param>
    /// <param name="reason">One of <see cref="RejectionReasons"/>.</param>
    /// <param name="at">When it was given up (UTC).</param>
    /// <param name="sequence">Position of its event, where it is the tenant's own.</param>
    public static ListRow Row(OrganisationId tenant, object message, Guid messageId, string reason, DateTimeOffset at, long? sequence = null)
    {
        var known = message as IMessageV1;
        var other = known is null ? null : known.From.Value == tenant.Value ? known.To.Value : known.From.Value;
        return Row(tenant, message.GetType().Name, messageId, reason, at, other, Preview(message), sequence);
    }

    /// <summary>The row of a message of which no more is known than its type.</summary>
    public static ListRow UnreadableRow(
        OrganisationId tenant, string typeName, Guid messageId, DateTimeOffset at, string reason = RejectionReasons.Malformed, long? sequence = null) =>
        Row(tenant, typeName, messageId, reason, at, null, null, sequence);

    /// <summary>The line that a row of the list holds.</summary>
    public static DeadLetter Read(ListRow row) => JsonSerializer.Deserialize<DeadLetter>(row.Data, EventCodec.Json)!;

    /// <summary>The row with another line.</summary>
    public static ListRow With(ListRow row, DeadLetter letter) =>
        row with { Status = letter.Reason, Data = JsonSerializer.Serialize(letter, EventCodec.Json) };

    private static ListRow Row(
        OrganisationId tenant, string type, Guid messageId, string reason, DateTimeOffset at, string? other, JsonNode? preview, long? sequence) => new(
            tenant.Value, List, messageId, reason, type, other, null, at,
            JsonSerializer.Serialize(new DeadLetter(messageId, type, reason, at, preview, sequence), EventCodec.Json));

    private static JsonObject? Preview(object message)
    {
        if (!MessageTypes.IsKnown(message) || !MessageTypes.IsComplete((IMessageV1)message))
        {
            return null;
        }

        var json = JsonSerializer.SerializeToNode(message, message.GetType(), EventCodec.Json)!.AsObject();
        if (MessageTypes.NoteProperty(message.GetType()) is { } note)
        {
            json.Remove(JsonNamingPolicy.CamelCase.ConvertName(note));
        }

        return json;
    }
}
