using Referrals.Engine.Chains;

namespace Referrals.Engine.Referrals;

/// <summary>What time makes due while partners have a step.</summary>
public static partial class Flow
{
    private sealed partial class Walk
    {
        // Their ends come before all else, so that nobody is reminded of what is taken back; what is due besides comes at the next look.
        public void WatchPermissions()
        {
            var consent = state.ConsentExpired ? null : state.Consent?.Until;
            var release = state.ReleaseExpired ? null : state.Release?.Until;
            if (consent is { } last && IsDue(ConsentTimes.End(last)))
            {
                Due.Clear();
                Due.Add(new Due.ExpireConsent(last));
            }
            else if (release is { } until && IsDue(ConsentTimes.End(until)))
            {
                Due.Clear();
                Due.Add(new Due.ExpireRelease(until));
            }
            else if (consent is { } ends && !state.ConsentEndingTold && IsDue(ConsentTimes.Ending(ends)))
            {
                Due.Add(new Due.TellConsentEnds(ends));
            }
        }

        private void Watch(ChainNode.Step step, StepRun run, List<Offer> open)
        {
            var accepted = open.Find(o => o.IsAccepted);
            foreach (var offer in open)
            {
                WatchCard(offer);
                if (accepted is not null && offer.Assignment != accepted.Assignment)
                {
                    Due.Add(new Due.WithdrawOffer(offer, WithdrawalReason.OtherAccepted));
                }
                else if (offer.AwaitsAcknowledgement)
                {
                    WatchAcknowledgement(step, run, offer);
                }
                else if (offer is { IsAccepted: true, CompleteBy: { } completeBy })
                {
                    WatchDeadline(step, offer, Deadline.Complete, Reminder.Complete, completeBy);
                }
            }
        }

        private void WatchCard(Offer offer)
        {
            if (offer.Card is { IsUndecided: true } card && IsDue(card.Until))
            {
                Due.Add(new Due.ExpireCard(offer, card.Issue));
            }
        }

        private void WatchAcknowledgement(ChainNode.Step step, StepRun run, Offer offer)
        {
            var goesOn = step is { Offer: OfferMode.InOrder, OnDecline: DeclinePath.NextPartner } && NextPartners(step, run).Count > 0;
            if (goesOn && IsDue(offer.AcknowledgeBy))
            {
                Due.Add(new Due.WithdrawOffer(offer, WithdrawalReason.DeadlinePassed));
                return;
            }

            WatchDeadline(step, offer, Deadline.Acknowledge, Reminder.Acknowledge, offer.AcknowledgeBy);
        }

        private void WatchDeadline(ChainNode.Step step, Offer offer, Deadline deadline, Reminder reminder, DateTimeOffset by)
        {
            if (step.RemindBefore is { } before && !offer.Reminded.Contains(reminder) && now < by
                && IsDue(_calendar.WorkingDaysBefore(by, before)))
            {
                Due.Add(new Due.Remind(offer, reminder));
            }

            if (step.EscalateAfter is { } after && !offer.Escalated.Contains(deadline) && IsDue(_calendar.WorkingDaysAfter(by, after)))
            {
                Due.Add(new Due.Escalate(offer, deadline, by));
            }
        }

        private bool IsDue(DateTimeOffset at)
        {
            if (at <= now)
            {
                return true;
            }

            WakeAt = WakeAt is { } earlier && earlier < at ? earlier : at;
            return false;
        }
    }
}
