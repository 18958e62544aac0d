namespace Referrals.Engine.Review.WhatIf.Running;

/// <summary>The stretch of time that is simulated and the part of it that is measured, in working days.</summary>
/// <param name="Begins">When the simulation begins.</param>
/// <param name="From">From when on it is measured; before, the network fills.</param>
/// <param name="Until">When it ends.</param>
/// <param name="GoesOn">Whether it begins with what is open; else with an empty network.</param>
internal readonly record struct Window(double Begins, double From, double Until, bool GoesOn)
{
    public bool Has(double at) => at >= From && at < Until;

    /// <summary>How much of a stretch is measured.</summary>
    public double Overlap(double from, double until) => Math.Max(0, Math.Min(until, Until) - Math.Max(from, From));
}
