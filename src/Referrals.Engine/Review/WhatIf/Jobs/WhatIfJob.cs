using Referrals.Engine.Review.WhatIf.Changes;

namespace Referrals.Engine.Review.WhatIf.Jobs;

/// <summary>Where a question stands.</summary>
public enum WhatIfState
{
    /// <summary>In line.</summary>
    Queued,

    /// <summary>Being simulated.</summary>
    Running,

    /// <summary>Answered.</summary>
    Done,

    /// <summary>Given up; a reason says why.</summary>
    Failed,

    /// <summary>No longer wanted by who asked.</summary>
    Cancelled,
}

/// <summary>A question: what would be different, and how it is simulated.</summary>
/// <param name="Changes">What would be different, in order; see <see cref="Scenario"/>.</param>
/// <param name="Chains">Chains of which the answer tells; empty: all. All are simulated, as they share partners.</param>
public sealed record WhatIfQuestion(IReadOnlyList<Change> Changes, IReadOnlyList<ChainId> Chains)
{
    /// <summary>Number of runs.</summary>
    public int Replications { get; init; } = 30;

    /// <summary>Working days that are simulated: half a year.</summary>
    public int Days { get; init; } = 125;

    /// <summary>Where the random numbers begin.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The same for the simulator.</summary>
    public SimulationSettings Settings => new() { Replications = Replications, Days = Days, Seed = Seed };
}

/// <summary>What came of a question.</summary>
/// <param name="AsOf">Up to where the history was known that the simulation rests on.</param>
/// <param name="From">First day simulated.</param>
/// <param name="Until">Last day simulated.</param>
/// <param name="Rows">Network, chains, steps, steps at partners and services of partners: means over the runs with their intervals.</param>
/// <param name="Errors">How far off the same simulation was when it predicted the second half of this network's history from the first; empty: not known.</param>
/// <param name="Offers">Offers simulated in all runs.</param>
public sealed record WhatIfAnswer(
    DateTimeOffset AsOf, DateOnly From, DateOnly Until, IReadOnlyList<ResultRow> Rows, IReadOnlyList<PredictionError> Errors, long Offers);

/// <summary>A question and how it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Organisation">For which organisation it was asked.</param>
/// <param name="Person">Sign-in name of who asked, or the client.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Question">What is asked.</param>
/// <param name="State">Where it stands.</param>
public sealed record WhatIfJob(Guid Id, OrganisationId Organisation, string Person, DateTimeOffset AskedAt, WhatIfQuestion Question, WhatIfState State)
{
    /// <summary>The share that is simulated, 0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Tries { get; init; }

    /// <summary>When it was begun last.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, whichever way.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed, see <see cref="WhatIfFailures"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>What came of it; in lists left out.</summary>
    public WhatIfAnswer? Answer { get; init; }

    /// <summary>Whether it waits or runs.</summary>
    public bool IsOpen => State is WhatIfState.Queued or WhatIfState.Running;
}

/// <summary>Why questions fail.</summary>
public static class WhatIfFailures
{
    /// <summary>Processes ended while they simulated it, as often as it is begun.</summary>
    public const string WorkerDied = "worker-died";

    /// <summary>It took longer than it may.</summary>
    public const string TookTooLong = "took-too-long";

    /// <summary>What it would change is no longer there.</summary>
    public const string NoLongerFits = "no-longer-fits";

    /// <summary>There is not enough history to rest on.</summary>
    public const string TooLittleHistory = "too-little-history";

    /// <summary>A fault in the program; the log says which.</summary>
    public const string Fault = "fault";
}
