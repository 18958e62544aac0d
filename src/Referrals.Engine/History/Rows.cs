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

    /// <summary>
    /// Remembers that a message was sent and needs a receipt of the organisation <paramref name="To"/>; null: of whoever. Putting it again
    /// changes nothing.
    /// </summary>
    public sealed record PutDelivery(string Tenant, Guid MessageId, long Sequence, DateTimeOffset NextTryAt, string? To = null) : RowChange;

    /// <summary>
    /// Destroys the key of a stream, and with it the sealed texts of its events; texts that were written before there were keys are
    /// overwritten, answers of the API that name the stream are dropped, and so are the references of its rows. What people keep for themselves of
    /// <paramref name="Reference"/>, drafts and saved filters, goes too; null: there was none. Texts that come later are not kept.
    /// </summary>
    public sealed record DestroyKey(StreamName Stream, string? Reference = null) : RowChange;

    /// <summary>
    /// Keeps the ciphertext of a contact card beside the history, where its sender and its partner see it and nobody else; it takes the place of an earlier one of the
    /// assignment.
    /// </summary>
    public sealed record PutCard(string Tenant, Guid Assignment, string Partner, int Issue, string Key, DateTimeOffset Until, string Sealed) : RowChange;

    /// <summary>Deletes the ciphertext of an assignment's contact card up to this one, if it is there. The sender may, and the partner.</summary>
    public sealed record DropCard(string Tenant, Guid Assignment, int Issue) : RowChange;

    /// <summary>
    /// The receipt of a message came, or it was given up: it is not sent again. A receipt counts only if it is <paramref name="From"/> the
    /// organisation that the message went to; null: it was given up.
    /// </summary>
    public sealed record DropDelivery(string Tenant, Guid MessageId, string? From = null) : RowChange;
}

/// <summary>A stream whose due date has come.</summary>
public sealed record DueStream(StreamName Stream, DateTimeOffset DueAt);

/// <summary>A sent message without a receipt.</summary>
/// <param name="Tenant">The sender.</param>
/// <param name="MessageId">The event's id.</param>
/// <param name="Sequence">The event's position in the log.</param>
/// <param name="Tries">How often it was sent so far, this time not counted.</param>
public sealed record Delivery(string Tenant, Guid MessageId, long Sequence, int Tries);
