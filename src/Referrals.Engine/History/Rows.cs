namespace Referrals.Engine.History;

/// <summary>A change to a row that is written in the same transaction as the events.</summary>
public abstract record RowChange
{
    private RowChange() { }

    /// <summary>Writes a row of a list, or replaces it.</summary>
    public sealed record PutListRow(ListRow Row) : RowChange;

    /// <summary>Removes a row of a list, if it is there.</summary>
    public sealed record DropListRow(string Tenant, string List, Guid Id) : RowChange;

    /// <summary>Sets when a stream next needs a decision because time has passed; null: never.</summary>
    public sealed record SetDue(StreamName Stream, DateTimeOffset? At) : RowChange;

    /// <summary>Remembers that a message was handled; if it already was, the whole append changes nothing.</summary>
    public sealed record PutInbox(string Tenant, Guid MessageId) : RowChange;

    /// <summary>Remembers that a message was sent and needs a receipt. Putting it again changes nothing.</summary>
    public sealed record PutDelivery(string Tenant, Guid MessageId, long Sequence, DateTimeOffset NextTryAt) : RowChange;

    /// <summary>The receipt of a message came, or it was given up: it is not sent again.</summary>
    public sealed record DropDelivery(string Tenant, Guid MessageId) : RowChange;
}

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
public sealed record ListRow(
    string Tenant,
    string List,
    Guid Id,
    string Status,
    string Subject,
    string? Counterpart,
    DateTimeOffset? DueAt,
    DateTimeOffset SortAt,
    string Data);

/// <summary>A question to a list: filters (null or empty means any), order, and a page by key.</summary>
public sealed record ListQuery(string Tenant, string List)
{
    /// <summary>Only these status codes.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>Only this subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Only this counterpart.</summary>
    public string? Counterpart { get; init; }

    /// <summary>Only rows due before this time.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>By due date, earliest first, rows without one last; else by <see cref="ListRow.SortAt"/>, newest first.</summary>
    public bool ByDue { get; init; }

    /// <summary>The last row of the page before, or null for the first page.</summary>
    public ListKey? After { get; init; }

    /// <summary>At most this many rows (1 to 500).</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>A row's place in the order of a list: the time it is ordered by (null: no due date) and its id.</summary>
public readonly record struct ListKey(DateTimeOffset? At, Guid Id);

/// <summary>A stream whose due date has come.</summary>
public sealed record DueStream(StreamName Stream, DateTimeOffset DueAt);

/// <summary>A sent message without a receipt.</summary>
/// <param name="Tenant">The sender.</param>
/// <param name="MessageId">The event's id.</param>
/// <param name="Sequence">The event's position in the log.</param>
/// <param name="Tries">How often it was sent so far, this time not counted.</param>
public sealed record Delivery(string Tenant, Guid MessageId, long Sequence, int Tries);
