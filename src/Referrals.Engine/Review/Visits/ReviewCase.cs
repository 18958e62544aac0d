using System.Collections.Immutable;
using Referrals.Engine.Referrals;

namespace Referrals.Engine.Review.Visits;

/// <summary>
/// A referral as the review sees it: its way along the chain with every time stamp, and nothing about the client. What
/// the read side keeps for each referral; a case of an imported log has the same shape. Compared by <see cref="IsSameAs"/>.
/// </summary>
/// <param name="Id">The referral; never shown outside the organisation that holds it.</param>
/// <param name="Holder">Organisation that holds the case.</param>
/// <param name="Chain">Chain.</param>
/// <param name="Version">Version of the chain, from 1.</param>
/// <param name="Started">When it was started (<see cref="Moments"/>).</param>
public sealed record ReviewCase(Guid Id, OrganisationId Holder, ChainId Chain, int Version, uint Started)
{
    /// <summary>When it ended (<see cref="Moments"/>); 0 while it runs.</summary>
    public uint Ended { get; init; }

    /// <summary>Why it ended; null while it runs.</summary>
    public ClosingReason? Closing { get; init; }

    /// <summary>Position in the log of the event that ended it; 0 while it runs.</summary>
    public long EndedAt { get; init; }

    /// <summary>How often it was opened again.</summary>
    public int Reopened { get; init; }

    /// <summary>Its visits in the order in which they were offered.</summary>
    public ImmutableArray<Visit> Visits { get; init; } = [];

    /// <summary>Whether the other one says the same of the same case.</summary>
    public bool IsSameAs(ReviewCase other) => this with { Visits = [] } == other with { Visits = [] } && Visits.SequenceEqual(other.Visits);
}
