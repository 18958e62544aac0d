using System.Diagnostics;
using System.Text.Json;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Network.Measures;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Network;

/// <summary>A message on its way.</summary>
/// <param name="Id">Its identity: that of the event it was made from.</param>
/// <param name="To">The organisation that receives it.</param>
/// <param name="Body">One of <see cref="MessageTypes.All"/>.</param>
public sealed record OutgoingMessage(Guid Id, OrganisationId To, IMessageV1 Body)
{
    /// <summary>The organisation that sends it.</summary>
    public OrganisationId From => new(Body.From.Value);
}

/// <summary>
/// Makes the message that an event means for another organisation. Pure: the same event always gives the same message with the same
/// id, so that it can be sent again at any time from the log alone. A step at the holder's own organisation works no differently.
/// </summary>
public static class Outgoing
{
    /// <summary>The message of an event, or null when nobody else is to know.</summary>
    public static OutgoingMessage? From(RecordedEvent recorded)
    {
        IMessageV1? body = recorded.Data switch
        {
            ReferralEvent happened => FromReferral(happened, Sender(recorded), recorded.Id),
            AssignmentEvent happened => FromAssignment(happened, Sender(recorded)),
            ChainEvent or OrganisationEvent or OperationEvent or MeasureEvent => null,
            _ => throw new UnreachableException(),
        };
        return body is null ? null : new OutgoingMessage(recorded.Id, new OrganisationId(body.To.Value), body);
    }

    /// <summary>
    /// The receipt for messages from one organisation to another that came to their end here. Its id follows from theirs.
    /// </summary>
    public static OutgoingMessage ReceiptFor(Code from, Code to, IReadOnlyList<Guid> messages) => new(
        Codes.StableGuid(["receipt", .. messages.Select(m => m.ToString("D"))]),
        new OrganisationId(from.Value),
        new ReceiptV1(to, from, messages));

    private static IMessageV1? FromReferral(ReferralEvent happened, Code from, Guid eventId) => happened switch
    {
        ReferralEvent.StepOffered e => new OfferV1(
            from, To(e.Partner), e.Assignment.Value, new Code(e.Chain.Value), e.ChainVersion, new Code(e.Step.Value),
            Minute(e.At), e.AcknowledgeBy, MessageFacts.Write(e.Facts), e.Note),
        ReferralEvent.StepAnswered e => new AnswerV1(from, To(e.Partner), e.Assignment.Value, e.Question.Value, Minute(e.At), e.Text),
        ReferralEvent.StepReminded e => new ReminderV1(from, To(e.Partner), e.Assignment.Value, Word(e.Reminder), Minute(e.At)),
        ReferralEvent.OfferWithdrawn e => new WithdrawalV1(from, To(e.Partner), e.Assignment.Value, Word(e.Reason), Minute(e.At)),
        ReferralEvent.StepErased e => new ErasureV1(from, To(e.Partner), e.Assignment.Value, Word(e.Reason), Minute(e.At)),
        ReferralEvent.HandoverIssued e => new HandoverV1(from, To(e.Partner), e.Assignment.Value, e.Issue, new Code(e.Proof), e.Until, Minute(e.At)),
        ReferralEvent.HandoverRevoked e => new HandoverRevokedV1(from, To(e.Partner), e.Assignment.Value, e.Issue, Minute(e.At)),
        ReferralEvent.CardSealed e => new CardV1(from, To(e.Partner), e.Assignment.Value, e.Issue, new Code(e.Key), e.Until, Minute(e.At)),
        ReferralEvent.CardWithdrawn e => new CardWithdrawnV1(from, To(e.Partner), e.Assignment.Value, e.Issue, Minute(e.At)),
        ReferralEvent.StepEscalated e => new EscalationV1(
            from, To(e.Coordinator), eventId, new Code(e.Chain.Value), e.ChainVersion, new Code(e.Step.Value), To(e.Partner),
            Word(e.Deadline), e.MissedAt, Minute(e.At)),
        ReferralEvent.Started or ReferralEvent.MovedToVersion or ReferralEvent.CaseworkerChanged or ReferralEvent.StepAcknowledgementUndone
            or ReferralEvent.StepAcceptanceUndone or ReferralEvent.BranchTaken or ReferralEvent.RoundEnded or ReferralEvent.PartDecided
            or ReferralEvent.PartnerChosen or ReferralEvent.StepReceived or ReferralEvent.StepAcknowledged or ReferralEvent.StepAccepted
            or ReferralEvent.StepDeclined or ReferralEvent.StepAsked or ReferralEvent.StepStarted or ReferralEvent.FirstContactMade
            or ReferralEvent.StepPaused or ReferralEvent.StepResumed or ReferralEvent.StepCompleted or ReferralEvent.StepRerouted
            or ReferralEvent.StepSkipped or ReferralEvent.ConsentRecorded or ReferralEvent.ConsentWithdrawn or ReferralEvent.Withdrawn
            or ReferralEvent.ConsentEnding or ReferralEvent.ConsentExpired or ReferralEvent.ConsentNarrowed or ReferralEvent.ConsentOverridden
            or ReferralEvent.ReleaseRecorded or ReferralEvent.ReleaseWithdrawn or ReferralEvent.ReleaseExpired
            or ReferralEvent.Closed or ReferralEvent.Reopened or ReferralEvent.Erased or ReferralEvent.HandoverRedeemed or ReferralEvent.HandoverBlocked
            or ReferralEvent.CardExpired or ReferralEvent.CardOpened or ReferralEvent.CardReturned => null,
        _ => throw new UnreachableException(),
    };

    private static IMessageV1? FromAssignment(AssignmentEvent happened, Code from)
    {
        // What came from the sender is not reported back to it, and who does the work is the partner's own affair.
        if (happened is AssignmentEvent.AnswerReceived or AssignmentEvent.Reminded or AssignmentEvent.WithdrawnBySender or AssignmentEvent.Assigned or AssignmentEvent.Erased
            or AssignmentEvent.HandoverReceived or AssignmentEvent.HandoverRevokedBySender or AssignmentEvent.HandoverTried
            or AssignmentEvent.CardReceived or AssignmentEvent.CardWithdrawnBySender or AssignmentEvent.CardFetched)
        {
            return null;
        }

        var (to, id, number, at) = (To(happened.Sender), happened.Assignment.Value, happened.Number, happened.At);
        return happened switch
        {
            AssignmentEvent.Received => new ReceivedV1(from, to, id, number, at),
            AssignmentEvent.Acknowledged => new AcknowledgedV1(from, to, id, number, at),
            AssignmentEvent.Accepted => new AcceptedV1(from, to, id, number, at),
            AssignmentEvent.AcknowledgementUndone => new AcknowledgementUndoneV1(from, to, id, number, at),
            AssignmentEvent.AcceptanceUndone => new AcceptanceUndoneV1(from, to, id, number, at),
            AssignmentEvent.Declined e => new DeclinedV1(from, to, id, number, at, new Code(e.Reason), e.Note),
            AssignmentEvent.Asked e => new QuestionV1(from, to, id, number, at, e.Question.Value, e.Text),
            AssignmentEvent.Started => new StartedV1(from, to, id, number, at),
            AssignmentEvent.FirstContactMade => new FirstContactV1(from, to, id, number, at),
            AssignmentEvent.Paused => new PausedV1(from, to, id, number, at),
            AssignmentEvent.Resumed => new ResumedV1(from, to, id, number, at),
            AssignmentEvent.Completed e => new CompletedV1(from, to, id, number, at, new Code(e.Reported), MessageFacts.Write(e.Facts)),
            AssignmentEvent.HandoverRedeemed => new HandedOverV1(from, to, id, number, at),
            AssignmentEvent.HandoverBlocked e => new HandoverBlockedV1(from, to, id, number, at, e.Issue),
            AssignmentEvent.CardOpened e => new CardOpenedV1(from, to, id, number, at, e.Issue),
            AssignmentEvent.CardReturned e => new CardReturnedV1(from, to, id, number, at, e.Issue),
            _ => throw new UnreachableException(),
        };
    }

    // What one decision does at several partners happens at one instant, which nobody else shares.
    private static DateTimeOffset Minute(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));

    private static Code Sender(RecordedEvent recorded) => new(recorded.Stream.Tenant);

    private static Code To(OrganisationId organisation) => new(organisation.Value);

    private static Code Word<T>(T value)
        where T : struct, Enum => new(JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
}
