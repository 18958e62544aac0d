namespace Referrals.Engine.Review;

/// <summary>Settings of the review, section <c>Review</c>.</summary>
public sealed record ReviewOptions
{
    /// <summary>The least that <see cref="Threshold"/> may be: the minimum of the statistics of the Federal Employment Agency.</summary>
    public const int LeastThreshold = 3;

    /// <summary>The fewest cases that a number may stand for; 5 unless set, never below 3.</summary>
    public int Threshold { get; init; } = 5;

    /// <summary>How old (at most) what is shown may be before the changes since are read; 5 seconds.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a model that questions "what if" rest on is kept before it is fitted anew; 15 minutes.</summary>
    public TimeSpan ModelKept { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Checks them.</summary>
    /// <exception cref="InvalidOperationException">The threshold is too small, or a time is negative.</exception>
    public ReviewOptions Checked() =>
        Threshold < LeastThreshold ? throw new InvalidOperationException($"Review:Threshold must be at least {LeastThreshold}")
        : RefreshAfter < TimeSpan.Zero ? throw new InvalidOperationException("Review:RefreshAfter must not be negative")
        : ModelKept < TimeSpan.Zero ? throw new InvalidOperationException("Review:ModelKept must not be negative")
        : this;
}
