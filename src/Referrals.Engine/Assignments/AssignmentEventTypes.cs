using Referrals.Engine.History;
using Event = Referrals.Engine.Assignments.AssignmentEvent;

namespace Referrals.Engine.Assignments;

/// <summary>The names of assignment events in the log. A name never changes; a new shape gets a new name and an upcast.</summary>
public static class AssignmentEventTypes
{
    /// <summary>Every event of the stream <c>assignment</c>.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("assignment_received", typeof(Event.Received)),
        new("assignment_acknowledged", typeof(Event.Acknowledged)),
        new("assignment_accepted", typeof(Event.Accepted)),
        new("assignment_acknowledgement_undone", typeof(Event.AcknowledgementUndone)),
        new("assignment_acceptance_undone", typeof(Event.AcceptanceUndone)),
        new("assignment_assigned", typeof(Event.Assigned)),
        new("assignment_declined", typeof(Event.Declined)),
        new("assignment_asked", typeof(Event.Asked)),
        new("assignment_answer_received", typeof(Event.AnswerReceived)),
        new("assignment_started", typeof(Event.Started)),
        new("assignment_first_contact_made", typeof(Event.FirstContactMade)),
        new("assignment_paused", typeof(Event.Paused)),
        new("assignment_resumed", typeof(Event.Resumed)),
        new("assignment_completed", typeof(Event.Completed)),
        new("assignment_reminded", typeof(Event.Reminded)),
        new("assignment_withdrawn", typeof(Event.WithdrawnBySender)),
        new("assignment_erased", typeof(Event.Erased)),
        new("assignment_handover_received", typeof(Event.HandoverReceived)),
        new("assignment_handover_revoked", typeof(Event.HandoverRevokedBySender)),
        new("assignment_handover_tried", typeof(Event.HandoverTried)),
        new("assignment_handover_blocked", typeof(Event.HandoverBlocked)),
        new("assignment_handover_redeemed", typeof(Event.HandoverRedeemed)),
        new("assignment_card_received", typeof(Event.CardReceived)),
        new("assignment_card_withdrawn", typeof(Event.CardWithdrawnBySender)),
        new("assignment_card_fetched", typeof(Event.CardFetched)),
        new("assignment_card_opened", typeof(Event.CardOpened)),
        new("assignment_card_returned", typeof(Event.CardReturned)),
    ];
}
