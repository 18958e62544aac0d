using Referrals.Engine.History;
using Referrals.Engine.Network.Operations;
using Referrals.Engine.Referrals;

namespace Referrals.Workers.Commands.Demo;

/// <summary>What coordinators do about escalations: they take care of most within some days, and some stay; in the last weeks they are behind.</summary>
internal sealed class Coordinators(HistoryOrder order, Agenda agenda, OperationService operations, VirtualClock clock, Colleagues colleagues)
{
    /// <summary>Reacts to what happened in a referral.</summary>
    public void React(Happening happening)
    {
        if (happening.What is not ReferralEvent.StepEscalated escalated)
        {
            return;
        }

        var (dice, about) = (happening.Life.Dice, $"{escalated.Assignment} {escalated.Deadline}");
        if (!dice.Chance(order.IsLastWeeks(happening.At) ? 0.4 : 0.93, "escalation", about))
        {
            return;
        }

        var actor = new Actor(colleagues.Coordinator(escalated.Coordinator), escalated.Coordinator);
        agenda.Add(OfficeTime.Later(happening.At, 0.2 + dice.Exponential(4, "escalation-at", about)), async (now, ct) =>
        {
            clock.Set(now);
            if (await operations.HandleEscalationAsync(actor, happening.Event, ct) is not OperationOutcome.Done)
            {
                throw new HistoryException($"an escalation of {escalated.Chain} could not be taken care of");
            }
        });
    }
}
