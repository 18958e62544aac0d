using System.Diagnostics;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Privacy;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Network;

/// <summary>
/// Turns messages of other organisations into commands. What comes over the wire is not taken on trust: the sender must be the one
/// that the assignment came from or was offered to, the offer must be what the chain agrees on, and every note is screened again.
/// Handling the same message twice records it once.
/// </summary>
public sealed class IncomingHandler(
    ReferralService referrals, AssignmentService assignments, IChainCatalog chains, IEventLog log, TimeProvider time)
{
    private static readonly HandlingResult.Handled Done = new();
    private static readonly HandlingResult.TooEarly Again = new();

    /// <summary>Handles a message.</summary>
    /// <param name="receiver">The organisation whose queue the message lay in; its tenant is the one that is written.</param>
    /// <param name="message">The message; anything but one of <see cref="MessageTypes.All"/> is rejected.</param>
    /// <param name="messageId">Identity of the message, the same each time that it comes.</param>
    /// <param name="traceParent">W3C trace context of the handling, begun by the receiver; never one that came with the message.</param>
    /// <param name="ct">Cancels the wait, not what was recorded.</param>
    public async Task<HandlingResult> HandleAsync(
        OrganisationId receiver, object message, Guid messageId, string? traceParent, CancellationToken ct)
    {
        if (message is not IMessageV1 known || !MessageTypes.IsKnown(message))
        {
            return Reject(RejectionReasons.UnknownType);
        }

        if (Envelope(known, receiver, messageId) is { } fault)
        {
            return Reject(fault);
        }

        var actor = new Actor("network", receiver, Causation: messageId.ToString("D"), TraceParent: traceParent);
        return known switch
        {
            ReceiptV1 m => await ConfirmAsync(actor, m, ct),
            EscalationV1 m => await EscalateAsync(actor, m, messageId, ct),
            OfferV1 m => await ReceiveAsync(actor, m, messageId, ct),
            AnswerV1 m => await FromSenderAsync(
                actor, m, m.Assignment, new AssignmentCommand.ReceiveAnswer(new QuestionId(m.Question), m.Text), messageId, ct),
            ReminderV1 m => await FromSenderAsync(
                actor, m, m.Assignment, new AssignmentCommand.ReceiveReminder(m.Reminder.Value, m.At), messageId, ct),
            WithdrawalV1 m => await FromSenderAsync(
                actor, m, m.Assignment, new AssignmentCommand.ReceiveWithdrawal(m.Reason.Value), messageId, ct),
            ErasureV1 m => await FromSenderAsync(
                actor, m, m.Assignment, new AssignmentCommand.ReceiveErasure(m.Reason.Value), messageId, ct),
            HandoverV1 m => m.Issue < 1 || !HandoverProof.IsProof(m.Proof.Value) ? Reject(RejectionReasons.Malformed) : await FromSenderAsync(
                actor, m, m.Assignment, new AssignmentCommand.ReceiveHandover(m.Issue, m.Proof.Value, m.Until), messageId, ct),
            HandoverRevokedV1 m => m.Issue < 1 ? Reject(RejectionReasons.Malformed) : await FromSenderAsync(
                actor, m, m.Assignment, new AssignmentCommand.ReceiveHandoverRevocation(m.Issue), messageId, ct),
            CardV1 m => m.Issue < 1 || !SealedCard.IsPrint(m.Key.Value) ? Reject(RejectionReasons.Malformed) : await FromSenderAsync(
                actor, m, m.Assignment, new AssignmentCommand.ReceiveCard(m.Issue, m.Key.Value, m.Until), messageId, ct),
            CardWithdrawnV1 m => m.Issue < 1 ? Reject(RejectionReasons.Malformed) : await FromSenderAsync(
                actor, m, m.Assignment, new AssignmentCommand.ReceiveCardWithdrawal(m.Issue), messageId, ct),
            IPartnerMessageV1 m => await FromPartnerAsync(actor, m, messageId, ct),
            _ => throw new UnreachableException(),
        };
    }

    private static HandlingResult.Rejected Reject(string reason) => new(reason);

    private static string? Envelope(IMessageV1 message, OrganisationId receiver, Guid messageId) =>
        messageId == Guid.Empty || !MessageTypes.IsComplete(message) ? RejectionReasons.Malformed
        : message.To.Value != receiver.Value ? RejectionReasons.WrongTenant
        : OutgoingScreen.Check(message);

    private async Task<HandlingResult> ReceiveAsync(Actor actor, OfferV1 m, Guid messageId, CancellationToken ct)
    {
        if (MessageFacts.Read(m.Facts) is not { } facts)
        {
            return Reject(RejectionReasons.Malformed);
        }

        if (!await IsRegisteredAsync(m.From, ct))
        {
            return Reject(RejectionReasons.UnknownOrganisation);
        }

        var chain = (await chains.FindAsync(new ChainId(m.Chain.Value), m.ChainVersion, ct))?.Version;
        if (chain?.FindStep(new NodeId(m.Step.Value)) is not { } step)
        {
            return Reject(RejectionReasons.UnknownChain);
        }

        var agreed = step.Partners.Contains(actor.Organisation)
            && facts.All(f => step.PassFacts.Contains(f.Key) && chain.FindFact(f.Key) is { } fact && fact.Type.Allows(f.Value));
        if (!agreed)
        {
            return Reject(RejectionReasons.NotAgreed);
        }

        var receive = new AssignmentCommand.Receive(
            new AssignmentId(m.Assignment), new OrganisationId(m.From.Value), actor.Organisation, chain.Id, chain.Version, step.Id,
            m.At, m.AcknowledgeBy, facts, m.Note);
        return await FromSenderAsync(actor, m, m.Assignment, receive, messageId, ct);
    }

    private async Task<HandlingResult> FromSenderAsync(
        Actor actor, IMessageV1 message, Guid assignment, AssignmentCommand command, Guid messageId, CancellationToken ct)
    {
        var id = new AssignmentId(assignment);
        if (await assignments.SenderAsync(actor.Organisation, id, ct) is { } sender && sender.Value != message.From.Value)
        {
            return Reject(RejectionReasons.WrongSender);
        }

        return await assignments.HearAsync(actor, id, command, messageId, ct) switch
        {
            AssignmentOutcome.Done => Done,
            AssignmentOutcome.TooEarly or AssignmentOutcome.Stale => Again,
            AssignmentOutcome.Refused => Reject(RejectionReasons.DoesNotFit),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<HandlingResult> FromPartnerAsync(Actor actor, IPartnerMessageV1 message, Guid messageId, CancellationToken ct)
    {
        if (PartnerMessages.Read(message) is not { } said)
        {
            return Reject(RejectionReasons.Malformed);
        }

        // The row was written together with the offer, so it is there before the partner can know the id.
        var offer = await log.FindRowAsync(actor.Tenant, ReferralBoard.OffersList, message.Assignment, ct);
        if (offer is null || offer.Counterpart != message.From.Value)
        {
            return Reject(offer is null ? RejectionReasons.UnknownAssignment : RejectionReasons.WrongSender);
        }

        var hear = new ReferralCommand.Hear(new AssignmentId(message.Assignment), message.Number, message.At, said);
        return await referrals.HearAsync(actor, hear, messageId, ct) switch
        {
            ReferralOutcome.Done => Done,
            ReferralOutcome.TooEarly or ReferralOutcome.Stale => Again,
            ReferralOutcome.Refused => Reject(RejectionReasons.DoesNotFit),
            _ => throw new UnreachableException(),
        };
    }

    private async Task<HandlingResult> EscalateAsync(Actor actor, EscalationV1 m, Guid messageId, CancellationToken ct)
    {
        if (!await IsRegisteredAsync(m.From, ct))
        {
            return Reject(RejectionReasons.UnknownOrganisation);
        }

        var chain = (await chains.FindAsync(new ChainId(m.Chain.Value), m.ChainVersion, ct))?.Version;
        if (chain?.FindStep(new NodeId(m.Step.Value)) is not { } step)
        {
            return Reject(RejectionReasons.UnknownChain);
        }

        if (chain.Coordinator != actor.Organisation || !step.Partners.Contains(new OrganisationId(m.Partner.Value)))
        {
            return Reject(RejectionReasons.NotAgreed);
        }

        return await WriteAsync(
            actor, [new RowChange.PutInbox(actor.Tenant, messageId), new RowChange.PutListRow(Escalations.Row(m, messageId))], ct);
    }

    // Whoever speaks of a known assignment is known by it; only who opens a conversation has to be in the directory.
    private async Task<bool> IsRegisteredAsync(Code organisation, CancellationToken ct) =>
        await log.FindRowAsync(
            StreamName.Network, OrganisationBoard.List, OrganisationBoard.RowId(new OrganisationId(organisation.Value)), ct) is not null;

    private async Task<HandlingResult> ConfirmAsync(Actor actor, ReceiptV1 m, CancellationToken ct) => m.Messages.Count == 0
        ? Reject(RejectionReasons.Malformed)
        : await WriteAsync(actor, [.. m.Messages.Select(id => new RowChange.DropDelivery(actor.Tenant, id, m.From.Value))], ct);

    private async Task<HandlingResult> WriteAsync(Actor actor, IReadOnlyList<RowChange> rows, CancellationToken ct) =>
        await log.AppendAsync(new Append(actor.At(time.GetUtcNow()), [], rows), ct) switch
        {
            AppendResult.Appended or AppendResult.AlreadyHandled => Done,
            AppendResult.Conflict => throw new InvalidOperationException("rows without events can't conflict"),
            _ => throw new UnreachableException(),
        };
}
