namespace Referrals.Engine.Review.Visits;

/// <summary>
/// How far something open may be told apart without a number falling below the threshold. Each level tells whole batches as large as the threshold;
/// what is left counts at the next, so that every number, and every difference of two, is a multiple of the threshold.
/// </summary>
public enum Shown : byte
{
    /// <summary>By step and partner (a case: by chain version).</summary>
    Partner,

    /// <summary>By step over all partners.</summary>
    Step,

    /// <summary>By chain version over all steps.</summary>
    Chain,

    /// <summary>In the whole only.</summary>
    Network,

    /// <summary>Nowhere.</summary>
    Nowhere,
}
