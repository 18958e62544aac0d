using System.Runtime.CompilerServices;
using Referrals.Api.Requests;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A page of the list of referrals.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Total">How many there are in all, counted up to a thousand and one more.</param>
/// <param name="Back">Address of the page before, or null.</param>
/// <param name="On">Address of the next page, or null.</param>
public sealed record ReferralListPage(IReadOnlyList<ReferralLine> Lines, int Total, string? Back, string? On);

/// <summary>Reads the list of referrals page by page.</summary>
public sealed class ReferralList(IEventLog log, ReferralLines lines, TimeProvider time)
{
    /// <summary>Beyond this number nobody counts.</summary>
    public const int MaxCounted = 1000;

    private const int PageSize = 25;
    private const int ExportSize = 500;

    /// <summary>A page of the list of an organisation.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">What for.</param>
    /// <param name="after">Mark of the page before, or null.</param>
    /// <param name="before">Mark of the page after, or null.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task<ReferralListPage> PageAsync(Actor actor, ReferralFilter filter, string? after, string? before, CancellationToken ct)
    {
        var (query, marked) = Ask(actor, filter);
        query = Paged(query, marked, after, before);
        var first = query is { After: null, Before: null };
        var exact = first ? ExactAsync(query, filter.Search, ct) : Task.FromResult<ListRow?>(null);
        var counted = log.CountRowsAsync(query, MaxCounted + 1, ct);
        var rows = await log.QueryRowsAsync(query with { Limit = PageSize + 1 }, ct);
        var more = rows.Count > PageSize;
        var shown = (query.Before is null ? rows.Take(PageSize) : rows.TakeLast(PageSize)).ToList();
        var total = await counted;
        if (await exact is { } found && shown.All(r => r.Id != found.Id))
        {
            shown.Insert(0, found);
            total++;
        }

        var (back, on) = query.Before is null ? (!first, more) : (more, true);
        return new ReferralListPage(
            await lines.OfAsync(actor.Organisation, shown, ct), total,
            back && shown.Count > 0 ? Url(filter, "vor", shown[0], marked) : null, on && shown.Count > 0 ? Url(filter, "nach", shown[^1], marked) : null);
    }

    /// <summary>Everything that the filter lets through, read while it is asked for.</summary>
    public async IAsyncEnumerable<ReferralLine> AllAsync(Actor actor, ReferralFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        var (query, _) = Ask(actor, filter);
        var exact = await ExactAsync(query, filter.Search, ct);
        foreach (var line in await lines.OfAsync(actor.Organisation, exact is null ? [] : [exact], ct))
        {
            yield return line;
        }

        for (var more = true; more;)
        {
            var rows = await log.QueryRowsAsync(query with { Limit = ExportSize }, ct);
            foreach (var line in await lines.OfAsync(actor.Organisation, [.. rows.Where(r => r.Id != exact?.Id)], ct))
            {
                yield return line;
            }

            more = rows.Count == ExportSize;
            query = more ? query with { After = ListKey.Of(rows[^1], query.ByDue) } : query;
        }
    }

    // The mark of a page is bound to the filters as they stand in the address; what is due "today" moves on with the clock.
    private (ListQuery Query, ListQuery Marked) Ask(Actor actor, ReferralFilter filter)
    {
        var query = filter.ToQuery(actor.Organisation, actor.User, time.GetUtcNow());
        query = filter.Search.Length > 0 ? query with { ReferenceStartsWith = filter.Search } : query;
        return (query, query with { DueFrom = null, DueBefore = null });
    }

    private static ListQuery Paged(ListQuery query, ListQuery marked, string? after, string? before) =>
        after is not null && Cursor.Read(after, marked) is { } last ? query with { After = last }
        : before is not null && Cursor.Read(before, marked) is { } next ? query with { Before = next }
        : query;

    private async Task<ListRow?> ExactAsync(ListQuery query, string search, CancellationToken ct)
    {
        var year = WorkingCalendar.LocalDay(time.GetUtcNow()).Year;
        foreach (var number in ReferralNumber.Meant(search, year))
        {
            if (await log.QueryRowsAsync(query with { ReferenceStartsWith = null, Number = number, Limit = 1 }, ct) is [var found])
            {
                return found;
            }
        }

        return null;
    }

    private static string Url(ReferralFilter filter, string name, ListRow row, ListQuery marked) =>
        Links.With(Links.Referrals, [.. filter.Query, (name, Cursor.Of(ListKey.Of(row, marked.ByDue), marked))]);
}
