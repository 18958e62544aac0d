using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Organisations;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>People of an organisation: list, new ones, and those of other organisations.</summary>
internal static class PeoplePages
{
    private const int PageSize = 100;

    public static void Map(RouteGroupBuilder admins)
    {
        admins.MapGet(Links.AdminPeople, ListAsync);
        admins.MapGet(Links.AdminPersonNew, ShowNewAsync);
        admins.MapPost(Links.AdminPersonNew, CreateAsync);
        admins.MapGet(Links.AdminPersonJoin, ShowJoinAsync);
        admins.MapPost(Links.AdminPersonJoin, JoinAsync);
    }

    // People are not searched by name, because nothing personal stands in an address.
    private static async Task<IResult> ListAsync(string? rolle, string? zeige, string? seite, AdminScope scope, ManagedPeople people, CancellationToken ct)
    {
        var all = zeige == "alle";
        var found = (await people.ListAsync(scope.Id, ct))
            .Where(p => (all || (p.Roles.Count > 0 && p.Person.DisabledAt is null)) && (string.IsNullOrEmpty(rolle) || p.Roles.Contains(rolle))).ToList();
        var part = PagePart.Of(found, seite, PageSize, page => scope.Url(Links.AdminPeople, ("rolle", rolle), ("zeige", all ? "alle" : null), ("seite", page)));
        return Answer.With<PeoplePage>(new PeopleModel(scope, FormInput.Of(("rolle", rolle), ("zeige", all ? "alle" : "")), part.Items, found.Count, part.Before, part.After));
    }

    private static async Task<IResult> ShowNewAsync(AdminScope scope, OrganisationAdministration organisations, CancellationToken ct) =>
        Answer.With<NewPersonPage>(new NewPersonModel(scope, new FormInput(), await organisations.RolesOfAsync(scope.Id, ct)));

    private static async Task<IResult> CreateAsync(
        FormInput form, AdminScope scope, OrganisationAdministration organisations, UserStore users, Visitor me, Words w, CancellationToken ct)
    {
        var granted = await organisations.RolesOfAsync(scope.Id, ct);
        var (login, email, roles) = (Logins.Normal(form["anmeldename"]), form["email"] is { Length: > 0 } e ? e : null, form.All("rollen"));
        PersonRules.Check(form, w);
        if (!Logins.IsLogin(login))
        {
            form.Fault("anmeldename", w["AdminPeople.LoginFault"]);
        }

        PersonRules.CheckRoles(form, granted, w, least: 1);
        if (!form.IsValid)
        {
            return Answer.Invalid<NewPersonPage>(new NewPersonModel(scope, form, granted));
        }

        var password = OneTimePassword.New();
        var person = new NewPerson(login, form["name"], email, await OneTimePassword.HashAsync(password, ct));
        if (await users.CreateAsync(scope.Id, person, [.. roles.Distinct()], me.Login, ct) is not { } made)
        {
            return Answer.Invalid<NewPersonPage>(new NewPersonModel(scope, form.Fault("anmeldename", w["AdminPeople.LoginTaken"]), granted));
        }

        return Answer.With<SecretPage>(PersonSecret.Of(scope, made.Person, w["AdminPeople.Created"], password, w));
    }

    private static async Task<IResult> ShowJoinAsync(AdminScope scope, OrganisationAdministration organisations, CancellationToken ct) =>
        Answer.With<JoinPage>(new NewPersonModel(scope, new FormInput(), await organisations.RolesOfAsync(scope.Id, ct)));

    // An administrator proves with the address that he knows the person: else a login alone would tell who works in the network. Only the
    // operator, who sees everybody anyway, needs none.
    private static async Task<IResult> JoinAsync(
        FormInput form, AdminScope scope, OrganisationAdministration organisations, ManagedPeople people, Visitor me, Words w, CancellationToken ct)
    {
        var granted = await organisations.RolesOfAsync(scope.Id, ct);
        var (login, email) = (Logins.Normal(form["anmeldename"]), form["email"]);
        if (!Logins.IsLogin(login))
        {
            form.Fault("anmeldename", w["AdminPeople.LoginFault"]);
        }

        if (!scope.IsOperator && !Logins.IsEmail(email))
        {
            form.Fault("email", w["AdminPeople.EmailFault"]);
        }

        PersonRules.CheckRoles(form, granted, w, least: 1);
        if (form.IsValid)
        {
            var known = scope.IsOperator && email.Length == 0 ? null : email;
            if (await people.JoinAsync(scope.Id, login, known, [.. form.All("rollen").Distinct()], me.Login, ct) is { } joined)
            {
                return Answer.Go(scope.Url(Links.AdminPerson(joined)), "AdminPeople.Joined");
            }

            form.Fault("", w["AdminPeople.JoinNobody"]);
        }

        return Answer.Invalid<JoinPage>(new NewPersonModel(scope, form, granted));
    }
}

/// <summary>What has to be right with a person's form.</summary>
internal static class PersonRules
{
    /// <summary>Checks name and address.</summary>
    public static void Check(FormInput form, Words w)
    {
        if (!Logins.IsName(form["name"]))
        {
            form.Fault("name", w["AdminPeople.NameFault"]);
        }

        if (form["email"].Length > 0 && !Logins.IsEmail(form["email"]))
        {
            form.Fault("email", w["AdminPeople.EmailFault"]);
        }
    }

    /// <summary>Checks that only roles are chosen that can be given.</summary>
    public static void CheckRoles(FormInput form, IReadOnlyList<string> granted, Words w, int least)
    {
        var chosen = form.All("rollen");
        if (chosen.Except(granted).Any())
        {
            form.Fault("rollen", w["Admin.RoleNotGranted"]);
        }
        else if (chosen.Count < least)
        {
            form.Fault("rollen", w["Admin.RoleMissing"]);
        }
    }
}

/// <summary>The page that shows somebody's first password.</summary>
internal static class PersonSecret
{
    public static SecretModel Of(AdminScope scope, Person person, string title, string password, Words w) => new(
        scope, title, [(w["Admin.People"], scope.Url(Links.AdminPeople))], w["AdminPeople.SecretText"],
        [(w["AdminPeople.Name"], person.Name), (w["AdminPeople.Login"], person.Login)], w["AdminPeople.FirstPassword"], password,
        (w["AdminPeople.ToPerson"], scope.Url(Links.AdminPerson(person.Id))));
}
