using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Api.Ui.Parts.Timeline;

/// <summary>
/// Makes the timeline of a referral for people: a sentence for what they care for, newest first, with what is only technical told along
/// with it, deadlines that passed, and the times without an event. Pure.
/// </summary>
public sealed class ReferralTimelineBuilder
{
    private readonly ReferralTimelineSource _source;
    private readonly ReferralSentences _sentences;
    private readonly List<Happened> _history;

    private ReferralTimelineBuilder(ReferralTimelineSource source)
    {
        _source = source;
        _sentences = new ReferralSentences(source);
        _history = [.. source.History.Select(h => new Happened(h.Version, (Event)h.Data, h.Context))];
    }

    /// <summary>The timeline, newest first.</summary>
    public static IReadOnlyList<TimelineItem> Build(ReferralTimelineSource source) => new ReferralTimelineBuilder(source).Items();

    private IReadOnlyList<TimelineItem> Items()
    {
        var told = new List<TimelineDraft>();
        var offers = new Dictionary<AssignmentId, TimelineDraft>();
        foreach (var group in Together())
        {
            told.AddRange(Tell(group, offers));
        }

        var runs = _history.FindLast(h => h.Event is Event.Closed or Event.Reopened or Event.Started)?.Event is not Event.Closed;
        return new TimelineOrder(_source.Words, _source.Chain.Calendar(), _source.Now).Items([.. told, .. Missed()], runs);
    }

    // What was decided at once was recorded at once, by the same user at the same time.
    private IEnumerable<List<Happened>> Together()
    {
        var group = new List<Happened>();
        foreach (var happened in _history)
        {
            if (group.Count > 0 && (group[^1].Context.At, group[^1].Context.User, group[^1].Context.Causation)
                != (happened.Context.At, happened.Context.User, happened.Context.Causation))
            {
                yield return group;
                group = [];
            }

            group.Add(happened);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private List<TimelineDraft> Tell(List<Happened> group, Dictionary<AssignmentId, TimelineDraft> offers)
    {
        var told = new List<TimelineDraft>();
        var along = new List<TimelineDraft>();
        foreach (var happened in group)
        {
            var draft = _sentences.Tell(happened.Event, happened.Version, happened.Context.User);
            switch (Fold(happened, group))
            {
                case Folding.Own:
                    told.Add(draft);
                    break;
                case Folding.Along:
                    along.Add(draft);
                    break;
                case Folding.IntoOffer when happened.Event is Event.StepReceived received && offers.TryGetValue(received.Assignment, out var offer):
                    offer.Also.Add(_sentences.Delivered(received.At));
                    break;
                case Folding.IntoOffer:
                    told.Add(draft);
                    break;
                default:
                    break;
            }

            if (happened.Event is Event.StepOffered offered && told.Count > 0)
            {
                offers[offered.Assignment] = told[^1];
            }
        }

        // What goes along with nothing that is told by itself is told by itself.
        if (told.Count == 0)
        {
            return along;
        }

        foreach (var draft in along)
        {
            (told.Find(t => t.Version > draft.Version) ?? told[^1]).Also.Add(draft.Title);
        }

        return told;
    }

    private Folding Fold(Happened happened, List<Happened> group) => happened.Event switch
    {
        Event.BranchTaken or Event.RoundEnded => group.Exists(h => h.Event is not (Event.BranchTaken or Event.RoundEnded)) ? Folding.Along : Folding.Own,
        Event.StepReceived => Folding.IntoOffer,
        Event.StepAcknowledged e => SaidMore(e) ? Folding.Nowhere : Folding.Own,
        Event.PartnerChosen e => group.Exists(h => h.Event is Event.StepOffered o && o.Place == e.Place) ? Folding.Nowhere : Folding.Own,
        Event.StepOffered e => group.Exists(h => h.Event is Event.StepRerouted r && r.Place == e.Place) ? Folding.Nowhere : Folding.Own,
        Event.Closed => group.Exists(h => h.Event is Event.Withdrawn or Event.ConsentWithdrawn) ? Folding.Nowhere : Folding.Own,
        Event.OfferWithdrawn e => group.Exists(h => Explains(h.Event, e.Reason)) ? Folding.Along : Folding.Own,
        _ => Folding.Own,
    };

    // Accepting or declining at once acknowledges too: one click, one entry.
    private bool SaidMore(Event.StepAcknowledged e) => _history.Exists(h => h.Event.At == e.At && h.Event switch
    {
        Event.StepAccepted accepted => accepted.Assignment == e.Assignment,
        Event.StepDeclined declined => declined.Assignment == e.Assignment,
        _ => false,
    });

    private static bool Explains(Event cause, WithdrawalReason reason) => (cause, reason) switch
    {
        (Event.StepAccepted, WithdrawalReason.OtherAccepted) => true,
        (Event.StepRerouted, WithdrawalReason.Rerouted) => true,
        (Event.StepSkipped, WithdrawalReason.Skipped) => true,
        (Event.Withdrawn, WithdrawalReason.ReferralWithdrawn) => true,
        (Event.ConsentWithdrawn or Event.ConsentNarrowed, WithdrawalReason.ConsentWithdrawn) => true,
        (Event.ConsentExpired, WithdrawalReason.ConsentExpired) => true,
        (Event.ReleaseWithdrawn, WithdrawalReason.ReleaseWithdrawn) => true,
        (Event.ReleaseExpired, WithdrawalReason.ReleaseExpired) => true,
        (Event.Closed, WithdrawalReason.ReferralClosed) => true,
        _ => false,
    };

    // A deadline passes without an event; it is told where nothing else says so. What was taken back counts as not done.
    private IEnumerable<TimelineDraft> Missed()
    {
        var state = ReferralState.Fold(_history.Select(h => h.Event));
        foreach (var offer in _history.Select(h => h.Event).OfType<Event.StepOffered>())
        {
            if (state?.Offers.GetValueOrDefault(offer.Assignment) is not { } stands)
            {
                continue;
            }

            if (stands.AcknowledgeBy <= (stands.AcknowledgedAt ?? stands.AcceptedAt ?? stands.EndedAt ?? _source.Now)
                && stands.Withdrawal != WithdrawalReason.DeadlinePassed)
            {
                yield return _sentences.Missed(offer, Deadline.Acknowledge, stands.AcknowledgeBy);
            }

            if (stands.CompleteBy is { } by && by <= (stands.EndedAt ?? _source.Now))
            {
                yield return _sentences.Missed(offer, Deadline.Complete, by);
            }
        }
    }

    private enum Folding
    {
        Own,
        Along,
        IntoOffer,
        Nowhere,
    }

    private sealed record Happened(long Version, Event Event, EventContext Context);
}
