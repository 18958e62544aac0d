namespace Referrals.Engine.Network.Organisations;

/// <summary>What happened with an organisation of the network. Kept in its own tenant.</summary>
public abstract record OrganisationEvent
{
    private OrganisationEvent() { }

    /// <summary>The organisation.</summary>
    public required OrganisationId Organisation { get; init; }

    /// <summary>When it happened (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>It joined the network.</summary>
    public sealed record Registered(OrganisationProfile Profile) : OrganisationEvent;

    /// <summary>It left the network: no chain may name it any more. What runs with it is brought to an end.</summary>
    public sealed record Left : OrganisationEvent;

    /// <summary>Its profile changed.</summary>
    public sealed record ProfileChanged(OrganisationProfile Profile) : OrganisationEvent;

    /// <summary>The initial analysis was recorded, or replaced.</summary>
    public sealed record InitialAnalysisRecorded(InitialAnalysis Analysis) : OrganisationEvent;

    /// <summary>From here on it offers exactly these services.</summary>
    public sealed record ServicesOffered(IReadOnlyList<string> Services) : OrganisationEvent;

    /// <summary>It told how much of a service is free.</summary>
    public sealed record CapacityReported(string Service, Capacity Capacity) : OrganisationEvent;

    /// <summary>It published a key to which contact cards are sealed from now on; one before still opens what was sealed to it.</summary>
    public sealed record CardKeyPublished(string Key, string PublicKey) : OrganisationEvent;

    /// <summary>It revoked a key, because it is lost or became known: nobody seals to it any more.</summary>
    public sealed record CardKeyRevoked(string Key) : OrganisationEvent;
}
