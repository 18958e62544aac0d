using Microsoft.AspNetCore.Authorization;
using Referrals.Engine.Network;

namespace Referrals.Api.Security;

/// <summary>The policies of endpoints: each names the roles of which one is needed.</summary>
public static class Policies
{
    /// <summary>Anybody of an organisation of the network.</summary>
    public const string Member = "member";

    /// <summary>Referrals.</summary>
    public const string Caseworker = NetworkRoles.Caseworker;

    /// <summary>Assignments.</summary>
    public const string Partner = NetworkRoles.Partner;

    /// <summary>Chains and escalations.</summary>
    public const string Coordinator = NetworkRoles.Coordinator;

    /// <summary>Where chains get stuck.</summary>
    public const string Steering = NetworkRoles.Steering;

    /// <summary>Agreeing to a chain for the own organisation.</summary>
    public const string Agreement = "agreement";

    /// <summary>The own organisation's profile, services and capacity.</summary>
    public const string OwnOrganisation = "own-organisation";

    /// <summary>The own organisation's clients.</summary>
    public const string Admin = NetworkRoles.Admin;

    /// <summary>The own organisation's access log.</summary>
    public const string Officer = NetworkRoles.Officer;

    /// <summary>The network as a whole.</summary>
    public const string Operator = "operator";

    /// <summary>The roles of which one is needed, by policy; empty: any member.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Needed { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [Member] = [],
        [Caseworker] = [NetworkRoles.Caseworker],
        [Partner] = [NetworkRoles.Partner],
        [Coordinator] = [NetworkRoles.Coordinator],
        [Steering] = [NetworkRoles.Steering],
        [Agreement] = [NetworkRoles.Partner, NetworkRoles.Coordinator],
        [OwnOrganisation] = [NetworkRoles.Partner, NetworkRoles.Coordinator, NetworkRoles.Admin],
        [Admin] = [NetworkRoles.Admin],
        [Officer] = [NetworkRoles.Officer],
        [Operator] = [NetworkRoles.Admin],
    };

    /// <summary>Registers them; a route without a policy needs a member's token.</summary>
    internal static void Register(AuthorizationOptions options, ApiSettings settings)
    {
        foreach (var (name, roles) in Needed)
        {
            options.AddPolicy(name, policy =>
            {
                IsMember(policy);
                if (roles.Count > 0)
                {
                    policy.RequireRole(roles);
                }

                if (name == Operator)
                {
                    policy.RequireClaim(Claims.OrganisationClaim, settings.Operator);
                }
            });
        }

        options.FallbackPolicy = IsMember(new AuthorizationPolicyBuilder()).Build();
    }

    private static AuthorizationPolicyBuilder IsMember(AuthorizationPolicyBuilder policy) =>
        policy.RequireAuthenticatedUser().RequireAssertion(c => c.User.IsMember());
}
