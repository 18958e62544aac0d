namespace Referrals.Engine.Review.Visits;

/// <summary>
/// Instants as whole seconds since 1970-01-01 UTC in 32 bits, which last until 2106: what makes millions of visits fit into memory.
/// 0 stands for "not happened".
/// </summary>
public static class Moments
{
    /// <summary>Seconds of a day.</summary>
    public const uint Day = 86_400;

    /// <summary>An instant in whole seconds; 0 for null. What lies outside the range is taken as its nearest end.</summary>
    public static uint Of(DateTimeOffset? at) => at is { } known ? (uint)Math.Clamp(known.ToUnixTimeSeconds(), 1, uint.MaxValue) : 0;

    /// <summary>The instant (UTC) of whole seconds; null for 0.</summary>
    public static DateTimeOffset? At(uint moment) => moment == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(moment);
}
