using Referrals.Engine;
using Referrals.Engine.Chains;
using Referrals.Engine.Network.Organisations;

namespace Referrals.Api.Endpoints;

/// <summary>What an organisation says of itself. Words about organisations, never about people.</summary>
/// <param name="Name">Name for people, at most 120 characters.</param>
/// <param name="Kind">Code of its kind.</param>
/// <param name="Municipality">Where it is.</param>
/// <param name="PolicyFields">Codes of the policy fields that it works in. At least one.</param>
/// <param name="Roles">What its people may be in the network. At least one.</param>
/// <param name="Coordinates">Code of the policy field that it coordinates.</param>
public sealed record ProfileResource(
    string Name, string Kind, string Municipality, IReadOnlyList<string> PolicyFields, IReadOnlyList<string> Roles, string? Coordinates = null)
{
    /// <summary>As the engine takes it.</summary>
    public OrganisationProfile ToProfile() => new()
    {
        Name = Name,
        Kind = Kind,
        Municipality = Municipality,
        PolicyFields = PolicyFields,
        Roles = Roles,
        Coordinates = Coordinates,
    };

    /// <summary>As the API shows it.</summary>
    public static ProfileResource From(OrganisationProfile p) => new(p.Name, p.Kind, p.Municipality, p.PolicyFields, p.Roles, p.Coordinates);
}

/// <summary>The services that an organisation offers.</summary>
/// <param name="Services">Codes, each once.</param>
public sealed record ServicesResource(IReadOnlyList<string> Services);

/// <summary>How much of a service is free.</summary>
/// <param name="OpenPlaces">Open places.</param>
/// <param name="Unit">Code of what is counted, such as <c>places</c>.</param>
/// <param name="AsOf">The day on which it was so.</param>
public sealed record CapacityResource(int OpenPlaces, string Unit, DateOnly AsOf);

/// <summary>The three facets of the initial analysis, each in German and, where somebody wrote it, in English.</summary>
/// <param name="Responsibility">What the organisation is responsible for.</param>
/// <param name="Potential">What it could contribute.</param>
/// <param name="Activity">What it does.</param>
public sealed record AnalysisResource(LocalText Responsibility, LocalText Potential, LocalText Activity);

/// <summary>A service that an organisation offers.</summary>
/// <param name="Service">Its code.</param>
/// <param name="Capacity">What was last reported free.</param>
public sealed record ServiceResource(string Service, CapacityResource? Capacity = null);

/// <summary>Publishes a key for contact cards.</summary>
/// <param name="PublicKey">The public key on P-256, as SubjectPublicKeyInfo in Base64.</param>
public sealed record PublishCardKey(string PublicKey);

/// <summary>A public key to which contact cards are sealed.</summary>
/// <param name="Id">Its fingerprint: k and the first 128 bits of the SHA-256 of the key, in hexadecimal.</param>
/// <param name="PublicKey">The public key on P-256, as SubjectPublicKeyInfo in Base64.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Current">Whether new cards are sealed to it.</param>
/// <param name="RevokedAt">When it was revoked.</param>
public sealed record CardKeyResource(string Id, string PublicKey, DateTimeOffset PublishedAt, bool Current, DateTimeOffset? RevokedAt = null);

/// <summary>The keys of an organisation for contact cards.</summary>
/// <param name="Keys">Newest first.</param>
public sealed record CardKeysResource(IReadOnlyList<CardKeyResource> Keys)
{
    /// <summary>As the API shows them.</summary>
    public static CardKeysResource From(IReadOnlyList<CardKey> keys) =>
        new([.. keys.Reverse().Select(k => new CardKeyResource(k.Id, k.PublicKey, k.PublishedAt, k == CardKey.Current(keys), k.RevokedAt))]);
}

/// <summary>An organisation of the network, as every organisation may see it.</summary>
/// <param name="Id">Its code.</param>
/// <param name="Profile">What it says of itself.</param>
/// <param name="Services">What it offers.</param>
/// <param name="RegisteredAt">When it joined.</param>
/// <param name="Analysis">Its initial analysis, once recorded.</param>
/// <param name="LeftAt">When it left the network; left out while it belongs to it.</param>
public sealed record OrganisationResource(
    OrganisationId Id, ProfileResource Profile, IReadOnlyList<ServiceResource> Services, DateTimeOffset RegisteredAt, AnalysisResource? Analysis = null,
    DateTimeOffset? LeftAt = null)
{
    /// <summary>As the API shows it, from the directory.</summary>
    public static OrganisationResource From(OrganisationListItem o) => Of(
        o.Id, o.Profile, o.Services.Select(s => (s.Service, s.Capacity)), o.RegisteredAt, o.Analysis) with
    {
        LeftAt = o.LeftAt,
    };

    /// <summary>As the API shows it, from its history.</summary>
    public static OrganisationResource From(OrganisationState o) => Of(
        o.Id, o.Profile, o.Services.Select(s => (s, o.Capacities.GetValueOrDefault(s))), o.RegisteredAt, o.Analysis) with
    {
        LeftAt = o.LeftAt,
    };

    private static OrganisationResource Of(
        OrganisationId id, OrganisationProfile profile, IEnumerable<(string Code, Capacity? Free)> services, DateTimeOffset registeredAt, InitialAnalysis? analysis) => new(
        id,
        ProfileResource.From(profile),
        [.. services.Select(s => new ServiceResource(s.Code, s.Free is { } c ? new CapacityResource(c.OpenPlaces, c.Unit, c.AsOf) : null))],
        registeredAt,
        analysis is null ? null : new AnalysisResource(analysis.Responsibility, analysis.Potential, analysis.Activity));
}
