using Referrals.Engine.History;

namespace Referrals.Engine.Network.Users;

/// <summary>
/// The open sessions of people. A new stamp of the account, and closing it, end all of them in the database itself (<c>250_sessions.sql</c>).
/// </summary>
public sealed class SessionStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>The list shows at most so many, those used last.</summary>
    public const int MostListed = 50;

    // A row is not written at each request.
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="session">The session; when it was last used is now.</param>
    /// <param name="endsAt">When it ends in any case.</param>
    /// <param name="ct">Cancels it.</param>
    public Task BeginAsync(Guid person, PersonSession session, DateTimeOffset endsAt, CancellationToken ct) => database.RunAsync(
        Acting.As(person),
        "insert into @schema.sessions (id, person_id, begun_at, used_at, ends_at, browser, system) values ($1, $2, $3, $4, $5, $6, $7) returning 1",
        r => r.GetInt32(0), ct, Convert.FromHexString(session.Id), person, session.BegunAt, time.GetUtcNow(), endsAt, session.Browser, session.System);

    /// <summary>Whether a session is open.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="idle">After so long without use it isn't.</param>
    /// <param name="isUse">Whether asking is a use of it.</param>
    /// <param name="ct">Cancels it.</param>
    public async Task<bool> IsOpenAsync(Guid person, string id, TimeSpan idle, bool isUse, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var open = await database.RunAsync(
            Acting.As(person),
            """
            with used as (
              update @schema.sessions set used_at = $3
              where id = $1 and person_id = $2 and used_at > $4 and ends_at > $3 and used_at <= $5 and $6)
            select 1 from @schema.sessions where id = $1 and person_id = $2 and used_at > $4 and ends_at > $3
            """,
            r => r.GetInt32(0), ct, Convert.FromHexString(id), person, now, now - idle, now - Grain, isUse);
        return open.Count > 0;
    }

    /// <summary>A person's open sessions, those used last first.</summary>
    public Task<IReadOnlyList<PersonSession>> ListAsync(Guid person, TimeSpan idle, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return database.RunAsync(
            Acting.As(person),
            """
            select id, begun_at, used_at, browser, system from @schema.sessions where person_id = $1 and used_at > $2 and ends_at > $3
            order by used_at desc, id limit $4
            """,
            r => new PersonSession(
                Convert.ToHexStringLower(r.GetFieldValue<byte[]>(0)), r.GetFieldValue<DateTimeOffset>(1), r.GetFieldValue<DateTimeOffset>(2), r.GetString(3), r.GetString(4)),
            ct, person, now - idle, now, MostListed);
    }

    /// <summary>Ends a session. False when it has ended already.</summary>
    public async Task<bool> EndAsync(Guid person, string id, CancellationToken ct) => (await database.RunAsync(
        Acting.As(person), "delete from @schema.sessions where id = $1 and person_id = $2 returning 1", r => r.GetInt32(0), ct, Convert.FromHexString(id), person)).Count > 0;

    /// <summary>Ends all sessions of a person but one. Gives how many it ended.</summary>
    public async Task<int> EndOthersAsync(Guid person, string id, CancellationToken ct) => (await database.RunAsync(
        Acting.As(person), "delete from @schema.sessions where id <> $1 and person_id = $2 returning 1", r => r.GetInt32(0), ct, Convert.FromHexString(id), person)).Count;
}
