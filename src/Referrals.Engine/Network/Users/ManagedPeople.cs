using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;

namespace Referrals.Engine.Network.Users;

/// <summary>
/// What the administrators of an organisation do with its people, each time on what they saw: who comes second is told. Every change is
/// written down. Accounts are changed for their home organisation only.
/// </summary>
public sealed class ManagedPeople(TenantDatabase database, TimeProvider time)
{
    private const string Select =
        $$"""
        select {{PersonRow.Columns}}, m.roles, p.signs_in_elsewhere, p.must_change, p.second_factor, p.locked_until, p.stamp,
          (select a.at from @schema.audit_entries a where a.tenant_id = $1 and a.subject = p.login and a.what = '{{AuditCodes.SignedIn}}' order by a.id desc limit 1)
        from @schema.memberships m join @schema.people p on p.id = m.person_id where m.tenant_id = $1
        """;

    /// <summary>Everybody who works, or worked, for an organisation, by name.</summary>
    public Task<IReadOnlyList<ManagedPerson>> ListAsync(OrganisationId organisation, CancellationToken ct) => database.RunAsync(
        organisation, $"{Select} order by lower(p.name), p.login", Read, ct, organisation.Value);

    /// <summary>Somebody who works, or worked, for an organisation, or null.</summary>
    public async Task<ManagedPerson?> FindAsync(OrganisationId organisation, Guid person, CancellationToken ct) => (await database.RunAsync(
        organisation, $"{Select} and p.id = $2", Read, ct, organisation.Value, person)).SingleOrDefault();

    /// <summary>
    /// Lets somebody of another organisation work here too. Null when there is nobody of this login and address who is let in, without saying which of
    /// it is so, and when the person works here already.
    /// </summary>
    /// <param name="organisation">The organisation.</param>
    /// <param name="login">The exact login.</param>
    /// <param name="email">The person's address, as proof that the administrator knows it; null: none is asked for.</param>
    /// <param name="roles">Its roles here; at least one.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<Guid?> JoinAsync(OrganisationId organisation, string login, string? email, IReadOnlyList<string> roles, string by, CancellationToken ct)
    {
        Require(roles);
        if (!Logins.IsLogin(login))
        {
            return null;
        }

        var joined = await database.RunAsync(
            Acting.SigningIn(login).And(organisation),
            Noted.Statement(
                """
                done as (
                  insert into @schema.memberships (tenant_id, person_id, roles, created_at, created_by)
                  select $1, p.id, $7, $2, $3 from @schema.people p
                  where p.login = $5 and p.disabled_at is null and ($8::text is null or lower(p.email) = lower($8))
                  on conflict (tenant_id, person_id) do update set roles = excluded.roles where memberships.roles = '{}' returning person_id)
                """),
            r => r.GetGuid(0), ct, Noted.Values(new AuditEntry(organisation, by, AuditCodes.UserJoined, login, RolesIn(roles)), time.GetUtcNow(), roles.ToArray(), email));
        return joined.Count == 0 ? null : joined[0];
    }

    /// <summary>Sets what somebody may do for an organisation; without a role it works there no more. False when its roles are others than seen.</summary>
    public async Task<bool> SetRolesAsync(OrganisationId organisation, ManagedPerson seen, IReadOnlyList<string> roles, string by, CancellationToken ct)
    {
        Require(roles);
        var done = await database.RunAsync(
            organisation,
            Noted.Statement("done as (update @schema.memberships set roles = $7 where tenant_id = $1 and person_id = $8 and roles = $9 returning 1)"),
            r => r.GetInt32(0), ct,
            Noted.Values(
                new AuditEntry(organisation, by, AuditCodes.RolesChanged, seen.Person.Login, RolesIn(roles)), time.GetUtcNow(),
                roles.ToArray(), seen.Person.Id, seen.Roles.ToArray()));
        return done.Count > 0;
    }

    /// <summary>Changes name and address. False when they are others than seen, or this is not the person's home.</summary>
    /// <exception cref="ArgumentException">Name or address is not as the rules say.</exception>
    public Task<bool> ChangeAsync(OrganisationId home, ManagedPerson seen, string name, string? email, string by, CancellationToken ct) =>
        !Logins.IsName(name) || (email is not null && !Logins.IsEmail(email))
            ? throw new ArgumentException("name or address is not as the rules say", nameof(name))
            : DoAsync(
                home, seen, AuditCodes.UserChanged, by,
                "update @schema.people set name = $8, email = $9 where id = $7 and tenant_id = $1 and name = $10 and email is not distinct from $11::text returning 1", ct,
                name, email, seen.Person.Name, seen.Person.Email);

    /// <summary>Lets somebody in no more, in no organisation; open sessions end within half a minute. False when that is so already, or as above.</summary>
    public Task<bool> DisableAsync(OrganisationId home, ManagedPerson seen, string by, CancellationToken ct) => DoAsync(
        home, seen, AuditCodes.UserDisabled, by, "update @schema.people set disabled_at = $2 where id = $7 and tenant_id = $1 and disabled_at is null returning 1", ct);

    /// <summary>Lets somebody in again. False as above.</summary>
    public Task<bool> EnableAsync(OrganisationId home, ManagedPerson seen, string by, CancellationToken ct) => DoAsync(
        home, seen, AuditCodes.UserEnabled, by, "update @schema.people set disabled_at = null where id = $7 and tenant_id = $1 and disabled_at is not null returning 1", ct);

    /// <summary>Takes a lock after wrong tries away. False when there is none, or as above.</summary>
    public Task<bool> UnlockAsync(OrganisationId home, ManagedPerson seen, string by, CancellationToken ct) => DoAsync(
        home, seen, AuditCodes.UserUnlocked, by, Credentials("locked_until = null, failed_tries = 0", "c.locked_until > $2"), ct);

    /// <summary>
    /// Gives somebody a new first password, to be changed at the next sign-in; takes a lock away and ends open sessions. A second factor stays. False
    /// when somebody else did so meanwhile, or as above.
    /// </summary>
    public Task<bool> ResetAsync(OrganisationId home, ManagedPerson seen, string passwordHash, string by, CancellationToken ct) => DoAsync(
        home, seen, AuditCodes.UserReset, by,
        Credentials(
            "password_hash = $9, must_change = true, failed_tries = 0, locked_until = null, stamp = gen_random_uuid()",
            "c.stamp = $8"),
        ct, seen.Account.Stamp, passwordHash);

    /// <summary>Lets somebody in without the second factor, and ends open sessions. False when there is none, or as above.</summary>
    public Task<bool> RemoveFactorAsync(OrganisationId home, ManagedPerson seen, string by, CancellationToken ct) => DoAsync(
        home, seen, AuditCodes.SecondFactorOff, by,
        Credentials("totp_secret = null, recovery_hashes = '{}', stamp = gen_random_uuid()", "c.totp_secret is not null"), ct);

    private static string Credentials(string set, string where) =>
        $"""
        update @schema.credentials c set {set}
        from @schema.people p where p.id = c.person_id and p.id = $7 and p.tenant_id = $1 and {where} returning 1
        """;

    private async Task<bool> DoAsync(
        OrganisationId home, ManagedPerson seen, string what, string by, string update, CancellationToken ct, params object?[] values) =>
        seen.Person.Home == home && (await database.RunAsync(
            Acting.For(home).And(seen.Person.Id), Noted.Statement($"done as ({update})"), r => r.GetInt32(0), ct,
            Noted.Values(new AuditEntry(home, by, what, seen.Person.Login), time.GetUtcNow(), [seen.Person.Id, .. values]))).Count > 0;

    private static Dictionary<string, string> RolesIn(IReadOnlyList<string> roles) => new() { ["roles"] = roles.Count == 0 ? "-" : string.Join(',', roles) };

    private static void Require(IReadOnlyList<string> roles)
    {
        if (roles.Except(NetworkRoles.All).Any() || roles.Distinct().Count() != roles.Count)
        {
            throw new ArgumentException("these are not roles, each once", nameof(roles));
        }
    }

    private static ManagedPerson Read(NpgsqlDataReader row)
    {
        const int at = PersonRow.Count + 1;
        return new ManagedPerson(
            PersonRow.Person(row), row.GetFieldValue<string[]>(PersonRow.Count),
            new AccountState(
                row.GetBoolean(at), row.GetBoolean(at + 1), row.GetBoolean(at + 2), Time(row, at + 3), row.IsDBNull(at + 4) ? Guid.Empty : row.GetGuid(at + 4), Time(row, at + 5)));
    }

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
