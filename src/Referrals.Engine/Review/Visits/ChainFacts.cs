using Referrals.Engine.Chains;

namespace Referrals.Engine.Review.Visits;

/// <summary>What is known of a chain version, for those who make a <see cref="ReviewTable"/>.</summary>
/// <param name="Title">Title of the chain.</param>
/// <param name="Clock">How its working time is measured.</param>
/// <param name="Steps">Its steps by id, in the order of the chain.</param>
public sealed record ChainFacts(LocalText Title, WorkingClock Clock, IReadOnlyDictionary<string, StepFacts> Steps)
{
    /// <summary>The facts of an agreed chain version.</summary>
    /// <param name="chain">Version.</param>
    /// <param name="clocks">The clock of a federal state.</param>
    public static ChainFacts Of(ChainVersion chain, Func<string, WorkingClock> clocks) => new(
        chain.Title,
        clocks(chain.FederalState),
        chain.Steps().ToDictionary(s => s.Id.Value, s => new StepFacts(s.Title ?? new LocalText(s.Id.Value), s.AcknowledgeWithin, s.CompleteWithin)));

    /// <summary>The facts of a log that says nothing of agreements.</summary>
    public static ChainFacts Unknown(string title) => new(new LocalText(title), WorkingClock.Always, new Dictionary<string, StepFacts>());
}

/// <summary>What is known of a step.</summary>
/// <param name="Title">Title.</param>
/// <param name="AcknowledgeDays">Agreed working days to acknowledge, or null.</param>
/// <param name="CompleteDays">Agreed working days to complete, or null.</param>
public sealed record StepFacts(LocalText Title, int? AcknowledgeDays, int? CompleteDays);
