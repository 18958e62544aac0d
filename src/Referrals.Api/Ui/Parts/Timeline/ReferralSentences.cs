using System.Diagnostics;
using System.Globalization;
using Referrals.Api.Ui.Parts.Picture;
using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Referrals;
using Event = Referrals.Engine.Referrals.ReferralEvent;

namespace Referrals.Api.Ui.Parts.Timeline;

/// <summary>Every event of a referral as a sentence with what belongs to it.</summary>
/// <param name="source">What the timeline is made from.</param>
internal sealed class ReferralSentences(ReferralTimelineSource source)
{
    private readonly Words _words = source.Words;
    private readonly Dates _dates = new(source.Words);
    private readonly ConditionWords _conditions = new(source.Chain);
    private readonly Dictionary<AssignmentId, Event.StepOffered> _offers =
        source.History.Select(h => h.Data).OfType<Event.StepOffered>().DistinctBy(o => o.Assignment).ToDictionary(o => o.Assignment);

    /// <summary>The offer that an event speaks of, or null when the history holds none.</summary>
    public Event.StepOffered? OfferOf(AssignmentId assignment) => _offers.GetValueOrDefault(assignment);

    /// <summary>The entry of an event.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="version">Its number in the history.</param>
    /// <param name="user">Login name of who caused it here.</param>
    public TimelineDraft Tell(Event happened, long version, string user)
    {
        var who = source.User(user) ?? _words["Timeline.Automatic"];
        return happened switch
        {
            Event.Started e => Whole(e, who, _words["Timeline.Started", Words.Of(source.Chain.Title), e.ChainVersion]) with { Note = e.Note?.Text },
            Event.MovedToVersion e => Whole(e, who, _words["Timeline.Moved", e.From, e.To]),
            Event.BranchTaken e => At(e, e.Place, who, Branch(e, ChainAt(version))),
            Event.RoundEnded e => At(e, e.Place, who, _words[e.Again ? "Timeline.RoundAgain" : "Timeline.RoundsEnded", e.Round, e.Round + 1]) with { Step = null },
            Event.PartDecided e => At(e, e.Place, who, _words[e.Included ? "Timeline.PartIncluded" : "Timeline.PartLeftOut", Title(e.Place)]),
            Event.PartnerChosen e => At(e, e.Place, who, _words["Timeline.PartnerChosen", Title(e.Place), source.Organisation(e.Partner)]),
            Event.StepRerouted e => At(e, e.Place, who, _words["Timeline.Rerouted", Title(e.Place), source.Organisation(e.To)]),
            Event.StepSkipped e => At(e, e.Place, who, _words[e.ByRule ? "Timeline.SkippedByRule" : "Timeline.Skipped", Title(e.Place)]),
            Event.ConsentRecorded e => Whole(e, who, _words["Timeline.ConsentRecorded", _words.Code("Timeline.ConsentForm", e.Consent.Form.ToString()), _dates.Day(e.Consent.Given)]),
            Event.ConsentWithdrawn e => Whole(e, who, _words["Timeline.ConsentWithdrawn"]) with { Tone = TimelineTone.Late },
            Event.ConsentEnding e => Whole(e, who, _words["Timeline.ConsentEnding", _dates.Day(e.Until)]) with { Tone = TimelineTone.Action },
            Event.ConsentExpired e => Whole(e, who, _words["Timeline.ConsentExpired", _dates.Day(e.Until)]) with { Tone = TimelineTone.Late },
            Event.ConsentNarrowed e => Whole(e, who, _words["Timeline.ConsentNarrowed", Steps(e.Steps)]) with { Tone = TimelineTone.Late },
            Event.ConsentOverridden e => Whole(e, who, _words["Timeline.ConsentOverridden", Steps(e.Steps), _words.Code("Timeline.LegalGround", e.Ground.ToString())]) with
            {
                Note = e.Reason.Text,
                Tone = TimelineTone.Action,
            },
            Event.ReleaseRecorded e => Whole(e, who, _words["Timeline.ReleaseRecorded", _words.Code("Timeline.ConsentForm", e.Release.Form.ToString()), _dates.Day(e.Release.Given), Steps(e.Release.Steps)]),
            Event.ReleaseWithdrawn e => Whole(e, who, _words["Timeline.ReleaseWithdrawn", Steps(e.Steps)]) with { Tone = TimelineTone.Late },
            Event.ReleaseExpired e => Whole(e, who, _words["Timeline.ReleaseExpired", _dates.Day(e.Until)]) with { Tone = TimelineTone.Late },
            Event.Withdrawn e => Whole(e, who, _words["Timeline.Withdrawn"]),
            Event.Closed e => Whole(e, who, _words.Code("Timeline.Closed", e.Reason.ToString())) with
            {
                Tone = e.Reason == ClosingReason.Completed ? TimelineTone.Done : TimelineTone.Neutral,
            },
            Event.CaseworkerChanged e => Whole(e, who, e.To is { } to ? _words["Timeline.CaseworkerChanged", source.User(to) ?? to] : _words["Timeline.CaseworkerGone"]),
            Event.Reopened e => Whole(e, who, _words["Timeline.Reopened"]) with { Also = [.. e.Again.Select(p => _words["Timeline.Again", Title(p)])] },
            Event.Erased e => Whole(e, who, _words.Code("Timeline.Erased", e.Reason.ToString())),
            _ => Offered(happened, who),
        } with
        { Version = version };
    }

    /// <summary>The entry for a deadline that passed, which no event tells of.</summary>
    public TimelineDraft Missed(Event.StepOffered offer, Deadline deadline, DateTimeOffset at) =>
        new TimelineDraft(at, 0, _words.Code("Timeline.Missed", deadline.ToString())) with
        {
            Step = Title(offer.Place),
            Place = offer.Place,
            Partner = source.Organisation(offer.Partner),
            Who = _words["Timeline.Automatic"],
            Tone = TimelineTone.Late,
        };

    /// <summary>The sentence that an offer has arrived at the partner.</summary>
    public string Delivered(DateTimeOffset at) => _words["Timeline.Delivered", _dates.Moment(at, source.Now)];

    private TimelineDraft Offered(Event happened, string who) => happened switch
    {
        Event.StepOffered e => Of(e, e.Assignment, who, "Timeline.Offered") with { Note = e.Note?.Text },
        Event.StepReceived e => ByPartner(e, e.Assignment, "Timeline.Received"),
        Event.StepAcknowledged e => ByPartner(e, e.Assignment, "Timeline.Acknowledged"),
        Event.StepAcknowledgementUndone e => ByPartner(e, e.Assignment, "Timeline.AcknowledgementUndone"),
        Event.StepAcceptanceUndone e => ByPartner(e, e.Assignment, "Timeline.AcceptanceUndone"),
        Event.StepAccepted e => ByPartner(e, e.Assignment, "Timeline.Accepted") with { Also = By(e.CompleteBy) },
        Event.StepDeclined e => Declined(e),
        Event.StepAsked e => ByPartner(e, e.Assignment, "Timeline.Asked") with { Note = e.Text.Text, Tone = TimelineTone.Action },
        Event.StepAnswered e => Of(e, e.Assignment, who, "Timeline.Answered") with { Note = e.Text.Text },
        Event.StepStarted e => ByPartner(e, e.Assignment, "Timeline.Begun"),
        Event.FirstContactMade e => ByPartner(e, e.Assignment, "Timeline.FirstContact"),
        Event.StepPaused e => ByPartner(e, e.Assignment, "Timeline.Paused"),
        Event.StepResumed e => ByPartner(e, e.Assignment, "Timeline.Resumed"),
        Event.StepCompleted e => Completed(e),
        Event.StepReminded e => Of(e, e.Assignment, who, $"Timeline.Reminded.{e.Reminder}"),
        Event.StepEscalated e => Of(e, e.Assignment, who, "Timeline.Escalated", source.Organisation(e.Coordinator)) with { Tone = TimelineTone.Late },
        Event.HandoverIssued e => Of(e, e.Assignment, who, e.Issue == 1 ? "Timeline.HandoverIssued" : "Timeline.HandoverIssuedAgain", _dates.Day(Dates.LastDay(e.Until))),
        Event.HandoverRevoked e => Of(e, e.Assignment, who, "Timeline.HandoverRevoked"),
        Event.HandoverRedeemed e => ByPartner(e, e.Assignment, "Timeline.HandoverRedeemed") with { Tone = TimelineTone.Done },
        Event.HandoverBlocked e => ByPartner(e, e.Assignment, "Timeline.HandoverBlocked") with { Tone = TimelineTone.Late },
        Event.CardSealed e => Of(e, e.Assignment, who, e.Issue == 1 ? "Timeline.CardSealed" : "Timeline.CardSealedAgain", _dates.Day(Dates.LastDay(e.Until))),
        Event.CardWithdrawn e => Of(e, e.Assignment, who, "Timeline.CardWithdrawn"),
        Event.CardExpired e => Of(e, e.Assignment, who, "Timeline.CardExpired") with { Tone = TimelineTone.Late },
        Event.CardOpened e => ByPartner(e, e.Assignment, "Timeline.CardOpened") with { Tone = TimelineTone.Done },
        Event.CardReturned e => ByPartner(e, e.Assignment, "Timeline.CardReturned") with { Tone = TimelineTone.Late },
        Event.StepErased e => Of(e, e.Assignment, who, "Timeline.StepErased"),
        Event.OfferWithdrawn e => Of(e, e.Assignment, who, $"Timeline.OfferWithdrawn.{e.Reason}") with
        {
            Tone = e.Reason == WithdrawalReason.DeadlinePassed ? TimelineTone.Late : TimelineTone.Neutral,
        },
        _ => throw new UnreachableException(),
    };

    private TimelineDraft Completed(Event.StepCompleted e)
    {
        var facts = e.Facts.OrderBy(f => f.Key, StringComparer.Ordinal)
            .Select(f => (Declared: source.Chains.Select(c => c.FindFact(f.Key)).FirstOrDefault(d => d is not null), f.Value))
            .Select(f => _words["Timeline.Fact", f.Declared is { } known ? Words.Of(known.Title) : "", ConditionWords.Value(f.Declared, f.Value)]);
        return ByPartner(e, e.Assignment, "Timeline.Completed", Words.Of((source.Chains.FirstOrDefault(c => c.Outcomes.Any(o => o.Code == e.Outcome)) ?? source.Chain).TitleOf(e.Outcome))) with { Tone = TimelineTone.Done, Also = [.. facts] };
    }

    private TimelineDraft Declined(Event.StepDeclined e) =>
        ByPartner(e, e.Assignment, "Timeline.Declined", _words.Find($"Timeline.Decline.{e.Reason}") ?? e.Reason) with
        {
            Note = e.Note?.Text,
            Tone = TimelineTone.Late,
        };

    private List<string> By(DateTimeOffset? completeBy) => completeBy is { } by ? [_words["Timeline.CompleteBy", _dates.Day(Dates.LastDay(by))]] : [];

    private string Branch(Event.BranchTaken e, ChainVersion chain)
    {
        var choice = chain.Nodes().OfType<ChainNode.Choice>().FirstOrDefault(c => c.Id == e.Place.Node);
        var condition = e.Branch is { } index && choice is not null && index < choice.Branches.Count
            ? _words["Timeline.BranchIf", _conditions.Of(choice.Branches[index].When)]
            : _words[e.Branch is null ? "Timeline.BranchNone" : "Timeline.BranchElse"];
        return choice?.Title is { } title ? _words["Timeline.BranchTitled", Words.Of(title), condition] : condition;
    }

    // The version that it ran on at that time: a branch's number counts in it alone.
    private ChainVersion ChainAt(long version)
    {
        var number = source.History.Where(h => h.Version > version).Select(h => h.Data).OfType<Event.MovedToVersion>().FirstOrDefault()?.From;
        return source.Chains.FirstOrDefault(c => c.Version == number) ?? source.Chain;
    }

    private static TimelineDraft Whole(Event e, string who, string title) => new(e.At, 0, title) { Who = who };

    private TimelineDraft At(Event e, Place place, string who, string title) =>
        new(e.At, 0, title) { Who = who, Place = place, Step = Title(place) };

    private TimelineDraft ByPartner(Event e, AssignmentId assignment, string key, params object[] more)
    {
        var told = Of(e, assignment, "", key, more);
        return told with { Who = told.Partner ?? _words["Timeline.Automatic"] };
    }

    // {0} is the step, {1} the partner, then what the sentence needs besides.
    private TimelineDraft Of(Event e, AssignmentId assignment, string who, string key, params object[] more)
    {
        var offer = OfferOf(assignment);
        var (step, partner) = (offer is null ? "" : Title(offer.Place), offer is null ? null : source.Organisation(offer.Partner));
        return new TimelineDraft(e.At, 0, _words[key, [step, partner ?? "", .. more]]) { Who = who, Place = offer?.Place, Step = step, Partner = partner };
    }

    private string Steps(IEnumerable<NodeId> steps) => string.Join(", ", steps.Select(s => Title(Place.Of("", s))));

    // Within a repeated part the round is named.
    private string Title(Place place)
    {
        var node = source.Chains.SelectMany(c => c.Nodes()).FirstOrDefault(n => n.Id == place.Node);
        var title = node is ChainNode.Step step ? _words.StepTitle(step) : node?.Title is { } words ? Words.Of(words) : _words["Timeline.Part"];
        var rounds = place.Value.Split('/')[..^1].Select(r => r[(r.LastIndexOf('.') + 1)..]).ToList();
        return rounds.Count == 0 ? title : _words["Timeline.InRound", title, string.Join(".", rounds.Select(r => int.Parse(r, CultureInfo.InvariantCulture)))];
    }
}
