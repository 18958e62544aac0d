using System.Diagnostics;
using Referrals.Engine.Assignments;
using Referrals.Engine.Network.Contracts;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Network;

/// <summary>What a partner's message says, in the words of the referral.</summary>
internal static class PartnerMessages
{
    /// <summary>What it says, or null when it can't be read.</summary>
    public static PartnerSaid? Read(IPartnerMessageV1 message) => message.Number < 1 ? null : message switch
    {
        ReceivedV1 => new PartnerSaid.Received(),
        AcknowledgedV1 => new PartnerSaid.Acknowledged(),
        AcceptedV1 => new PartnerSaid.Accepted(),
        AcknowledgementUndoneV1 => new PartnerSaid.AcknowledgementUndone(),
        AcceptanceUndoneV1 => new PartnerSaid.AcceptanceUndone(),
        DeclinedV1 m => DeclineReasons.All.Contains(m.Reason.Value) ? new PartnerSaid.Declined(m.Reason.Value, m.Note) : null,
        QuestionV1 m => new PartnerSaid.Asked(new QuestionId(m.Question), m.Text),
        StartedV1 => new PartnerSaid.Started(),
        FirstContactV1 => new PartnerSaid.FirstContact(),
        PausedV1 => new PartnerSaid.Paused(),
        ResumedV1 => new PartnerSaid.Resumed(),
        CompletedV1 m => MessageFacts.Read(m.Facts) is { } facts ? new PartnerSaid.Completed(m.Outcome.Value, facts) : null,
        HandedOverV1 => new PartnerSaid.HandedOver(),
        HandoverBlockedV1 m => m.Issue < 1 ? null : new PartnerSaid.HandoverBlocked(m.Issue),
        CardOpenedV1 m => m.Issue < 1 ? null : new PartnerSaid.CardOpened(m.Issue),
        CardReturnedV1 m => m.Issue < 1 ? null : new PartnerSaid.CardReturned(m.Issue),
        _ => throw new UnreachableException(),
    };
}
