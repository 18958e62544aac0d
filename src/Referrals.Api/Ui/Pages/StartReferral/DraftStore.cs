using System.Text.Json;
using Referrals.Engine.History;
using Referrals.Engine.Network.Retention;

namespace Referrals.Api.Ui.Pages.StartReferral;

/// <summary>A referral that somebody prepares: the fields of the pages as typed.</summary>
/// <param name="Id">Identity, which becomes the referral's.</param>
/// <param name="Fields">The values of each field.</param>
/// <param name="ChangedAt">When it was last saved.</param>
public sealed record Draft(Guid Id, IReadOnlyDictionary<string, string[]> Fields, DateTimeOffset ChangedAt)
{
    /// <summary>The value of a field, or an empty one.</summary>
    public string this[string field] => Fields.TryGetValue(field, out var values) && values.Length > 0 ? values[0] : "";
}

/// <summary>The drafts of each person. One that nobody touched for <see cref="Kept"/> is gone.</summary>
public sealed class DraftStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>How long a draft is kept after its last change.</summary>
    public static readonly TimeSpan Kept = RetentionTurn.DraftsKept;

    private const int MaxListed = 50;
    private const string Columns = "id, fields::text, changed_at";

    /// <summary>A person's drafts, the last changed first; removes those that were kept long enough.</summary>
    public Task<IReadOnlyList<Draft>> ListAsync(Actor actor, CancellationToken ct) => database.RunAsync(
        Of(actor),
        $"""
        with gone as (delete from @schema.referral_drafts where tenant_id = $1 and login = $2 and changed_at < $3)
        select {Columns} from @schema.referral_drafts where tenant_id = $1 and login = $2 and changed_at >= $3 order by changed_at desc, id limit {MaxListed}
        """,
        Read, ct, actor.Tenant, actor.User, time.GetUtcNow() - Kept);

    /// <summary>A person's draft, or null.</summary>
    public async Task<Draft?> FindAsync(Actor actor, Guid id, CancellationToken ct) => (await database.RunAsync(
        Of(actor), $"select {Columns} from @schema.referral_drafts where tenant_id = $1 and login = $2 and id = $3 and changed_at >= $4",
        Read, ct, actor.Tenant, actor.User, id, time.GetUtcNow() - Kept)).SingleOrDefault();

    /// <summary>Keeps a draft as it is now.</summary>
    public async Task<Draft> SaveAsync(Actor actor, Guid id, IReadOnlyDictionary<string, string[]> fields, CancellationToken ct) => (await database.RunAsync(
        Of(actor),
        $"""
        insert into @schema.referral_drafts (tenant_id, login, id, fields, changed_at) values ($1, $2, $3, $4::text::json, $5)
        on conflict (tenant_id, login, id) do update set fields = excluded.fields, changed_at = excluded.changed_at
        returning {Columns}
        """,
        Read, ct, actor.Tenant, actor.User, id, JsonSerializer.Serialize(fields), time.GetUtcNow())).Single();

    /// <summary>Removes a draft. False when there was none.</summary>
    public async Task<bool> RemoveAsync(Actor actor, Guid id, CancellationToken ct) => (await database.RunAsync(
        Of(actor), "delete from @schema.referral_drafts where tenant_id = $1 and login = $2 and id = $3 returning 1",
        _ => true, ct, actor.Tenant, actor.User, id)).Count > 0;

    private static Acting Of(Actor actor) => Acting.SigningIn(actor.User).And(actor.Organisation);

    private static Draft Read(Npgsql.NpgsqlDataReader row) => new(
        row.GetGuid(0), JsonSerializer.Deserialize<Dictionary<string, string[]>>(row.GetString(1)) ?? [], row.GetFieldValue<DateTimeOffset>(2));
}
