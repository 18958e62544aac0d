using Referrals.Engine.History;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Engine.Referrals;

/// <summary>The names of referral events in the log. A name never changes; a new shape gets a new name and an upcast.</summary>
public static class ReferralEventTypes
{
    /// <summary>Every event of the stream <c>referral</c>.</summary>
    public static IReadOnlyList<EventType> All { get; } =
    [
        new("referral_started", typeof(Event.Started)),
        new("moved_to_version", typeof(Event.MovedToVersion)),
        new("caseworker_changed", typeof(Event.CaseworkerChanged)),
        new("branch_taken", typeof(Event.BranchTaken)),
        new("round_ended", typeof(Event.RoundEnded)),
        new("part_decided", typeof(Event.PartDecided)),
        new("partner_chosen", typeof(Event.PartnerChosen)),
        new("step_offered", typeof(Event.StepOffered)),
        new("step_received", typeof(Event.StepReceived)),
        new("step_acknowledged", typeof(Event.StepAcknowledged)),
        new("step_accepted", typeof(Event.StepAccepted)),
        new("step_acknowledgement_undone", typeof(Event.StepAcknowledgementUndone)),
        new("step_acceptance_undone", typeof(Event.StepAcceptanceUndone)),
        new("step_declined", typeof(Event.StepDeclined)),
        new("step_asked", typeof(Event.StepAsked)),
        new("step_answered", typeof(Event.StepAnswered)),
        new("step_started", typeof(Event.StepStarted)),
        new("first_contact_made", typeof(Event.FirstContactMade)),
        new("step_paused", typeof(Event.StepPaused)),
        new("step_resumed", typeof(Event.StepResumed)),
        new("step_completed", typeof(Event.StepCompleted)),
        new("step_reminded", typeof(Event.StepReminded)),
        new("step_escalated", typeof(Event.StepEscalated)),
        new("offer_withdrawn", typeof(Event.OfferWithdrawn)),
        new("step_rerouted", typeof(Event.StepRerouted)),
        new("step_skipped", typeof(Event.StepSkipped)),
        new("consent_recorded", typeof(Event.ConsentRecorded)),
        new("consent_withdrawn", typeof(Event.ConsentWithdrawn)),
        new("consent_ending", typeof(Event.ConsentEnding)),
        new("consent_expired", typeof(Event.ConsentExpired)),
        new("consent_narrowed", typeof(Event.ConsentNarrowed)),
        new("consent_overridden", typeof(Event.ConsentOverridden)),
        new("release_recorded", typeof(Event.ReleaseRecorded)),
        new("release_withdrawn", typeof(Event.ReleaseWithdrawn)),
        new("release_expired", typeof(Event.ReleaseExpired)),
        new("referral_withdrawn", typeof(Event.Withdrawn)),
        new("referral_closed", typeof(Event.Closed)),
        new("referral_reopened", typeof(Event.Reopened)),
        new("step_erased", typeof(Event.StepErased)),
        new("referral_erased", typeof(Event.Erased)),
        new("handover_issued", typeof(Event.HandoverIssued)),
        new("handover_revoked", typeof(Event.HandoverRevoked)),
        new("handover_redeemed", typeof(Event.HandoverRedeemed)),
        new("handover_blocked", typeof(Event.HandoverBlocked)),
        new("card_sealed", typeof(Event.CardSealed)),
        new("card_withdrawn", typeof(Event.CardWithdrawn)),
        new("card_expired", typeof(Event.CardExpired)),
        new("card_opened", typeof(Event.CardOpened)),
        new("card_returned", typeof(Event.CardReturned)),
    ];
}
