namespace Referrals.Engine.Review.Reading;

/// <summary>How much is done at once when the log is read for the review.</summary>
public sealed record ReviewLimits
{
    /// <summary>Positions of the log that are read with one statement.</summary>
    public int Window { get; init; } = 20_000;

    /// <summary>Events after which a generation that is being built is written down; as much is read again after a kill.</summary>
    public int Checkpoint { get; init; } = 200_000;

    /// <summary>Cases that are kept in memory: those open, and those changed and not yet written.</summary>
    public int Cases { get; init; } = 50_000;
}
