using Referrals.Engine.History;

namespace Referrals.Api.Ui.Pages.Casework;

/// <summary>A filter that somebody gave a name.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Its name.</param>
/// <param name="Query">The query of the list's address, such as <c>?status=offen</c>.</param>
public sealed record SavedView(Guid Id, string Name, string Query);

/// <summary>The saved filters of each person, by list.</summary>
public sealed class SavedViews(TenantDatabase database, TimeProvider time)
{
    /// <summary>So many a person keeps for one list.</summary>
    public const int Most = 20;

    /// <summary>The longest name.</summary>
    public const int MaxName = 40;

    /// <summary>A person's views of a list, by name.</summary>
    public Task<IReadOnlyList<SavedView>> ListAsync(Actor actor, string list, CancellationToken ct) => database.RunAsync(
        Of(actor), "select id, name, query from @schema.saved_views where tenant_id = $1 and login = $2 and list = $3 order by name",
        r => new SavedView(r.GetGuid(0), r.GetString(1), r.GetString(2)), ct, actor.Tenant, actor.User, list);

    /// <summary>Keeps a view; one of the same name is replaced. False when there are too many already.</summary>
    public async Task<bool> SaveAsync(Actor actor, string list, string name, string query, CancellationToken ct) => (await database.RunAsync(
        Of(actor),
        """
        insert into @schema.saved_views (tenant_id, login, id, list, name, query, created_at)
        select $1, $2, gen_random_uuid(), $3, $4, $5, $6
        where (select count(*) from @schema.saved_views where tenant_id = $1 and login = $2 and list = $3 and name <> $4) < $7
        on conflict (tenant_id, login, list, name) do update set query = excluded.query
        returning 1
        """,
        _ => true, ct, actor.Tenant, actor.User, list, name, query, time.GetUtcNow(), (long)Most)).Count > 0;

    /// <summary>Removes a view, if it is there.</summary>
    public async Task<bool> RemoveAsync(Actor actor, Guid id, CancellationToken ct) => (await database.RunAsync(
        Of(actor), "delete from @schema.saved_views where tenant_id = $1 and login = $2 and id = $3 returning 1",
        _ => true, ct, actor.Tenant, actor.User, id)).Count > 0;

    private static Acting Of(Actor actor) => Acting.SigningIn(actor.User).And(actor.Organisation);
}
