using Referrals.Api.Answers;
using Referrals.Api.Description;
using Referrals.Api.Requests;
using Referrals.Api.Security;
using Referrals.Engine;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Clients;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Endpoints;

/// <summary>Makes a machine client.</summary>
/// <param name="Name">Its name within the organisation: a code.</param>
/// <param name="Roles">What it may do: at least one role.</param>
public sealed record MakeClient(string Name, IReadOnlyList<string> Roles);

/// <summary>A machine client.</summary>
/// <param name="ClientId">Its <c>client_id</c>.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Secret">Its <c>client_secret</c>; shown once, when it is made.</param>
/// <param name="DisabledAt">Since when it is not let in.</param>
public sealed record ClientResource(string ClientId, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, string? Secret = null, DateTimeOffset? DisabledAt = null)
{
    /// <summary>As the API shows it.</summary>
    public static ClientResource From(Client client, string? secret = null) => new(client.Id, client.Roles, client.CreatedAt, secret, client.DisabledAt);
}

/// <summary>All clients of an organisation.</summary>
/// <param name="Items">The clients, by id.</param>
public sealed record ClientList(IReadOnlyList<ClientResource> Items);

/// <summary>The machine clients of an organisation, for its own administrators and the network's.</summary>
public sealed class ClientEndpoints(ClientStore clients, OrganisationAdministration organisations, ApiSettings settings)
{
    private static readonly ErrorCode NotFound = new("organisation-not-found", 404, "There is no such organisation of yours.");
    private static readonly ErrorCode ClientNotFound = new("client-not-found", 404, "There is no such client.");
    private static readonly ErrorCode Exists = new("client-exists", 409, "There is, or was, a client of this name.");
    private static readonly ClientResource Example = new("jobcenter-elbland.intake", [NetworkRoles.Caseworker], new DateTimeOffset(2026, 9, 1, 7, 0, 0, TimeSpan.Zero));

    /// <summary>Maps the addresses.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/organisations/{id}/clients").WithTags("Clients").RequireAuthorization(Policies.Admin);
        group.MapGet("/", List).Says("listClients", "List clients", "Machine clients of an organisation, disabled ones among them.", new ClientList([Example]), errors: NotFound);
        group.MapPost("/", Make).WithMetadata(new SecretAnswer()).Says(
            "makeClient", "Make a client", "Makes a machine client with roles that the organisation's profile grants, or admin. Its secret is shown in this answer and never again.",
            Example with { Secret = "2g0Zr…" }, new MakeClient("intake", [NetworkRoles.Caseworker]), StatusCodes.Status201Created, NotFound, Exists);
        group.MapDelete("/{clientId}", Disable).SaysNothing(
            "disableClient", "Disable a client", "It gets no more tokens; those it has run out within the hour. Its name is not given again.", NotFound, ClientNotFound);
    }

    private async Task<IResult> List(string id, Call call, CancellationToken ct) => MayAdminister(id, call)
        ? new Shown<ClientList>(new ClientList([.. (await clients.ListAsync(new OrganisationId(id), ct)).Select(c => ClientResource.From(c))]))
        : Refused(NotFound);

    private async Task<IResult> Make(string id, Call call, Body<MakeClient> body, CancellationToken ct)
    {
        if (!MayAdminister(id, call))
        {
            return Refused(NotFound);
        }

        var (organisation, asked) = (new OrganisationId(id), body.Value);
        if (Faults(asked, await organisations.RolesOfAsync(organisation, ct)) is { Count: > 0 } faults)
        {
            return new ProblemResult(Problem.Of(HttpErrors.Invalid, null, faults));
        }

        var secret = ClientSecret.New();
        var client = await clients.CreateAsync(
            organisation, ClientStore.IdOf(organisation, asked.Name), secret, [.. asked.Roles.Distinct()], call.Actor.User, call.NewId("client"), ct);
        return client is null ? Refused(Exists) : new Shown<ClientResource>(ClientResource.From(client, secret), null, $"/api/v1/organisations/{id}/clients/{client.Id}");
    }

    private async Task<IResult> Disable(string id, string clientId, Call call, CancellationToken ct) =>
        !MayAdminister(id, call) ? Refused(NotFound)
        : await clients.DisableAsync(new OrganisationId(id), clientId, call.Actor.User, ct) ? Results.NoContent()
        : Refused(ClientNotFound);

    private static List<Fault> Faults(MakeClient asked, IReadOnlyList<string> granted)
    {
        var faults = asked.Roles
            .Select((role, i) => (role, i))
            .Where(r => !granted.Contains(r.role))
            .Select(r => NetworkRoles.All.Contains(r.role)
                ? new Fault($"roles[{r.i}]", "role-not-granted", $"The network grants this organisation: {string.Join(", ", granted)}.")
                : new Fault($"roles[{r.i}]", "wrong-value", $"Here stands one of: {string.Join(", ", granted)}."))
            .ToList();
        if (asked.Roles.Count == 0)
        {
            faults.Add(new Fault("roles", "roles-missing", "A client has at least one role."));
        }

        if (!Codes.IsCode(asked.Name))
        {
            faults.Add(new Fault("name", "not-a-code", "A name is a code of lower-case letters, digits and hyphens."));
        }

        return faults;
    }

    private bool MayAdminister(string id, Call call) =>
        Codes.IsCode(id) && (call.Actor.Organisation.Value == id || call.Actor.Organisation.Value == settings.Operator);

    private static ProblemResult Refused(ErrorCode error) => new(Problem.Of(error));
}
