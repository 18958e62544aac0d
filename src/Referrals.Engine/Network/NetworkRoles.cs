namespace Referrals.Engine.Network;

/// <summary>What a person, a machine client or an organisation's people may do in the network: the only list of roles.</summary>
public static class NetworkRoles
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

    /// <summary>Data protection: sees who looked at what in the own organisation, not the cases.</summary>
    public const string Officer = "officer";

    /// <summary>Every role.</summary>
    public static IReadOnlyList<string> All { get; } = [Caseworker, Partner, Coordinator, Steering, Admin, Officer];

    /// <summary>What every organisation may have, whatever the network grants it.</summary>
    public static IReadOnlyList<string> Everywhere { get; } = [Admin, Officer];
}
