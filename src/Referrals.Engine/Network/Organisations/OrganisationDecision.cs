namespace Referrals.Engine.Network.Organisations;

/// <summary>What a decision on an organisation comes to.</summary>
public abstract record OrganisationDecision
{
    private OrganisationDecision() { }

    /// <summary>These events happen; none: it was already so.</summary>
    public sealed record Happens(IReadOnlyList<OrganisationEvent> Events) : OrganisationDecision;

    /// <summary>It can't be done; nothing changes.</summary>
    public sealed record Refused(OrganisationRefusal Refusal) : OrganisationDecision;
}

/// <summary>Why something can't be done with an organisation: a stable code, the field at fault if there is one, and plain words.</summary>
/// <param name="Code">Stable code, such as <c>organisation-not-found</c>.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Field">Path of the input at fault.</param>
public sealed record OrganisationRefusal(string Code, string Message, string? Field = null)
{
    /// <summary>All that is wrong with the input, where more than one thing can be.</summary>
    public IReadOnlyList<OrganisationRefusal> Faults { get; init; } = [];

    /// <summary>The network has no such organisation.</summary>
    public static readonly OrganisationRefusal NotFound = new("organisation-not-found", "The network has no such organisation.");

    /// <summary>It was registered with another profile.</summary>
    public static readonly OrganisationRefusal AlreadyRegistered =
        new("organisation-already-registered", "An organisation with this code is registered with another profile.");

    /// <summary>It does not offer this service.</summary>
    public static readonly OrganisationRefusal ServiceNotOffered =
        new("service-not-offered", "The organisation does not offer this service.", "service");

    /// <summary>An older report of the free places came after a newer one.</summary>
    public static readonly OrganisationRefusal CapacityOutdated =
        new("capacity-outdated", "A newer report is already there.", "capacity.asOf");

    /// <summary>What its people may be in the network is decided by the network's administrator.</summary>
    public static readonly OrganisationRefusal RolesForeign =
        new("organisation-roles-foreign", "Only the network's administrator changes what an organisation's people may be.", "profile.roles");

    /// <summary>Which policy field it coordinates is decided by the network's administrator.</summary>
    public static readonly OrganisationRefusal CoordinationForeign =
        new("organisation-coordination-foreign", "Only the network's administrator changes which policy field an organisation coordinates.", "profile.coordinates");

    /// <summary>It is no public key on P-256.</summary>
    public static readonly OrganisationRefusal CardKeyInvalid =
        new("card-key-invalid", "A key for contact cards is a public key on the curve P-256, as SubjectPublicKeyInfo in Base64.", "cardKey.publicKey");

    /// <summary>A key is published once.</summary>
    public static readonly OrganisationRefusal CardKeyUsed = new("card-key-used", "This key was replaced or revoked; make a new one.", "cardKey.publicKey");

    /// <summary>It has published no such key.</summary>
    public static readonly OrganisationRefusal CardKeyNotFound = new("card-key-not-found", "The organisation has no such key.");

    /// <summary>It coordinates chains, which would be nobody's.</summary>
    /// <param name="chains">Their codes.</param>
    public static OrganisationRefusal Coordinates(IEnumerable<ChainId> chains) =>
        new("organisation-coordinates", $"The organisation coordinates chains: {string.Join(", ", chains)}. Let it hand them over or retire them first.");

    /// <summary>The input is not as it has to be; every fault is named.</summary>
    public static OrganisationRefusal Invalid(IReadOnlyList<OrganisationRefusal> faults) =>
        new("organisation-invalid", "The organisation can't be recorded as given.") { Faults = faults };
}
