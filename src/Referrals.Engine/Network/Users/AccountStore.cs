using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;

namespace Referrals.Engine.Network.Users;

/// <summary>People as they sign in, and what they change about themselves.</summary>
public sealed class AccountStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>After so many wrong tries in a row nothing is tried for a while.</summary>
    public const int MaxTries = 5;

    /// <summary>How long that while is.</summary>
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    private const string Sql =
        $$"""
        select {{PersonRow.Columns}}, c.password_hash, c.must_change, c.totp_secret, cardinality(c.recovery_hashes), c.failed_tries, c.locked_until, c.stamp,
          array(select m.tenant_id || ' ' || array_to_string(m.roles, ',') from @schema.memberships m
                where m.person_id = p.id and m.roles <> '{}' order by m.tenant_id)
        from @schema.people p join @schema.credentials c on c.person_id = p.id where p.id = $1
        """;

    /// <summary>The account of that login, or null, after the same time.</summary>
    public Task<Account?> FindByLoginAsync(string login, CancellationToken ct) =>
        FindAsync(Acting.SigningIn(login), "login = $1", ct, login);

    /// <summary>The account that an issuer of sign-ins knows by this subject, or null.</summary>
    public Task<Account?> FindBySubjectAsync(string issuer, string subject, CancellationToken ct) =>
        FindAsync(Acting.SigningInBySubject(issuer, subject), "external_issuer = $1 and external_subject = $2", ct, issuer, subject);

    /// <summary>The only account with this e-mail address that is linked with no issuer yet; null when there is none, or more than one.</summary>
    public Task<Account?> FindUnlinkedByEmailAsync(string email, CancellationToken ct) =>
        FindAsync(Acting.SigningInByEmail(email), "lower(email) = lower($1) and external_subject is null", ct, email);

    /// <summary>An account by its identity, or null.</summary>
    public async Task<Account?> FindAsync(Guid person, CancellationToken ct) =>
        (await database.RunAsync(Acting.As(person), Sql, Read, ct, person)).SingleOrDefault();

    /// <summary>
    /// Begins a try at password or second factor. It counts as wrong until <see cref="PassedAsync"/> or <see cref="SignedInAsync"/> says otherwise, so
    /// that many tries at once don't count as one. Gives the number of the try, or null when the account is locked or nothing is there.
    /// </summary>
    public async Task<int?> BeginTryAsync(Guid person, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        const string number = "case when locked_until is null then failed_tries + 1 else 1 end";
        var tries = await database.RunAsync(
            Acting.As(person),
            $"""
            update @schema.credentials set failed_tries = {number}, locked_until = case when {number} >= $2 then $3 end
            where person_id = $1 and (locked_until is null or locked_until <= $4) returning failed_tries
            """,
            r => r.GetInt32(0), ct, person, MaxTries, now + Lock, now);
        return tries.Count == 0 ? null : tries[0];
    }

    /// <summary>The password was right, but more is asked: this try doesn't count, earlier ones still do.</summary>
    public Task PassedAsync(Guid person, CancellationToken ct) => database.RunAsync(
        Acting.As(person), "update @schema.credentials set failed_tries = greatest(failed_tries - 1, 0), locked_until = null where person_id = $1 returning 1",
        r => r.GetInt32(0), ct, person);

    /// <summary>The person is signed in for an organisation: wrong tries are forgotten, the organisation is remembered.</summary>
    public Task SignedInAsync(Account account, OrganisationId organisation, string how, CancellationToken ct)
    {
        var entry = new AuditEntry(organisation, account.Person.Login, AuditCodes.SignedIn, account.Person.Login, new Dictionary<string, string> { ["by"] = how });
        return database.RunAsync(
            Acting.For(organisation).And(account.Person.Id),
            Noted.Statement(
                """
                tries as (update @schema.credentials set failed_tries = 0, locked_until = null where person_id = $7),
                done as (update @schema.people set last_organisation = $1 where id = $7 returning 1)
                """),
            r => r.GetInt32(0), ct, Noted.Values(entry, time.GetUtcNow(), account.Person.Id));
    }

    /// <summary>The account was locked by a wrong try.</summary>
    public Task LockedAsync(Account account, CancellationToken ct) =>
        new AuditStore(database, time).WriteAsync(new AuditEntry(account.Person.Home, account.Person.Login, AuditCodes.UserLocked, account.Person.Login), ct);

    /// <summary>Uses the code of a time step. False when that one, or a later one, was used before.</summary>
    public async Task<bool> UseTotpStepAsync(Guid person, long step, CancellationToken ct) => (await database.RunAsync(
        Acting.As(person), "update @schema.credentials set totp_last_step = $2 where person_id = $1 and totp_last_step < $2 returning 1",
        r => r.GetInt32(0), ct, person, step)).Count > 0;

    /// <summary>Uses a recovery code up. False when there is none of this hash.</summary>
    public async Task<bool> UseRecoveryCodeAsync(Account account, string hash, CancellationToken ct) => await ChangeAsync(
        account, AuditCodes.RecoveryCodeUsed, "recovery_hashes = array_remove(recovery_hashes, $8)", "$8 = any (recovery_hashes)", ct, hash) is not null;

    /// <summary>Sets a password that the person chose. Other sessions end. Gives the new stamp.</summary>
    public Task<Guid?> SetPasswordAsync(Account account, string passwordHash, CancellationToken ct) => ChangeAsync(
        account, AuditCodes.PasswordChanged, "password_hash = $8, must_change = false, stamp = gen_random_uuid()", "true", ct, passwordHash);

    /// <summary>Asks for a second factor from now on. Other sessions end. Gives the new stamp.</summary>
    /// <param name="account">The account.</param>
    /// <param name="sealedSecret">The secret, sealed.</param>
    /// <param name="step">Time step of the code that proved that the person has it.</param>
    /// <param name="recoveryHashes">Hashes of the recovery codes.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<Guid?> SetTotpAsync(Account account, string sealedSecret, long step, IReadOnlyList<string> recoveryHashes, CancellationToken ct) => ChangeAsync(
        account, AuditCodes.SecondFactorOn, "totp_secret = $8, totp_last_step = $9, recovery_hashes = $10, stamp = gen_random_uuid()", "true", ct,
        sealedSecret, step, recoveryHashes.ToArray());

    /// <summary>Asks for no second factor any more. Other sessions end. Gives the new stamp.</summary>
    public Task<Guid?> RemoveTotpAsync(Account account, CancellationToken ct) => ChangeAsync(
        account, AuditCodes.SecondFactorOff, "totp_secret = null, recovery_hashes = '{}', stamp = gen_random_uuid()", "true", ct);

    /// <summary>Keeps what the person wants of pages and notifications.</summary>
    /// <exception cref="ArgumentException">A choice is none of those there are.</exception>
    public Task SetPreferencesAsync(Guid person, Preferences preferences, CancellationToken ct) => !preferences.IsValid
        ? throw new ArgumentException("there is no such choice", nameof(preferences))
        : database.RunAsync(
            Acting.As(person), "update @schema.people set locale = $2, theme = $3, mail_mode = $4, shortcuts = $5 where id = $1 returning 1",
            r => r.GetInt32(0), ct, person, preferences.Locale, preferences.Theme, preferences.MailMode, preferences.Shortcuts);

    /// <summary>Lets the person sign in with an issuer from now on. False when it is linked already.</summary>
    public async Task<bool> LinkAsync(Account account, string issuer, string subject, CancellationToken ct)
    {
        var entry = new AuditEntry(account.Person.Home, account.Person.Login, AuditCodes.ExternalLinked, account.Person.Login);
        var done = await database.RunAsync(
            Acting.For(entry.Organisation).And(account.Person.Id),
            Noted.Statement("done as (update @schema.people set external_issuer = $8, external_subject = $9 where id = $7 and external_subject is null returning 1)"),
            r => r.GetInt32(0), ct, Noted.Values(entry, time.GetUtcNow(), account.Person.Id, issuer, subject));
        return done.Count > 0;
    }

    private async Task<Guid?> ChangeAsync(Account account, string what, string set, string where, CancellationToken ct, params object?[] values)
    {
        var entry = new AuditEntry(account.Person.Home, account.Person.Login, what, account.Person.Login);
        var done = await database.RunAsync(
            Acting.For(entry.Organisation).And(account.Person.Id),
            Noted.Statement($"done as (update @schema.credentials set {set} where person_id = $7 and {where} returning stamp)"),
            r => r.GetGuid(0), ct, Noted.Values(entry, time.GetUtcNow(), [account.Person.Id, .. values]));
        return done.Count == 0 ? null : done[0];
    }

    // Always two queries, whether there is somebody or not.
    private async Task<Account?> FindAsync(Acting acting, string where, CancellationToken ct, params object[] values)
    {
        var found = await database.RunAsync(acting, $"select id from @schema.people where {where} limit 2", r => r.GetGuid(0), ct, values);
        return await FindAsync(found.Count == 1 ? found[0] : Guid.NewGuid(), ct);
    }

    private static Account Read(NpgsqlDataReader row)
    {
        const int at = PersonRow.Count;
        var credentials = new Credentials(
            row.IsDBNull(at) ? null : row.GetString(at), row.GetBoolean(at + 1), row.IsDBNull(at + 2) ? null : row.GetString(at + 2), row.GetInt32(at + 3),
            row.GetInt32(at + 4), row.IsDBNull(at + 5) ? null : row.GetFieldValue<DateTimeOffset>(at + 5), row.GetGuid(at + 6));
        return new Account(PersonRow.Person(row), [.. row.GetFieldValue<string[]>(at + 7).Select(Membership)], credentials);
    }

    private static Membership Membership(string words) => words.Split(' ') is [var organisation, var roles]
        ? new Membership(new OrganisationId(organisation), roles.Split(','))
        : throw new FormatException("a membership can't be read");
}
