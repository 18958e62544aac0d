using System.Text.Json;
using Npgsql;
using Referrals.Engine.Chains;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Notifications;

/// <summary>A question to somebody's notifications.</summary>
/// <param name="OnlyUnread">Only what was not read.</param>
/// <param name="Kinds">Only these kinds; none: all.</param>
/// <param name="Skip">How many to leave out at the beginning.</param>
/// <param name="Limit">How many at most.</param>
public sealed record NotificationQuery(bool OnlyUnread = false, IReadOnlyList<string>? Kinds = null, int Skip = 0, int Limit = 50);

/// <summary>What people are told of. Each sees its own, in the organisation that it works for at the moment.</summary>
public sealed class NotificationStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>The most that one question gives.</summary>
    public const int MaxLimit = 500;

    private const string Columns = "id, kind, series, number, step_de, step_en, at, read_at, chain";

    /// <summary>Writes what is not there yet, with mails where they are wanted. Gives how many were new.</summary>
    public async Task<int> PutAsync(OrganisationId organisation, IReadOnlyList<NewNotification> notifications, CancellationToken ct)
    {
        if (notifications.Count == 0)
        {
            return 0;
        }

        var rows = JsonSerializer.Serialize(notifications.Select(n => new
        {
            n.Person,
            Event = n.EventId,
            n.Kind,
            n.Number?.Series,
            n.Number?.Number,
            StepDe = n.Step?.De,
            StepEn = n.Step?.En,
            Chain = n.Chain?.Value,
            n.At,
            Mail = n.MailDue,
        }), JsonSerializerOptions.Web);
        var written = await database.RunAsync(
            organisation, "select @schema.put_notifications($1, $2::json)", r => r.GetInt32(0), ct, organisation.Value, rows);
        return written[0];
    }

    /// <summary>A page of somebody's notifications: unread first, each part newest first.</summary>
    public Task<IReadOnlyList<Notification>> ListAsync(OrganisationId organisation, string person, NotificationQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MaxLimit);
        return database.RunAsync(
            organisation,
            $"""
            select {Columns} from @schema.notifications
            where tenant_id = $1 and person = $2 and (not $3 or read_at is null) and (kind = any ($4) or $4 = '{"{}"}')
            order by (read_at is null) desc, id desc offset $5 limit $6
            """,
            Read, ct, organisation.Value, person, query.OnlyUnread, (query.Kinds ?? []).ToArray(), query.Skip, query.Limit);
    }

    /// <summary>Marks one as read and gives it; null when the person has none of this id.</summary>
    public async Task<Notification?> ReadAsync(OrganisationId organisation, string person, long id, CancellationToken ct) => (await database.RunAsync(
        organisation,
        $"update @schema.notifications set read_at = coalesce(read_at, $4) where tenant_id = $1 and person = $2 and id = $3 returning {Columns}",
        Read, ct, organisation.Value, person, id, time.GetUtcNow())).SingleOrDefault();

    /// <summary>Marks all as read that the person has seen, up to this id. Gives how many were unread.</summary>
    public async Task<int> ReadAllAsync(OrganisationId organisation, string person, long upTo, CancellationToken ct) => (await database.RunAsync(
        organisation,
        "update @schema.notifications set read_at = $4 where tenant_id = $1 and person = $2 and id <= $3 and read_at is null returning 1",
        r => r.GetInt32(0), ct, organisation.Value, person, upTo, time.GetUtcNow())).Count;

    /// <summary>What a mail is to say: what is to be mailed with it and was not read meanwhile, the oldest first.</summary>
    public Task<IReadOnlyList<Notification>> OfMailAsync(OrganisationId organisation, Guid mail, CancellationToken ct) => database.RunAsync(
        organisation,
        $"select {Columns} from @schema.notifications where tenant_id = $1 and mail_id = $2 and read_at is null order by id limit {MaxLimit}",
        Read, ct, organisation.Value, mail);

    private static Notification Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1),
        row.IsDBNull(2) || row.IsDBNull(3) ? null : new CaseNumber(row.GetString(2), row.GetInt32(3)),
        row.IsDBNull(4) ? null : new LocalText(row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)),
        row.GetFieldValue<DateTimeOffset>(6), row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7))
    {
        Chain = row.IsDBNull(8) ? null : new ChainId(row.GetString(8)),
    };
}
