using Referrals.Api.Security.Looks;
using Referrals.Api.Ui.Forms;
using Referrals.Api.Ui.Parts;
using Referrals.Engine.Assignments;

namespace Referrals.Api.Ui.Pages.Inbox;

/// <summary>The partner's work list.</summary>
public sealed record InboxModel : ILists
{
    int? ILists.Listed => Lines.Count;

    /// <summary>What is asked for.</summary>
    public required InboxFilter Filter { get; init; }

    /// <summary>The lines.</summary>
    public required IReadOnlyList<InboxLine> Lines { get; init; }

    /// <summary>The filter as a form, and what is wrong with it or with what was chosen.</summary>
    public required FormInput Form { get; init; }

    /// <summary>The code that was typed and not found; empty: none.</summary>
    public string Typed { get; init; } = "";

    /// <summary>How many there are with this filter, in words.</summary>
    public required string Count { get; init; }

    /// <summary>Choices of the status, with how many there are.</summary>
    public required IReadOnlyList<Choice> Statuses { get; init; }

    /// <summary>Choices of the service.</summary>
    public required IReadOnlyList<Choice> Services { get; init; }

    /// <summary>Choices of the sender.</summary>
    public required IReadOnlyList<Choice> Senders { get; init; }

    /// <summary>What is overdue, or null.</summary>
    public InboxOverdue? Overdue { get; init; }

    /// <summary>What was just acknowledged and can be taken back, or null.</summary>
    public InboxUndo? Undo { get; init; }

    /// <summary>Address of the page before.</summary>
    public string? Before { get; init; }

    /// <summary>Address of the page after.</summary>
    public string? After { get; init; }
}

/// <summary>One line.</summary>
/// <param name="Number">Its number, such as <c>2026-0412</c>.</param>
/// <param name="Service">The service, in words.</param>
/// <param name="Step">Title of the step where it says more than the service.</param>
/// <param name="Sender">Name of the organisation that sent it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="QuestionOpen">Whether a question waits for the sender.</param>
/// <param name="Due">When it is due, in words; null: no date.</param>
/// <param name="DueDay">The day on which it is due.</param>
/// <param name="IsLate">Whether that has passed.</param>
/// <param name="Person">Name of who looks after it; null: nobody.</param>
/// <param name="ReceivedAt">When it arrived.</param>
public sealed record InboxLine(
    string Number, string Service, string? Step, string Sender, AssignmentStatus Status, bool QuestionOpen, string? Due, DateOnly? DueDay, bool IsLate, string? Person,
    DateTimeOffset ReceivedAt)
{
    /// <summary>Whether somebody still has to do something with it.</summary>
    public bool IsOpen => Status is not (AssignmentStatus.Completed or AssignmentStatus.Declined or AssignmentStatus.Withdrawn);
}

/// <summary>What is overdue.</summary>
/// <param name="Title">That, and since when.</param>
/// <param name="Text">What was agreed, or that there are others.</param>
/// <param name="Number">The longest overdue.</param>
/// <param name="Several">Whether there is more than that one.</param>
public sealed record InboxOverdue(string Title, string Text, string Number, bool Several);

/// <summary>Acknowledgements that can be taken back.</summary>
/// <param name="Numbers">Of these.</param>
/// <param name="Until">Until then (UTC).</param>
public sealed record InboxUndo(IReadOnlyList<string> Numbers, DateTimeOffset Until);

/// <summary>What is about to be done, or was done, with several at once.</summary>
/// <param name="Act">What, as in the address: <c>bestaetigen</c> or <c>uebernehmen</c>.</param>
/// <param name="Lines">With which; those that it was done with.</param>
/// <param name="Back">The list that one came from.</param>
public sealed record BulkModel(string Act, IReadOnlyList<InboxLine> Lines, string Back) : ILists
{
    int? ILists.Listed => Lines.Count + Failed.Count;

    /// <summary>With which it was not done, and why, in words.</summary>
    public IReadOnlyList<(string Number, string Why)> Failed { get; init; } = [];
}
