using Referrals.Engine;
using Referrals.Engine.Chains;

namespace Referrals.Api.Ui.Parts.Timeline;

/// <summary>An entry before it is put in order: the moment, its words, and what will be told along with it.</summary>
internal sealed record TimelineDraft(DateTimeOffset At, long Version, string Title)
{
    public TimelineTone Tone { get; init; } = TimelineTone.Neutral;

    public string? Step { get; init; }

    public Place? Place { get; init; }

    public string? Partner { get; init; }

    public string Who { get; init; } = "";

    public string? Note { get; init; }

    public List<string> Also { get; init; } = [];
}

/// <summary>Puts entries in order, newest first, and names the times between them in which nothing happened.</summary>
internal sealed class TimelineOrder(Words words, WorkingCalendar calendar, DateTimeOffset now)
{
    /// <summary>Working days without an event from which a gap is named.</summary>
    public const int IdleFrom = 2;

    private readonly Dates _dates = new(words);

    /// <summary>The timeline.</summary>
    /// <param name="drafts">The entries in any order.</param>
    /// <param name="runs">Whether it goes on, so that the time up to now counts too.</param>
    public IReadOnlyList<TimelineItem> Items(IEnumerable<TimelineDraft> drafts, bool runs)
    {
        var items = new List<TimelineItem>();
        var ordered = drafts.OrderByDescending(d => d.At).ThenByDescending(d => d.Version).ToList();
        var later = runs ? now : (DateTimeOffset?)null;
        foreach (var draft in ordered)
        {
            if (later is { } until && Idle(draft.At, until) is >= IdleFrom and var days)
            {
                items.Add(new TimelineItem.Gap(items.Count == 0 ? words.Count("Timeline.IdleNow", days) : words.Count("Timeline.Idle", days)));
            }

            items.Add(new TimelineItem.Entry(
                draft.At, draft.Title, draft.Step, draft.Place, draft.Partner, _dates.Moment(draft.At, now), draft.Who, draft.Note, draft.Also, draft.Tone));
            later = draft.At;
        }

        return items;
    }

    // Whole working days between the two days, neither of them counted.
    private int Idle(DateTimeOffset before, DateTimeOffset after)
    {
        var days = 0;
        var last = WorkingCalendar.LocalDay(after);
        for (var day = WorkingCalendar.LocalDay(before).AddDays(1); day < last; day = day.AddDays(1))
        {
            days += calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return days;
    }
}
