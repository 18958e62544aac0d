using System.Diagnostics;
using Referrals.Engine.Assignments;
using Referrals.Engine.Chains;
using Referrals.Engine.History;
using Event = Referrals.Engine.Assignments.AssignmentEvent;

namespace Referrals.Api.Ui.Parts.Timeline;

/// <summary>
/// Makes the timeline of an assignment for the partner's people, from the partner's own history alone: nothing of the sender's referral
/// is in it. Pure.
/// </summary>
public sealed class AssignmentTimelineBuilder
{
    private readonly AssignmentTimelineSource _source;
    private readonly Words _words;
    private readonly Dates _dates;
    private readonly List<Event> _events;

    private AssignmentTimelineBuilder(AssignmentTimelineSource source)
    {
        (_source, _words, _dates) = (source, source.Words, new Dates(source.Words));
        _events = [.. source.History.Select(h => (Event)h.Data)];
    }

    /// <summary>The timeline, newest first.</summary>
    public static IReadOnlyList<TimelineItem> Build(AssignmentTimelineSource source) => new AssignmentTimelineBuilder(source).Items();

    private IReadOnlyList<TimelineItem> Items()
    {
        var told = _source.History.Where(h => !IsPartOfMore((Event)h.Data)).Select(Tell);
        var runs = AssignmentState.Fold(_events)?.IsOpen ?? false;
        return new TimelineOrder(_words, _source.Chain.Calendar(), _source.Now).Items([.. told, .. Missed()], runs);
    }

    // Accepting or declining at once acknowledges too: one click, one entry.
    private bool IsPartOfMore(Event happened) =>
        happened is Event.Acknowledged && _events.Exists(e => e is Event.Accepted or Event.Declined && e.At == happened.At);

    private TimelineDraft Tell(RecordedEvent recorded)
    {
        var happened = (Event)recorded.Data;
        var sender = _source.Organisation(happened.Sender);
        var who = _source.User(recorded.Context.User) ?? _words["Timeline.Automatic"];
        var (title, tone, note) = Sentence(happened, sender);
        return new TimelineDraft(happened.At, recorded.Version, title)
        {
            Tone = tone,
            Note = note,
            Who = happened is Event.Received or Event.AnswerReceived or Event.Reminded or Event.WithdrawnBySender or Event.HandoverReceived or Event.HandoverRevokedBySender or Event.CardReceived or Event.CardWithdrawnBySender ? sender : who,
            Also = happened is Event.Accepted { CompleteBy: { } by } ? [_words["Timeline.CompleteBy", _dates.Day(Dates.LastDay(by))]] : [],
        };
    }

    private (string Title, TimelineTone Tone, string? Note) Sentence(Event happened, string sender) => happened switch
    {
        Event.Received e => (_words["Timeline.Mine.Received", StepTitle(e), sender], TimelineTone.Action, e.Note?.Text),
        Event.Acknowledged => (_words["Timeline.Mine.Acknowledged"], TimelineTone.Neutral, null),
        Event.Accepted => (_words["Timeline.Mine.Accepted"], TimelineTone.Neutral, null),
        Event.AcknowledgementUndone => (_words["Timeline.Mine.AcknowledgementUndone"], TimelineTone.Neutral, null),
        Event.AcceptanceUndone => (_words["Timeline.Mine.AcceptanceUndone"], TimelineTone.Neutral, null),
        Event.Assigned e => (e.To is { } to ? _words["Timeline.Mine.Assigned", _source.User(to) ?? to] : _words["Timeline.Mine.Released"], TimelineTone.Neutral, null),
        Event.Declined e => (_words["Timeline.Mine.Declined", _words.Find($"Timeline.Decline.{e.Reason}") ?? e.Reason], TimelineTone.Neutral, e.Note?.Text),
        Event.Asked e => (_words["Timeline.Mine.Asked", sender], TimelineTone.Neutral, e.Text.Text),
        Event.AnswerReceived e => (_words["Timeline.Mine.Answered", sender], TimelineTone.Action, e.Text.Text),
        Event.Started => (_words["Timeline.Mine.Begun"], TimelineTone.Neutral, null),
        Event.FirstContactMade => (_words["Timeline.Mine.FirstContact"], TimelineTone.Neutral, null),
        Event.Paused => (_words["Timeline.Mine.Paused"], TimelineTone.Neutral, null),
        Event.Resumed => (_words["Timeline.Mine.Resumed"], TimelineTone.Neutral, null),
        Event.Completed e => (_words["Timeline.Mine.Completed", Words.Of(_source.Chain.TitleOf(e.Outcome))], TimelineTone.Done, null),
        Event.Reminded e => (_words.Find($"Timeline.Mine.Reminded.{e.Reminder}") ?? _words["Timeline.Mine.Reminded.by-caseworker"], TimelineTone.Action, null),
        Event.WithdrawnBySender e => (
            _words["Timeline.Mine.Withdrawn", sender, _words.Find($"Timeline.Withdrawal.{e.Reason}") ?? e.Reason], TimelineTone.Late, null),
        Event.HandoverReceived e => (_words["Timeline.Mine.HandoverReceived", sender, _dates.Day(Dates.LastDay(e.Until))], TimelineTone.Neutral, null),
        Event.HandoverRevokedBySender => (_words["Timeline.Mine.HandoverRevoked", sender], TimelineTone.Neutral, null),
        Event.HandoverTried => (_words["Timeline.Mine.HandoverTried"], TimelineTone.Neutral, null),
        Event.HandoverBlocked => (_words["Timeline.Mine.HandoverBlocked"], TimelineTone.Late, null),
        Event.HandoverRedeemed => (_words["Timeline.Mine.HandoverRedeemed"], TimelineTone.Done, null),
        Event.CardReceived e => (_words["Timeline.Mine.CardReceived", sender, _dates.Day(Dates.LastDay(e.Until))], TimelineTone.Action, null),
        Event.CardWithdrawnBySender => (_words["Timeline.Mine.CardWithdrawn", sender], TimelineTone.Neutral, null),
        Event.CardFetched => (_words["Timeline.Mine.CardFetched"], TimelineTone.Neutral, null),
        Event.CardOpened => (_words["Timeline.Mine.CardOpened"], TimelineTone.Done, null),
        Event.CardReturned => (_words["Timeline.Mine.CardReturned"], TimelineTone.Late, null),
        Event.Erased => (_words["Timeline.Mine.Erased", sender], TimelineTone.Neutral, null),
        _ => throw new UnreachableException(),
    };

    private string StepTitle(Event.Received e) => _source.Chain.FindStep(e.Step) is { } step ? _words.StepTitle(step) : e.Step.Value;

    // A deadline passes without an event; it is told where nothing was done in time. What was taken back counts as not done.
    private IEnumerable<TimelineDraft> Missed()
    {
        if (AssignmentState.Fold(_events) is not { } state)
        {
            yield break;
        }

        var ended = _events.Find(e => e is Event.Completed or Event.Declined or Event.WithdrawnBySender)?.At;
        if (state.Offer.AcknowledgeBy <= (state.AcknowledgedAt ?? state.AcceptedAt ?? ended ?? _source.Now))
        {
            yield return Missed("Timeline.Missed.Acknowledge", state.Offer.AcknowledgeBy);
        }

        if (state.CompleteBy is { } by && by <= (ended ?? _source.Now))
        {
            yield return Missed("Timeline.Missed.Complete", by);
        }
    }

    private TimelineDraft Missed(string key, DateTimeOffset at) =>
        new(at, 0, _words[key]) { Tone = TimelineTone.Late, Who = _words["Timeline.Automatic"] };
}
