using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;

namespace Referrals.Engine.Network.Users;

/// <summary>
/// The people of each organisation, as its administrators look after them. An organisation sees those who work, or worked, for it; accounts
/// are changed for their home organisation only. Every change is written down in the list of what was administered.
/// </summary>
public sealed class UserStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>Makes an account that works for its home organisation. Null when the login is taken, in the whole network.</summary>
    /// <exception cref="ArgumentException">Login, name, address, a preference or a role is not as the rules say.</exception>
    public async Task<Member?> CreateAsync(OrganisationId home, NewPerson person, IReadOnlyList<string> roles, string by, CancellationToken ct)
    {
        Require(Logins.IsLogin(person.Login) && IsValid(person.Name, person.Email) && person.Preferences.IsValid && AreRoles(roles), nameof(person));
        var (id, preferences) = (Guid.NewGuid(), person.Preferences);
        var made = await database.RunAsync(
            Acting.For(home).And(id),
            Noted.Statement($$"""
            p as (
              insert into @schema.people as p (id, tenant_id, login, name, email, locale, theme, mail_mode, shortcuts, created_at, created_by)
              values ($7, $1, $5, $8, $9, $10, $11, $12, $13, $2, $3) on conflict (login) do nothing returning *),
            c as (insert into @schema.credentials (person_id, password_hash, must_change, stamp) select id, $14, $15, gen_random_uuid() from p),
            m as (insert into @schema.memberships (tenant_id, person_id, roles, created_at, created_by) select $1, id, $16, $2, $3 from p),
            done as (select {{PersonRow.Columns}}, $16::text[] from p)
            """),
            PersonRow.Member, ct,
            Noted.Values(
                new AuditEntry(home, by, AuditCodes.UserCreated, person.Login, RolesIn(roles)), time.GetUtcNow(), id, person.Name, person.Email,
                preferences.Locale, preferences.Theme, preferences.MailMode, preferences.Shortcuts, person.PasswordHash, person.MustChange, roles.ToArray()));
        return made.SingleOrDefault();
    }

    /// <summary>Everybody who works, or worked, for an organisation, by name.</summary>
    public Task<IReadOnlyList<Member>> ListAsync(OrganisationId organisation, CancellationToken ct) => database.RunAsync(
        organisation,
        $"select {PersonRow.Columns}, m.roles from @schema.memberships m join @schema.people p on p.id = m.person_id where m.tenant_id = $1 order by p.name, p.login",
        PersonRow.Member, ct, organisation.Value);

    /// <summary>Somebody who works, or worked, for an organisation; null when there is nobody of that login.</summary>
    public async Task<Member?> FindAsync(OrganisationId organisation, string login, CancellationToken ct) => (await database.RunAsync(
        organisation,
        $"select {PersonRow.Columns}, m.roles from @schema.memberships m join @schema.people p on p.id = m.person_id where m.tenant_id = $1 and p.login = $2",
        PersonRow.Member, ct, organisation.Value, login)).SingleOrDefault();

    /// <summary>
    /// Sets what somebody may do for an organisation. Somebody of another organisation joins this way, by the exact login; without a role it
    /// works there no more. Counts in open sessions within half a minute. Null when there is nobody of that login.
    /// </summary>
    /// <exception cref="ArgumentException">A role is unknown.</exception>
    public async Task<Member?> SetRolesAsync(OrganisationId organisation, string login, IReadOnlyList<string> roles, string by, CancellationToken ct)
    {
        Require(AreRoles(roles), nameof(roles));
        if (!Logins.IsLogin(login))
        {
            return null;
        }

        var done = await database.RunAsync(
            Acting.SigningIn(login).And(organisation),
            Noted.Statement(
                """
                done as (
                  insert into @schema.memberships (tenant_id, person_id, roles, created_at, created_by)
                  select $1, p.id, $7, $2, $3 from @schema.people p where p.login = $5
                  on conflict (tenant_id, person_id) do update set roles = excluded.roles returning 1)
                """),
            r => r.GetInt32(0), ct,
            Noted.Values(new AuditEntry(organisation, by, AuditCodes.RolesChanged, login, RolesIn(roles)), time.GetUtcNow(), (object)roles.ToArray()));
        return done.Count == 0 ? null : await FindAsync(organisation, login, ct);
    }

    /// <summary>Changes name and address. False when this is not the home organisation of anybody of that login.</summary>
    /// <exception cref="ArgumentException">Name or address is not as the rules say.</exception>
    public Task<bool> ChangeAsync(OrganisationId home, string login, string name, string? email, string by, CancellationToken ct)
    {
        Require(IsValid(name, email), nameof(name));
        return UpdateAsync(home, login, AuditCodes.UserChanged, by, "name = $7, email = $8", ct, name, email);
    }

    /// <summary>Lets somebody in no more, in no organisation; open sessions end within half a minute. False as above.</summary>
    public Task<bool> DisableAsync(OrganisationId home, string login, string by, CancellationToken ct) =>
        UpdateAsync(home, login, AuditCodes.UserDisabled, by, "disabled_at = coalesce(disabled_at, $2)", ct);

    /// <summary>Lets somebody in again. False as above.</summary>
    public Task<bool> EnableAsync(OrganisationId home, string login, string by, CancellationToken ct) =>
        UpdateAsync(home, login, AuditCodes.UserEnabled, by, "disabled_at = null", ct);

    /// <summary>
    /// Gives somebody a new first password, to be changed at the next sign-in; takes a lock away and ends open sessions. A second factor stays. False
    /// as above.
    /// </summary>
    public async Task<bool> ResetAsync(OrganisationId home, string login, string passwordHash, string by, CancellationToken ct)
    {
        if (await FindAsync(home, login, ct) is not { } member || member.Person.Home != home)
        {
            return false;
        }

        var done = await database.RunAsync(
            Acting.For(home).And(member.Person.Id),
            Noted.Statement(
                """
                done as (
                  update @schema.credentials c set password_hash = $7, must_change = true, failed_tries = 0, locked_until = null, stamp = gen_random_uuid()
                  from @schema.people p where p.id = c.person_id and p.id = $8 and p.tenant_id = $1 returning 1)
                """),
            r => r.GetInt32(0), ct,
            Noted.Values(new AuditEntry(home, by, AuditCodes.UserReset, login), time.GetUtcNow(), passwordHash, member.Person.Id));
        return done.Count > 0;
    }

    private async Task<bool> UpdateAsync(OrganisationId home, string login, string what, string by, string set, CancellationToken ct, params object?[] values)
    {
        if (!Logins.IsLogin(login))
        {
            return false;
        }

        var done = await database.RunAsync(
            home, Noted.Statement($"done as (update @schema.people set {set} where login = $5 and tenant_id = $1 returning 1)"),
            r => r.GetInt32(0), ct, Noted.Values(new AuditEntry(home, by, what, login), time.GetUtcNow(), values));
        return done.Count > 0;
    }

    private static Dictionary<string, string> RolesIn(IReadOnlyList<string> roles) => new() { ["roles"] = roles.Count == 0 ? "-" : string.Join(',', roles) };

    private static bool IsValid(string name, string? email) => Logins.IsName(name) && (email is null || Logins.IsEmail(email));

    private static bool AreRoles(IReadOnlyList<string> roles) => roles.All(NetworkRoles.All.Contains) && roles.Distinct().Count() == roles.Count;

    private static void Require(bool valid, string parameter)
    {
        if (!valid)
        {
            throw new ArgumentException("what is to be kept of a person is not as the rules say", parameter);
        }
    }
}
