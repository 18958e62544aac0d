using Referrals.Engine.History;
using Event = Referrals.Engine.Network.Operations.OperationEvent;

namespace Referrals.Engine.Network.Operations;

/// <summary>The names of operation events in the log. A name never changes; a new shape gets a new name and an upcast.</summary>
public static class OperationEventTypes
{
    /// <summary>Every event of the stream <c>operation</c>.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("escalation_handled", typeof(Event.EscalationHandled)),
        new("letter_redelivered", typeof(Event.LetterRedelivered)),
        new("letter_discarded", typeof(Event.LetterDiscarded)),
    ];
}
