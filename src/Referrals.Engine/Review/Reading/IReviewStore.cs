using Referrals.Engine.Review.Visits;

namespace Referrals.Engine.Review.Reading;

/// <summary>
/// What the review reads: every referral of the network as a case, over all organisations. Ask for the live generation, read it, and from
/// then on what has changed since its position. A case may come more than once; the last one counts.
/// </summary>
public interface IReviewStore
{
    /// <summary>The generation that is read; null while the first one is being built.</summary>
    Task<Generation?> LiveAsync(CancellationToken ct);

    /// <summary>The generation that is being built, with its progress; null when none is.</summary>
    Task<Generation?> BuildingAsync(CancellationToken ct);

    /// <summary>All cases of a generation in the order in which they last changed, as they are at one moment; held in memory one by one.</summary>
    /// <exception cref="GenerationGoneException">It is not the live one any more.</exception>
    IAsyncEnumerable<ReviewCase> ReadAsync(Generation generation, CancellationToken ct);

    /// <summary>The cases that changed after a position of the log, in the order in which they last changed.</summary>
    /// <exception cref="GenerationGoneException">The generation is not the live one any more.</exception>
    IAsyncEnumerable<ReviewCase> ReadSinceAsync(Generation generation, long revision, CancellationToken ct);
}
