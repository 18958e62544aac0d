using Referrals.Api.Security;
using Referrals.Engine.History;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Clients;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>The administration: of the own organisation, and of the network for its operator.</summary>
internal static class AdministrationPages
{
    public static void Map(RouteGroupBuilder members)
    {
        var admins = members.MapGroup("").RequireAuthorization(Policies.Admin).AddEndpointFilter(AdminScope.CheckAsync);
        admins.MapGet(Links.Administration, ShowAsync);
        PeoplePages.Map(admins);
        PersonPages.Map(admins);
        ClientPages.Map(admins);
        LetterPages.Map(admins);
        AuditPages.Map(admins);
        OrganisationPages.Map(members.MapGroup("").RequireAuthorization(Policies.Operator).AddEndpointFilter(AdminScope.CheckAsync));
    }

    private static async Task<IResult> ShowAsync(
        AdminScope scope, ManagedPeople people, ClientStore clients, AuditStore audit, IEventLog log, NetworkNames names, CancellationToken ct)
    {
        var working = (await people.ListAsync(scope.Id, ct)).Count(p => p.Roles.Count > 0 && p.Person.DisabledAt is null);
        var active = (await clients.ListAsync(scope.Id, ct)).Count(c => c.DisabledAt is null);
        var letters = await log.CountRowsAsync(new ListQuery(scope.Id.Value, DeadLetters.List), AdminStartModel.MostLetters, ct);
        var last = await audit.ListAsync([scope.Id], new AuditFilter(), null, 5, ct);
        var organisations = scope.IsOperator ? (await names.DirectoryAsync(ct)).Lines.Count : 0;
        return Answer.With<AdminStartPage>(new AdminStartModel(scope, working, active, letters, organisations, last));
    }
}

/// <summary>The start page of the administration.</summary>
/// <param name="Scope">Whose administration it is.</param>
/// <param name="People">How many people are let in.</param>
/// <param name="Clients">How many machine clients are let in.</param>
/// <param name="Letters">How many dead letters wait.</param>
/// <param name="Organisations">How many organisations the network has.</param>
/// <param name="Last">What was administered last.</param>
public sealed record AdminStartModel(AdminScope Scope, int People, int Clients, int Letters, int Organisations, IReadOnlyList<AuditEntry> Last)
{
    /// <summary>Dead letters are not counted further.</summary>
    public const int MostLetters = 1000;
}
