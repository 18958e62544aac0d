using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Api.Ui.Parts.Timeline;
using Referrals.Engine.Assignments;
using Referrals.Engine.History;
using Referrals.Engine.Privacy;

namespace Referrals.Api.Ui.Pages.Assignments;

/// <summary>One assignment, as the partner's people see it.</summary>
public sealed record AssignmentModel
{
    /// <summary>The assignment.</summary>
    public required AssignmentView View { get; init; }

    /// <summary>Its number, such as <c>2026-0412</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Name of the organisation that sent it.</summary>
    public required string Sender { get; init; }

    /// <summary>What happened, as recorded.</summary>
    public required IReadOnlyList<RecordedEvent> History { get; init; }

    /// <summary>What happened in words, newest first.</summary>
    public required IReadOnlyList<TimelineItem> Story { get; init; }

    /// <summary>Name of who looks after it; null: nobody.</summary>
    public string? Person { get; init; }

    /// <summary>Colleagues to whom it can be given.</summary>
    public IReadOnlyList<Choice> Colleagues { get; init; } = [];

    /// <summary>The time at which it is shown (UTC).</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Which form is open, as in the address; null: none.</summary>
    public string? Act { get; init; }

    /// <summary>What was typed, and what is wrong with it.</summary>
    public FormInput Form { get; init; } = new();

    /// <summary>What the screen found in the text that was typed.</summary>
    public IReadOnlyList<ScreenHit> Hits { get; init; } = [];

    /// <summary>Why it couldn't be done, in words, when the state had moved on; else null.</summary>
    public string? Refusal { get; init; }

    /// <summary>What happened since the person opened the page, newest first.</summary>
    public IReadOnlyList<TimelineItem> Meanwhile { get; init; } = [];

    /// <summary>Where it stands.</summary>
    public AssignmentState State => View.State;

    /// <summary>Whether its time has passed.</summary>
    public bool IsLate => State.DueAt < Now;

    /// <summary>What can be taken back now, or null.</summary>
    public Undoable? Undo => View.UndoUntil > Now ? State.Undoable : null;

    /// <summary>Whether an act is possible in this state: what isn't, isn't offered.</summary>
    public bool Offers(string act) => AssignmentActs.Offered(State).Contains(act);
}
