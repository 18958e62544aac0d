using Npgsql;
using Referrals.Engine.History;
using Referrals.Engine.Network.Audit;

namespace Referrals.Engine.Network.Clients;

/// <summary>Keeps the machine clients of each organisation; secrets as salted PBKDF2 hashes only. Every change is written down.</summary>
public sealed class ClientStore(TenantDatabase database, TimeProvider time)
{
    private const string Columns = "client_id, tenant_id, roles, created_at, disabled_at, version, renewed_at";

    // Compared against when there is no such client, so that the time taken doesn't tell.
    private static readonly string NobodysHash = ClientSecret.Hash(ClientSecret.New());

    /// <summary>The id of a client, such as <c>jobcenter-elbland.intake</c>; without a name that of the organisation itself.</summary>
    public static string IdOf(OrganisationId organisation, string? name = null) => name is null ? organisation.Value : $"{organisation}.{name}";

    /// <summary>The organisation in a client's id, or null when it can't be one.</summary>
    public static OrganisationId? OrganisationOf(string clientId) => clientId.Split('.') switch
    {
        [var organisation] when Codes.IsCode(organisation) => new OrganisationId(organisation),
        [var organisation, var name] when Codes.IsCode(organisation) && Codes.IsCode(name) => new OrganisationId(organisation),
        _ => null,
    };

    /// <summary>
    /// Makes a client. Repeating the same request gives it the new secret; null when another request has made a client of that id.
    /// </summary>
    public async Task<Client?> CreateAsync(
        OrganisationId organisation, string clientId, string secret, IReadOnlyList<string> roles, string by, Guid request, CancellationToken ct)
    {
        var hash = await Task.Run(() => ClientSecret.Hash(secret), ct);
        var entry = new AuditEntry(organisation, by, AuditCodes.ClientCreated, clientId, new Dictionary<string, string> { ["roles"] = string.Join(',', roles) });
        var made = await database.RunAsync(
            organisation,
            Noted.Statement(
                $"""
                done as (
                  insert into @schema.api_clients (tenant_id, client_id, secret_hash, roles, created_at, created_by, created_in) values ($1, $5, $7, $8, $2, $3, $9)
                  on conflict (tenant_id, client_id) do update set secret_hash = excluded.secret_hash, roles = excluded.roles, disabled_at = null
                    where api_clients.created_in = excluded.created_in
                  returning {Columns}, xmax = 0 as made)
                """,
                "made"),
            Read, ct, Noted.Values(entry, time.GetUtcNow(), hash, roles.ToArray(), request));
        return made.SingleOrDefault();
    }

    /// <summary>The clients of an organisation, by id.</summary>
    public Task<IReadOnlyList<Client>> ListAsync(OrganisationId organisation, CancellationToken ct) => database.RunAsync(
        organisation, $"select {Columns} from @schema.api_clients where tenant_id = $1 order by client_id", Read, ct, organisation.Value);

    /// <summary>A client of an organisation, or null.</summary>
    public async Task<Client?> FindAsync(OrganisationId organisation, string clientId, CancellationToken ct) => (await database.RunAsync(
        organisation, $"select {Columns} from @schema.api_clients where tenant_id = $1 and client_id = $2", Read, ct, organisation.Value, clientId)).SingleOrDefault();

    /// <summary>
    /// Gives a client that is let in a new secret; the old one counts no more, tokens run out within the hour. False when it is not there, disabled, or no
    /// longer at the version that the caller saw.
    /// </summary>
    public async Task<bool> RenewAsync(OrganisationId organisation, string clientId, string secret, long seen, string by, CancellationToken ct)
    {
        var hash = await Task.Run(() => ClientSecret.Hash(secret), ct);
        var done = await database.RunAsync(
            organisation,
            Noted.Statement(
                """
                done as (update @schema.api_clients set secret_hash = $7, renewed_at = $2, version = version + 1
                  where tenant_id = $1 and client_id = $5 and version = $8 and disabled_at is null returning 1)
                """),
            r => r.GetInt32(0), ct, Noted.Values(new AuditEntry(organisation, by, AuditCodes.ClientRenewed, clientId), time.GetUtcNow(), hash, seen));
        return done.Count > 0;
    }

    /// <summary>Lets a client in no more; its tokens run out within the hour. False when there is none.</summary>
    public async Task<bool> DisableAsync(OrganisationId organisation, string clientId, string by, CancellationToken ct)
    {
        if (OrganisationOf(clientId) != organisation)
        {
            return false;
        }

        var found = await database.RunAsync(
            organisation,
            Noted.Statement(
                """
                before as (select disabled_at from @schema.api_clients where tenant_id = $1 and client_id = $5),
                done as (update @schema.api_clients c set disabled_at = coalesce(c.disabled_at, $2), version = version + 1
                  from before where tenant_id = $1 and client_id = $5 returning before.disabled_at is null as first)
                """,
                "first"),
            r => r.GetBoolean(0), ct, Noted.Values(new AuditEntry(organisation, by, AuditCodes.ClientDisabled, clientId), time.GetUtcNow()));
        return found.Count > 0;
    }

    /// <summary>The client, if the secret is right and it is let in; else null, after the same time.</summary>
    public async Task<Client?> AuthenticateAsync(string clientId, string secret, CancellationToken ct)
    {
        var found = OrganisationOf(clientId) is { } organisation
            ? await database.RunAsync(
                organisation, $"select {Columns}, secret_hash from @schema.api_clients where tenant_id = $1 and client_id = $2",
                r => (Client: Read(r), Hash: r.GetString(7)), ct, organisation.Value, clientId)
            : [];
        var hash = found.Count == 0 ? NobodysHash : found[0].Hash;
        var right = await Task.Run(() => ClientSecret.Matches(hash, secret), ct);
        return right && found.Count > 0 && found[0].Client.DisabledAt is null ? found[0].Client : null;
    }

    private static Client Read(NpgsqlDataReader row) => new(
        row.GetString(0), new OrganisationId(row.GetString(1)), row.GetFieldValue<string[]>(2),
        row.GetFieldValue<DateTimeOffset>(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4))
    {
        Version = row.GetInt32(5),
        RenewedAt = row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
    };
}
