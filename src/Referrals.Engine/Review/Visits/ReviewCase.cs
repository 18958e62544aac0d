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

    /// <summary>
    /// How it ended before it was first opened again; null where it never was (or, read from before that was kept, where it isn't known). Figures of
    /// finished cases count it with this end, whatever comes after: a case that left them would show by the difference.
    /// </summary>
    public CaseEnd? FirstEnd { get; init; }

    /// <summary>The end with which it counts as finished; null where it has none.</summary>
    public CaseEnd? Counted => FirstEnd ?? (EndedAt > 0 ? new(Ended, Closing, EndedAt, Visits.Length) : null);

    /// <summary>Its visits in the order in which they were offered.</summary>
    public ImmutableArray<Visit> Visits { get; init; } = [];

    /// <summary>Whether the other one says the same of the same case.</summary>
    public bool IsSameAs(ReviewCase other) => this with { Visits = [] } == other with { Visits = [] } && Visits.SequenceEqual(other.Visits);
}

/// <summary>How a case ended.</summary>
/// <param name="Ended">When (<see cref="Moments"/>).</param>
/// <param name="Closing">Why; null where that isn't known.</param>
/// <param name="EndedAt">Position in the log of the event that ended it.</param>
/// <param name="Visits">How many visits it had.</param>
public readonly record struct CaseEnd(uint Ended, ClosingReason? Closing, long EndedAt, int Visits);
