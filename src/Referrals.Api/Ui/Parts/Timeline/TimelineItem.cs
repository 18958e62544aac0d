using Referrals.Engine;

namespace Referrals.Api.Ui.Parts.Timeline;

/// <summary>How much an entry asks of its reader. Colour never tells more than the words.</summary>
public enum TimelineTone
{
    /// <summary>To know.</summary>
    Neutral,

    /// <summary>Something came to a good end.</summary>
    Done,

    /// <summary>Somebody has to do something.</summary>
    Action,

    /// <summary>A deadline passed, or something was declined.</summary>
    Late,
}

/// <summary>One item of a timeline.</summary>
public abstract record TimelineItem
{
    private TimelineItem() { }

    /// <summary>Something that happened.</summary>
    /// <param name="At">When (UTC).</param>
    /// <param name="Title">A sentence.</param>
    /// <param name="Step">Title of the step that it concerns; null: the whole.</param>
    /// <param name="Place">Where that step runs; null: the whole, or the reader must not know.</param>
    /// <param name="Partner">Name of the partner that it concerns; null: none.</param>
    /// <param name="When">When, as people write it.</param>
    /// <param name="Who">The person or organisation that did it, or the word for what happens by itself.</param>
    /// <param name="Note">What somebody wrote; null: nothing.</param>
    /// <param name="Also">What happened with it and needs no entry of its own, a sentence each.</param>
    /// <param name="Tone">How much it asks of the reader.</param>
    public sealed record Entry(
        DateTimeOffset At,
        string Title,
        string? Step,
        Place? Place,
        string? Partner,
        string When,
        string Who,
        string? Note,
        IReadOnlyList<string> Also,
        TimelineTone Tone) : TimelineItem
    {
        /// <summary>The line below the title: what it doesn't say already of step and partner, when, and who.</summary>
        public string Meta => string.Join(" · ", new[] { Unsaid(Step), Unsaid(Partner), When, Who == Partner ? null : Unsaid(Who) }.Where(w => w is not null));

        private string? Unsaid(string? words) => words is null || Title.Contains(words, StringComparison.Ordinal) ? null : words;
    }

    /// <summary>A time in which nothing happened.</summary>
    /// <param name="Text">How long.</param>
    public sealed record Gap(string Text) : TimelineItem;
}
