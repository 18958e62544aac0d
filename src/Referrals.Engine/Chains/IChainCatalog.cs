using System.Collections.Frozen;

namespace Referrals.Engine.Chains;

/// <summary>Where a version of a chain stands.</summary>
public enum ChainStatus
{
    /// <summary>Open for agreement.</summary>
    Proposed,

    /// <summary>A partner objected.</summary>
    Objected,

    /// <summary>Every partner agreed; in force from a day to come.</summary>
    Agreed,

    /// <summary>Every partner agreed; referrals are started on it.</summary>
    InForce,

    /// <summary>A newer version is in force.</summary>
    Replaced,

    /// <summary>No longer used.</summary>
    Retired,
}

/// <summary>A version of a chain with the hash of its content and where it stands.</summary>
public sealed record AgreedChain(ChainVersion Version, string ContentHash, ChainStatus Status)
{
    /// <summary>Whether all had agreed at some time, so that referrals may run on it.</summary>
    public bool WasAgreed { get; init; }

    /// <summary>Partners that ended their agreement to it: they get no new offers, also in referrals that run on it already.</summary>
    public IReadOnlySet<OrganisationId> Withdrawn { get; init; } = FrozenSet<OrganisationId>.Empty;
}

/// <summary>Finds chain versions. Implemented by the service of the chain streams.</summary>
public interface IChainCatalog
{
    /// <summary>
    /// A version, wherever it stands, or null. Its content is final; who withdrew, and where it stands, may be a little old.
    /// </summary>
    Task<AgreedChain?> FindAsync(ChainId id, int version, CancellationToken ct);

    /// <summary>A version as it stands now, or null.</summary>
    Task<AgreedChain?> FindNowAsync(ChainId id, int version, CancellationToken ct);

    /// <summary>The version in force, or null.</summary>
    Task<AgreedChain?> InForceAsync(ChainId id, CancellationToken ct);
}
