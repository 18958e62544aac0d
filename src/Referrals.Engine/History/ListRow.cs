namespace Referrals.Engine.History;

/// <summary>A row of a list that people work from: one per referral, assignment, escalation, organisation, dead letter …</summary>
/// <param name="Tenant">Whose list.</param>
/// <param name="List">Name of the list, such as <c>referrals</c>.</param>
/// <param name="Id">Identity in the list.</param>
/// <param name="Status">Status code to filter by.</param>
/// <param name="Subject">What it is about, to filter by: the chain or the service.</param>
/// <param name="Counterpart">Organisation on the other side, to filter by, or null.</param>
/// <param name="DueAt">The next date by which somebody must act, or null.</param>
/// <param name="SortAt">Time that orders the list, newest first.</param>
/// <param name="Data">What the list shows, as a JSON object.</param>
/// <param name="Series">
/// What the row is counted in, such as a year; null: it has no number. The series with which it was first written stays.
/// </param>
/// <param name="Number">
/// The row's number in its series, from 1 without gaps, given by the log when the row is first written with a series and never changed
/// after (new rows of one append: by <paramref name="SortAt"/>, then id). Ignored when the row is written. The number of a removed
/// row is not given again.
/// </param>
/// <param name="Reference">
/// Text that the list is searched by from its start, sealed with the key of the stream that has the row's id. Null in a row that is written: what
/// it has stays.
/// </param>
/// <param name="Assignee">Sign-in name of the person who looks after it; null or empty: nobody.</param>
public sealed record ListRow(
    string Tenant,
    string List,
    Guid Id,
    string Status,
    string Subject,
    string? Counterpart,
    DateTimeOffset? DueAt,
    DateTimeOffset SortAt,
    string Data,
    string? Series = null,
    int? Number = null,
    string? Reference = null,
    string? Assignee = null)
{
    /// <summary>Series and number together; null when the row is not numbered.</summary>
    public CaseNumber? CaseNumber => Series is not null && Number is { } number ? new CaseNumber(Series, number) : null;
}

/// <summary>A question to a list: filters (null or empty means any), order, and a page by key.</summary>
public sealed record ListQuery(string Tenant, string List)
{
    /// <summary>Only these status codes.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Only this subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Only this counterpart.</summary>
    public string? Counterpart { get; init; }

    /// <summary>Only the row with exactly this number.</summary>
    public CaseNumber? Number { get; init; }

    /// <summary>Only rows whose reference starts with this, in capitals or not; empty: any.</summary>
    public string? ReferenceStartsWith { get; init; }

    /// <summary>Only what this person looks after.</summary>
    public string? Assignee { get; init; }

    /// <summary>Only what nobody looks after.</summary>
    public bool Unassigned { get; init; }

    /// <summary>Only rows due at this time or later; those that are never due are not among them.</summary>
    public DateTimeOffset? DueFrom { get; init; }

    /// <summary>Only rows due before this time.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>By due date, earliest first, rows without one last; else by <see cref="ListRow.SortAt"/>, newest first.</summary>
    public bool ByDue { get; init; }

    /// <summary>The last row of the page before, or null for the first page.</summary>
    public ListKey? After { get; init; }

    /// <summary>
    /// The first row of the page after: asks for the rows right before it, which come in the list's order too. Not together with
    /// <see cref="After"/>.
    /// </summary>
    public ListKey? Before { get; init; }

    /// <summary>At most this many rows (1 to 500).</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A row's place in the order of a list: the time it is ordered by (null: no due date) and its id.</summary>
public readonly record struct ListKey(DateTimeOffset? At, Guid Id)
{
    /// <summary>The place of a row in that order.</summary>
    public static ListKey Of(ListRow row, bool byDue) => new(byDue ? row.DueAt : row.SortAt, row.Id);
}
