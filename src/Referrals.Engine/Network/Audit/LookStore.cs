using System.Text.Json;
using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Audit;

/// <summary>Which looks are wanted.</summary>
/// <param name="Who">Only of this person, client or command.</param>
/// <param name="Subjects">Only at these referrals or assignments.</param>
/// <param name="What">Only at this kind of thing.</param>
/// <param name="Outcome">Only with this outcome.</param>
/// <param name="From">Only from this time on.</param>
/// <param name="Until">Only before this time.</param>
public sealed record LookFilter(
    string? Who = null, IReadOnlyList<Guid>? Subjects = null, string? What = null, string? Outcome = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>The access log: who looked at what. Entries are only ever added; they stand in one chain with what was administered.</summary>
public sealed class LookStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>The most lines of a page.</summary>
    public const int MaxPage = 500;

    private const string Insert =
        """
        insert into @schema.audit_entries (tenant_id, at, who, what, subject, details, kind) values ($1, $2, $3, $4, $5, $6::jsonb, 'look') returning 1
        """;

    // A look by number gets the id of what has it, in the same statement.
    private const string InsertByNumber =
        """
        insert into @schema.audit_entries (tenant_id, at, who, what, subject, details, kind)
        values ($1, $2, $3, $4, coalesce(
          (select r.id::text from @schema.list_rows r where r.tenant_id = $1 and r.list = $7 and r.series = $8 and r.number = $9), $5), $6::jsonb, 'look')
        returning 1
        """;

    /// <summary>Writes a look, at the present time. When this throws it was not written, and nothing may be shown.</summary>
    /// <exception cref="ArgumentException">It has words that are no codes.</exception>
    public Task WriteAsync(Look look, CancellationToken ct)
    {
        var entry = look.ToEntry();
        return look is { Subject: null, Number: { } number } && LookCodes.NumbersOf(look.What) is { } list
            ? database.RunAsync(entry.Organisation, InsertByNumber, r => r.GetInt32(0), ct, Noted.Values(entry, time.GetUtcNow(), list, number.Series, number.Number))
            : database.RunAsync(entry.Organisation, Insert, r => r.GetInt32(0), ct, Noted.Values(entry, time.GetUtcNow()));
    }

    /// <summary>A page of looks, the latest first.</summary>
    /// <param name="organisation">Whose.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="before">Only those before this place in the chain; null: from the latest on.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<IReadOnlyList<LookLine>> ListAsync(OrganisationId organisation, LookFilter filter, long? before, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
        var values = new List<object> { organisation.Value, before ?? long.MaxValue, limit };
        return database.RunAsync(
            organisation,
            $"""
            select e.tenant_id, e.id, e.at, e.who, e.what, e.subject, e.details::text, e.chain_no, r.series, r.number
            from (
              select * from @schema.audit_entries
              where kind = 'look' and tenant_id = $1 and chain_no < $2{Where(filter, values)}
              order by chain_no desc limit $3) e
            left join @schema.list_rows r on r.tenant_id = e.tenant_id and r.id = case when e.subject <> '{Look.Nothing}' then e.subject::uuid end
              and r.list = case when e.what like 'referral%' then 'referrals' when e.what like 'assignment%' then 'assignments' end
            order by e.chain_no desc
            """,
            Read, ct, values);
    }

    /// <summary>How many looks there are, counted up to a bound.</summary>
    public async Task<int> CountAsync(OrganisationId organisation, LookFilter filter, int max, CancellationToken ct)
    {
        var values = new List<object> { organisation.Value, max };
        return (await database.RunAsync(
            organisation,
            $"select count(*)::int from (select 1 from @schema.audit_entries where kind = 'look' and tenant_id = $1{Where(filter, values)} limit $2) x",
            r => r.GetInt32(0), ct, values))[0];
    }

    // Few shapes, so that each gets its index.
    private static string Where(LookFilter filter, List<object> values)
    {
        var where = "";
        void Add(string condition, object? value)
        {
            if (value is not null)
            {
                values.Add(value);
                where += $" and {condition} (${values.Count})";
            }
        }

        Add("who =", filter.Who is { } who ? Look.Written(who) : null);
        Add("subject = any", filter.Subjects?.Select(s => s.ToString()).ToArray());
        Add("what =", filter.What);
        Add("details ->> 'outcome' =", filter.Outcome);
        Add("at >=", filter.From?.ToUniversalTime());
        Add("at <", filter.Until?.ToUniversalTime());
        return where;
    }

    private static LookLine Read(NpgsqlDataReader row) => new(
        new AuditEntry(
            new OrganisationId(row.GetString(0)), row.GetString(3), row.GetString(4), row.GetString(5),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(6), EventCodec.Json))
        {
            Id = row.GetInt64(1),
            At = row.GetFieldValue<DateTimeOffset>(2),
            IsLook = true,
            ChainNo = row.GetInt64(7),
        },
        row.IsDBNull(9) ? null : new CaseNumber(row.GetString(8), row.GetInt32(9)));
}
