using System.Diagnostics;
using Referrals.Engine.Assignments;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Network.Notifications;

/// <summary>What an event means for the people of the organisation in whose history it stands.</summary>
/// <param name="Kind">One of <see cref="NotificationKinds"/>.</param>
/// <param name="Assignment">The step's assignment id; null when it is about no single step.</param>
/// <param name="Person">Only this person is told (sign-in name); null: who is in charge, or all who could be.</param>
/// <param name="OnlyWhenDecisionNeeded">Only told when the referral now waits for a decision.</param>
public sealed record Occasion(string Kind, AssignmentId? Assignment = null, string? Person = null, bool OnlyWhenDecisionNeeded = false)
{
    /// <summary>What an event means, or null when nobody is told.</summary>
    public static Occasion? Of(object happened) => happened switch
    {
        ReferralEvent e => OfReferral(e),
        AssignmentEvent e => OfAssignment(e),
        _ => null,
    };

    private static Occasion? OfReferral(ReferralEvent happened) => happened switch
    {
        ReferralEvent.StepAsked e => new(NotificationKinds.Question, e.Assignment),
        ReferralEvent.StepDeclined e => new(NotificationKinds.Declined, e.Assignment),
        ReferralEvent.StepCompleted e => new(NotificationKinds.Completed, e.Assignment),
        ReferralEvent.StepEscalated e => new(NotificationKinds.Overdue, e.Assignment),
        ReferralEvent.OfferWithdrawn { Reason: WithdrawalReason.DeadlinePassed } e => new(NotificationKinds.Decision, e.Assignment, OnlyWhenDecisionNeeded: true),
        ReferralEvent.HandoverRedeemed e => new(NotificationKinds.HandedOver, e.Assignment),
        ReferralEvent.HandoverBlocked e => new(NotificationKinds.HandoverBlocked, e.Assignment),
        ReferralEvent.CardOpened e => new(NotificationKinds.CardOpened, e.Assignment),
        ReferralEvent.CardReturned e => new(NotificationKinds.CardReturned, e.Assignment),
        ReferralEvent.CardExpired e => new(NotificationKinds.CardReturned, e.Assignment),
        ReferralEvent.ConsentEnding => new(NotificationKinds.ConsentEnding),
        ReferralEvent.ConsentExpired => new(NotificationKinds.ConsentExpired),
        ReferralEvent.ReleaseExpired => new(NotificationKinds.ReleaseExpired),
        ReferralEvent.Closed => new(NotificationKinds.Closed),
        ReferralEvent.CaseworkerChanged { To: { } to } => new(NotificationKinds.ReferralHanded, Person: to),
        ReferralEvent.CaseworkerChanged or ReferralEvent.OfferWithdrawn or ReferralEvent.Started or ReferralEvent.MovedToVersion or ReferralEvent.BranchTaken or ReferralEvent.RoundEnded
            or ReferralEvent.PartDecided or ReferralEvent.PartnerChosen or ReferralEvent.StepOffered or ReferralEvent.StepReceived
            or ReferralEvent.StepAcknowledged or ReferralEvent.StepAcknowledgementUndone or ReferralEvent.StepAccepted or ReferralEvent.StepAcceptanceUndone
            or ReferralEvent.StepAnswered or ReferralEvent.StepStarted or ReferralEvent.FirstContactMade or ReferralEvent.StepPaused
            or ReferralEvent.StepResumed or ReferralEvent.StepReminded or ReferralEvent.StepRerouted or ReferralEvent.StepSkipped
            or ReferralEvent.ConsentNarrowed or ReferralEvent.ConsentOverridden or ReferralEvent.ReleaseRecorded or ReferralEvent.ReleaseWithdrawn or ReferralEvent.ConsentRecorded or ReferralEvent.ConsentWithdrawn or ReferralEvent.Withdrawn or ReferralEvent.Reopened or ReferralEvent.StepErased or ReferralEvent.Erased
            or ReferralEvent.HandoverIssued or ReferralEvent.HandoverRevoked or ReferralEvent.CardSealed or ReferralEvent.CardWithdrawn => null,
        _ => throw new UnreachableException(),
    };

    private static Occasion? OfAssignment(AssignmentEvent happened) => happened switch
    {
        AssignmentEvent.Received e => new(NotificationKinds.New, e.Assignment),
        AssignmentEvent.AnswerReceived e => new(NotificationKinds.Answer, e.Assignment),
        AssignmentEvent.Reminded e => new(NotificationKinds.Reminder, e.Assignment),
        AssignmentEvent.WithdrawnBySender e => new(NotificationKinds.Withdrawn, e.Assignment),
        AssignmentEvent.Assigned { To: { } to } e => new(NotificationKinds.AssignmentHanded, e.Assignment, to),
        AssignmentEvent.CardReceived e => new(NotificationKinds.CardReceived, e.Assignment),
        AssignmentEvent.Assigned or AssignmentEvent.Acknowledged or AssignmentEvent.AcknowledgementUndone or AssignmentEvent.Accepted
            or AssignmentEvent.AcceptanceUndone or AssignmentEvent.Declined or AssignmentEvent.Asked or AssignmentEvent.Started
            or AssignmentEvent.FirstContactMade or AssignmentEvent.Paused or AssignmentEvent.Resumed or AssignmentEvent.Completed or AssignmentEvent.Erased
            or AssignmentEvent.HandoverReceived or AssignmentEvent.HandoverRevokedBySender or AssignmentEvent.HandoverTried or AssignmentEvent.HandoverBlocked
            or AssignmentEvent.HandoverRedeemed or AssignmentEvent.CardWithdrawnBySender or AssignmentEvent.CardFetched or AssignmentEvent.CardOpened or AssignmentEvent.CardReturned => null,
        _ => throw new UnreachableException(),
    };
}
