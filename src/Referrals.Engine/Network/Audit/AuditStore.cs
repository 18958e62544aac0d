using System.Text.Json;
using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Audit;

/// <summary>Which entries are wanted.</summary>
/// <param name="What">Only these codes; none: all.</param>
/// <param name="Who">Only what this login, client or command did.</param>
/// <param name="Subject">Only what was done to this.</param>
/// <param name="From">Only from this time on.</param>
/// <param name="Until">Only before this time.</param>
public sealed record AuditFilter(
    IReadOnlyList<string>? What = null, string? Who = null, string? Subject = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>The list of what was administered. Entries are only ever added, and the database chains them.</summary>
public sealed class AuditStore(TenantDatabase database, TimeProvider time)
{
    /// <summary>The most entries of a page.</summary>
    public const int MaxPage = 500;

    /// <summary>Writes an entry, at the present time.</summary>
    /// <exception cref="ArgumentException">It has words that are no codes.</exception>
    public async Task WriteAsync(AuditEntry entry, CancellationToken ct) => await database.RunAsync(
        entry.Organisation,
        "insert into @schema.audit_entries (tenant_id, at, who, what, subject, details) values ($1, $2, $3, $4, $5, $6::jsonb) returning 1",
        r => r.GetInt32(0), ct, Noted.Values(entry, time.GetUtcNow()));

    /// <summary>A page of entries, newest first.</summary>
    /// <param name="organisations">Whose entries.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="before">Only entries written before the one with this number; null: from the newest on.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="ct">Cancels it.</param>
    public Task<IReadOnlyList<AuditEntry>> ListAsync(
        IReadOnlyCollection<OrganisationId> organisations, AuditFilter filter, long? before, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
        return database.RunAsync(
            Acting.For(organisations),
            """
            select tenant_id, id, at, who, what, subject, details::text from @schema.audit_entries
            where kind = 'deed' and tenant_id = any ($1) and id < $2 and (what = any ($3) or $3 = '{}') and ($4::text is null or who = $4)
              and ($5::text is null or subject = $5) and at >= $6 and at < $7
            order by id desc limit $8
            """,
            Read, ct, organisations.Select(o => o.Value).ToArray(), before ?? long.MaxValue, (filter.What ?? []).ToArray(),
            (object?)filter.Who ?? DBNull.Value, (object?)filter.Subject ?? DBNull.Value,
            (filter.From ?? DateTimeOffset.UnixEpoch).ToUniversalTime(), (filter.Until ?? DateTimeOffset.MaxValue).ToUniversalTime(), limit);
    }

    private static AuditEntry Read(NpgsqlDataReader row) => new(
        new OrganisationId(row.GetString(0)), row.GetString(3), row.GetString(4), row.GetString(5),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(6), EventCodec.Json))
    {
        Id = row.GetInt64(1),
        At = row.GetFieldValue<DateTimeOffset>(2),
    };
}

/// <summary>Statements that change something and write an entry, both or neither.</summary>
internal static class Noted
{
    /// <summary>
    /// The statement. Its parts (of a <c>with</c>) have one named <c>done</c>: its rows are the answer, and without any nothing is written. The entry
    /// takes <c>$1</c> to <c>$6</c>: organisation, time, who, what, subject, details.
    /// </summary>
    /// <param name="parts">The parts.</param>
    /// <param name="where">Which rows of <c>done</c> are worth an entry.</param>
    public static string Statement(string parts, string where = "true") =>
        $"""
        with {parts},
          noted as (insert into @schema.audit_entries (tenant_id, at, who, what, subject, details) select $1, $2, $3, $4, $5, $6::jsonb from done where {where} limit 1)
        select * from done
        """;

    /// <summary>The values of the entry, and further ones.</summary>
    public static IReadOnlyList<object> Values(AuditEntry entry, DateTimeOffset now, params ReadOnlySpan<object?> further)
    {
        entry.Validate();
        var details = JsonSerializer.Serialize(entry.Details ?? new Dictionary<string, string>(), EventCodec.Json);
        return [entry.Organisation.Value, now, entry.Who, entry.What, entry.Subject, details, .. further.ToArray().Select(v => v ?? DBNull.Value)];
    }
}
