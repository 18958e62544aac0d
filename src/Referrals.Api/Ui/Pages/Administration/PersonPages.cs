using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network;
using Referrals.Engine.Network.Audit;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>A person, and what its administrators do with it.</summary>
internal static class PersonPages
{
    private const string Path = Links.AdminPeople + "/{id:guid}";

    public static void Map(RouteGroupBuilder admins)
    {
        admins.MapGet(Path, ShowAsync);
        admins.MapPost(Path, ChangeAsync);
        admins.MapPost(Path + "/rollen", SetRolesAsync);
        admins.MapPost(Path + "/kennwort", ResetAsync);
        admins.MapPost(Path + "/entriegeln", (Guid id, FormInput form, [AsParameters] PersonDesk desk) =>
            desk.ActAsync(id, form, "AdminPeople.Unlocked", own: true, (seen, by) => desk.People.UnlockAsync(desk.Scope.Id, seen, by, desk.Ct)));
        admins.MapPost(Path + "/zweiter-faktor", (Guid id, FormInput form, [AsParameters] PersonDesk desk) =>
            desk.ActAsync(id, form, "AdminPeople.FactorRemoved", own: false, (seen, by) => desk.People.RemoveFactorAsync(desk.Scope.Id, seen, by, desk.Ct)));
        admins.MapPost(Path + "/sperren", (Guid id, FormInput form, [AsParameters] PersonDesk desk) =>
            desk.ActAsync(id, form, "AdminPeople.Disabled", own: false, (seen, by) => desk.People.DisableAsync(desk.Scope.Id, seen, by, desk.Ct)));
        admins.MapPost(Path + "/entsperren", (Guid id, FormInput form, [AsParameters] PersonDesk desk) =>
            desk.ActAsync(id, form, "AdminPeople.Enabled", own: false, (seen, by) => desk.People.EnableAsync(desk.Scope.Id, seen, by, desk.Ct)));
    }

    private static async Task<IResult> ShowAsync(Guid id, [AsParameters] PersonDesk desk) =>
        await desk.FindAsync(id) is { } person ? Answer.With<PersonPage>(await desk.ModelAsync(person)) : Answer.NotFound();

    private static Task<IResult> ChangeAsync(Guid id, FormInput form, [AsParameters] PersonDesk desk) => desk.AtHomeAsync(id, form, async seen =>
    {
        PersonRules.Check(form, desk.W);
        if (!form.IsValid)
        {
            return Answer.Invalid<PersonPage>(await desk.ModelAsync(seen, form));
        }

        var email = form["email"] is { Length: > 0 } e ? e : null;
        return await desk.People.ChangeAsync(desk.Scope.Id, seen, form["name"], email, desk.Me.Login, desk.Ct)
            ? desk.Done(id, "AdminPeople.Changed")
            : await desk.ChangedAsync(id, form);
    });

    private static Task<IResult> SetRolesAsync(Guid id, FormInput form, [AsParameters] PersonDesk desk) => desk.WithAsync(id, form, async seen =>
    {
        // A role that the profile grants no more may stay, but not be given.
        var granted = await desk.Organisations.RolesOfAsync(desk.Scope.Id, desk.Ct);
        PersonRules.CheckRoles(form, [.. granted.Union(seen.Roles)], desk.W, least: 0);
        if (desk.IsSelf(seen) && seen.Roles.Contains(NetworkRoles.Admin) && !form.Holds("rollen", NetworkRoles.Admin))
        {
            form.Fault("rollen", desk.W["AdminPeople.OwnRole"]);
        }

        if (!form.IsValid)
        {
            return Answer.Invalid<PersonPage>(await desk.ModelAsync(seen, form));
        }

        return await desk.People.SetRolesAsync(desk.Scope.Id, seen, [.. form.All("rollen").Distinct()], desk.Me.Login, desk.Ct)
            ? desk.Done(id, "AdminPeople.RolesSet")
            : await desk.ChangedAsync(id, form);
    });

    private static Task<IResult> ResetAsync(Guid id, FormInput form, [AsParameters] PersonDesk desk) => desk.AtHomeAsync(id, form, async seen =>
    {
        if (desk.IsSelf(seen))
        {
            return Answer.Invalid<PersonPage>(await desk.ModelAsync(seen, form.Fault("", desk.W["AdminPeople.OwnAccount"])));
        }

        var password = OneTimePassword.New();
        var hash = await OneTimePassword.HashAsync(password, desk.Ct);
        return await desk.People.ResetAsync(desk.Scope.Id, seen, hash, desk.Me.Login, desk.Ct)
            ? Answer.With<SecretPage>(PersonSecret.Of(desk.Scope, seen.Person, desk.W["AdminPeople.Reset"], password, desk.W))
            : await desk.ChangedAsync(id, form);
    });
}

/// <summary>What the handlers of a person's page need, and what they have in common.</summary>
internal sealed record PersonDesk(
    AdminScope Scope, ManagedPeople People, OrganisationAdministration Organisations, AuditStore Audit, NetworkNames Names, Visitor Me, Words W, TimeProvider Time,
    CancellationToken Ct)
{
    /// <summary>Somebody who works, or worked, for the organisation.</summary>
    public Task<ManagedPerson?> FindAsync(Guid id) => People.FindAsync(Scope.Id, id, Ct);

    /// <summary>Whether it is the visitor.</summary>
    public bool IsSelf(ManagedPerson person) => person.Person.Login == Me.Login;

    /// <summary>Does something with a person as it was seen.</summary>
    public async Task<IResult> WithAsync(Guid id, FormInput form, Func<ManagedPerson, Task<IResult>> act) => await FindAsync(id) switch
    {
        null => Answer.NotFound(),
        { } person when form.Version != person.Version => await ChangedAsync(id, form),
        { } person => await act(person),
    };

    /// <summary>Does something with the account, which only its home organisation may.</summary>
    public Task<IResult> AtHomeAsync(Guid id, FormInput form, Func<ManagedPerson, Task<IResult>> act) => WithAsync(id, form, async seen => seen.Person.Home == Scope.Id
        ? await act(seen)
        : Answer.Invalid<PersonPage>(await ModelAsync(seen, form.Fault("", W["AdminPeople.NotHome"]))));

    /// <summary>Does something with the account that needs no further input.</summary>
    /// <param name="id">The person.</param>
    /// <param name="form">The form.</param>
    /// <param name="done">Key of the sentence that says what was done.</param>
    /// <param name="own">Whether one may do it with one's own account.</param>
    /// <param name="act">Does it for the person seen and the login of who does it; false when it was done meanwhile.</param>
    public Task<IResult> ActAsync(Guid id, FormInput form, string done, bool own, Func<ManagedPerson, string, Task<bool>> act) => AtHomeAsync(id, form, async seen =>
    {
        if (!own && IsSelf(seen))
        {
            return Answer.Invalid<PersonPage>(await ModelAsync(seen, form.Fault("", W["AdminPeople.OwnAccount"])));
        }

        return await act(seen, Me.Login) ? Done(id, done) : await ChangedAsync(id, form);
    });

    /// <summary>Back to the person, with a sentence.</summary>
    public IResult Done(Guid id, string done) => Answer.Go(Scope.Url(Links.AdminPerson(id)), done);

    /// <summary>Somebody else was faster.</summary>
    public async Task<IResult> ChangedAsync(Guid id, FormInput form) => await FindAsync(id) is { } person
        ? Answer.Changed<PersonPage>(await ModelAsync(person, form, await Meanwhile.FindAsync(Audit, Scope.Id, person.Person.Login, Ct)))
        : Answer.NotFound();

    /// <summary>What the page shows; values that were not typed are those of the person.</summary>
    public async Task<PersonModel> ModelAsync(ManagedPerson person, FormInput? typed = null, Meanwhile? meanwhile = null)
    {
        var sent = typed?.Fields.ToHashSet() ?? [];
        var values = new List<(string, string?)>();
        values.AddRange(sent.Contains("name") ? [("name", typed!["name"]), ("email", typed["email"])] : [("name", person.Person.Name), ("email", person.Person.Email)]);
        values.AddRange((sent.Contains("rollen-gesendet") ? typed!.All("rollen") : person.Roles).Select(r => ("rollen", (string?)r)));
        var form = FormInput.Of(values);
        foreach (var fault in typed?.Faults ?? [])
        {
            form.Fault(fault.Field, fault.Message);
        }

        var granted = await Organisations.RolesOfAsync(Scope.Id, Ct);
        var home = (await Names.DirectoryAsync(Ct)).NameOf(person.Person.Home);
        return new PersonModel(Scope, person, form, [.. NetworkRoles.All.Where(granted.Union(person.Roles).Contains)], home, IsSelf(person), Time.GetUtcNow(), meanwhile);
    }
}
