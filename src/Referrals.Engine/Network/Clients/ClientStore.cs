using Npgsql;
using Referrals.Engine.History;

namespace Referrals.Engine.Network.Clients;

/// <summary>Keeps the machine clients of each organisation; secrets as salted PBKDF2 hashes only.</summary>
public sealed class ClientStore(TenantDatabase database)
{
    private const string Columns = "client_id, tenant_id, roles, created_at, disabled_at";

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
        var made = await database.RunAsync(
            organisation,
            $"""
            insert into @schema.api_clients (tenant_id, client_id, secret_hash, roles, created_by, created_in) values ($1, $2, $3, $4, $5, $6)
            on conflict (tenant_id, client_id) do update set secret_hash = excluded.secret_hash, roles = excluded.roles, disabled_at = null
              where api_clients.created_in = excluded.created_in
            returning {Columns}
            """,
            Read, ct, organisation.Value, clientId, hash, roles.ToArray(), by, request);
        return made.SingleOrDefault();
    }

    /// <summary>The clients of an organisation, by id.</summary>
    public Task<IReadOnlyList<Client>> ListAsync(OrganisationId organisation, CancellationToken ct) => database.RunAsync(
        organisation, $"select {Columns} from @schema.api_clients where tenant_id = $1 order by client_id", Read, ct, organisation.Value);

    /// <summary>Lets a client in no more; its tokens run out within the hour. False when there is none.</summary>
    public async Task<bool> DisableAsync(OrganisationId organisation, string clientId, CancellationToken ct)
    {
        var found = await database.RunAsync(
            organisation,
            "update @schema.api_clients set disabled_at = coalesce(disabled_at, now()) where tenant_id = $1 and client_id = $2 returning 1",
            r => r.GetInt32(0), ct, organisation.Value, clientId);
        return found.Count > 0;
    }

    /// <summary>The client, if the secret is right and it is let in; else null, after the same time.</summary>
    public async Task<Client?> AuthenticateAsync(string clientId, string secret, CancellationToken ct)
    {
        var found = OrganisationOf(clientId) is { } organisation
            ? await database.RunAsync(
                organisation, $"select {Columns}, secret_hash from @schema.api_clients where tenant_id = $1 and client_id = $2",
                r => (Client: Read(r), Hash: r.GetString(5)), ct, organisation.Value, clientId)
            : [];
        var hash = found.Count == 0 ? NobodysHash : found[0].Hash;
        var right = await Task.Run(() => ClientSecret.Matches(hash, secret), ct);
        return right && found.Count > 0 && found[0].Client.DisabledAt is null ? found[0].Client : null;
    }

    private static Client Read(NpgsqlDataReader row) => new(
        row.GetString(0), new OrganisationId(row.GetString(1)), row.GetFieldValue<string[]>(2),
        row.GetFieldValue<DateTimeOffset>(3), row.IsDBNull(4) ? null : row.GetFieldValue<DateTimeOffset>(4));
}
