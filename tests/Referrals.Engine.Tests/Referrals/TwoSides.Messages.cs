using Referrals.Engine.Assignments;
using Referrals.Engine.Referrals;
using Work = Referrals.Engine.Assignments.AssignmentCommand;

namespace Referrals.Engine.Tests.Referrals;

/// <summary>The messages between the two sides.</summary>
public sealed partial class TwoSides
{
    private void DeliverToPartner()
    {
        var at = _random.Next(_toPartners.Count);
        var (id, command) = _toPartners[at];
        if (Decide(id, command) && _random.Next(5) > 0)
        {
            _toPartners.RemoveAt(at);
        }
    }

    private void DeliverToHolder()
    {
        var at = _random.Next(_toHolder.Count);
        if (Decide(_toHolder[at]) && _random.Next(5) > 0)
        {
            _toHolder.RemoveAt(at);
        }
    }

    private void Send(ReferralEvent happened)
    {
        (AssignmentId, Work)? message = happened switch
        {
            ReferralEvent.StepOffered e => (e.Assignment, new Work.Receive(e.Assignment, e.Holder, e.Partner, e.Chain, e.ChainVersion, e.Step, e.At, e.AcknowledgeBy, e.Facts, e.Note)),
            ReferralEvent.OfferWithdrawn e => (e.Assignment, new Work.ReceiveWithdrawal("code")),
            ReferralEvent.StepReminded e => (e.Assignment, new Work.ReceiveReminder("code", e.At)),
            ReferralEvent.StepAnswered e => (e.Assignment, new Work.ReceiveAnswer(e.Question, e.Text)),
            _ => null,
        };
        if (message is { } known)
        {
            _toPartners.Add(known);
        }
    }

    private static PartnerSaid? Said(AssignmentEvent happened) => happened switch
    {
        AssignmentEvent.Received => new PartnerSaid.Received(),
        AssignmentEvent.Acknowledged => new PartnerSaid.Acknowledged(),
        AssignmentEvent.Accepted => new PartnerSaid.Accepted(),
        AssignmentEvent.AcknowledgementUndone => new PartnerSaid.AcknowledgementUndone(),
        AssignmentEvent.AcceptanceUndone => new PartnerSaid.AcceptanceUndone(),
        AssignmentEvent.Declined e => new PartnerSaid.Declined(e.Reason, e.Note),
        AssignmentEvent.Asked e => new PartnerSaid.Asked(e.Question, e.Text),
        AssignmentEvent.Started => new PartnerSaid.Started(),
        AssignmentEvent.FirstContactMade => new PartnerSaid.FirstContact(),
        AssignmentEvent.Paused => new PartnerSaid.Paused(),
        AssignmentEvent.Resumed => new PartnerSaid.Resumed(),
        AssignmentEvent.Completed e => new PartnerSaid.Completed(e.Reported, e.Facts),
        _ => null,
    };
}
