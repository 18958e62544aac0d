namespace Referrals.Engine.Network.Clients;

/// <summary>A machine client of an organisation.</summary>
/// <param name="Id">Its <c>client_id</c>: the organisation, or the organisation, a dot, and its name there.</param>
/// <param name="Organisation">The organisation it acts for.</param>
/// <param name="Roles">What it may do, see <see cref="ClientRoles"/>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="DisabledAt">Since when it is not let in, or null.</param>
public sealed record Client(string Id, OrganisationId Organisation, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt);

/// <summary>What a client or user may do for its organisation.</summary>
public static class ClientRoles
{
    /// <summary>Starts and follows referrals of the own organisation.</summary>
    public const string Caseworker = "caseworker";

    /// <summary>Works on assignments of the own organisation; agrees to chains for it.</summary>
    public const string Partner = "partner";

    /// <summary>Drafts and proposes chains, gets escalations.</summary>
    public const string Coordinator = "coordinator";

    /// <summary>Sees where chains get stuck, from aggregates only.</summary>
    public const string Steering = "steering";

    /// <summary>Administers the own organisation; that of the network's operator administers the network.</summary>
    public const string Admin = "admin";

    /// <summary>Every role.</summary>
    public static IReadOnlyList<string> All { get; } = [Caseworker, Partner, Coordinator, Steering, Admin];
}
