namespace Referrals.Engine.Network.Clients;

/// <summary>A machine client of an organisation.</summary>
/// <param name="Id">Its <c>client_id</c>: the organisation, or the organisation, a dot, and its name there.</param>
/// <param name="Organisation">The organisation it acts for.</param>
/// <param name="Roles">What it may do, see <see cref="NetworkRoles"/>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="DisabledAt">Since when it is not let in, or null.</param>
public sealed record Client(string Id, OrganisationId Organisation, IReadOnlyList<string> Roles, DateTimeOffset CreatedAt, DateTimeOffset? DisabledAt)
{
    /// <summary>Counts its changes, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>When it last got a new secret, or null.</summary>
    public DateTimeOffset? RenewedAt { get; init; }
}
