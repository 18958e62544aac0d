using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Notifications;

/// <summary>A mail that is to be sent now.</summary>
/// <param name="Id">Its identity, also of the message: a mail that is sent twice can be told from two.</param>
/// <param name="Organisation">For which organisation the person is told.</param>
/// <param name="Person">Sign-in name.</param>
/// <param name="Tries">How often it was tried, this time included.</param>
public sealed record DueMail(Guid Id, OrganisationId Organisation, string Person, int Tries);

/// <summary>How it goes with the mails.</summary>
/// <param name="Waiting">How many are due and not sent.</param>
/// <param name="OldestDue">Since when the oldest of them is due, or null.</param>
/// <param name="Failed">How many were given up within a day.</param>
public sealed record MailState(int Waiting, DateTimeOffset? OldestDue, int Failed);

/// <summary>A row of a list without history that nobody was told of yet.</summary>
/// <param name="Id">Identity of the note.</param>
/// <param name="Tenant">Whose list.</param>
/// <param name="List">The list.</param>
/// <param name="Row">Identity of the row.</param>
public sealed record RowNews(long Id, string Tenant, string List, Guid Row);

/// <summary>What the workers do over all organisations for telling people: mails to be sent, rows to be told of, and what is old.</summary>
public sealed class MailQueue : IAsyncDisposable
{
    private readonly PostgresOptions _options;
    private readonly NpgsqlDataSource _pool;

    /// <summary>Opens no connection yet. Needs the workers' connection string.</summary>
    public MailQueue(PostgresOptions options)
    {
        _options = options;
        _pool = options.OpenPool(options.Worker ?? throw new InvalidOperationException("this process has no connection for work over all tenants"));
    }

    /// <summary>
    /// Takes mails that are due, the oldest first. Taking counts as a try; who neither ends a mail nor sets its next try gets it again after
    /// <paramref name="hold"/>.
    /// </summary>
    public Task<IReadOnlyList<DueMail>> TakeAsync(DateTimeOffset now, TimeSpan hold, int limit, CancellationToken ct) => RunAsync(
        """
        update @schema.mails m set tries = m.tries + 1, next_try_at = $2
        where (m.tenant_id, m.id) in (
          select w.tenant_id, w.id from @schema.mails w where w.state = 'waiting' and w.next_try_at <= $1 order by w.next_try_at limit $3 for update skip locked)
        returning m.id, m.tenant_id, m.person, m.tries
        """,
        r => new DueMail(r.GetGuid(0), new OrganisationId(r.GetString(1)), r.GetString(2), r.GetInt32(3)), ct, now, now + hold, limit);

    /// <summary>A mail is over: <c>sent</c>, <c>dropped</c> or <c>failed</c>, with a code that says why.</summary>
    public Task EndAsync(DueMail mail, string state, string? reason, DateTimeOffset now, CancellationToken ct) => RunAsync(
        "update @schema.mails set state = $3, reason = $4, ended_at = $5 where tenant_id = $1 and id = $2 and state = 'waiting' returning 1",
        r => r.GetInt32(0), ct, mail.Organisation.Value, mail.Id, state, (object?)reason ?? DBNull.Value, now);

    /// <summary>A mail could not be sent and is tried again.</summary>
    public Task AgainAsync(DueMail mail, DateTimeOffset at, string reason, CancellationToken ct) => RunAsync(
        "update @schema.mails set next_try_at = $3, reason = $4 where tenant_id = $1 and id = $2 and state = 'waiting' returning 1",
        r => r.GetInt32(0), ct, mail.Organisation.Value, mail.Id, at, reason);

    /// <summary>How it goes.</summary>
    public async Task<MailState> StateAsync(DateTimeOffset now, CancellationToken ct) => (await RunAsync(
        """
        select (select count(*)::int from @schema.mails where state = 'waiting' and due_at <= $1),
          (select min(due_at) from @schema.mails where state = 'waiting'),
          (select count(*)::int from @schema.mails where state = 'failed' and ended_at > $2)
        """,
        r => new MailState(r.GetInt32(0), r.IsDBNull(1) || r.GetFieldValue<DateTimeOffset>(1) > now ? null : r.GetFieldValue<DateTimeOffset>(1), r.GetInt32(2)),
        ct, now, now.AddDays(-1)))[0];

    /// <summary>Rows that nobody was told of yet, the oldest first. They come again until <see cref="ToldAsync"/>.</summary>
    public Task<IReadOnlyList<RowNews>> NewsAsync(int limit, CancellationToken ct) => RunAsync(
        "select id, tenant_id, list, row_id from @schema.row_news order by id limit $1",
        r => new RowNews(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetGuid(3)), ct, limit);

    /// <summary>Those who are to know of these rows were told.</summary>
    public Task ToldAsync(IReadOnlyList<RowNews> news, CancellationToken ct) => RunAsync(
        "delete from @schema.row_news where id = any ($1) returning 1", r => r.GetInt32(0), ct, (object)news.Select(n => n.Id).ToArray());

    /// <summary>Removes notifications and ended mails from before this time, and sessions of people whose time is over.</summary>
    public Task ForgetAsync(DateTimeOffset before, CancellationToken ct) => RunAsync(
        """
        with old as (delete from @schema.notifications where at < $1), ended as (delete from @schema.mails where state <> 'waiting' and ended_at < $1),
          over as (delete from @schema.sessions where ends_at < now())
        select 1
        """,
        r => r.GetInt32(0), ct, before);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<IReadOnlyList<T>> RunAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct, params IReadOnlyList<object> values)
    {
        await using var command = _pool.CreateCommand(_options.Sql(sql));
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
