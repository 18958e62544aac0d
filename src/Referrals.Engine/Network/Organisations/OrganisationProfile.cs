using Referrals.Engine.Chains;

namespace Referrals.Engine.Network.Organisations;

/// <summary>What the network knows of an organisation. Words about organisations, never about people.</summary>
public sealed record OrganisationProfile
{
    /// <summary>Name for people, at most 120 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Code of its kind, such as <c>debt-counselling</c> or <c>jobcenter</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it is, at most 120 characters.</summary>
    public required string Municipality { get; init; }

    /// <summary>Codes of the policy fields that it works in. At least one.</summary>
    public required IReadOnlyList<string> PolicyFields { get; init; }

    /// <summary>What its people may be in the network, see <see cref="NetworkRoles"/>. At least one.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Code of the policy field that it coordinates, or null.</summary>
    public string? Coordinates { get; init; }

    /// <summary>Whether two profiles say the same; the order of lists counts.</summary>
    public bool Equals(OrganisationProfile? other) =>
        other is not null && Name == other.Name && Kind == other.Kind && Municipality == other.Municipality && Coordinates == other.Coordinates
        && PolicyFields.SequenceEqual(other.PolicyFields) && Roles.SequenceEqual(other.Roles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Municipality, Coordinates);
}

/// <summary>The three facets of the initial analysis of a partner (Ausgangsanalyse), each at most 1000 characters.</summary>
/// <param name="Responsibility">What it is responsible for (Zuständigkeit).</param>
/// <param name="Potential">What it could contribute (Potenzial).</param>
/// <param name="Activity">What it does (Aktivität).</param>
public sealed record InitialAnalysis(LocalText Responsibility, LocalText Potential, LocalText Activity);

/// <summary>How much of a service is free.</summary>
/// <param name="OpenPlaces">Open places, 0 to 100,000.</param>
/// <param name="Unit">Code of what is counted, such as <c>places</c> or <c>appointments-per-month</c>.</param>
/// <param name="AsOf">The day on which it was so.</param>
public sealed record Capacity(int OpenPlaces, string Unit, DateOnly AsOf);
