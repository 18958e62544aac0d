using Referrals.Api.Ui.Forms;
using Referrals.Engine;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Clients;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>Machine clients and their secrets.</summary>
internal static class ClientPages
{
    private const string Path = Links.AdminClients + "/{client}";

    public static void Map(RouteGroupBuilder admins)
    {
        admins.MapGet(Links.AdminClients, ListAsync);
        admins.MapGet(Links.AdminClientNew, ShowNewAsync);
        admins.MapPost(Links.AdminClientNew, CreateAsync);
        admins.MapGet(Path, ShowAsync);
        admins.MapPost(Path + "/geheimnis", RenewAsync);
        admins.MapPost(Path + "/abschalten", DisableAsync);
    }

    private static async Task<IResult> ListAsync(AdminScope scope, ClientStore clients, CancellationToken ct) =>
        Answer.With<ClientsPage>(new ClientsModel(scope, [.. (await clients.ListAsync(scope.Id, ct)).OrderBy(c => c.DisabledAt is not null)]));

    private static async Task<IResult> ShowNewAsync(AdminScope scope, OrganisationAdministration organisations, CancellationToken ct) =>
        Answer.With<NewClientPage>(new NewClientModel(scope, new FormInput(), await organisations.RolesOfAsync(scope.Id, ct)));

    private static async Task<IResult> CreateAsync(
        FormInput form, AdminScope scope, ClientStore clients, OrganisationAdministration organisations, Visitor me, Words w, CancellationToken ct)
    {
        var granted = await organisations.RolesOfAsync(scope.Id, ct);
        if (!Codes.IsCode(form["name"]))
        {
            form.Fault("name", w["AdminClients.NameFault"]);
        }

        PersonRules.CheckRoles(form, granted, w, least: 1);
        if (form.IsValid)
        {
            var (id, secret) = (ClientStore.IdOf(scope.Id, form["name"]), ClientSecret.New());
            if (await clients.CreateAsync(scope.Id, id, secret, [.. form.All("rollen").Distinct()], me.Login, Guid.NewGuid(), ct) is { } made)
            {
                return Secret(scope, made.Id, w["AdminClients.Created"], secret, w);
            }

            form.Fault("name", w["AdminClients.NameTaken"]);
        }

        return Answer.Invalid<NewClientPage>(new NewClientModel(scope, form, granted));
    }

    private static async Task<IResult> ShowAsync(string client, AdminScope scope, ClientStore clients, CancellationToken ct) =>
        await clients.FindAsync(scope.Id, client, ct) is { } found ? Answer.With<ClientPage>(new ClientModel(scope, found, null)) : Answer.NotFound();

    private static async Task<IResult> RenewAsync(
        string client, FormInput form, AdminScope scope, ClientStore clients, AuditStore audit, Visitor me, Words w, CancellationToken ct)
    {
        var secret = ClientSecret.New();
        return form.Version is { } seen && await clients.RenewAsync(scope.Id, client, secret, seen, me.Login, ct)
            ? Secret(scope, client, w["AdminClients.Renewed"], secret, w)
            : await ChangedAsync(client, scope, clients, audit, ct);
    }

    private static async Task<IResult> DisableAsync(
        string client, FormInput form, AdminScope scope, ClientStore clients, AuditStore audit, Visitor me, CancellationToken ct) =>
        await clients.FindAsync(scope.Id, client, ct) is { DisabledAt: null } found && form.Version == found.Version && await clients.DisableAsync(scope.Id, client, me.Login, ct)
            ? Answer.Go(scope.Url(Links.AdminClient(client)), "AdminClients.Disabled")
            : await ChangedAsync(client, scope, clients, audit, ct);

    private static async Task<IResult> ChangedAsync(string client, AdminScope scope, ClientStore clients, AuditStore audit, CancellationToken ct) =>
        await clients.FindAsync(scope.Id, client, ct) is { } found
            ? Answer.Changed<ClientPage>(new ClientModel(scope, found, await Meanwhile.FindAsync(audit, scope.Id, client, ct)))
            : Answer.NotFound();

    private static IResult Secret(AdminScope scope, string client, string title, string secret, Words w) => Answer.With<SecretPage>(new SecretModel(
        scope, title, [(w["Admin.Clients"], scope.Url(Links.AdminClients))], w["AdminClients.SecretText"],
        [(w["AdminClients.Id"], client), (w["AdminClients.TokenAddress"], "/connect/token")], w["AdminClients.Secret"], secret,
        (w["AdminClients.ToClient"], scope.Url(Links.AdminClient(client)))));
}

/// <summary>The list of machine clients.</summary>
/// <param name="Scope">Whose.</param>
/// <param name="Clients">Them; disabled ones last.</param>
public sealed record ClientsModel(AdminScope Scope, IReadOnlyList<Client> Clients);

/// <summary>A new machine client.</summary>
/// <param name="Scope">For which organisation.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Roles">Roles that can be given.</param>
public sealed record NewClientModel(AdminScope Scope, FormInput Form, IReadOnlyList<string> Roles);

/// <summary>A machine client.</summary>
/// <param name="Scope">Of which organisation.</param>
/// <param name="Client">The client.</param>
/// <param name="Meanwhile">What somebody else did meanwhile.</param>
public sealed record ClientModel(AdminScope Scope, Client Client, Meanwhile? Meanwhile);
