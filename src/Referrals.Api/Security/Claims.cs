using System.Security.Claims;
using Referrals.Engine;

namespace Referrals.Api.Security;

/// <summary>What an access token says of its bearer.</summary>
public static class Claims
{
    /// <summary>Name of the claim that holds the organisation.</summary>
    public const string OrganisationClaim = "org";

    /// <summary>Name of the claim that holds the roles.</summary>
    public const string RolesClaim = "roles";

    /// <summary>Name of the claim that holds a person's name.</summary>
    public const string NameClaim = "name";

    /// <summary>Name of the claim that holds the identity of a person's account; machine clients have none.</summary>
    public const string PersonClaim = "person";

    /// <summary>Name of the claim that says <c>off</c> when a person wants no single-key shortcuts.</summary>
    public const string ShortcutsClaim = "shortcuts";

    /// <summary>Whether the token names exactly one organisation.</summary>
    public static bool IsMember(this ClaimsPrincipal user) => user.FindAll(OrganisationClaim).ToList() is [var only] && Codes.IsCode(only.Value);

    /// <summary>The organisation that the bearer acts for: the tenant of everything it does.</summary>
    public static OrganisationId Organisation(this ClaimsPrincipal user) => user.IsMember()
        ? new OrganisationId(user.FindFirstValue(OrganisationClaim)!)
        : throw new InvalidOperationException("the token names no organisation");

    /// <summary>Identity of the person's account; null for a machine client.</summary>
    public static Guid? Person(this ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(PersonClaim), out var person) ? person : null;

    /// <summary>Name of the client or user.</summary>
    public static string Subject(this ClaimsPrincipal user) => user.FindFirstValue("sub") ?? user.FindFirstValue("client_id") ?? "unnamed";
}
