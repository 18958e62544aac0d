using System.Diagnostics;
using Referrals.Engine.Network.Contracts;

namespace Referrals.Workers.Messaging;

/// <summary>What a message is about: messages with the same key are handled one after the other.</summary>
internal static class MessageKey
{
    public static Guid Of(IMessageV1 message) => message switch
    {
        IPartnerMessageV1 m => m.Assignment,
        OfferV1 m => m.Assignment,
        AnswerV1 m => m.Assignment,
        ReminderV1 m => m.Assignment,
        WithdrawalV1 m => m.Assignment,
        ErasureV1 m => m.Assignment,
        HandoverV1 m => m.Assignment,
        HandoverRevokedV1 m => m.Assignment,
        CardV1 m => m.Assignment,
        CardWithdrawnV1 m => m.Assignment,
        EscalationV1 m => m.Escalation,
        ReceiptV1 m => m.Messages is [var first, ..] ? first : Guid.Empty,
        _ => throw new UnreachableException(),
    };
}
