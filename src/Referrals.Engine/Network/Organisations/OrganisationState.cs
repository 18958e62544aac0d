using System.Collections.Immutable;
using System.Diagnostics;

namespace Referrals.Engine.Network.Organisations;

/// <summary>An organisation as the fold of its events.</summary>
public sealed record OrganisationState
{
    /// <summary>Who it is.</summary>
    public required OrganisationId Id { get; init; }

    /// <summary>What the network knows of it.</summary>
    public required OrganisationProfile Profile { get; init; }

    /// <summary>When it joined.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>When it left the network; null: it belongs to it.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Its initial analysis, once recorded.</summary>
    public InitialAnalysis? Analysis { get; init; }

    /// <summary>Codes of the services that it offers.</summary>
    public ImmutableList<string> Services { get; init; } = [];

    /// <summary>What was last reported free of a service that it still offers.</summary>
    public ImmutableSortedDictionary<string, Capacity> Capacities { get; init; } =
        ImmutableSortedDictionary.Create<string, Capacity>(StringComparer.Ordinal);

    /// <summary>Keys to which contact cards were sealed, oldest first; at most <see cref="CardKey.MaxShown"/>.</summary>
    public ImmutableList<CardKey> CardKeys { get; init; } = [];

    /// <summary>The state after one more event; null before the first.</summary>
    public static OrganisationState Evolve(OrganisationState? state, OrganisationEvent happened) => (happened, state) switch
    {
        (OrganisationEvent.Registered e, null) => new OrganisationState { Id = e.Organisation, Profile = e.Profile, RegisteredAt = e.At },
        (OrganisationEvent.Registered e, _) => state with { Profile = e.Profile, RegisteredAt = e.At, LeftAt = null },
        (_, null) => throw new InvalidOperationException(
            $"an organisation begins with {nameof(OrganisationEvent.Registered)}, not {happened.GetType().Name}"),
        (OrganisationEvent.Left e, _) => state with { LeftAt = e.At },
        (OrganisationEvent.ProfileChanged e, _) => state with { Profile = e.Profile },
        (OrganisationEvent.InitialAnalysisRecorded e, _) => state with { Analysis = e.Analysis },
        (OrganisationEvent.ServicesOffered e, _) => state with
        {
            Services = [.. e.Services],
            Capacities = state.Capacities.RemoveRange(state.Capacities.Keys.Except(e.Services)),
        },
        (OrganisationEvent.CapacityReported e, _) => state with { Capacities = state.Capacities.SetItem(e.Service, e.Capacity) },
        (OrganisationEvent.CardKeyPublished e, _) => state with { CardKeys = Organisations.CardKeys.Published(state.CardKeys, e) },
        (OrganisationEvent.CardKeyRevoked e, _) => state with { CardKeys = Organisations.CardKeys.Revoked(state.CardKeys, e) },
        _ => throw new UnreachableException(),
    };

    /// <summary>The state after these events; null when there are none.</summary>
    public static OrganisationState? Fold(IEnumerable<OrganisationEvent> events) => events.Aggregate((OrganisationState?)null, Evolve);
}
