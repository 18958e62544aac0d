using Referrals.Engine.Review.Reading;

namespace Referrals.Workers.Projections;

/// <summary>How the review's follower of this process gets on.</summary>
public sealed class ReviewProgress(TimeProvider time) : IProgress<RebuildProgress>
{
    private readonly Lock _lock = new();
    private bool _leads;
    private long _position;
    private TimeSpan _lag;
    private RebuildProgress? _building;
    private DateTimeOffset? _failingSince;

    /// <summary>Where it stands.</summary>
    public ReviewStanding Now
    {
        get
        {
            lock (_lock)
            {
                return new(_leads, _position, _lag, _failingSince is { } since ? time.GetUtcNow() - since : TimeSpan.Zero, _building);
            }
        }
    }

    /// <inheritdoc/>
    public void Report(RebuildProgress value)
    {
        lock (_lock)
        {
            _building = value;
        }
    }

    internal void Lead(bool leads)
    {
        lock (_lock)
        {
            (_leads, _building) = (leads, null);
        }
    }

    // Of a step: how long its last event took from the log to the review.
    internal TimeSpan? Took(ReviewStep step)
    {
        lock (_lock)
        {
            (_position, _building, _failingSince) = (step.Position, null, null);
            if (step.LastAt is not { } at)
            {
                return null;
            }

            var lag = time.GetUtcNow() - at;
            return _lag = lag > TimeSpan.Zero ? lag : TimeSpan.Zero;
        }
    }

    internal void Failed()
    {
        lock (_lock)
        {
            _failingSince ??= time.GetUtcNow();
        }
    }
}

/// <summary>Where the review's follower stands.</summary>
/// <param name="Leads">Whether this process is the one that follows.</param>
/// <param name="Position">Up to where the live generation has the log.</param>
/// <param name="Lag">How long the last event took from its time stamp until the review could see it.</param>
/// <param name="Failing">How long nothing has succeeded; zero when it goes well.</param>
/// <param name="Building">The first build, while it lasts.</param>
public sealed record ReviewStanding(bool Leads, long Position, TimeSpan Lag, TimeSpan Failing, RebuildProgress? Building);
