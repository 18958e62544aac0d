namespace Referrals.Engine.Review.WhatIf;

/// <summary>What is measured in a simulation. Times are working days, as everywhere in the review.</summary>
public enum Measure
{
    /// <summary>Referrals that started.</summary>
    Arrived,

    /// <summary>Referrals whose chain ran to its end.</summary>
    Finished,

    /// <summary>Referrals that ended early.</summary>
    DroppedOut,

    /// <summary>Median of first to last event of referrals that ran to the end.</summary>
    ThroughputMedian,

    /// <summary>Their 90th percentile.</summary>
    ThroughputP90,

    /// <summary>Offers made.</summary>
    Offered,

    /// <summary>Offers declined.</summary>
    Declined,

    /// <summary>Visits of which work began.</summary>
    Started,

    /// <summary>Visits completed.</summary>
    Completed,

    /// <summary>Mean of offered to started, of those that were started.</summary>
    WaitingMean,

    /// <summary>Their median.</summary>
    WaitingMedian,

    /// <summary>Their 90th percentile.</summary>
    WaitingP90,

    /// <summary>Share of offers that were acknowledged within the agreed time.</summary>
    AcknowledgedInTime,

    /// <summary>Share of completed visits with an agreed time that kept it.</summary>
    CompletedInTime,

    /// <summary>How many wait on average: offered, not begun.</summary>
    Waiting,

    /// <summary>How many of those could begin at once if there were room.</summary>
    Queue,

    /// <summary>How many are in work on average.</summary>
    InWork,

    /// <summary>That, as a share of the room.</summary>
    Utilisation,
}

/// <summary>A mean over the runs with the interval that holds the true mean with 95 % (Student).</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public sealed record Estimate(double Mean, double Lower, double Upper);

/// <summary>A measure as it is, as it would be, and the difference run by run (scenario − as it is).</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Baseline">As it is; null where nothing was to be measured.</param>
/// <param name="Scenario">As it would be; null without a scenario.</param>
/// <param name="Difference">The difference, with the same referrals in both; null where one of the two is missing.</param>
public sealed record Compared(Measure Measure, Estimate? Baseline, Estimate? Scenario, Estimate? Difference);

/// <summary>What a row of results tells of; what is null is not told apart.</summary>
/// <param name="Chain">Chain.</param>
/// <param name="Step">Step of the chain.</param>
/// <param name="Partner">Partner.</param>
/// <param name="Service">Service of the partner, over all chains.</param>
public readonly record struct ResultScope(string? Chain, string? Step, string? Partner, string? Service)
{
    /// <summary>The whole network.</summary>
    public static ResultScope Network { get; }
}

/// <summary>Results for one scope.</summary>
/// <param name="Scope">What it tells of.</param>
/// <param name="Measures">What was measured there.</param>
public sealed record ResultRow(ResultScope Scope, IReadOnlyList<Compared> Measures)
{
    /// <summary>One of the measures; null where it makes no sense here or nothing was seen.</summary>
    public Compared? this[Measure measure] => Measures.FirstOrDefault(m => m.Measure == measure);
}

/// <summary>What came of a simulation.</summary>
/// <param name="Settings">How it was run.</param>
/// <param name="Rows">The network, each chain, each step, each step at each partner, each service of each partner.</param>
/// <param name="Offers">Offers simulated in all runs.</param>
public sealed record WhatIfResult(SimulationSettings Settings, IReadOnlyList<ResultRow> Rows, long Offers)
{
    /// <summary>The row of a scope, or null.</summary>
    public ResultRow? this[ResultScope scope] => Rows.FirstOrDefault(r => r.Scope == scope);
}

/// <summary>How a simulation is run.</summary>
public sealed record SimulationSettings
{
    /// <summary>The most runs.</summary>
    public const int MostReplications = 200;

    /// <summary>The longest stretch, in working days: about five years.</summary>
    public const int MostDays = 1250;

    /// <summary>The most referrals over all runs and both variants.</summary>
    public const int MostReferrals = 5_000_000;

    /// <summary>Number of runs.</summary>
    public int Replications { get; init; } = 30;

    /// <summary>Working days that are measured.</summary>
    public int Days { get; init; } = 125;

    /// <summary>Working days before them that are simulated and not measured.</summary>
    public int WarmUp { get; init; }

    /// <summary>Whether it goes on from the referrals that run where the history ends; else it begins with an empty network.</summary>
    public bool GoesOn { get; init; } = true;

    /// <summary>Where the random numbers begin: the same number gives the same result.</summary>
    public int Seed { get; init; } = 1;
}
