using Referrals.Engine.Privacy;

namespace Referrals.Engine.Network.Measures;

/// <summary>
/// What the steering group agreed to do where a chain gets stuck, and what became of it; in the network's tenant, so that every partner can read it. Who
/// noted it stands in the log's metadata.
/// </summary>
public abstract record MeasureEvent
{
    private MeasureEvent() { }

    /// <summary>The measure.</summary>
    public required MeasureId Measure { get; init; }

    /// <summary>When it was noted (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The group agreed on it.</summary>
    public sealed record Noted(MeasurePlan Plan) : MeasureEvent;

    /// <summary>The group changed what it agreed.</summary>
    public sealed record PlanChanged(MeasurePlan Plan) : MeasureEvent;

    /// <summary>The group looked at it again: how it stands, and what was seen.</summary>
    public sealed record FollowedUp(MeasureStatus Status, Note? Note = null) : MeasureEvent;
}

/// <summary>What was agreed.</summary>
/// <param name="What">What is to be done.</param>
/// <param name="Who">Who does it: an organisation or a role, no person.</param>
/// <param name="From">The day from which it is to be felt; its mark in the charts stands there.</param>
/// <param name="Until">The day until which it is to be done.</param>
/// <param name="Chain">The chain that it is for; null: the network.</param>
/// <param name="Step">The step of the chain; null: all.</param>
/// <param name="Partner">The partner that it is for; null: all.</param>
public sealed record MeasurePlan(Note What, Note Who, DateOnly From, DateOnly Until, ChainId? Chain = null, NodeId? Step = null, OrganisationId? Partner = null);

/// <summary>How a measure stands.</summary>
public enum MeasureStatus
{
    /// <summary>Agreed, under way.</summary>
    Running,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Given up.</summary>
    Dropped,
}
