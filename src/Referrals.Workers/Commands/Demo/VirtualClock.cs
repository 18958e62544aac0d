namespace Referrals.Workers.Commands.Demo;

/// <summary>A clock that stands still until it is set.</summary>
internal sealed class VirtualClock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Sets the time, also back: to another referral's time, of which this one knows nothing.</summary>
    public void Set(DateTimeOffset to) => _now = to;

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan span) => _now += span;
}
