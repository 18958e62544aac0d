using Referrals.Api.Requests;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Parts;

/// <summary>A page of a list, found by the key of its neighbour so that far pages are as fast as near ones.</summary>
/// <param name="Rows">Its rows, in the list's order.</param>
/// <param name="Before">Mark of the page before; null on the first one.</param>
/// <param name="After">Mark of the page after; null on the last one.</param>
public sealed record KeyPage(IReadOnlyList<ListRow> Rows, string? Before, string? After)
{
    /// <summary>Reads the page after or before a mark; a mark that was not made for this list leads to the first page.</summary>
    /// <param name="log">Where the list is.</param>
    /// <param name="query">The list, its filters and the page's length.</param>
    /// <param name="before">Mark from <see cref="Before"/>, or empty.</param>
    /// <param name="after">Mark from <see cref="After"/>, or empty.</param>
    /// <param name="ct">Cancels the wait.</param>
    public static async Task<KeyPage> ReadAsync(IEventLog log, ListQuery query, string? before, string? after, CancellationToken ct)
    {
        // A filter by due date moves with the clock, so marks are not bound to it.
        var marked = query with { DueFrom = null, DueBefore = null };
        var next = string.IsNullOrEmpty(after) ? null : Cursor.Read(after, marked);
        var previous = next is not null || string.IsNullOrEmpty(before) ? null : Cursor.Read(before, marked);
        var rows = await log.QueryRowsAsync(query with { After = next, Before = previous, Limit = query.Limit + 1 }, ct);
        var more = rows.Count > query.Limit;
        IReadOnlyList<ListRow> shown = !more ? rows : previous is null ? [.. rows.Take(query.Limit)] : [.. rows.Skip(1)];
        string? Mark(bool there, ListRow? at) => there && at is not null ? Cursor.Of(ListKey.Of(at, query.ByDue), marked) : null;
        return new KeyPage(
            shown,
            Mark(previous is null ? next is not null : more, shown.Count > 0 ? shown[0] : null),
            Mark(previous is not null || more, shown.Count > 0 ? shown[^1] : null));
    }
}
