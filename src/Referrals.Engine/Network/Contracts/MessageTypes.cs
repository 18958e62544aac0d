using System.Collections.Frozen;
using System.Reflection;
using Referrals.Engine.Privacy;

namespace Referrals.Engine.Network.Contracts;

/// <summary>Every contract of version 1, and what all of them have in common.</summary>
public static class MessageTypes
{
    /// <summary>Every message type.</summary>
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(OfferV1), typeof(AnswerV1), typeof(ReminderV1), typeof(WithdrawalV1), typeof(ErasureV1), typeof(EscalationV1), typeof(ReceiptV1),
        typeof(ReceivedV1), typeof(AcknowledgedV1), typeof(AcceptedV1), typeof(AcknowledgementUndoneV1), typeof(AcceptanceUndoneV1),
        typeof(DeclinedV1), typeof(QuestionV1),
        typeof(StartedV1), typeof(FirstContactV1), typeof(PausedV1), typeof(ResumedV1), typeof(CompletedV1),
        typeof(HandoverV1), typeof(HandoverRevokedV1), typeof(HandedOverV1), typeof(HandoverBlockedV1),
        typeof(CardV1), typeof(CardWithdrawnV1), typeof(CardOpenedV1), typeof(CardReturnedV1),
    ];

    // Found by its type and not listed by hand, so that the note of a later contract can't be forgotten by the screen.
    private static readonly FrozenDictionary<Type, PropertyInfo?> Notes =
        All.ToFrozenDictionary(type => type, type => type.GetProperties().SingleOrDefault(p => p.PropertyType == typeof(Note)));

    private static readonly FrozenDictionary<Type, List<PropertyInfo>> Demanded = All.ToFrozenDictionary(type => type, DemandedOf);

    /// <summary>Whether it is one of the messages that this version sends and understands.</summary>
    public static bool IsKnown(object message) => Notes.ContainsKey(message.GetType());

    /// <summary>The note of a message, or null. Throws for what <see cref="IsKnown"/> is not.</summary>
    public static Note? NoteOf(object message) => (Note?)Notes[message.GetType()]?.GetValue(message);

    /// <summary>
    /// Whether everything is there that the contract demands: ids that are not empty, codes, times, and the text of questions and
    /// answers. A reader of JSON may leave out what was missing.
    /// </summary>
    public static bool IsComplete(IMessageV1 message) =>
        Demanded[message.GetType()].TrueForAll(property => property.GetValue(message) switch
        {
            null => false,
            Guid id => id != Guid.Empty,
            Code code => code.Value is not null,
            DateTimeOffset at => at != default,
            _ => true,
        });

    /// <summary>The name of the property that holds the note of this type of message, or null.</summary>
    public static string? NoteProperty(Type type) => Notes[type]?.Name;

    private static List<PropertyInfo> DemandedOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return [.. type.GetProperties().Where(p => nullability.Create(p).ReadState == NullabilityState.NotNull)];
    }
}
