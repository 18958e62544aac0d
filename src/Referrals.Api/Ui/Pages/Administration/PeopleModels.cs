using Referrals.Api.Ui.Forms;
using Referrals.Engine.Network.Users;

namespace Referrals.Api.Ui.Pages.Administration;

/// <summary>The list of people.</summary>
/// <param name="Scope">Whose people.</param>
/// <param name="Filter">What is looked for.</param>
/// <param name="People">This page of them.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Before">Address of the page before.</param>
/// <param name="After">Address of the page after.</param>
public sealed record PeopleModel(AdminScope Scope, FormInput Filter, IReadOnlyList<ManagedPerson> People, int Count, string? Before, string? After);

/// <summary>A new person, or one of another organisation.</summary>
/// <param name="Scope">For which organisation.</param>
/// <param name="Form">What was typed.</param>
/// <param name="Roles">Roles that can be given.</param>
public sealed record NewPersonModel(AdminScope Scope, FormInput Form, IReadOnlyList<string> Roles);

/// <summary>A person.</summary>
/// <param name="Scope">For which organisation.</param>
/// <param name="Person">The person.</param>
/// <param name="Form">Name and address, or roles, as typed.</param>
/// <param name="Roles">Roles that can be given.</param>
/// <param name="HomeName">Name of the organisation whose administrators look after the account.</param>
/// <param name="IsSelf">Whether it is the visitor.</param>
/// <param name="Now">The time.</param>
/// <param name="Meanwhile">What somebody else did meanwhile.</param>
public sealed record PersonModel(
    AdminScope Scope, ManagedPerson Person, FormInput Form, IReadOnlyList<string> Roles, string HomeName, bool IsSelf, DateTimeOffset Now, Meanwhile? Meanwhile)
{
    /// <summary>Whether the account is looked after here.</summary>
    public bool IsHome => Person.Person.Home == Scope.Id;

    /// <summary>Where an act is sent.</summary>
    public string Act(string act) => Scope.Url($"{Links.AdminPerson(Person.Person.Id)}/{act}");
}

/// <summary>Whether somebody can sign in, and why not, in one word.</summary>
internal static class PersonStatus
{
    /// <summary>The code and the colour of its badge.</summary>
    public static (string Code, string Tone) Of(ManagedPerson person, DateTimeOffset now) => person switch
    {
        { Person.DisabledAt: not null } => ("disabled", "danger"),
        { Roles.Count: 0 } => ("left", "info"),
        _ when person.Account.IsLocked(now) => ("locked", "warning"),
        { Account.MustChange: true } => ("first", "info"),
        _ => ("open", "success"),
    };
}
