using System.Data;
using System.Runtime.CompilerServices;
using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Audit;

/// <summary>Checks the chains of all organisations, entry by entry, on one state of the database. Memory does not grow with their length.</summary>
/// <param name="options">Must have the worker's connection: the check goes over all tenants.</param>
public sealed class AuditVerifier(PostgresOptions options)
{
    private const string Heads =
        "select h.tenant_id, h.count, h.hash from @schema.audit_heads h where $1 = '' or h.tenant_id = $1 order by 1";

    private const string Entries =
        """
        select e.tenant_id, e.chain_no, e.id, e.kind, e.at, e.who, e.what, e.subject, e.details::text, e.hash
        from @schema.audit_entries e where e.tenant_id = $1 order by e.chain_no
        """;

    // Those with entries and no head have lost it; a skip scan, because there are few organisations and many entries.
    private const string Tenants =
        """
        with recursive t as (
          select min(tenant_id) as id from @schema.audit_entries
          union all
          select (select min(e.tenant_id) from @schema.audit_entries e where e.tenant_id > t.id) from t where t.id is not null)
        select id from t where id is not null and ($1 = '' or id = $1)
        """;

    /// <summary>Checks them, in the order of the organisations' codes.</summary>
    /// <param name="organisation">Only this one's; null: all.</param>
    /// <param name="anchors">What is known from outside. That of an organisation without entries gives a verdict too.</param>
    /// <param name="ct">Cancels it.</param>
    public async IAsyncEnumerable<AuditVerdict> VerifyAsync(
        OrganisationId? organisation, IReadOnlyCollection<AuditAnchor> anchors, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = options.OwnConnection(options.Worker ?? throw new InvalidOperationException("checking all chains needs the worker's connection"));
        await connection.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var heads = (await ReadAsync(connection, Heads, organisation, r => (Tenant: r.GetString(0), new AuditHead(r.GetInt64(1), r.GetFieldValue<byte[]>(2))), ct))
            .ToDictionary(h => h.Tenant, h => h.Item2, StringComparer.Ordinal);
        var known = anchors.Where(a => organisation is null || a.Organisation == organisation).ToLookup(a => a.Organisation.Value, StringComparer.Ordinal);
        var tenants = await ReadAsync(connection, Tenants, organisation, r => r.GetString(0), ct);
        foreach (var tenant in tenants.Union(heads.Keys).Union(known.Select(a => a.Key)).Order(StringComparer.Ordinal))
        {
            var check = new AuditChainCheck(tenant, known[tenant]);
            await using var command = Command(connection, Entries, tenant);
            command.CommandTimeout = 0;
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                check.Add(reader);
            }

            yield return check.Finish(heads.GetValueOrDefault(tenant));
        }
    }

    private async Task<List<T>> ReadAsync<T>(NpgsqlConnection connection, string sql, OrganisationId? organisation, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var command = Command(connection, sql, organisation?.Value ?? "");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private NpgsqlCommand Command(NpgsqlConnection connection, string sql, string tenant) =>
        new(options.Sql(sql), connection) { Parameters = { new() { Value = tenant } } };
}
