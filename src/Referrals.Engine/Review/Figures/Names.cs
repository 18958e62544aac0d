using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.Figures;

/// <summary>What times are counted in.</summary>
public enum TimeUnit
{
    /// <summary>Working days of 24 hours: Monday to Friday without public holidays, by the chain's calendar.</summary>
    WorkingDays,

    /// <summary>Days, for logs that say nothing of working days.</summary>
    CalendarDays,
}

/// <summary>A step over all versions of its chain that are looked at.</summary>
/// <param name="Chain">Chain.</param>
/// <param name="Step">Id of the step; of an imported log the activity.</param>
/// <param name="Title">Title of the latest version.</param>
public sealed record StepName(ChainId Chain, string Step, LocalText Title);

/// <summary>A chain with the versions that are known.</summary>
/// <param name="Chain">Chain.</param>
/// <param name="Title">Title of the latest version.</param>
/// <param name="Versions">Versions in order.</param>
public sealed record ChainName(ChainId Chain, LocalText Title, IReadOnlyList<int> Versions);

/// <summary>What a page's figures speak of.</summary>
/// <param name="From">First day of the first month in which something counts.</param>
/// <param name="To">First day of the last month.</param>
/// <param name="Unit">What times are counted in.</param>
/// <param name="Threshold">The fewest cases that a number stands for.</param>
public sealed record Frame(DateOnly From, DateOnly To, TimeUnit Unit, int Threshold);
