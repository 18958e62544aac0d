using System.Globalization;
using Referrals.Engine.History;
using Referrals.Engine.Referrals;

namespace Referrals.Api.Ui.Pages.Overview;

/// <summary>Referrals that ended lately, which the list has no order for.</summary>
public sealed class RecentlyEnded(TenantDatabase database, TimeProvider time)
{
    /// <summary>What counts as lately.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    /// <summary>The last that ended, at most so many.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="mine">Only what this person looks after.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="ct">Cancels the wait.</param>
    public Task<IReadOnlyList<ListRow>> ListAsync(Actor actor, bool mine, int limit, CancellationToken ct) => database.RunAsync(
        actor.Organisation,
        $"""
        select id, status, subject, counterpart, sort_at, data::text, series, number, nullif(assignee, '') from @schema.list_rows
        where tenant_id = $1 and list = 'referrals' and status in ('completed', 'closed-early', 'withdrawn', 'consent-withdrawn') and changed_at >= $2
          {(mine ? "and assignee = $4" : "")}
        order by changed_at desc, id limit $3
        """,
        r => new ListRow(
            actor.Tenant, ReferralBoard.List, r.GetGuid(0), r.GetString(1), r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3), null,
            r.GetFieldValue<DateTimeOffset>(4), r.GetString(5), r.IsDBNull(6) ? null : r.GetString(6), r.IsDBNull(7) ? null : r.GetInt32(7), null,
            r.IsDBNull(8) ? null : r.GetString(8)),
        ct, mine ? [actor.Tenant, Since(), (long)limit, actor.User] : [actor.Tenant, Since(), (long)limit]);

    private string Since() => (time.GetUtcNow() - Lately).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
